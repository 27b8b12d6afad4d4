"""Queues what an agency is told about its answer on paper; a body that was not asked, or has no mailbox, gets none."""

from datetime import datetime

from sqlalchemy.orm import Session

from consult.actions.posting import addressee, occasion, to_invited
from consult.domain.keyed import KeyedAnswer
from consult.domain.terms import LetterKind
from consult.mail import paper_letters
from consult.mail.paper_letters import Recorded
from consult.store.outbox import queue
from consult.store.queries.own_answer import OwnSubmission
from consult.store.queries.people import by_code
from consult.store.queries.rounds import RoundFacts


def recorded(
    session: Session, facts: RoundFacts, code: str, sent: OwnSubmission, answer: KeyedAnswer, now: datetime
) -> None:
    """Queue the receipt of an answer that was recorded from a letter."""
    found = by_code(session, code)
    if found is None:
        return
    to = found[1]
    about = Recorded(sent.code, sent.digest, sent.late)
    words = paper_letters.recorded(occasion(facts, to.window), addressee(to), about, answer)
    queue(session, [to_invited(f"receipt:{sent.code}", LetterKind.RECEIPT, facts, to, words)], now)


def taken_back(
    session: Session, facts: RoundFacts, code: str, sent: OwnSubmission, again: OwnSubmission | None, now: datetime
) -> None:
    """Queue the notice that a record was a mistake and what stands instead."""
    found = by_code(session, code)
    if found is None:
        return
    to, stands = found[1], again.code if again else ""
    words = paper_letters.taken_back(occasion(facts, to.window), addressee(to), sent.code, stands, now)
    queue(session, [to_invited(f"recalled:{sent.code}", LetterKind.RECALLED, facts, to, words)], now)
