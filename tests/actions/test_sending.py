"""Sending: the stance fits the comments, versions supersede, a form counts once, what was sent stays as it was."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from consult.actions import sending
from consult.actions.commenting import holding
from consult.actions.sending import Answer, seen_digest
from consult.domain.answering import SentWords, Words, answer_digest
from consult.domain.counting import Counts, count
from consult.domain.errors import KeyReused, NothingToSend, RoundClosed, StaleVersion, StanceMismatch
from consult.domain.terms import LetterKind, Stance
from consult.store import journal
from consult.store.answers import Submission, SubmittedComment
from consult.store.database import Session, connect, reading, writing
from consult.store.outbox import Letter
from consult.store.queries.board import board
from consult.store.queries.door import AgencyGrant
from consult.store.queries.own_answer import (
    OwnSubmission,
    sent_agreements,
    sent_comments,
    submissions,
    working_copy,
)
from tests.builders import CLOSES, EDUCATION, OPENS, Office
from tests.racing import meet, race
from tests.statements import counted

HOUR = timedelta(hours=1)


def _answer(office: Office, grant: AgencyGrant, stance: Stance = Stance.AGREES, number: str = "") -> Answer:
    with reading(office.database) as session:
        return Answer(uuid4().hex, stance, number, None, _seen(session, grant))


def _seen(session: Session, grant: AgencyGrant) -> str:
    return seen_digest(working_copy(session, grant.invitation_id), submissions(session, grant.invitation_id))


def _send(office: Office, grant: AgencyGrant, answer: Answer) -> OwnSubmission:
    with writing(office.database) as session:
        return sending.send(session, grant, answer, office.clock())


def _sent(office: Office, grant: AgencyGrant) -> Sequence[OwnSubmission]:
    with reading(office.database) as session:
        return submissions(session, grant.invitation_id)


def _counts(office: Office) -> Counts:
    with reading(office.database) as session:
        return count(line.standing for line in board(session, office.facts().id))


def _receipts(office: Office) -> Sequence[Letter]:
    with reading(office.database) as session:
        return session.scalars(select(Letter).where(Letter.kind == LetterKind.RECEIPT).order_by(Letter.id)).all()


@pytest.mark.parametrize(
    ("stance", "comments", "taken"),
    [
        (Stance.AGREES, 0, True),
        (Stance.AGREES, 1, False),
        (Stance.AGREES_WITH_COMMENTS, 0, False),
        (Stance.AGREES_WITH_COMMENTS, 1, True),
        (Stance.AGREES_WITH_COMMENTS, 2, True),
        (Stance.DISAGREES, 0, False),
        (Stance.DISAGREES, 1, True),
        (Stance.NO_OPINION, 0, True),
        (Stance.NO_OPINION, 1, False),
    ],
)
def test_the_stance_must_fit_the_comments(office: Office, stance: Stance, comments: int, taken: bool) -> None:
    grant = office.grant()
    for _ in range(comments):
        office.comment(grant)
    if taken:
        assert _send(office, grant, _answer(office, grant, stance)).comments == comments
        return
    with pytest.raises(StanceMismatch):
        _send(office, grant, _answer(office, grant, stance))
    assert (_sent(office, grant), _receipts(office)) == ((), [])


def test_an_answer_is_frozen_with_all_that_stood_in_it(anywhere: Office) -> None:
    grant = anywhere.grant()._replace(person_name="Nguyễn Văn Mẫu", person_email="mau@congan.example")
    anywhere.comment(grant, "2.2", "về mục 2.2", reason="vì thế")
    anywhere.comment(grant, "1.4", "về mục 1.4")
    anywhere.comment(grant, "", "về toàn bộ")
    anywhere.agree(grant, "2.3", "1.1")
    sent = _send(anywhere, grant, _answer(anywhere, grant, Stance.DISAGREES, "45/CAT-PA05"))
    assert _sent(anywhere, grant) == (sent,)
    assert (sent.version, sent.code) == (1, f"{grant.code.upper()}-1")
    assert (sent.in_force, sent.late, sent.sent_at, sent.sender_name) == (True, False, OPENS, "Nguyễn Văn Mẫu")
    with reading(anywhere.database) as session:
        found = sent_comments(session, sent.id)
        assert sent_agreements(session, sent.id) == (
            "mục 1.1 (Sở Thông tin và Truyền thông)",
            "mục 2.3 (Công an tỉnh)",
        )
    assert [(comment.anchor, comment.content) for comment in found] == [
        ("", "về toàn bộ"),
        ("1.4", "về mục 1.4"),
        ("2.2", "về mục 2.2"),
    ]


def test_the_receipts_digest_can_be_computed_again_from_the_record(anywhere: Office) -> None:
    grant = anywhere.grant()
    anywhere.comment(grant, "2.2")
    made = anywhere.send(grant)
    (kept,) = _sent(anywhere, grant)
    with reading(anywhere.database) as session:
        rows = sent_comments(session, kept.id)
    words = [SentWords(row.anchor, Words(row.kind, row.content, row.proposed_text, row.reason)) for row in rows]
    assert answer_digest(kept.code, kept.sent_at, kept.stance, words) == made.digest == kept.digest
    assert kept.sent_at.tzinfo is UTC


def test_the_receipt_leaves_with_the_answer_to_the_official_address(office: Office) -> None:
    grant = office.grant()
    office.comment(grant)
    sent = office.send(grant)
    (receipt,) = _receipts(office)
    assert receipt.to_address == "congan@gialai.example"
    assert sent.code in receipt.text
    assert sent.digest in receipt.text


def test_sending_again_supersedes(anywhere: Office) -> None:
    grant = anywhere.grant()
    anywhere.comment(grant, "2.2")
    anywhere.send(grant)
    anywhere.comment(grant, "2.3")
    anywhere.clock.at += HOUR
    anywhere.send(grant)
    assert [(sent.version, sent.in_force, sent.comments) for sent in _sent(anywhere, grant)] == [
        (2, True, 2),
        (1, False, 1),
    ]
    assert len(_receipts(anywhere)) == 2


def test_changing_the_working_copy_changes_nothing_that_was_sent(office: Office) -> None:
    grant = office.grant()
    office.comment(grant, "2.2", "đã gửi")
    sent = office.send(grant)
    office.comment(grant, "2.3", "chưa gửi")
    with reading(office.database) as session:
        assert [comment.content for comment in sent_comments(session, sent.id)] == ["đã gửi"]


def test_recalled_the_agency_is_silent_again_and_may_send_anew(anywhere: Office) -> None:
    grant = anywhere.grant()
    anywhere.send(grant, Stance.AGREES)
    assert (_counts(anywhere).agrees, _counts(anywhere).silent) == (1, 27)
    with writing(anywhere.database) as session:
        sending.recall(session, grant, 1, OPENS + HOUR)
    assert (_counts(anywhere).answered, _counts(anywhere).silent) == (0, 28)
    (recalled,) = _sent(anywhere, grant)
    assert (recalled.in_force, recalled.recalled_at) == (False, OPENS + HOUR)
    assert anywhere.send(grant, Stance.NO_OPINION).version == 2
    assert (_counts(anywhere).no_opinion, _counts(anywhere).silent) == (1, 27)


def test_only_the_answer_in_force_is_recalled(office: Office) -> None:
    grant = office.grant()
    with pytest.raises(NothingToSend), writing(office.database) as session:
        sending.recall(session, grant, 1, OPENS)
    office.send(grant, Stance.AGREES)
    office.send(grant, Stance.NO_OPINION)
    with pytest.raises(NothingToSend, match="a newer answer was sent meanwhile"), writing(office.database) as session:
        sending.recall(session, grant, 1, OPENS)
    with pytest.raises(RoundClosed), writing(office.database) as session:
        sending.recall(session, grant, 2, CLOSES)
    assert _sent(office, grant)[0].in_force


def test_a_form_counts_once(office: Office) -> None:
    grant = office.grant()
    answer = _answer(office, grant)
    first = _send(office, grant, answer)
    office.clock.at += HOUR
    assert _send(office, grant, answer) == first
    assert len(_sent(office, grant)) == len(_receipts(office)) == 1


def test_a_form_sent_again_after_the_close_gets_its_receipt(office: Office) -> None:
    grant = office.grant()
    answer = _answer(office, grant)
    first = _send(office, grant, answer)
    office.clock.at = CLOSES + HOUR
    assert _send(office, grant, answer) == first
    with pytest.raises(RoundClosed):
        _send(office, grant, _answer(office, grant))


def test_a_letter_number_added_meanwhile_does_not_make_a_form_another_one(office: Office) -> None:
    grant = office.grant()
    answer = _answer(office, grant)
    _send(office, grant, answer)
    with writing(office.database) as session:
        sending.complete_letter(session, grant, 1, "45/CAT-PA05", date(2020, 4, 24), OPENS)
    assert _send(office, grant, answer).letter_number == "45/CAT-PA05"


@pytest.mark.parametrize("other", [{"stance": Stance.NO_OPINION}, {"letter_number": "46"}, {"seen": "0" * 32}])
def test_another_answer_under_the_same_key_is_refused(office: Office, other: dict[str, object]) -> None:
    grant = office.grant()
    answer = _answer(office, grant)
    _send(office, grant, answer)
    with pytest.raises(KeyReused):
        _send(office, grant, replace(answer, **other))  # type: ignore[arg-type]
    assert len(_sent(office, grant)) == 1


def test_another_agencys_key_is_refused(office: Office) -> None:
    grant, other = office.grant(), office.grant(EDUCATION)
    answer = _answer(office, grant)
    _send(office, grant, answer)
    with pytest.raises(KeyReused):
        _send(office, other, answer)
    assert _sent(office, other) == ()


def test_comments_that_changed_after_the_review_are_looked_at_again(office: Office) -> None:
    grant = office.grant()
    office.comment(grant, "2.2")
    answer = _answer(office, grant, Stance.AGREES_WITH_COMMENTS)
    office.comment(grant, "2.3")
    with pytest.raises(StaleVersion, match="look again"):
        _send(office, grant, answer)
    assert _sent(office, grant) == ()


def test_number_and_date_of_the_letter_may_come_after_the_close(anywhere: Office) -> None:
    grant = anywhere.grant()
    anywhere.comment(grant)
    sent = anywhere.send(grant)
    with writing(anywhere.database) as session:
        sending.complete_letter(session, grant, 1, "45/CAT-PA05", date(2020, 4, 29), CLOSES + 72 * HOUR)
    (kept,) = _sent(anywhere, grant)
    assert (kept.letter_number, kept.letter_date) == ("45/CAT-PA05", date(2020, 4, 29))
    assert (kept.digest, kept.sent_at, kept.late) == (sent.digest, sent.sent_at, False)


def test_a_letter_needs_an_answer(office: Office) -> None:
    with pytest.raises(NothingToSend), writing(office.database) as session:
        sending.complete_letter(session, office.grant(), 1, "45", None, OPENS)


def test_every_act_stands_in_the_journal(office: Office) -> None:
    grant = office.grant()
    office.send(grant, Stance.AGREES)
    with writing(office.database) as session:
        sending.complete_letter(session, grant, 1, "45", None, OPENS)
    with writing(office.database) as session:
        sending.recall(session, grant, 1, OPENS)
    with reading(office.database) as session:
        entries = session.scalars(select(journal.Entry).order_by(journal.Entry.number.desc()).limit(3)).all()
        assert journal.verify(session).fault == ""
    assert [entry.act for entry in entries] == ["recall", "letter", "send"]
    assert all(f"{grant.code.upper()}-1" in entry.particulars for entry in entries)


def test_sending_takes_the_same_statements_whatever_the_number_of_comments(office: Office) -> None:
    grant = office.grant()
    for _ in range(3):
        office.comment(grant)
    with counted(office.database) as few:
        _send(office, grant, _answer(office, grant, Stance.AGREES_WITH_COMMENTS))
    for _ in range(30):
        office.comment(grant)
    with counted(office.database) as many:
        _send(office, grant, _answer(office, grant, Stance.AGREES_WITH_COMMENTS))
    assert len(few) == len(many) <= 16


def _send_together(url: str, grant: AgencyGrant, answers: Sequence[Answer]) -> list[str]:
    """Send each form at the same moment as the other process; return the receipts' codes."""
    database, codes = connect(url), []
    with reading(database) as session:
        submissions(session, grant.invitation_id)
    for answer in answers:
        meet()
        with reading(database) as session:
            opened = replace(answer, seen=_seen(session, grant))
        meet()
        with writing(database) as session:
            codes.append(sending.send(session, grant, opened, OPENS).code)
    database.dispose()
    return codes


def test_two_processes_with_one_form_send_once(anywhere: Office) -> None:
    grant = anywhere.grant()
    answers = [_answer(anywhere, grant) for _ in range(10)]
    url = anywhere.database.engine.url.render_as_string(hide_password=False)
    first, second = race(_send_together, (url, grant, answers), (url, grant, answers))
    assert first == second == [f"{grant.code.upper()}-{version}" for version in range(1, 11)]
    assert len(_sent(anywhere, grant)) == len(_receipts(anywhere)) == 10


def test_a_page_from_before_the_last_sending_sends_nothing_over_it(anywhere: Office) -> None:
    """In another tab or by a colleague: the number of the official letter is not lost to an older page."""
    grant = anywhere.grant()
    first, second = (_answer(anywhere, grant, number=number) for number in ("86/UBND-VX", ""))
    _send(anywhere, grant, first)
    with pytest.raises(StaleVersion):
        _send(anywhere, grant, second)
    assert [(sent.version, sent.letter_number) for sent in _sent(anywhere, grant)] == [(1, "86/UBND-VX")]


def _send_unlocked(url: str, grant: AgencyGrant, answer: Answer) -> int:
    """Look for the key before the transaction: what must not be done."""
    database = connect(url)
    with reading(database) as session:
        known = session.scalar(select(Submission.id).where(Submission.key == answer.key))
    meet()
    if known is None:
        with writing(database) as session:
            holding(session, grant)
            unguarded = replace(answer, key=uuid4().hex, seen=_seen(session, grant))
            sending.send(session, grant, unguarded, OPENS)
    database.dispose()
    return 1


def test_looking_for_the_key_before_the_transaction_would_send_twice(anywhere: Office) -> None:
    grant = anywhere.grant()
    answer = _answer(anywhere, grant)
    url = anywhere.database.engine.url.render_as_string(hide_password=False)
    race(_send_unlocked, (url, grant, answer), (url, grant, answer))
    assert len(_sent(anywhere, grant)) == 2


def test_every_frozen_comment_has_a_row_of_its_own(office: Office) -> None:
    grant = office.grant()
    office.comment(grant)
    office.send(grant)
    office.send(grant)
    with reading(office.database) as session:
        keys, rows = session.execute(
            select(func.count(SubmittedComment.key.distinct()), func.count(SubmittedComment.row_id.distinct()))
        ).one()
    assert (keys, rows) == (1, 2)


def test_a_letter_goes_to_the_answer_that_was_on_the_screen_and_erases_nothing(office: Office) -> None:
    grant = office.grant()
    office.send(grant, Stance.AGREES, "12/ABC")
    with writing(office.database) as session:
        sending.complete_letter(session, grant, 1, "", date(2020, 4, 22), OPENS)
    (kept,) = _sent(office, grant)
    assert (kept.letter_number, kept.letter_date) == ("12/ABC", date(2020, 4, 22))
    office.send(grant, Stance.NO_OPINION)
    with pytest.raises(NothingToSend), writing(office.database) as session:
        sending.complete_letter(session, grant, 1, "13/ABC", None, OPENS)
