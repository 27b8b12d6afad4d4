"""The letters about a correction: one to every agency that was asked, with its own comments at changed places."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from consult.actions.comparing import Changed
from consult.actions.noticing import Grounds
from consult.actions.posting import addressee, occasion, to_invited
from consult.domain.carrying import Fate
from consult.domain.terms import LetterKind, NoticeKind
from consult.mail.corrections import CorrectionFacts, corrected
from consult.store.outbox import queue
from consult.store.queries.corrected import comments_at_changed
from consult.store.queries.people import invited
from consult.store.queries.preparing import DraftFile
from consult.store.queries.rounds import RoundFacts


def queue_corrections(
    session: Session,
    facts: RoundFacts,
    draft: DraftFile,
    changes: Sequence[Changed],
    kind: NoticeKind,
    grounds: Grounds,
    now: datetime,
) -> None:
    """Queue the letter to every agency on the list, not before its invitation."""
    own = comments_at_changed(session, draft.id, now)
    moved = sum(each.fate is Fate.MOVED for each in changes)
    places = tuple((each.cited or each.cited_before, _told(each)) for each in changes if each.fate is not Fate.MOVED)
    part = draft.title if draft.several > 1 else ""
    ground = (grounds.reason, grounds.letter_number, grounds.letter_date)
    letters = []
    for each in invited(session, facts.id):
        takes = each.window.phase(now).takes_answers
        about = CorrectionFacts(kind, *ground, part, places, moved, own.get(each.id, 0), takes)
        words = corrected(occasion(facts, each.window), addressee(each), about)
        key = f"corrected:{each.id}:{draft.id}:{draft.edition + 1}"
        letters.append(to_invited(key, LetterKind.CORRECTED, facts, each, words))
    queue(session, letters, now, due_at=max(now, facts.window.opens_at))


def _told(change: Changed) -> str:
    """Return in a word or two what happened to a place."""
    return f"{change.fate.value} (trước đây là {change.cited_before})" if change.elsewhere else change.fate.value
