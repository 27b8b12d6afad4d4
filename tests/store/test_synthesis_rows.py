"""The synthesis as rows: who answered how, and every comment in force once, in the order of draft and letter."""

from datetime import timedelta
from pathlib import Path

from sqlalchemy import select, update

from consult.actions import responding, sending
from consult.actions.responding import Answered
from consult.actions.synthesising import synthesise
from consult.domain.synthesis import Opinion, Summary
from consult.domain.terms import Disposition, SilenceRule, Stance
from consult.store.answers import Invitation, Submission, SubmittedComment
from consult.store.database import reading, writing
from consult.store.queries.desk import comment_in_force
from consult.store.queries.synthesis_rows import opinions, summary
from tests.builders import CLOSES, EDUCATION, OPENS, POLICE, Office
from tests.statements import counted

PROVIDER = "Công ty Cổ phần Truyền số liệu Nắng Gió Cao Nguyên"
DISTRICT = "Ủy ban nhân dân huyện Chư Sê"


def _opinions(office: Office) -> list[Opinion]:
    with reading(office.database) as session:
        return list(opinions(session, office.facts()))


def _summary(office: Office) -> Summary:
    with reading(office.database) as session:
        return summary(session, office.facts(), office.clock())


def _comments(office: Office) -> str:
    """Let three agencies comment, out of order; return the key of the police's comment on 2.2."""
    key = ""
    for agency in (PROVIDER, DISTRICT, POLICE):
        grant = office.grant(agency)
        for anchor in ("8.1", "", "2.2"):
            key = office.comment(grant, anchor, f"{agency}: {anchor}")
        office.send(grant, Stance.DISAGREES if agency == POLICE else Stance.AGREES_WITH_COMMENTS, "12/CV")
    return key


def _respond(office: Office, key: str, disposition: Disposition, sentence: str) -> None:
    official, facts = office.official(), office.facts()
    with writing(office.database) as session:
        found = comment_in_force(session, facts.id, key)
        answered = Answered(key, found.words, disposition, sentence, found.response_version, "", 0)
        responding.respond(session, official, facts, answered, office.clock())


def test_rows_come_whole_first_then_by_place_then_by_agency(anywhere: Office) -> None:
    _comments(anywhere)
    found = _opinions(anywhere)
    assert [(row.place, row.body.name) for row in found] == [
        (place, agency)
        for place in (
            "Ý kiến chung",
            "mục 2.2 (Công an tỉnh)",
            "mục 8.1 (Ủy ban nhân dân các huyện, thị xã, thành phố)",
        )
        for agency in (POLICE, DISTRICT, PROVIDER)
    ]
    assert [row.order for row in found] == sorted(row.order for row in found)


def test_every_comment_in_force_is_there_once(anywhere: Office) -> None:
    _comments(anywhere)
    grant = anywhere.grant(POLICE)
    anywhere.comment(grant, "1.1")
    anywhere.send(grant, Stance.DISAGREES)
    recalled = anywhere.grant(DISTRICT)
    with writing(anywhere.database) as session:
        sending.recall(session, recalled, 1, OPENS)
    with reading(anywhere.database) as session:
        in_force = select(SubmittedComment.row_id).join(Submission).where(Submission.in_force)
        wanted = sorted(session.scalars(in_force))
    found = sorted(row.id for row in _opinions(anywhere))
    assert found == wanted
    assert len(found) == 4 + 3


def test_a_row_holds_place_words_and_body(office: Office) -> None:
    grant = office.grant(POLICE)
    text = "Đẩy mạnh công tác nắm tình hình"
    office.comment(grant, "2.2", "Bỏ một chữ “mất”.", proposed_text=text, reason="Lỗi đánh máy.")
    office.send(grant, Stance.DISAGREES, "45/CAT")
    (row,) = _opinions(office)
    assert (row.content, row.reason, row.response) == ("Bỏ một chữ “mất”.", "Lỗi đánh máy.", None)
    assert (row.body.letter_number, row.body.disagrees, row.body.awaiting_letter) == ("45/CAT", True, False)
    assert row.section == "Công an tỉnh"
    assert row.opening.startswith("Đẩy mạnh công tác nắm tình hình")
    assert row.opening.endswith("…")


def test_the_officers_sentence_is_printed_while_it_answers_the_words_in_force(anywhere: Office) -> None:
    key = _comments(anywhere)
    _respond(anywhere, key, Disposition.NOT_ACCEPTED, "Giữ nguyên như dự thảo.")
    printed = [row.response for row in _opinions(anywhere)]
    assert [words for words in printed if words] == ["Giữ nguyên như dự thảo."]
    _respond(anywhere, key, Disposition.ACCEPTED, "")
    assert [row.response for row in _opinions(anywhere) if row.response] == ["Tiếp thu."]


def test_the_summary_lists_every_invited_agency_once(anywhere: Office) -> None:
    _comments(anywhere)
    anywhere.send(anywhere.grant(EDUCATION), Stance.AGREES)
    found = _summary(anywhere)
    names = [body.name for group in (found.agrees, found.no_opinion, found.commenting, found.silent) for body in group]
    assert (len(names), len(set(names)), found.invited) == (28, 28, 28)
    assert [body.name for body in found.commenting] == [POLICE, DISTRICT, PROVIDER]
    assert [body.name for body in found.agrees] == [EDUCATION]
    assert found.agrees[0].awaiting_letter
    assert (found.opinions, found.silence, len(found.silent)) == (9, SilenceRule.NO_ANSWER, 24)
    assert (found.letter_number, str(found.letter_date)) == ("532/STTTT-BCVT", "2020-04-21")


def test_it_is_provisional_until_the_round_is_closed_and_all_is_answered(office: Office) -> None:
    grant = office.grant()
    key = office.comment(grant)
    office.send(grant)
    assert _summary(office).provisional_at == OPENS
    office.clock.at = CLOSES
    assert _summary(office).provisional_at == CLOSES
    _respond(office, key, Disposition.ACCEPTED, "")
    assert _summary(office).provisional_at is None
    office.clock.at = CLOSES - timedelta(microseconds=1)
    assert _summary(office).provisional_at == office.clock.at


def test_the_queries_are_as_many_whatever_the_number_of_rows(office: Office) -> None:
    facts = office.facts()

    def queries() -> int:
        with counted(office.database) as sent, reading(office.database) as session:
            summary(session, facts, OPENS)
            list(opinions(session, facts))
        return len(sent)

    before = queries()
    _comments(office)
    assert queries() == before <= 7


def test_two_agencies_of_one_name_are_two_bodies(office: Office, tmp_path: Path) -> None:
    with writing(office.database) as session:
        session.execute(update(Invitation).where(Invitation.name == DISTRICT).values(name=POLICE))
        twin = session.scalars(select(Invitation.id).where(Invitation.name == POLICE).order_by(Invitation.line)).all()[
            1
        ]
    grant = office.grant(POLICE)
    office.comment(grant, "2.2", "của cơ quan thứ nhất")
    office.send(grant, Stance.AGREES_WITH_COMMENTS, "1/A")
    with writing(office.database) as session:
        session.execute(update(Invitation).where(Invitation.id == twin).values(name="khác"))
    other = office.grant("khác")
    office.comment(other, "2.2", "của cơ quan thứ hai")
    office.send(other, Stance.AGREES_WITH_COMMENTS, "2/B")
    with writing(office.database) as session:
        session.execute(update(Invitation).where(Invitation.id == twin).values(name=POLICE))
    told = [(each.body.name, each.body.letter_number, each.content) for each in _opinions(office)]
    assert told == [(POLICE, "1/A", "của cơ quan thứ nhất"), (POLICE, "2/B", "của cơ quan thứ hai")]
    with reading(office.database) as session:
        tally = synthesise(session, office.facts(), tmp_path / "s.docx", office.clock())
    assert (tally.rows, tally.bodies) == (2, 2)
