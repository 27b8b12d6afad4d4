"""The synthesis as rows: who answered how, and a stream of every comment in force in the order of the draft.

Memory stays flat: the comments come through a server-side cursor in blocks.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, bindparam, func, literal, select
from sqlalchemy.orm import Session

from consult.domain.synthesis import Body, Opinion, Summary
from consult.domain.synthesis_options import WHOLE, Options
from consult.domain.terms import Basis, Channel, Stance, SynthesisForm
from consult.domain.window import Phase
from consult.store.answers import Invitation, Submission, SubmittedComment
from consult.store.consultations import Clause, ClauseWording, Draft
from consult.store.database import AnyRow
from consult.store.queries.board import work
from consult.store.queries.course import changed_course, notes_by_code
from consult.store.queries.notices import notices_of
from consult.store.queries.rounds import RoundFacts
from consult.store.queries.synthesis_opinions import Making, SynthesisRow
from consult.store.queries.synthesis_part import Part
from consult.store.queries.synthesis_share import WHOLE_TABLE, Share
from consult.store.queries.wordings import READ, read_at
from consult.store.responses import Response
from consult.store.synthesis_words import own_words

_BLOCK = 500
# Comments on the words of an earlier edition stand before those on the words of today.
_TODAY = 1_000_000


@dataclass(frozen=True)
class _Answered:
    body: Body
    stance: Stance | None
    asked: bool


_BODIES = (
    select(
        Invitation.code,
        Invitation.name,
        Invitation.group_line,
        Submission.stance,
        Submission.letter_number,
        Submission.letter_date,
        Submission.late,
        Submission.channel,
        Submission.secret,
        Invitation.basis,
    )
    .outerjoin(Submission, and_(Submission.invitation_id == Invitation.id, Submission.in_force))
    .where(Invitation.round_id == bindparam("round_id"), Invitation.withdrawn_at.is_(None))
    .order_by(Invitation.line, Invitation.member)
)
_DRAFTS = (
    select(Draft.title)
    .where(Draft.round_id == bindparam("round_id"), Draft.corrects_id.is_(None))
    .order_by(Draft.position)
)
POSITION = (
    func.coalesce(Draft.position, literal(0)).label("draft_position"),
    func.coalesce(Clause.position, literal(0)).label("clause_position"),
    func.coalesce(ClauseWording.edition, literal(_TODAY)).label("edition"),
    Invitation.line,
    Invitation.member,
    SubmittedComment.position,
)
_ROWS = (
    select(
        SubmittedComment.row_id,
        func.coalesce(Draft.title, "").label("draft"),
        func.coalesce(Clause.section, "").label("section"),
        func.coalesce(Clause.cited, "").label("cited"),
        func.coalesce(Clause.text, "").label("clause_text"),
        Invitation.code,
        Invitation.name,
        Invitation.group_line,
        Submission.stance,
        Submission.letter_number,
        Submission.letter_date,
        Submission.late,
        Submission.channel,
        Submission.secret,
        Invitation.basis,
        SubmittedComment.kind,
        SubmittedComment.content,
        SubmittedComment.passage,
        SubmittedComment.reason,
        SubmittedComment.words,
        Response.words.label("answered_words"),
        Response.disposition,
        Response.sentence,
        *READ,
        *POSITION,
        SubmittedComment.redline,
    )
    .join(Submission, and_(Submission.id == SubmittedComment.submission_id, Submission.in_force))
    .join(Invitation, Invitation.id == Submission.invitation_id)
    .outerjoin(Clause, Clause.id == SubmittedComment.clause_id)
    .outerjoin(Draft, Draft.id == Clause.draft_id)
    .outerjoin(ClauseWording, read_at(Submission.sent_at))
    .outerjoin(Response, and_(Response.invitation_id == Invitation.id, Response.comment_key == SubmittedComment.key))
    .where(Invitation.round_id == bindparam("round_id"), Invitation.withdrawn_at.is_(None))
    .order_by(*POSITION)
)
_BY_AGENCY = _ROWS.order_by(None).order_by(*POSITION[3:5], *POSITION[:3], POSITION[5])


def summary(
    session: Session, facts: RoundFacts, now: datetime, options: Options = WHOLE, part: Part | None = None
) -> Summary:
    """Return all that stands around the table; provisional until the round is closed and all is answered."""
    form = options.form or facts.form
    acts = notices_of(session, facts.id)
    everybody = _bodies(session, facts, notes_by_code(acts))
    answered = tuple(each for each in everybody if each.asked)
    done = work(session, facts.id)
    titles = _draft_titles(session, facts.id)
    final = facts.window.phase(now) is Phase.CLOSED and done.unanswered == 0
    return Summary(
        form=form,
        lead_agency=facts.lead_agency,
        superior_body=facts.superior_body,
        place=facts.place,
        subject=_subject(titles, facts),
        letter_number=facts.letter_number or None,
        letter_date=facts.letter_date,
        invited=len(answered),
        agrees=_with(answered, Stance.AGREES),
        no_opinion=_with(answered, Stance.NO_OPINION),
        commenting=_with(answered, Stance.AGREES_WITH_COMMENTS, Stance.DISAGREES),
        silent=_with(answered, None),
        silence=facts.silence,
        silence_ground=facts.silence_ground,
        opinions=done.comments,
        signer_authority=facts.signer_authority,
        signer_title=facts.signer_title,
        provisional_at=None if final else now,
        uninvited=tuple(each.body for each in everybody if not each.asked and each.stance),
        drafts=titles if len(titles) > 1 else (),
        extended=changed_course(acts),
        options=options,
        own=tuple(sorted(own_words(session, facts.lead_agency_id, facts.kind, form).items())),
        part=part.name if part else "",
        in_part=part.comments if part else None,
    )


def subject_of(session: Session, facts: RoundFacts) -> str:
    """Return what was consulted on, as the document calls it."""
    return _subject(_draft_titles(session, facts.id), facts)


def _subject(titles: tuple[str, ...], facts: RoundFacts) -> str:
    return f"dự thảo {titles[0] if len(titles) == 1 else facts.title}"


def _draft_titles(session: Session, round_id: int) -> tuple[str, ...]:
    return tuple(session.scalars(_DRAFTS, {"round_id": round_id}))


def _bodies(session: Session, facts: RoundFacts, notes: Mapping[str, tuple[str, ...]]) -> tuple[_Answered, ...]:
    rows = session.execute(_BODIES, {"round_id": facts.id})
    bodies = ((_body(row, facts, notes.get(row.code, ())), row) for row in rows)
    return tuple(_Answered(body, row.stance, row.basis is not Basis.UNASKED) for body, row in bodies)


def _body(row: AnyRow | SynthesisRow, facts: RoundFacts, notes: tuple[str, ...] = ()) -> Body:
    return Body(
        name=row.name,
        letter_number=row.letter_number or None,
        letter_date=row.letter_date,
        late=bool(row.late),
        awaiting_letter=facts.requires_letter and row.stance is not None and not row.letter_number,
        group_line=row.group_line,
        disagrees=row.stance is Stance.DISAGREES,
        code=row.code,
        channel=row.channel or Channel.ONLINE,
        secret=bool(row.secret),
        stated=row.stance if row.basis is Basis.UNASKED else None,
        notes=notes,
    )


def _with(answered: tuple[_Answered, ...], *stances: Stance | None) -> tuple[Body, ...]:
    return tuple(each.body for each in answered if each.stance in stances)


def opinions(
    session: Session, facts: RoundFacts, share: Share = WHOLE_TABLE, options: Options = WHOLE
) -> Iterator[Opinion]:
    """Stream every comment in force: on the whole first, then in the order of the draft and of the cover letter.

    In the form by agency they come in the order of the cover letter, each agency's in the order of the draft.
    """
    form = options.form or facts.form
    rows = share.of(_BY_AGENCY if form is SynthesisForm.BY_AGENCY else _ROWS)
    made = Making(options, form, next(iter(_draft_titles(session, facts.id)), ""))
    bodies: dict[str, Body] = {}
    found = session.connection().execute(rows, {"round_id": facts.id}, execution_options={"yield_per": _BLOCK})
    for row in map(SynthesisRow._make, found):
        body = bodies.get(row.code) or bodies.setdefault(row.code, _body(row, facts))
        yield made.opinion(row, body)
