"""The office makes a consultation at its desk: begins it by its title, fills in its fields, asks once more."""

from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from consult.actions.preparing import acting, hold_round
from consult.domain.errors import AlreadyPublished, ReasonMissing
from consult.domain.particulars import Asking, Matter, slug_of, usual_label, usual_window, usual_wording
from consult.domain.reminder_plan import stored_days
from consult.domain.terms import (
    CommentsVisible,
    ConsultationKind,
    Readers,
    SilenceRule,
    SynthesisForm,
)
from consult.domain.window import local
from consult.store.answers import ASKED, Invitation
from consult.store.consultations import Consultation, Recipient, Round
from consult.store.journal import append
from consult.store.queries.door import OfficialGrant
from consult.store.queries.making import matter_of, slugs_beginning, standing_of
from consult.store.queries.rounds import RoundFacts, newest_round, round_by_id

FORMS = {
    ConsultationKind.ADMINISTRATIVE: SynthesisForm.ADMINISTRATIVE,
    ConsultationKind.NORMATIVE: SynthesisForm.QPPL,
}
_CARRIED = (
    "superior_body",
    "issuing_authority",
    "place",
    "signer_authority",
    "signer_title",
    "contact_office",
    "contact_phone",
    "contact_email",
)

_ASKED_AGAIN = (
    "letter_subject",
    "requires_letter",
    "invitation_words",
    "reminder_words",
    "tells_close",
    "gives_calendar",
)


def begin(session: Session, official: OfficialGrant, title: str, kind: ConsultationKind, now: datetime) -> str:
    """Store a new consultation with its first round in preparation and return its slug.

    What stays the same from one consultation of an office to the next (contact, signer …) is taken from its last one.
    """
    slug = _free_slug(session, slug_of(title, local(now).year))
    values = dict.fromkeys(_CARRIED, "") | {"contact_office": official.lead_agency} | _last_time(session, official)
    row = insert(Consultation).values(
        slug=slug,
        title=title,
        kind=kind,
        lead_agency_id=official.lead_agency_id,
        readers=Readers.INVITED,
        comments_visible=CommentsVisible.NEVER,
        silence=SilenceRule.NO_ANSWER,
        silence_ground="",
        form=FORMS[kind],
        created_at=now,
        **values,
    )
    consultation_id = session.execute(row.returning(Consultation.id)).scalar_one()
    round_id = _new_round(session, consultation_id, 1, now)
    append(session, now, acting(official), "begin", round_id, slug=slug, title=title)
    return slug


def save(
    session: Session,
    official: OfficialGrant,
    facts: RoundFacts,
    version: int,
    matter: Matter,
    asking: Asking,
    now: datetime,
) -> None:
    """Store the fields of a round in preparation and of its consultation.

    Raises:
        StaleVersion: somebody else changed them since ``version`` was shown; carries the ``RoundFacts`` of now.
        AlreadyPublished: the round is published, or an earlier one is and the consultation's fields differ.
        ReasonMissing: silence is to count as agreement, and no ground is given.
    """
    if matter.silence is SilenceRule.AGREES and not matter.silence_ground:
        raise ReasonMissing(
            "silence counts as agreement only on a ground; write down the letter's sentence or the rule"
        )
    stands = hold_round(session, facts.id, version)
    if matter != matter_of(stands):
        if standing_of(session, stands).matter_locked:
            raise AlreadyPublished(f"{stands.slug}: a published consultation keeps what its letters said")
        session.execute(update(Consultation).where(Consultation.id == stands.consultation_id).values(**vars(matter)))
    session.execute(update(Round).where(Round.id == stands.id).values(**_round_values(asking)))
    changed = _changed(stands, matter, asking)
    append(session, now, acting(official), "prepare", stands.id, slug=stands.slug, changed=changed)


def ask_again(session: Session, official: OfficialGrant, facts: RoundFacts, now: datetime) -> RoundFacts:
    """Begin the next round of a consultation with the list and the wording of the last; return the one in preparation.

    When one is in preparation already, it is that one.
    """
    locked = select(Consultation.id).where(Consultation.id == facts.consultation_id).with_for_update()
    session.execute(locked)
    last = newest_round(session, facts.slug)
    if last.published_at is None:
        return last
    round_id = _new_round(session, last.consultation_id, last.number + 1, now)
    carried = {name: getattr(last, name) for name in _ASKED_AGAIN}
    carried["reminder_days"] = stored_days(last.reminder_days)
    session.execute(update(Round).where(Round.id == round_id).values(**carried))
    _copy_list(session, last.id, round_id)
    append(session, now, acting(official), "ask again", round_id, slug=last.slug, number=last.number + 1)
    return round_by_id(session, round_id)


def _free_slug(session: Session, wanted: str) -> str:
    taken = slugs_beginning(session, wanted)
    candidates = (wanted if number == 1 else f"{wanted}-{number}" for number in range(1, len(taken) + 2))
    return next(slug for slug in candidates if slug not in taken)


def _last_time(session: Session, official: OfficialGrant) -> dict[str, str]:
    columns = [getattr(Consultation, name) for name in _CARRIED]
    last = (
        select(*columns)
        .where(Consultation.lead_agency_id == official.lead_agency_id)
        .order_by(Consultation.created_at.desc(), Consultation.id.desc())
        .limit(1)
    )
    row = session.execute(last).one_or_none()
    return dict(row._mapping) if row else {}


def _new_round(session: Session, consultation_id: int, number: int, now: datetime) -> int:
    window = usual_window(now)
    row = insert(Round).values(
        consultation_id=consultation_id,
        number=number,
        label=usual_label(number),
        opens_at=window.opens_at,
        closes_at=window.closes_at,
        deadline_text=usual_wording(window.closes_at),
        letter_number="",
        letter_subject="",
        requires_letter=True,
        source_digest="",
    )
    return session.execute(row.returning(Round.id)).scalar_one()


def _copy_list(session: Session, asked_id: int, round_id: int) -> None:
    asked = (
        select(Invitation.agency_id, Invitation.group_line, Invitation.line, Invitation.member)
        .where(Invitation.round_id == asked_id, ASKED)
        .order_by(Invitation.line, Invitation.member)
    )
    rows = [{"round_id": round_id, **row._mapping} for row in session.execute(asked)]
    if rows:
        session.execute(insert(Recipient), rows)


def _round_values(asking: Asking) -> dict[str, object]:
    window = asking.window
    values = {name: getattr(asking, name) for name in Asking.__dataclass_fields__ if name != "window"}
    values["reminder_days"] = stored_days(asking.reminder_days)
    return values | {"opens_at": window.opens_at, "closes_at": window.closes_at, "late_until": window.late_until}


def _changed(stands: RoundFacts, matter: Matter, asking: Asking) -> list[str]:
    """Name the fields whose values differ from what stood."""
    now = {**vars(matter), **{("round_label" if k == "label" else k): v for k, v in vars(asking).items()}}
    return sorted(name for name, value in now.items() if getattr(stands, name) != value)
