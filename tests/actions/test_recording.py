"""Answers on paper: recorded as the next version, joined and never doubled, refused when something came meanwhile."""

from collections.abc import Sequence
from datetime import date, timedelta
from datetime import datetime as moment

import pytest
from sqlalchemy import select, update

from consult.actions import keying_in, recording, responding, sending
from consult.actions.responding import Answered
from consult.actions.whose import Whose
from consult.domain.counting import Counts, count
from consult.domain.errors import (
    AlreadyRecorded,
    NoAccess,
    NotFound,
    NothingToSend,
    ReasonMissing,
    StaleVersion,
    StanceMismatch,
)
from consult.domain.terms import Basis, Channel, Disposition, LetterKind, Stance
from consult.domain.window import HO_CHI_MINH
from consult.store import journal
from consult.store.answers import Invitation, SubmittedComment
from consult.store.consultations import Round
from consult.store.database import connect, reading, writing
from consult.store.directory import Agency
from consult.store.keyed import KeyedInAnswer
from consult.store.outbox import Letter
from consult.store.queries.board import board
from consult.store.queries.desk import comments_in_force
from consult.store.queries.door import OfficialGrant
from consult.store.queries.keyed_answers import keyed_answer
from consult.store.queries.own_answer import sent_comments
from consult.store.queries.rounds import RoundFacts
from consult.store.queries.synthesis_rows import opinions, summary
from tests.actions.keying import CAME, add, answered, begin, body, join, letter, record, seen, take_back, whose
from tests.builders import CLOSES, EDUCATION, OPENS, POLICE, Office
from tests.racing import meet, race

DAY = timedelta(days=1)
MAILLESS = "Ủy ban nhân dân huyện Ia Pa"


def _counts(office: Office) -> Counts:
    with reading(office.database) as session:
        return count(line.standing for line in board(session, office.facts().id))


def _letters(office: Office, kind: LetterKind) -> list[Letter]:
    with reading(office.database) as session:
        return list(session.scalars(select(Letter).where(Letter.kind == kind).order_by(Letter.id)))


def _acts(office: Office) -> list[str]:
    with reading(office.database) as session:
        assert not journal.verify(session).fault
        return list(session.scalars(select(journal.Entry.act).order_by(journal.Entry.number)))


def test_a_letter_is_recorded_with_all_that_stands_in_it(anywhere: Office) -> None:
    official = anywhere.official()
    key = begin(anywhere, official, whose(anywhere), letter(Stance.DISAGREES))
    add(anywhere, official, key, "2.2", "Về mục 2.2.")
    add(anywhere, official, key, "", "Về toàn bộ.")
    assert _counts(anywhere).answered == 0
    code, version = record(anywhere, official, key)
    sent = body(anywhere, code).in_force
    assert sent is not None
    assert (version, sent.version, sent.code) == (1, 1, f"{code.upper()}-1")
    assert (sent.stance, sent.comments, sent.late, sent.secret) == (Stance.DISAGREES, 2, False, False)
    assert (sent.channel, sent.received_on) == (Channel.PAPER, CAME)
    assert (sent.letter_number, sent.letter_date, sent.sender_name) == ("45/CAT", date(2020, 4, 21), "")
    with reading(anywhere.database) as session:
        assert [(each.anchor, each.content) for each in sent_comments(session, sent.id)] == [
            ("2.2", "Về mục 2.2."),
            ("", "Về toàn bộ."),
        ]
        assert session.scalar(select(KeyedInAnswer.id)) is None
    assert (_counts(anywhere).answered, _counts(anywhere).comments) == (1, 1)
    assert _acts(anywhere)[-1] == "key_in"


def test_the_agency_gets_a_receipt_that_names_its_letter(office: Office) -> None:
    code, _ = answered(office, office.official(), whose(office), anchors=["2.2"])
    (receipt,) = _letters(office, LetterKind.RECEIPT)
    assert receipt.subject.startswith(f"Phiếu xác nhận đã nhận văn bản góp ý {code.upper()}-1")
    assert "đã nhận được văn bản góp ý số 45/CAT ngày 21/4/2020 của Công an tỉnh" in receipt.text
    assert "được ghi nhận theo văn bản đó" in receipt.text
    answered(office, office.official(), whose(office, MAILLESS))
    assert len(_letters(office, LetterKind.RECEIPT)) == 1


@pytest.mark.parametrize(
    ("closes", "came", "late"),
    [
        (CLOSES, date(2020, 4, 26), False),
        (CLOSES, date(2020, 4, 27), True),
        (CLOSES, date(2020, 4, 28), True),
        (moment(2020, 4, 27, 17, 0, tzinfo=HO_CHI_MINH), date(2020, 4, 27), False),
        (moment(2020, 4, 27, 17, 0, tzinfo=HO_CHI_MINH), date(2020, 4, 28), True),
        (CLOSES + timedelta(microseconds=1), date(2020, 4, 27), False),
    ],
)
def test_the_day_it_came_decides_whether_it_was_late(office: Office, closes: moment, came: date, late: bool) -> None:
    official = office.official()
    with writing(office.database) as session:
        session.execute(update(Invitation).where(Invitation.name == POLICE).values(closes_at=closes))
    office.clock.at = CLOSES + 30 * DAY
    code, _ = answered(office, official, whose(office), letter(came=came))
    sent = body(office, code).in_force
    assert sent is not None and sent.late is late
    assert _counts(office).late == int(late)


@pytest.mark.parametrize(
    ("stance", "comments", "taken"),
    [
        (Stance.AGREES, 0, True),
        (Stance.AGREES, 1, False),
        (Stance.AGREES_WITH_COMMENTS, 0, False),
        (Stance.DISAGREES, 1, True),
        (Stance.NO_OPINION, 1, False),
    ],
)
def test_the_stance_must_fit_the_comments(office: Office, stance: Stance, comments: int, taken: bool) -> None:
    official = office.official()
    key = begin(office, official, whose(office), letter(stance))
    for _ in range(comments):
        add(office, official, key)
    if taken:
        record(office, official, key)
        return
    with pytest.raises(StanceMismatch):
        record(office, official, key)
    with reading(office.database) as session:
        assert len(keyed_answer(session, office.facts().id, key).answer.comments) == comments


@pytest.mark.parametrize("stance", list(Stance))
def test_a_secret_letter_is_counted_without_content(office: Office, stance: Stance) -> None:
    answered(office, office.official(), whose(office), letter(stance, secret=True))
    counts = _counts(office)
    assert (counts.answered, counts.invited) == (1, counts.answered + counts.silent)
    facts = office.facts()
    with reading(office.database) as session:
        around = summary(session, facts, office.clock())
        assert list(opinions(session, facts)) == []
    (there,) = around.answered
    assert (there.name, there.secret, around.opinions) == (POLICE, True, 0)


def test_a_secret_letter_takes_no_comments(office: Office) -> None:
    official = office.official()
    key = begin(office, official, whose(office), letter(Stance.DISAGREES, secret=True))
    add(office, official, key)
    with pytest.raises(StanceMismatch):
        record(office, official, key)


def test_a_signed_copy_joins_the_online_answer(anywhere: Office) -> None:
    grant, official = anywhere.grant(), anywhere.official()
    anywhere.comment(grant)
    anywhere.send(grant)
    before = body(anywhere, grant.code).in_force
    assert join(anywhere, official, grant.code) == 1
    after = body(anywhere, grant.code).in_force
    assert before is not None and after is not None
    assert (after.version, after.digest, after.channel, after.late) == (1, before.digest, Channel.ONLINE, False)
    assert (after.letter_number, after.letter_date, after.received_on) == ("45/CAT", date(2020, 4, 21), CAME)
    assert (_counts(anywhere).answered, _acts(anywhere)[-1]) == (1, "join_letter")


def test_another_content_takes_the_place_and_responses_carry_on(office: Office) -> None:
    grant, official, facts = office.grant(), office.official(), office.facts()
    key = office.comment(grant, content="Đề nghị sửa.")
    office.send(grant)
    with writing(office.database) as session:
        words = comments_in_force(session, facts.id)[0].words
        accepted = Answered(key, words, Disposition.ACCEPTED, "", 0, "", 0)
        responding.respond(session, official, facts, accepted, office.clock())
    keyed = begin(office, official, whose(office), letter(Stance.AGREES_WITH_COMMENTS))
    for _ in range(2):
        with writing(office.database) as session:
            keying_in.take_over(session, official, facts, keyed, office.clock())
    add(office, official, keyed, "1.4", "Thêm một ý.")
    assert record(office, official, keyed) == (grant.code, 2)
    with reading(office.database) as session:
        found = comments_in_force(session, facts.id)
        kept = session.scalars(select(SubmittedComment.key)).all()
    assert [(each.content, each.answered) for each in found] == [("Thêm một ý.", False), ("Đề nghị sửa.", True)]
    assert kept.count(key) == 2
    assert [each.in_force for each in body(office, grant.code).sent] == [True, False]


def test_what_the_agency_sent_meanwhile_is_told_and_what_was_typed_stays(anywhere: Office) -> None:
    grant, official = anywhere.grant(), anywhere.official()
    key = begin(anywhere, official, whose(anywhere), letter())
    stood = seen(anywhere, grant.code)
    anywhere.send(grant, Stance.NO_OPINION)
    with pytest.raises(StaleVersion) as stale:
        record(anywhere, official, key, stood)
    assert getattr(stale.value.stored, "in_force").stance is Stance.NO_OPINION  # noqa: B009
    assert record(anywhere, official, key) == (grant.code, 2)


def test_what_the_agency_recalled_meanwhile_is_told(office: Office) -> None:
    grant, official = office.grant(), office.official()
    office.send(grant, Stance.AGREES)
    key, stood = begin(office, official, whose(office), letter()), seen(office, grant.code)
    with writing(office.database) as session:
        sending.recall(session, grant, 1, office.clock())
    with pytest.raises(StaleVersion):
        record(office, official, key, stood)
    with pytest.raises(StaleVersion):
        join(office, official, grant.code, stood)
    with pytest.raises(NothingToSend):
        join(office, official, grant.code)
    assert record(office, official, key) == (grant.code, 2)


def test_the_same_form_again_records_once(office: Office) -> None:
    official, facts = office.official(), office.facts()
    key = begin(office, official, whose(office), letter())
    first = record(office, official, key)
    with writing(office.database) as session:
        assert recording.record(session, official, facts, key, 1, "0", office.clock()) == first
    assert (len(body(office, first[0]).sent), _acts(office).count("key_in")) == (1, 1)


def test_a_colleagues_change_is_told_before_recording(office: Office) -> None:
    official, facts = office.official(), office.facts()
    key = begin(office, official, whose(office), letter())
    with writing(office.database) as session:
        keying_in.save_letter(session, official, facts, key, letter(number="46/CAT"), 1, office.clock())
    with writing(office.database) as session, pytest.raises(StaleVersion):
        keying_in.save_letter(session, official, facts, key, letter(number="47/CAT"), 1, office.clock())
    with writing(office.database) as session, pytest.raises(StaleVersion):
        recording.record(session, official, facts, key, 1, "0", office.clock())
    record(office, official, key)
    sent = body(office, office.address().code).in_force
    assert sent is not None and sent.letter_number == "46/CAT"


@pytest.mark.parametrize("column", ["withdrawn_at", "result_at"])
def test_nothing_is_recorded_once_the_round_is_over(office: Office, column: str) -> None:
    official = office.official()
    key = begin(office, official, whose(office), letter())
    code, _ = answered(office, official, whose(office, EDUCATION))
    office.send(office.grant(), Stance.AGREES)
    with writing(office.database) as session:
        session.execute(update(Round).values({column: office.clock()}))
    for act in (
        lambda: record(office, official, key),
        lambda: begin(office, official, whose(office), letter()),
        lambda: join(office, official, office.address().code),
        lambda: take_back(office, official, code, 1),
    ):
        with pytest.raises(AlreadyRecorded):
            act()


def test_a_body_taken_off_the_list_has_no_answer_recorded(office: Office) -> None:
    official = office.official()
    key = begin(office, official, whose(office), letter())
    with writing(office.database) as session:
        session.execute(update(Invitation).where(Invitation.name == POLICE).values(withdrawn_at=office.clock()))
    with pytest.raises(NotFound):
        record(office, official, key)


def test_a_body_that_was_not_asked_stands_apart_and_gets_no_letter(anywhere: Office) -> None:
    official, invited = anywhere.official(), _counts(anywhere).invited
    code, _ = answered(anywhere, official, Whose(name="Hội Luật gia tỉnh"), anchors=["2.2"])
    counts = _counts(anywhere)
    assert (counts.invited, counts.answered, counts.unasked) == (invited, 0, 1)
    facts = anywhere.facts()
    with reading(anywhere.database) as session:
        made = session.scalars(select(Agency).where(Agency.name == "Hội Luật gia tỉnh")).one()
        line = session.scalars(select(Invitation).where(Invitation.code == code)).one()
        others = session.scalars(
            select(Invitation.line).where(Invitation.code != code, Invitation.round_id == facts.id)
        )
        around = summary(session, facts, anywhere.clock())
        (row,) = opinions(session, facts)
        assert (made.code, made.kind, line.basis) == ("hoi-luat-gia-tinh", "ngoài danh bạ", Basis.UNASKED)
        assert line.line == max(others) + 1
    assert ([each.name for each in around.uninvited], around.invited) == (["Hội Luật gia tỉnh"], invited)
    assert row.body.name == "Hội Luật gia tỉnh"
    assert _letters(anywhere, LetterKind.RECEIPT) == []


def test_a_name_of_the_directory_or_the_list_is_that_body(office: Office) -> None:
    official = office.official()
    assert answered(office, official, Whose(name="công an  Tỉnh"))[0] == office.address().code
    first, _ = answered(office, official, Whose(name="Hội Luật gia tỉnh"))
    assert answered(office, official, Whose(name="Hội luật gia tỉnh")) == (first, 2)
    with pytest.raises(NotFound):
        begin(office, official, Whose(agency="khong-co"), letter())


def test_an_unasked_bodys_comment_can_be_answered(office: Office) -> None:
    official, facts = office.official(), office.facts()
    answered(office, official, Whose(name="Hội Luật gia tỉnh"), anchors=["2.2"])
    with writing(office.database) as session:
        (comment,) = comments_in_force(session, facts.id)
        accepted = Answered(comment.key, comment.words, Disposition.ACCEPTED, "", 0, "", 0)
        responding.respond(session, official, facts, accepted, office.clock())
    with reading(office.database) as session:
        assert comments_in_force(session, facts.id)[0].answered


def test_a_mistaken_record_is_taken_back_and_the_agency_told(office: Office) -> None:
    official = office.official()
    code, version = answered(office, official, whose(office))
    with pytest.raises(ReasonMissing):
        take_back(office, official, code, version, "")
    take_back(office, official, code, version)
    (sent,) = body(office, code).sent
    assert (sent.in_force, sent.recalled_at) == (False, office.clock())
    assert (_counts(office).answered, _acts(office)[-1]) == (0, "take_back")
    (told,) = _letters(office, LetterKind.RECALLED)
    assert "được tính là chưa gửi văn bản góp ý" in told.text
    with pytest.raises(NothingToSend):
        take_back(office, official, code, version)


def test_taking_back_puts_the_agencys_own_answer_in_force_again(anywhere: Office) -> None:
    grant, official = anywhere.grant(), anywhere.official()
    anywhere.send(grant, Stance.AGREES)
    answered(anywhere, official, whose(anywhere))
    answered(anywhere, official, whose(anywhere), letter(number="46/CAT"))
    take_back(anywhere, official, grant.code, 3)
    assert [(each.version, each.in_force) for each in body(anywhere, grant.code).sent] == [
        (3, False),
        (2, False),
        (1, True),
    ]
    with pytest.raises(NothingToSend):
        take_back(anywhere, official, grant.code, 1)


def test_the_agency_does_not_recall_what_its_letter_says(office: Office) -> None:
    answered(office, office.official(), whose(office))
    with writing(office.database) as session, pytest.raises(NothingToSend):
        sending.recall(session, office.grant(), 1, office.clock())


def test_the_agency_may_send_online_after_its_letter(office: Office) -> None:
    grant = office.grant()
    answered(office, office.official(), whose(office), anchors=["2.2"])
    sent = office.send(grant, Stance.AGREES)
    assert (sent.version, _counts(office).agrees, _counts(office).answered) == (2, 1, 1)


def test_another_lead_agencys_official_keys_nothing_in(office: Office) -> None:
    other = office.official("ai@snv.example", "Sở Nội vụ")
    with pytest.raises(NoAccess):
        begin(office, other, whose(office), letter())


def _record_together(url: str, official: OfficialGrant, facts: RoundFacts, keys: Sequence[str]) -> list[str]:
    database = connect(url)
    outcomes = []
    for key in keys:
        meet()
        try:
            with writing(database) as session:
                recording.record(session, official, facts, key, 1, "0", OPENS)
        except StaleVersion:
            outcomes.append("told")
        else:
            outcomes.append("recorded")
    database.dispose()
    return outcomes


def test_of_two_officials_at_one_moment_one_is_told(anywhere: Office) -> None:
    official, facts = anywhere.official(), anywhere.facts()
    agencies = (POLICE, EDUCATION, MAILLESS)
    mine, theirs = ([begin(anywhere, official, whose(anywhere, each), letter()) for each in agencies] for _ in range(2))
    url = anywhere.database.engine.url.render_as_string(hide_password=False)
    first, second = race(_record_together, (url, official, facts, mine), (url, official, facts, theirs))
    for pair in zip(first, second, strict=True):
        assert sorted(pair) == ["recorded", "told"]
    assert _counts(anywhere).answered == 3
