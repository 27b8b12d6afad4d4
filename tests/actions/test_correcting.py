"""A published draft is corrected: what was commented on stays with its place, nothing is lost, nobody sees it early."""

from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import func, select, text

from consult.actions import correcting
from consult.actions.commenting import save_comment, weigh, withdraw_comment
from consult.actions.comparing import previewed
from consult.actions.correcting import Ordered
from consult.actions.synthesising import synthesise
from consult.domain.answering import Words
from consult.domain.errors import CannotCorrect, NotFound, StaleVersion
from consult.domain.hindrances import Uncorrectable
from consult.domain.terms import CommentKind, NoticeKind, Stance
from consult.store.consultations import Clause, ClauseWording, Draft, DraftEdition, Round
from consult.store.database import reading, writing
from consult.store.notices import Notice
from consult.store.outbox import Letter
from consult.store.queries.clauses import drafts_of
from consult.store.queries.desk import comments_in_force
from consult.store.queries.door import AgencyGrant
from consult.store.queries.own_answer import OwnComment, agreed_anchors, sent_agreements, working_copy
from consult.store.queries.places import place_of
from consult.store.queries.preparing import drafts_with_files
from consult.store.queries.synthesis_rows import opinions
from consult.store.queries.wordings import editions_of
from tests.builders import EDUCATION, Office
from tests.corrections import GROUNDS, NAME, NEW_TEXT, REASON, correct, in_preparation, issue, prepare, published
from tests.statements import counted

LATER = timedelta(hours=1)


def _text(office: Office, anchor: str) -> str:
    with reading(office.database) as session:
        return place_of(session, office.grant().invitation_id, anchor).text


def _own(office: Office, grant: AgencyGrant) -> tuple[OwnComment, ...]:
    with reading(office.database) as session:
        return working_copy(session, grant.invitation_id)


def _anchors(office: Office) -> list[str]:
    with reading(office.database) as session:
        return [node.anchor for draft in drafts_of(session, office.facts().id) for node in draft.clauses]


def test_a_comment_stays_with_its_clause_wherever_that_moves(anywhere: Office) -> None:
    grant, official = anywhere.grant(), anywhere.official()
    key = anywhere.comment(grant, "2.2")
    anywhere.send(grant)
    before = _text(anywhere, "2.2")
    anywhere.clock.at += LATER
    changes = correct(anywhere, official, {"+2.1": NEW_TEXT})

    assert [(each.fate.name, each.cited_before, each.cited) for each in changes][:2] == [
        ("NEW", "", "mục 2.2 (Công an tỉnh)"),
        ("MOVED", "mục 2.2 (Công an tỉnh)", "mục 2.3 (Công an tỉnh)"),
    ]
    (comment,) = _own(anywhere, grant)
    assert (comment.key, comment.anchor, comment.place_changed, comment.removed) == (key, "2.3", True, False)
    assert (comment.read_cited, comment.read_text) == ("mục 2.2 (Công an tỉnh)", before)
    assert (_text(anywhere, "2.2"), _text(anywhere, "2.3")) == (NEW_TEXT, before)


def test_an_untouched_place_knows_of_no_change(anywhere: Office) -> None:
    grant, official = anywhere.grant(), anywhere.official()
    anywhere.comment(grant, "1.1")
    anywhere.comment(grant, "")
    anywhere.clock.at += LATER
    correct(anywhere, official, {"2.2": None})

    assert [each.place_changed for each in _own(anywhere, grant)] == [False, False]


def test_a_comment_written_after_the_correction_is_on_the_words_of_today(anywhere: Office) -> None:
    grant, official = anywhere.grant(), anywhere.official()
    anywhere.comment(grant, "2.2", "Trước.")
    changed = _text(anywhere, "2.2") + " Báo cáo hằng quý."
    anywhere.clock.at += LATER
    correct(anywhere, official, {"2.2": changed})
    anywhere.clock.at += timedelta(microseconds=1)
    anywhere.comment(grant, "2.2", "Sau.")

    assert [(each.content, each.place_changed) for each in _own(anywhere, grant)] == [("Trước.", True), ("Sau.", False)]


def test_agreements_with_changed_words_are_taken_off_and_sent_ones_stay(anywhere: Office) -> None:
    grant, official = anywhere.grant(), anywhere.official()
    anywhere.agree(grant, "1.1", "2.1", "2.2", "2.3")
    sent = anywhere.send(grant, Stance.AGREES)
    anywhere.clock.at += LATER
    correct(anywhere, official, {"2.1": _text(anywhere, "2.1") + " Báo cáo hằng quý.", "2.2": None})

    with reading(anywhere.database) as session:
        # What was 2.3 has the same words at another number.
        assert agreed_anchors(session, grant.invitation_id) == {"1.1", "2.2"}
        kept = sent_agreements(session, sent.id)
    assert sorted(kept) == [
        "mục 1.1 (Sở Thông tin và Truyền thông)",
        "mục 2.1 (Công an tỉnh)",
        "mục 2.2 (Công an tỉnh)",
        "mục 2.3 (Công an tỉnh)",
    ]


def test_a_removed_place_takes_no_new_comment_and_keeps_the_old_one(anywhere: Office) -> None:
    grant, official = anywhere.grant(), anywhere.official()
    key = anywhere.comment(grant, "2.2")
    before = _text(anywhere, "2.2")
    anywhere.clock.at += LATER
    correct(anywhere, official, {"2.2": None})

    (comment,) = _own(anywhere, grant)
    assert (comment.anchor, comment.removed, comment.read_text) == ("2.2@1", True, before)
    assert "2.2@1" not in _anchors(anywhere)
    with pytest.raises(NotFound):
        anywhere.comment(grant, "2.2@1", "Ý kiến mới.")
    with reading(anywhere.database) as session:
        place = place_of(session, grant.invitation_id, "2.2@1")
    typed = weigh(key, place, Words(CommentKind.AMEND, "Ý kiến sửa lại.", "", ""), 1)
    with writing(anywhere.database) as session:
        assert save_comment(session, grant, typed, anywhere.clock()) == 2
    assert anywhere.send(grant).comments == 1
    with writing(anywhere.database) as session:
        withdraw_comment(session, grant, key, 2, anywhere.clock())
    assert _own(anywhere, grant) == ()


def test_the_synthesis_holds_every_comment_once_in_the_old_order(anywhere: Office, tmp_path: Path) -> None:
    grant, other, official = anywhere.grant(), anywhere.grant(EDUCATION), anywhere.official()
    for anchor in ("1.1", "2.1", "2.2", "2.3", ""):
        anywhere.comment(grant, anchor, f"Ý kiến {anchor}.")
        anywhere.comment(other, anchor, f"Ý kiến khác {anchor}.")
    anywhere.send(grant)
    anywhere.send(other)
    anywhere.clock.at += LATER
    words = _text(anywhere, "2.1") + " Báo cáo hằng quý."
    correct(anywhere, official, {"2.1": words, "2.2": None, "+2.3": NEW_TEXT})
    anywhere.clock.at += LATER
    anywhere.comment(other, "2.1", "Ý kiến sau.")
    anywhere.send(other)

    with reading(anywhere.database) as session:
        tally = synthesise(session, anywhere.facts(), tmp_path / "t.docx", anywhere.clock())
        rows = [(each.place, each.content) for each in opinions(session, anywhere.facts())]
    assert tally.rows == 11
    assert rows[:8] == [
        ("Ý kiến chung", "Ý kiến ."),
        ("Ý kiến chung", "Ý kiến khác ."),
        ("mục 1.1 (Sở Thông tin và Truyền thông)", "Ý kiến 1.1."),
        ("mục 1.1 (Sở Thông tin và Truyền thông)", "Ý kiến khác 1.1."),
        ("mục 2.1 (Công an tỉnh) (đã thay đổi sau khi góp ý)", "Ý kiến 2.1."),
        ("mục 2.1 (Công an tỉnh)", "Ý kiến khác 2.1."),
        ("mục 2.1 (Công an tỉnh)", "Ý kiến sau."),
        ("mục 2.2 (Công an tỉnh) (đã thay đổi sau khi góp ý)", "Ý kiến 2.2."),
    ]


def test_the_desk_shows_the_words_that_were_read(anywhere: Office) -> None:
    grant, official = anywhere.grant(), anywhere.official()
    anywhere.comment(grant, "2.2")
    anywhere.send(grant)
    before = _text(anywhere, "2.2")
    anywhere.clock.at += LATER
    correct(anywhere, official, {"2.2": before + " Báo cáo hằng quý."})
    anywhere.clock.at += LATER
    correct(anywhere, official, {"2.2": before + " Báo cáo hằng quý, hằng năm."})

    with reading(anywhere.database) as session:
        (comment,) = comments_in_force(session, anywhere.facts().id)
    assert (comment.place_changed, comment.removed, comment.read_edition) == (True, False, 1)
    assert (comment.read_text, comment.clause_text) == (before, before + " Báo cáo hằng quý, hằng năm.")


@pytest.mark.slow
def test_a_second_correction_keeps_what_the_first_took_out(anywhere: Office) -> None:
    grant, official = anywhere.grant(), anywhere.official()
    anywhere.comment(grant, "2.2")
    anywhere.clock.at += LATER
    correct(anywhere, official, {"2.2": None})
    anywhere.clock.at += LATER
    correct(anywhere, official, {"2.2": None})

    with reading(anywhere.database) as session:
        rows = session.execute(select(Clause.anchor, Clause.position).order_by(Clause.position)).all()
        wordings = session.scalar(select(func.count()).select_from(ClauseWording))
    anchors = [anchor for anchor, _ in rows]
    start = anchors.index("2.1")
    assert anchors[start : start + 4] == ["2.1", "2.2@1", "2.2@2", "2.2"]
    assert [position for _, position in rows] == list(range(1, len(rows) + 1))
    assert wordings == 4 + 3
    assert [each.anchor for each in _own(anywhere, grant)] == ["2.2@1"]


def test_it_is_seen_by_nobody_before_it_is_issued(anywhere: Office) -> None:
    official, before = anywhere.official(), _anchors(anywhere)
    revision, places = anywhere.facts().revision, published(anywhere).places
    correction = prepare(anywhere, official, {"2.2": None, "+1.1": NEW_TEXT})

    assert _anchors(anywhere) == before
    with reading(anywhere.database) as session:
        (draft,) = drafts_with_files(session, anywhere.facts().id)
    assert (draft.several, draft.places, draft.corrects_id) == (1, places, None)
    assert (correction.corrects_id, correction.position) == (draft.id, 101)
    assert anywhere.facts().revision == revision
    assert _text(anywhere, "1.2") != NEW_TEXT


def test_issuing_puts_the_new_file_in_force_and_keeps_the_old(anywhere: Office) -> None:
    official, before = anywhere.official(), published(anywhere)
    correction = prepare(anywhere, official, {"2.2": None})
    anywhere.clock.at += LATER
    issue(anywhere, official, correction, NoticeKind.REPLACED)

    after = published(anywhere)
    assert (after.id, after.name, after.digest, after.edition) == (before.id, NAME, correction.digest, 2)
    assert in_preparation(anywhere) is None
    with reading(anywhere.database) as session:
        kept = session.execute(select(DraftEdition.file_name, DraftEdition.edition, DraftEdition.until)).one()
        (edition,) = editions_of(session, anywhere.facts().id)
        notice = session.execute(select(Notice.kind, Notice.reason, Notice.letter_number)).one()
        drafts = session.scalar(select(func.count()).select_from(Draft))
    assert tuple(kept) == (before.name, 1, anywhere.clock())
    assert (edition.edition, edition.kind, edition.reason) == (2, NoticeKind.REPLACED, REASON)
    assert (tuple(notice), drafts) == ((NoticeKind.REPLACED, REASON, "612/STTTT-BCVT"), 1)


def test_every_agency_is_told_with_its_own_comments(anywhere: Office) -> None:
    grant, official = anywhere.grant(), anywhere.official()
    anywhere.comment(grant, "2.2")
    anywhere.clock.at += LATER
    correct(anywhere, official, {"2.2": None})

    own = select(Letter.text).where(Letter.kind == "CORRECTED", Letter.invitation_id == grant.invitation_id)
    with reading(anywhere.database) as session:
        (words,) = session.scalars(own)
        letters = session.scalar(select(func.count()).select_from(Letter).where(Letter.kind == "CORRECTED"))
        asked = session.scalar(select(func.count()).select_from(Letter).where(Letter.kind == "INVITATION"))
    assert letters == asked and letters
    assert "Mục 2.2 (Công an tỉnh): bỏ" in words
    assert "01 ý kiến ở vị trí đã thay đổi" in words


def test_headings_that_name_an_agency_are_noted_anew(anywhere: Office) -> None:
    official = anywhere.official()
    with reading(anywhere.database) as session:
        before = session.scalar(text("SELECT count(*) FROM concern"))
    correct(anywhere, official, {"3": "Sở Y tế (không có tên trong danh sách):"})

    with reading(anywhere.database) as session:
        assert session.scalar(text("SELECT count(*) FROM concern")) == (before or 0) - 1


def _why(caught: pytest.ExceptionInfo[CannotCorrect]) -> Uncorrectable:
    return caught.value.why


def test_the_same_words_are_no_correction(anywhere: Office) -> None:
    official = anywhere.official()
    correction = prepare(anywhere, official, {})
    with pytest.raises(CannotCorrect) as caught, reading(anywhere.database) as session:
        previewed(session, published(anywhere), correction)
    assert _why(caught) is Uncorrectable.UNCHANGED
    with pytest.raises(CannotCorrect) as caught:
        issue(anywhere, official, correction)
    assert _why(caught) is Uncorrectable.UNCHANGED
    assert published(anywhere).edition == 1


@pytest.mark.parametrize(
    ("column", "why"), [("withdrawn_at", Uncorrectable.WITHDRAWN), ("result_at", Uncorrectable.RESULT)]
)
def test_a_round_that_is_over_is_not_corrected(office: Office, column: str, why: Uncorrectable) -> None:
    official = office.official()
    correction = prepare(office, official, {"2.2": None})
    with writing(office.database) as session:
        session.execute(Round.__table__.update().values({column: office.clock()}))
    with pytest.raises(CannotCorrect) as caught:
        issue(office, official, correction)
    assert _why(caught) is why


@pytest.mark.slow
def test_one_correction_is_in_preparation_at_a_time_and_may_be_given_up(anywhere: Office) -> None:
    official = anywhere.official()
    correction = prepare(anywhere, official, {"2.2": None})
    with pytest.raises(CannotCorrect) as caught:
        prepare(anywhere, official, {"2.3": None})
    assert _why(caught) is Uncorrectable.PREPARED
    with writing(anywhere.database) as session:
        correcting.drop(session, official, anywhere.facts(), correction, anywhere.clock())
    assert in_preparation(anywhere) is None
    with pytest.raises(NotFound):
        issue(anywhere, official, correction)
    prepare(anywhere, official, {"2.3": None})


def test_what_was_not_previewed_is_not_issued(anywhere: Office) -> None:
    official = anywhere.official()
    correction = prepare(anywhere, official, {"2.2": None})
    ordered = Ordered(NoticeKind.CORRECTED, GROUNDS, 7)
    with pytest.raises(StaleVersion), writing(anywhere.database) as session:
        correcting.issue(session, official, anywhere.facts(), correction, ordered, anywhere.clock())
    with pytest.raises(StaleVersion):
        issue(anywhere, official, correction.seen_at(9))


@pytest.mark.slow
def test_as_many_statements_for_few_changes_as_for_many(office: Office) -> None:
    official = office.official()
    first = prepare(office, official, {"2.2": None, "+2.3": NEW_TEXT})
    with counted(office.database) as few:
        issue(office, official, first)
    office.clock.at += LATER
    changes = {f"{n}.1": _text(office, f"{n}.1") + " Báo cáo hằng quý." for n in (1, 2, 3, 4, 5, 8, 9)}
    second = prepare(office, official, {**changes, "2.3": None, "+1.2": NEW_TEXT})
    with counted(office.database) as many:
        issue(office, official, second)

    assert len(many) <= len(few) + 1 <= 45


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_after_random_corrections_the_synthesis_holds_every_comment_once(
    office: Office, tmp_path: Path, seed: int
) -> None:
    chance, official = Random(seed), office.official()
    grants = [office.grant(), office.grant(EDUCATION)]
    for _ in range(3):
        for grant in grants:
            for anchor in chance.sample(_anchors(office), 6):
                office.comment(grant, anchor, f"Ý kiến về {anchor}.")
            office.send(grant)
        office.clock.at += LATER
        correct(office, official, _random_changes(office, chance))
        office.clock.at += LATER

    with reading(office.database) as session:
        tally = synthesise(session, office.facts(), tmp_path / "t.docx", office.clock())
        found = comments_in_force(session, office.facts().id)
        rows = session.scalars(select(Clause.position).order_by(Clause.position)).all()
    assert tally.rows == len(found) == 36
    assert all(comment.read_text or comment.clause_text or not comment.anchor for comment in found)
    assert list(rows) == list(range(1, len(rows) + 1))


def _random_changes(office: Office, chance: Random) -> dict[str, str | None]:
    """Leave out, reword and add some of the numbered places."""
    numbered = [anchor for anchor in _anchors(office) if anchor.count(".") == 1 and anchor[0].isdigit()]
    taken = [anchor for anchor in numbered if "p" not in anchor]
    changes: dict[str, str | None] = dict.fromkeys(chance.sample(taken, 3))
    for anchor in chance.sample([each for each in taken if each not in changes], 3):
        changes[anchor] = f"{_text(office, anchor)} Báo cáo lần {chance.randrange(100)}."
    changes[f"+{chance.choice(taken)}"] = f"{NEW_TEXT} Đợt {chance.randrange(100)}."
    return changes
