"""Bring a folder of ``drafts/`` into the record, not yet published; loading it twice is loading it once.

Files are read and outlined before the transaction (``prepare``); the transaction only stores.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from consult.actions.drafting import (
    anchor_prefix,
    file_digest,
    forget_reading,
    keep_file,
    keep_source,
    store_clauses,
)
from consult.actions.listing import join_group, store_agency, store_group
from consult.documents.folder import Folder, Matter
from consult.documents.folder_agencies import AgencyRow, GroupRow
from consult.documents.intake import read_draft
from consult.domain.errors import AlreadyPublished, FolderRefused
from consult.domain.outline import outline
from consult.domain.outline_nodes import Outline, SourceText
from consult.domain.terms import ActorKind
from consult.store.consultations import Clause, Consultation, Draft, Recipient, Round
from consult.store.directory import LeadAgency
from consult.store.journal import Actor, append
from consult.store.queries.preparing import drafts_with_files

COMMAND = Actor(ActorKind.COMMAND, "consult")


class Loaded(Enum):
    """What loading did."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Prepared:
    """A folder with its drafts read: all that can be refused was refused."""

    folder: Folder
    sources: tuple[SourceText, ...]
    outlines: tuple[Outline, ...]


def prepare(folder: Folder) -> Prepared:
    """Read the folder's draft files into clause trees.

    Raises:
        UnreadableDraft: a file cannot be read; names it and the reason.
    """
    sources = tuple(read_draft(draft.name, draft.content) for draft in folder.drafts)
    return Prepared(folder, sources, tuple(map(outline, sources)))


def load(session: Session, prepared: Prepared, now: datetime) -> Loaded:
    """Store a prepared folder.

    Raises:
        AlreadyPublished: the round was published and the folder has changed since.
        FolderRefused: it brings another draft than the one that the office is mending.
    """
    folder = prepared.folder
    asked = _existing_round(session, folder)
    if asked is not None and asked.source_digest == folder.digest:
        return Loaded.UNCHANGED
    if asked is not None and asked.published_at is not None:
        raise AlreadyPublished(
            f"{folder.matter.slug}: the round is published and its folder has changed; "
            "a published round is corrected by an act of its own, load the folder as it was"
        )
    kept = asked is not None and _keeps_drafts(session, asked.id, folder)
    if asked is not None:
        _clear(session, asked.id, drafts_too=not kept)
    consultation_id = _matter(session, folder.matter, now)
    round_id = _round(session, folder, consultation_id, asked.id if asked else None)
    if not kept:
        _drafts(session, round_id, prepared)
    _recipients(session, round_id, folder)
    done = Loaded.CHANGED if asked else Loaded.NEW
    append(session, now, COMMAND, "load", round_id, slug=folder.matter.slug, digest=folder.digest, done=done.value)
    return done


def _existing_round(session: Session, folder: Folder) -> Round | None:
    found = (
        select(Round)
        .join(Consultation, Consultation.id == Round.consultation_id)
        .where(Consultation.slug == folder.matter.slug, Round.number == folder.asking.number)
    )
    return session.scalars(found).one_or_none()


def _keeps_drafts(session: Session, round_id: int, folder: Folder) -> bool:
    """Whether the folder brings the drafts that the round has, so that what was mended in them stays.

    Raises:
        FolderRefused: it brings others, and the office has changed those of the round at its desk.
    """
    drafts = drafts_with_files(session, round_id)
    brought = [(each.part, each.title, each.name, file_digest(each.content)) for each in folder.drafts]
    if [(each.part, each.title, each.name, each.digest) for each in drafts] == brought:
        return True
    changed = [each.name for each in drafts if each.version > 1]
    if changed:
        raise FolderRefused(
            f"{changed[0]}: the office has changed this draft at its desk and the folder brings another; "
            "replace the file at the desk, or give the round in the folder another number"
        )
    return False


def _clear(session: Session, round_id: int, *, drafts_too: bool) -> None:
    """Forget the list of a round that nobody outside has seen, and its drafts where the folder brings others."""
    session.execute(delete(Recipient).where(Recipient.round_id == round_id))
    if drafts_too:
        drafts = [draft.id for draft in drafts_with_files(session, round_id)]
        forget_reading(session, drafts)
        session.execute(delete(Clause).where(Clause.draft_id.in_(drafts)))
        session.execute(delete(Draft).where(Draft.round_id == round_id))


def lead_agency_id(session: Session, name: str) -> int:
    """Return the id of the lead agency of that name, made when it is new."""
    found = session.scalar(select(LeadAgency.id).where(LeadAgency.name == name))
    return found or session.execute(insert(LeadAgency).values(name=name).returning(LeadAgency.id)).scalar_one()


def _matter(session: Session, matter: Matter, now: datetime) -> int:
    values = {
        name: getattr(matter, name) for name in matter.__dataclass_fields__ if name not in ("slug", "lead_agency")
    }
    values["lead_agency_id"] = lead_agency_id(session, matter.lead_agency)
    found = session.scalars(select(Consultation).where(Consultation.slug == matter.slug)).one_or_none()
    if found is None:
        fresh = insert(Consultation).values(slug=matter.slug, created_at=now, **values)
        return session.execute(fresh.returning(Consultation.id)).scalar_one()
    _refuse_changes_in_public(session, found, values)
    session.execute(update(Consultation).where(Consultation.id == found.id).values(**values))
    return found.id


def _refuse_changes_in_public(session: Session, found: Consultation, values: Mapping[str, object]) -> None:
    """A consultation with a published round keeps what its letters said; another round brings only a round."""
    published = select(Round.id).where(Round.consultation_id == found.id, Round.published_at.is_not(None))
    changed = [name for name, value in values.items() if getattr(found, name) != value]
    if changed and session.scalar(published.limit(1)):
        raise AlreadyPublished(
            f"consultation.toml: {found.slug} has a published round and its {changed[0].removesuffix('_id')} differs; "
            "write it as it was, a published consultation is changed by an act of its own"
        )


def _round(session: Session, folder: Folder, consultation_id: int, round_id: int | None) -> int:
    asking = folder.asking
    values = {
        "consultation_id": consultation_id,
        "number": asking.number,
        "label": asking.label,
        "opens_at": asking.window.opens_at,
        "closes_at": asking.window.closes_at,
        "late_until": asking.window.late_until,
        "deadline_text": asking.deadline_text,
        "letter_number": asking.letter_number,
        "letter_date": asking.letter_date,
        "letter_subject": asking.letter_subject,
        "requires_letter": asking.requires_letter,
        "source_digest": folder.digest,
    }
    if round_id is None:
        return session.execute(insert(Round).values(**values).returning(Round.id)).scalar_one()
    risen = {"revision": Round.revision + 1, "version": Round.version + 1}
    session.execute(update(Round).where(Round.id == round_id).values(**risen, **values))
    return round_id


def _drafts(session: Session, round_id: int, prepared: Prepared) -> None:
    files = prepared.folder.drafts
    read = zip(files, prepared.sources, prepared.outlines, strict=True)
    for position, (file, source, tree) in enumerate(read, start=1):
        digest = keep_file(session, file.content)
        row = insert(Draft).values(
            round_id=round_id,
            position=position,
            part=file.part,
            title=file.title,
            file_name=file.name,
            file_digest=digest,
        )
        draft_id = session.execute(row.returning(Draft.id)).scalar_one()
        keep_source(session, draft_id, source)
        store_clauses(session, draft_id, tree, anchor_prefix(file.part, position, len(files)))


def _recipients(session: Session, round_id: int, folder: Folder) -> None:
    groups = {group.code: group for group in folder.groups}
    group_ids = {code: store_group(session, group) for code, group in groups.items()}
    rows = []
    for position, agency in enumerate(folder.agencies, start=1):
        agency_id = store_agency(session, agency)
        if agency.group:
            join_group(session, group_ids[agency.group], agency_id, position)
        rows.append(_recipient(round_id, agency_id, agency, groups, position))
    session.execute(insert(Recipient), rows)


def _recipient(
    round_id: int, agency_id: int, agency: AgencyRow, groups: Mapping[str, GroupRow], position: int
) -> dict[str, object]:
    return {
        "round_id": round_id,
        "agency_id": agency_id,
        "group_line": groups[agency.group].name if agency.group else "",
        "line": agency.line,
        "member": position,
    }
