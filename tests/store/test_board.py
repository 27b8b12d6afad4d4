"""The official's board and the comments to be answered: every agency once, in order, in a fixed number of queries."""

from datetime import timedelta

from consult.actions import responding, sending
from consult.actions.responding import Answered
from consult.domain.counting import Counts, count
from consult.domain.terms import AgencyState, Disposition, LetterState, Stance
from consult.store.database import reading, writing
from consult.store.queries.board import BoardLine, Work, board, work
from consult.store.queries.desk import comments_in_force
from tests.builders import CLOSES, EDUCATION, OPENS, POLICE, Office
from tests.statements import counted

PLANNING = "Sở Kế hoạch và Đầu tư"
YOUTH = "Tỉnh đoàn Gia Lai"
PROVIDER = "Công ty Cổ phần Truyền số liệu Nắng Gió Cao Nguyên"


def _lines(office: Office) -> dict[str, BoardLine]:
    with reading(office.database) as session:
        return {line.name: line for line in board(session, office.facts().id)}


def _at_work(office: Office) -> None:
    """Let five agencies stand in five ways; the other twenty-three have not come."""
    police = office.grant(POLICE)
    office.comment(police, "2.2")
    office.comment(police, "")
    office.send(police, Stance.DISAGREES, "45/CAT")
    office.send(office.grant(EDUCATION), Stance.AGREES)
    office.send(office.grant(PROVIDER), Stance.NO_OPINION)
    office.comment(office.grant(PLANNING), "7.p1")
    youth = office.grant(YOUTH)
    office.send(youth, Stance.AGREES)
    with writing(office.database) as session:
        sending.recall(session, youth, 1, OPENS + timedelta(hours=1))


def test_every_agency_stands_once_in_the_order_of_the_letter(anywhere: Office) -> None:
    _at_work(anywhere)
    with counted(anywhere.database) as sent:
        lines = _lines(anywhere)
    assert len(sent) - 1 == 1, "one query for the round, one for the board"
    assert list(lines)[:3] == [POLICE, PLANNING, EDUCATION]
    assert len(lines) == 28
    assert {name: line.state for name, line in lines.items() if line.state is not AgencyState.SILENT} == {
        POLICE: AgencyState.SENT,
        PLANNING: AgencyState.DRAFTING,
        EDUCATION: AgencyState.SENT,
        PROVIDER: AgencyState.SENT,
    }


def test_a_line_says_what_was_sent(anywhere: Office) -> None:
    _at_work(anywhere)
    line = _lines(anywhere)[POLICE]
    assert (line.stance, line.version, line.comments, line.late) == (Stance.DISAGREES, 1, 2, False)
    assert (line.letter_number, line.letter_date, line.sent_at) == ("45/CAT", None, OPENS)
    assert (line.invitation_letter, line.reminded, line.group_line) == (LetterState.DUE, 0, "")
    silent = _lines(anywhere)[YOUTH]
    assert (silent.stance, silent.version, silent.comments) == (None, None, 0)


def test_the_counts_are_those_of_the_list(office: Office) -> None:
    _at_work(office)
    found = count(line.standing for line in _lines(office).values())
    assert found == Counts(invited=28, agrees=1, comments=1, no_opinion=1, silent=25, late=0)
    assert found.invited == found.answered + found.silent


def test_comments_in_force_come_by_place_then_by_agency(anywhere: Office) -> None:
    for agency in (PROVIDER, EDUCATION, POLICE):
        grant = anywhere.grant(agency)
        for anchor in ("2.2", "", "1.4"):
            anywhere.comment(grant, anchor, f"{agency} về {anchor}")
        anywhere.send(grant, Stance.DISAGREES)
    with counted(anywhere.database) as sent, reading(anywhere.database) as session:
        found = comments_in_force(session, anywhere.facts().id)
    assert len(sent) - 1 == 1
    assert [(comment.anchor, comment.agency) for comment in found] == [
        (anchor, agency) for anchor in ("", "1.4", "2.2") for agency in (POLICE, EDUCATION, PROVIDER)
    ]


def test_only_what_is_in_force_is_work(anywhere: Office) -> None:
    grant, official = anywhere.grant(), anywhere.official()
    anywhere.comment(grant, "2.2")
    anywhere.send(grant)
    anywhere.comment(grant, "2.3")
    assert _work(anywhere) == Work(1, 1)
    anywhere.send(grant)
    assert _work(anywhere) == Work(2, 2)
    with reading(anywhere.database) as session:
        first, _ = comments_in_force(session, anywhere.facts().id)
    with writing(anywhere.database) as session:
        answered = Answered(first.key, first.words, Disposition.ACCEPTED, "", 0, "", 0)
        responding.respond(session, official, anywhere.facts(), answered, CLOSES)
    assert _work(anywhere) == Work(2, 1)
    with writing(anywhere.database) as session:
        sending.recall(session, grant, 2, OPENS)
    assert _work(anywhere) == Work(0, 0)


def _work(office: Office) -> Work:
    with reading(office.database) as session:
        return work(session, office.facts().id)
