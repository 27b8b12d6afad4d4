"""A part of the synthesis: which clauses it covers, how people call it, how many comments in force stand there."""

from dataclasses import dataclass

from sqlalchemy import and_, bindparam, func, select
from sqlalchemy.orm import Session

from consult.domain.errors import NotFound
from consult.domain.synthesis_options import Options
from consult.store.answers import Invitation, Submission, SubmittedComment
from consult.store.consultations import Clause, Draft
from consult.store.queries.synthesis_share import WHOLE_TABLE, Share

_DRAFT = select(Draft.id, Draft.title).where(
    Draft.round_id == bindparam("round_id"), Draft.position == bindparam("position"), Draft.corrects_id.is_(None)
)
_CLAUSES = (
    select(Clause.anchor, Clause.parent, Clause.position, Clause.cited, Clause.section)
    .where(Clause.draft_id == bindparam("draft_id"))
    .order_by(Clause.position)
)
_COUNT = (
    select(func.count(SubmittedComment.id))
    .join(Submission, and_(Submission.id == SubmittedComment.submission_id, Submission.in_force))
    .join(Invitation, Invitation.id == Submission.invitation_id)
    .outerjoin(Clause, Clause.id == SubmittedComment.clause_id)
    .outerjoin(Draft, Draft.id == Clause.draft_id)
    .where(Invitation.round_id == bindparam("round_id"), Invitation.withdrawn_at.is_(None))
)


@dataclass(frozen=True)
class Part:
    """The rows of a part, its name in a sentence, and the comments in force that it must hold."""

    share: Share
    name: str
    comments: int


def part_of(session: Session, round_id: int, options: Options) -> Part | None:
    """Return the part of the round's synthesis that is asked for; None stands for the whole.

    ``NotFound`` when the round has no such draft, or the draft no such clause.
    """
    if not options.partial:
        return None
    position = options.draft or 1
    draft = session.execute(_DRAFT, {"round_id": round_id, "position": position}).one_or_none()
    if draft is None:
        raise NotFound(f"the round has no draft {position}; name one of its drafts by its number, from 1")
    if not options.anchor:
        share, name = Share(draft=position), _called(draft.title)
    else:
        span, name = _span(session, draft.id, options.anchor)
        share = Share(draft=position, span=span)
    return Part(share, name, session.scalar(share.of(_COUNT), {"round_id": round_id}) or 0)


def _called(title: str) -> str:
    return title if title.casefold().startswith("dự thảo") else f"dự thảo {title}"


def _span(session: Session, draft_id: int, anchor: str) -> tuple[tuple[int, int], str]:
    """Return first and last position of a clause with all below it, and how it is cited."""
    clauses = session.execute(_CLAUSES, {"draft_id": draft_id}).all()
    first = next((clause for clause in clauses if clause.anchor == anchor), None)
    if first is None:
        raise NotFound(f"the draft has no clause {anchor}; name one by its anchor, as outline prints it")
    inside, last = {anchor}, first.position
    for clause in clauses:
        if clause.parent in inside:
            inside.add(clause.anchor)
            last = max(last, clause.position)
    return (first.position, last), first.cited


def share_of(part: Part | None) -> Share:
    """Return the rows of a part, or of the whole."""
    return part.share if part else WHOLE_TABLE
