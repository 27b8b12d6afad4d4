"""Puts the letters of the result into the outbox: to each body that answered, its own comments with the answers."""

from collections import defaultdict
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from consult.actions.noticing import Grounds
from consult.actions.posting import addressee, occasion, to_invited
from consult.documents.synthesis_forms import cited_place
from consult.documents.synthesis_rows import said
from consult.domain.synthesis import Opinion
from consult.domain.terms import LetterKind, Stance
from consult.mail import results
from consult.mail.results import MOST_ROWS, AnsweredComment, ResultFacts
from consult.store.answers import Invitation, Submission
from consult.store.outbox import queue
from consult.store.outbox_waiting import stop
from consult.store.queries.people import invited
from consult.store.queries.rounds import RoundFacts
from consult.store.queries.synthesis_rows import opinions

_STANCES = (
    select(Invitation.code, Submission.stance)
    .join(Submission, Submission.invitation_id == Invitation.id)
    .where(Invitation.round_id == bindparam("round_id"), Submission.in_force)
)


def result_letters(session: Session, facts: RoundFacts, grounds: Grounds, now: datetime) -> int:
    """Queue a letter to every body that answered and has a mailbox; return how many. The silent ones get none."""
    stances = _stances(session, facts.id)
    comments, totals = _comments(session, facts)
    letter = results.letter_words(grounds.letter_number, grounds.letter_date)
    fresh = []
    for each in invited(session, facts.id):
        if each.code in stances and each.email:
            about = ResultFacts(stances[each.code], tuple(comments[each.code]), totals[each.code], letter)
            words = results.result(occasion(facts, each.window), addressee(each), about)
            key = f"result:{each.id}:{now.timestamp():.6f}"
            fresh.append(to_invited(key, LetterKind.RESULT, facts, each, words))
    queue(session, fresh, now)
    return len(fresh)


def result_taken_back(session: Session, facts: RoundFacts, reason: str, now: datetime) -> int:
    """Queue a letter to every body that a letter of this result reached; return how many. The waiting ones stay here.

    ``facts`` are of before: ``result_at`` is the moment at which the result was made public.
    """
    assert facts.result_at is not None
    got = stop(session, facts.id, LetterKind.RESULT, f":{facts.result_at.timestamp():.6f}")
    fresh = []
    for each in invited(session, facts.id):
        if each.id in got:
            words = results.taken_back(occasion(facts, each.window), addressee(each), facts.result_at, reason)
            key = f"result_taken_back:{each.id}:{now.timestamp():.6f}"
            fresh.append(to_invited(key, LetterKind.RESULT, facts, each, words))
    queue(session, fresh, now)
    return len(fresh)


def _stances(session: Session, round_id: int) -> dict[str, Stance]:
    return {row.code: row.stance for row in session.execute(_STANCES, {"round_id": round_id})}


def _comments(session: Session, facts: RoundFacts) -> tuple[dict[str, list[AnsweredComment]], dict[str, int]]:
    """Return the first comments of each body, cut, and how many it has; the whole table is never held."""
    comments: dict[str, list[AnsweredComment]] = defaultdict(list)
    totals: dict[str, int] = defaultdict(int)
    for opinion in opinions(session, facts):
        code = opinion.body.code
        totals[code] += 1
        if len(comments[code]) < MOST_ROWS:
            comments[code].append(_cut(opinion))
    return comments, totals


def _cut(opinion: Opinion) -> AnsweredComment:
    words = " ".join(f"{label} {text}".strip() for label, text in said(opinion))
    return AnsweredComment(cited_place(opinion), results.cut(words), results.cut(opinion.response or ""))
