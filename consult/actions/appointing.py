"""Officials: joining one to a lead agency, and a sign-in link handed out by the administrator."""

from datetime import datetime

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from consult.actions.loading import COMMAND, lead_agency_id
from consult.domain.errors import NotFound, Refusal
from consult.domain.links import LinkMaker
from consult.domain.terms import OfficialRole
from consult.domain.wording import clean_line
from consult.mail.filling import minting
from consult.settings import Settings
from consult.store.directory import LeadAgency, Official
from consult.store.journal import Actor, append
from consult.store.queries.people import OfficialFacts, official_by_email, sole_lead_agency


def add_official(
    session: Session,
    email: str,
    name: str,
    agency: str,
    now: datetime,
    role: OfficialRole | None = None,
    actor: Actor = COMMAND,
) -> OfficialFacts:
    """Join a person to a lead agency ("" means the only one); a known address gets the new name and agency.

    ``role`` None leaves the role of a known person as it is; a new one is an official.

    Raises:
        Refusal: the address or the name is none, or it is not clear which lead agency is meant.
    """
    address, person = _address(email), clean_line(name)
    if not person:
        raise Refusal("the official's name is empty; give it with --name")
    agency_id = _lead_agency(session, clean_line(agency))
    values: dict[str, object] = {"name": person, "lead_agency_id": agency_id, "ended_at": None}
    if role is not None:
        values["role"] = role
    known = session.scalar(select(Official.id).where(Official.email == address))
    if known:
        session.execute(update(Official).where(Official.id == known).values(**values))
    else:
        session.execute(insert(Official).values(email=address, created_at=now, **values))
    found = official_by_email(session, address)
    assert found is not None
    office, held = found.lead_agency, found.role.name
    append(session, now, actor, "add_official", email=address, name=person, lead_agency=office, role=held)
    return found


def _address(email: str) -> str:
    try:
        return validate_email(email.strip(), check_deliverability=False, test_environment=True).normalized.lower()
    except EmailNotValidError as fault:
        raise Refusal(f"{email!r} is no e-mail address: {fault}") from fault


def _lead_agency(session: Session, name: str) -> int:
    if name:
        return _named(session, name)
    sole = sole_lead_agency(session)
    if sole is None:
        count = len(session.scalars(select(LeadAgency.id)).all())
        what = "there are several lead agencies" if count else "no lead agency is known yet"
        raise Refusal(f"{what}; name the official's with --agency, or load a consultation first")
    return sole


def _named(session: Session, name: str) -> int:
    """Return the lead agency of that name; only the first of an installation may be new, another is a slip."""
    known = session.scalars(select(LeadAgency.name)).all()
    if known and name not in known:
        raise Refusal(f"there is no lead agency {name!r}; known: {'; '.join(known)}")
    return lead_agency_id(session, name)


def sign_in_address(session: Session, email: str, settings: Settings, now: datetime) -> str:
    """Make a one-time link for an official and return its address; earlier unused ones end.

    Raises:
        NotFound: no official has that address.
    """
    official = official_by_email(session, email.strip())
    if official is None:
        raise NotFound(f"{email}: no official has that address; add one with: consult official add")
    token = minting(settings.sign_in_minutes)(session, official.id, now)
    append(session, now, COMMAND, "link", official=official.name)
    return LinkMaker(settings.base_url, settings.secret_key.encode()).sign_in(token)
