"""One answer that is being keyed in, the places it may comment on, and what was sent before that it may take over."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from consult.domain.errors import NotFound
from consult.domain.keyed import KeyedAnswer, KeyedComment, from_json
from consult.domain.outline_nodes import NodeKind
from consult.domain.wording import opening_words
from consult.store.answers import Invitation, Submission, SubmittedComment
from consult.store.consultations import Clause, Draft
from consult.store.directory import Agency
from consult.store.keyed import KeyedInAnswer
from consult.store.queries.own_answer import OwnSubmission, submissions
from consult.store.queries.places import Place

_OPENING = 9


@dataclass(frozen=True)
class Keyed:
    """An answer that is being keyed in: whose (``invitation_id`` None: of a body that was not asked), and how far."""

    key: str
    round_id: int
    invitation_id: int | None
    code: str | None
    agency_id: int | None
    name: str
    official: str
    version: int
    saved_at: datetime
    answer: KeyedAnswer


@dataclass(frozen=True)
class InvitedBody:
    """A body that stands in a round, with what it sent, the newest first."""

    id: int
    code: str
    name: str
    email: str | None
    sent: tuple[OwnSubmission, ...]

    @property
    def in_force(self) -> OwnSubmission | None:
        """Return the answer in force, if any."""
        return next((each for each in self.sent if each.in_force), None)


@dataclass(frozen=True)
class PlaceLine:
    """A place of a draft in a list to choose from."""

    draft: str
    anchor: str
    cited: str
    opening: str


_KEYED = (
    select(
        KeyedInAnswer.key,
        KeyedInAnswer.round_id,
        KeyedInAnswer.invitation_id,
        Invitation.code,
        KeyedInAnswer.agency_id,
        func.coalesce(Invitation.name, Agency.name, KeyedInAnswer.name),
        KeyedInAnswer.official,
        KeyedInAnswer.version,
        KeyedInAnswer.saved_at,
        KeyedInAnswer.told,
    )
    .outerjoin(Invitation, Invitation.id == KeyedInAnswer.invitation_id)
    .outerjoin(Agency, Agency.id == KeyedInAnswer.agency_id)
    .where(KeyedInAnswer.round_id == bindparam("round_id"), KeyedInAnswer.key == bindparam("key"))
)
_HELD = (
    select(KeyedInAnswer.id)
    .where(KeyedInAnswer.round_id == bindparam("round_id"), KeyedInAnswer.key == bindparam("key"))
    .with_for_update(of=KeyedInAnswer)
)
_BODY = select(Invitation.id, Invitation.code, Invitation.name, Invitation.email).where(
    Invitation.round_id == bindparam("round_id"),
    Invitation.code == bindparam("code"),
    Invitation.withdrawn_at.is_(None),
)
_PLACES = (
    select(Draft.title, Clause.anchor, Clause.cited, Clause.text)
    .join(Draft, Draft.id == Clause.draft_id)
    .where(Draft.round_id == bindparam("round_id"), Draft.corrects_id.is_(None), Clause.removed_at.is_(None))
    .where(Clause.kind.not_in([kind for kind in NodeKind if kind.in_frame]))
    .order_by(Draft.position, Clause.position)
)
_PLACE = (
    select(Clause.id, Clause.anchor, Clause.kind, Clause.label, Clause.text, Clause.cited)
    .join(Draft, Draft.id == Clause.draft_id)
    .where(Draft.round_id == bindparam("round_id"), Draft.corrects_id.is_(None), Clause.anchor == bindparam("anchor"))
    .where(Clause.removed_at.is_(None))
    .order_by(Draft.position)
    .limit(1)
)
_SENT = (
    select(
        SubmittedComment.key,
        SubmittedComment.clause_id,
        func.coalesce(Clause.anchor, ""),
        func.coalesce(Clause.cited, ""),
        SubmittedComment.kind,
        SubmittedComment.content,
        SubmittedComment.proposed_text,
        SubmittedComment.reason,
        SubmittedComment.redline,
        SubmittedComment.passage,
    )
    .outerjoin(Clause, Clause.id == SubmittedComment.clause_id)
    .where(SubmittedComment.submission_id == bindparam("submission_id"))
    .order_by(SubmittedComment.position)
)


def keyed_answer(session: Session, round_id: int, key: str) -> Keyed:
    """Return an answer that is being keyed in.

    Raises:
        NotFound: there is none of that key (any more): it was recorded or thrown away.
    """
    row = session.execute(_KEYED, {"round_id": round_id, "key": key}).one_or_none()
    if row is None:
        raise NotFound("this answer is not being keyed in any more")
    values: tuple[Any, ...] = tuple(row)
    return Keyed(*(*values[:-1], from_json(values[-1])))


def hold_keyed(session: Session, round_id: int, key: str) -> Keyed:
    """Lock an answer that is being keyed in until the transaction ends, and return it as it stands."""
    session.execute(_HELD, {"round_id": round_id, "key": key}).all()
    return keyed_answer(session, round_id, key)


def body_of(session: Session, round_id: int, code: str) -> InvitedBody:
    """Return a body of a round by its code, with all that it sent.

    Raises:
        NotFound: there is none, or its request was taken back.
    """
    row = session.execute(_BODY, {"round_id": round_id, "code": code}).one_or_none()
    if row is None:
        raise NotFound("no such body stands in this round")
    return InvitedBody(row.id, row.code, row.name, row.email, submissions(session, row.id))


def places(session: Session, round_id: int) -> tuple[PlaceLine, ...]:
    """Return the places of a round's drafts that may be commented on, in order."""
    rows = session.execute(_PLACES, {"round_id": round_id})
    return tuple(PlaceLine(draft, anchor, cited, opening_words(text, _OPENING)) for draft, anchor, cited, text in rows)


def place_in(session: Session, round_id: int, anchor: str) -> Place:
    """Return one place of a round's drafts by its anchor; ``NotFound`` when there is none."""
    row = session.execute(_PLACE, {"round_id": round_id, "anchor": anchor}).one_or_none()
    if row is None:
        raise NotFound("the draft has no such place")
    assert isinstance(row.kind, NodeKind)
    return Place(row.id, row.anchor, row.kind.value, row.label, row.text, row.cited)


def sent_before(session: Session, submission_id: int) -> tuple[KeyedComment, ...]:
    """Return the comments of a sent answer as they may be taken over, with the keys that responses hang on."""
    return tuple(KeyedComment(0, 1, *tuple(row)) for row in session.execute(_SENT, {"submission_id": submission_id}))


def entered_by(session: Session, submission_id: int) -> str:
    """Return the official who keyed an answer in, "" for one that came online."""
    return session.scalar(select(Submission.entered_by).where(Submission.id == submission_id)) or ""
