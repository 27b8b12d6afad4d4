"""The official's board and the comments to be answered: every agency once, in order, in a fixed number of queries."""

from datetime import timedelta

from sqlalchemy import update

from consult.actions import handing_over, responding, sending
from consult.actions.responding import Answered
from consult.domain.board import Shown, Wanted, chosen, counts_of, tally, totals
from consult.domain.counting import Counts, count
from consult.domain.progress import days_of
from consult.domain.terms import AgencyState, Basis, Channel, Disposition, LetterState, Stance
from consult.domain.window import Window
from consult.store.answers import Invitation, Submission
from consult.store.database import Base, reading, writing
from consult.store.directory import Agency
from consult.store.outbox import Letter
from consult.store.queries.board import BoardLine, Work, board, lines, marks, names, work
from consult.store.queries.comments_by_place import comments_by_place
from consult.store.queries.desk import comments_in_force
from tests.builders import CLOSES, EDUCATION, OPENS, POLICE, Office
from tests.statements import counted

PLANNING = "Sở Kế hoạch và Đầu tư"
YOUTH = "Tỉnh đoàn Gia Lai"
MAILLESS = "Ủy ban nhân dân huyện Ia Pa"
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
        found = _lines(anywhere)
    assert len(sent) - 1 == 1, "one query for the round, one for the board"
    assert list(found)[:3] == [POLICE, PLANNING, EDUCATION]
    assert len(found) == 28
    assert {name: line.state for name, line in found.items() if line.state is not AgencyState.SILENT} == {
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


def _changed(office: Office, table: type[Base], agency: str, **values: object) -> None:
    """Put a state into the record that other acts of the office make."""
    own = office.address(agency).id
    key = Invitation.id if table is Invitation else table.invitation_id  # type: ignore[attr-defined]
    with writing(office.database) as session:
        session.execute(update(table).where(key == own).values(**values))


def test_a_line_tells_what_became_of_the_letter_with_the_link(anywhere: Office) -> None:
    fault = "550 5.1.1 mailbox unavailable"
    _changed(anywhere, Letter, POLICE, state=LetterState.FAILED, last_error=fault)
    _changed(anywhere, Letter, EDUCATION, state=LetterState.SENT, sent_at=OPENS)
    found = _lines(anywhere)
    assert (found[POLICE].invitation_letter, found[POLICE].fault) == (LetterState.FAILED, fault)
    assert (found[EDUCATION].invitation_letter, found[EDUCATION].fault) == (LetterState.SENT, "")
    assert found[PLANNING].invitation_letter is LetterState.DUE
    assert (found[MAILLESS].invitation_letter, found[MAILLESS].email) == (None, None)
    assert _totals(anywhere)[Shown.REFUSED] == 1
    official = anywhere.official()
    with writing(anywhere.database) as session:
        code = anywhere.address(POLICE).code
        handing_over.send_again(session, official, anywhere.facts(), code, anywhere.clock())
    assert _lines(anywhere)[POLICE].invitation_letter is LetterState.DUE
    assert _totals(anywhere)[Shown.REFUSED] == 0


def test_opened_added_later_and_with_its_own_window(anywhere: Office) -> None:
    _changed(anywhere, Invitation, POLICE, opened_at=OPENS)
    later = CLOSES + timedelta(days=2)
    _changed(anywhere, Invitation, PLANNING, basis=Basis.ADDED, letter_number="600/STTTT", closes_at=later)
    found, window = _lines(anywhere), anywhere.facts().window
    assert found[POLICE].state is AgencyState.OPENED
    assert found[POLICE].own_window(window) is None
    added = found[PLANNING]
    assert (added.basis, added.own_letter, added.own_window(window)) == (
        Basis.ADDED,
        "600/STTTT",
        Window(window.opens_at, later),
    )


def test_on_paper_and_not_asked(anywhere: Office) -> None:
    day = CLOSES.date()
    for name in (POLICE, YOUTH):
        anywhere.send(anywhere.grant(name), Stance.AGREES, "9/CV")
        _changed(anywhere, Submission, name, channel=Channel.PAPER, received_on=day, late=True, secret=True)
    _changed(anywhere, Invitation, YOUTH, basis=Basis.UNASKED)
    _changed(anywhere, Invitation, PLANNING, basis=Basis.UNASKED)
    found = _lines(anywhere)
    assert list(found)[-1] == YOUTH
    assert PLANNING not in found, "a body that was not asked stands here by its answer alone"
    paper = found[POLICE]
    assert (paper.channel, paper.received_on, paper.late, paper.secret) == (Channel.PAPER, day, True, True)
    counts = count(line.standing for line in found.values())
    assert (counts.invited, counts.agrees, counts.late, counts.unasked) == (26, 1, 1, 1)
    with reading(anywhere.database) as session:
        every = marks(session, anywhere.facts().id)
    assert counts_of(tally(every)) == counts
    assert [each.day for each in days_of(every)] == [day]


def test_who_was_taken_off_the_list_stands_nowhere(office: Office) -> None:
    _changed(office, Invitation, POLICE, withdrawn_at=OPENS)
    assert POLICE not in _lines(office)
    assert _totals(office)[Shown.ALL] == 27


def test_some_lines_come_in_the_order_asked_for(anywhere: Office) -> None:
    _at_work(anywhere)
    with reading(anywhere.database) as session:
        round_id = anywhere.facts().id
        every = board(session, round_id)
        ids = [every[place].id for place in (20, 0, 7)]
        assert lines(session, round_id, ids) == [every[20], every[0], every[7]]
        assert [mark.id for mark in marks(session, round_id)] == [line.id for line in every]
        assert names(session, round_id)[every[0].id].name == POLICE
        assert lines(session, round_id, []) == []


def test_comments_are_counted_at_the_top_place_above_them(anywhere: Office) -> None:
    grant = anywhere.grant(POLICE)
    for anchor in ("2.2", "2.1", "2", "9.1", "", ""):
        anywhere.comment(grant, anchor)
    anywhere.send(grant)
    anywhere.comment(anywhere.grant(EDUCATION), "3.1")
    with counted(anywhere.database) as sent, reading(anywhere.database) as session:
        found = comments_by_place(session, anywhere.facts().id)
    assert len(sent) - 1 == 1
    assert (found[0].anchor, found[0].comments) == ("", 2)
    assert {place.anchor: place.comments for place in found[1:] if place.comments} == {"2": 3, "9": 1}
    assert {"1", "3", "8"} <= {place.anchor for place in found}


def _totals(office: Office) -> dict[Shown, int]:
    with reading(office.database) as session:
        return totals(tally(marks(session, office.facts().id)), requires_letter=True)


def test_a_body_is_found_by_every_name_that_the_directory_has(anywhere: Office) -> None:
    with writing(anywhere.database) as session:
        session.execute(update(Agency).where(Agency.name == POLICE).values(aliases="Sở Công an\nCA tỉnh Mẫu"))
    with reading(anywhere.database) as session:
        round_id = anywhere.facts().id
        called = names(session, round_id)
        found = chosen(marks(session, round_id), called, Wanted(words="ca tinh MẪU"), requires_letter=False)
    assert [called[mark.id].name for mark in found] == [POLICE]
