"""The syntheses of a round as they were written, and the sums that the next one must agree with."""

import json
from dataclasses import dataclass

from sqlalchemy import and_, bindparam, case, exists, func, select
from sqlalchemy.orm import Session

from consult.domain.control import Made, Recorded
from consult.domain.errors import NotFound
from consult.domain.terms import Basis, Channel, Stance, SynthesisForm
from consult.store.answers import Invitation, Submission, SubmittedComment
from consult.store.database import AnyRow
from consult.store.journal import Entry, Head
from consult.store.syntheses import Synthesis
from consult.store.templates import SynthesisTemplate

MADE = "make synthesis"
"""The journal's act of writing one; it changes nothing that a synthesis prints."""


@dataclass(frozen=True)
class JournalHead:
    """How many entries the journal has, and the digest of the last one."""

    entries: int
    digest: str


_MADE = (
    select(Synthesis.__table__, func.coalesce(SynthesisTemplate.name, "").label("own_form"))
    .outerjoin(SynthesisTemplate, SynthesisTemplate.id == Synthesis.template_id)
    .where(Synthesis.round_id == bindparam("round_id"))
    .order_by(Synthesis.number.desc())
)
_NUMBERED = _MADE.where(Synthesis.number == bindparam("number"))
_LIKE = _MADE.where(Synthesis.form == bindparam("form"), Synthesis.request == bindparam("request")).limit(1)
_SAME = _LIKE.where(Synthesis.data_digest == bindparam("digest"))
_NEXT = select(func.coalesce(func.max(Synthesis.number), 0) + 1).where(Synthesis.round_id == bindparam("round_id"))
_CHANGED = select(
    exists().where(Entry.round_id == bindparam("round_id"), Entry.number > bindparam("entries"), Entry.act != MADE)
)
_ANSWERS = (
    select(
        (Invitation.basis == Basis.UNASKED).label("unasked"),
        Submission.stance,
        func.count().label("bodies"),
        func.sum(case((Submission.late, 1), else_=0)).label("late"),
        func.sum(case((Submission.channel != Channel.ONLINE, 1), else_=0)).label("on_paper"),
    )
    .select_from(Invitation)
    .outerjoin(Submission, and_(Submission.invitation_id == Invitation.id, Submission.in_force))
    .where(Invitation.round_id == bindparam("round_id"), Invitation.withdrawn_at.is_(None))
    .group_by("unasked", Submission.stance)
)
_COMMENTS = (
    select(
        func.sum(case((Submission.in_force, 1), else_=0)).label("in_force"),
        func.sum(case((Submission.recalled_at.is_not(None), 1), else_=0)).label("recalled"),
        func.count().label("sent"),
    )
    .select_from(SubmittedComment)
    .join(Submission, Submission.id == SubmittedComment.submission_id)
    .join(Invitation, Invitation.id == Submission.invitation_id)
    .where(Invitation.round_id == bindparam("round_id"), Invitation.withdrawn_at.is_(None))
)


def made_of(session: Session, round_id: int) -> tuple[Made, ...]:
    """Return every synthesis of a round that was written, the newest first."""
    return tuple(map(_made, session.execute(_MADE, {"round_id": round_id})))


def made_by_number(session: Session, round_id: int, number: int) -> Made:
    """Return one; ``NotFound`` when the round has none of this number."""
    row = session.execute(_NUMBERED, {"round_id": round_id, "number": number}).one_or_none()
    if row is None:
        raise NotFound(f"no synthesis of this round has the number {number}")
    return _made(row)


def last_like(session: Session, round_id: int, form: SynthesisForm, request: str) -> Made | None:
    """Return the newest of this form with these options, whatever its data."""
    return _one(session.execute(_LIKE, {"round_id": round_id, "form": form, "request": request}).one_or_none())


def same_made(session: Session, round_id: int, form: SynthesisForm, request: str, digest: str) -> Made | None:
    """Return the newest of this form with these options and these data."""
    asked = {"round_id": round_id, "form": form, "request": request, "digest": digest}
    return _one(session.execute(_SAME, asked).one_or_none())


def next_number(session: Session, round_id: int) -> int:
    """Return the number of the next synthesis of a round that the caller has locked."""
    return session.execute(_NEXT, {"round_id": round_id}).scalar_one()


def journal_head(session: Session) -> JournalHead:
    """Return the head of the journal."""
    return JournalHead(*session.execute(select(Head.number, Head.digest).where(Head.id == 1)).one())


def acted_on_since(session: Session, round_id: int, entries: int) -> bool:
    """Tell whether the journal has acts on this round after so many entries, apart from writing its synthesis."""
    return bool(session.scalar(_CHANGED, {"round_id": round_id, "entries": entries}))


def recorded(session: Session, round_id: int) -> Recorded:
    """Return the sums of a round, made by the database."""
    answers = session.execute(_ANSWERS, {"round_id": round_id}).all()
    asked = [row for row in answers if not row.unasked]
    by_stance = {row.stance: row.bodies for row in asked}
    comments = session.execute(_COMMENTS, {"round_id": round_id}).one()
    in_force, recalled = comments.in_force or 0, comments.recalled or 0
    return Recorded(
        agrees=by_stance.get(Stance.AGREES, 0),
        no_opinion=by_stance.get(Stance.NO_OPINION, 0),
        commenting=by_stance.get(Stance.AGREES_WITH_COMMENTS, 0) + by_stance.get(Stance.DISAGREES, 0),
        silent=by_stance.get(None, 0),
        unasked=sum(row.bodies for row in answers if row.unasked and row.stance),
        late=sum(row.late for row in asked),
        on_paper=sum(row.on_paper for row in asked),
        in_force=in_force,
        superseded=comments.sent - in_force - recalled,
        recalled=recalled,
    )


def _one(row: AnyRow | None) -> Made | None:
    return None if row is None else _made(row)


def _made(row: AnyRow) -> Made:
    return Made(
        number=row.number,
        at=row.made_at,
        form=row.form,
        own_form=row.own_form,
        request=row.request,
        described=row.described,
        edition=row.edition,
        data_digest=row.data_digest,
        file_digest=row.file_digest,
        journal_entries=row.journal_entries,
        journal_digest=row.journal_digest,
        counts=json.loads(row.counts),
    )
