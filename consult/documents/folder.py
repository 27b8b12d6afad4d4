"""A folder under ``drafts/`` as values: ``consultation.toml``, ``agencies.csv`` and the draft files it names.

Knows the fields and their words, checks all of them, and says in one line which file, line or field is wrong and what
to do. Knows nothing of the database.
"""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from consult.documents.folder_agencies import AgencyRow, GroupRow, read_agencies
from consult.documents.folder_fields import Section, read_sections
from consult.domain.deadline_wording import closing_of
from consult.domain.errors import FolderRefused
from consult.domain.terms import CommentsVisible, ConsultationKind, Readers, SilenceRule, SynthesisForm
from consult.domain.window import Window


@dataclass(frozen=True)
class DraftFile:
    """A draft's part ("" when it is the only one), its title, and its file."""

    part: str
    title: str
    name: str
    content: bytes


@dataclass(frozen=True)
class Matter:
    """The consultation itself: every field of ``[consultation]``, ``[contact]`` and ``[synthesis]``."""

    slug: str
    title: str
    kind: ConsultationKind
    lead_agency: str
    superior_body: str
    issuing_authority: str
    place: str
    readers: Readers
    comments_visible: CommentsVisible
    silence: SilenceRule
    silence_ground: str
    contact_office: str
    contact_phone: str
    contact_email: str
    form: SynthesisForm
    signer_authority: str
    signer_title: str


@dataclass(frozen=True)
class Asking:
    """The round: every field of ``[letter]`` and ``[round]``."""

    number: int
    label: str
    window: Window
    deadline_text: str
    requires_letter: bool
    letter_number: str
    letter_date: date | None
    letter_subject: str


@dataclass(frozen=True)
class Folder:
    """All that a folder holds, checked; ``digest`` is the SHA-256 over its files' bytes."""

    matter: Matter
    asking: Asking
    drafts: tuple[DraftFile, ...]
    groups: tuple[GroupRow, ...]
    agencies: tuple[AgencyRow, ...]
    warnings: tuple[str, ...]
    digest: str


def read_folder(path: Path) -> Folder:
    """Read and check a folder.

    Raises:
        FolderRefused: with the file, the line or field, and what to do.
    """
    toml = _read(path, "consultation.toml")
    table = _read(path, "agencies.csv")
    try:
        sections, files = read_sections(tomllib.loads(toml.decode("utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise FolderRefused(f"consultation.toml: {fault}; mend it and load the folder again") from fault
    drafts = tuple(_draft(path, each) for each in files)
    groups, agencies, warnings = read_agencies(table)
    parts = (toml, table, *(draft.content for draft in drafts))
    digest = hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()
    asking = _asking(sections)
    warnings = (*_deadline_warnings(asking), *warnings)
    return Folder(_matter(sections), asking, drafts, groups, agencies, warnings, digest)


def _read(path: Path, name: str) -> bytes:
    inside = (path / name).resolve()
    if path.resolve() not in inside.parents:
        raise FolderRefused(f"{name}: stands outside the folder; move it into {path}")
    try:
        return inside.read_bytes()
    except OSError as fault:
        raise FolderRefused(f"{name}: not found in {path}; put it there ({fault.strerror})") from fault


def _draft(path: Path, section: Section) -> DraftFile:
    name = section.text("file")
    return DraftFile(section.text("part", ""), section.text("title"), name, _read(path, name))


def _matter(sections: Mapping[str, Section]) -> Matter:
    main, contact, synthesis = sections["consultation"], sections["contact"], sections["synthesis"]
    return Matter(
        slug=main.slug("slug"),
        title=main.text("title"),
        kind=main.choice("kind", ConsultationKind),
        lead_agency=main.text("lead_agency"),
        superior_body=main.text("superior_body", ""),
        issuing_authority=main.text("issuing_authority"),
        place=main.text("place"),
        readers=main.choice("readers", Readers),
        comments_visible=main.only("comments_visible", CommentsVisible, CommentsVisible.NEVER),
        silence=main.choice("silence", SilenceRule),
        silence_ground=_ground(main),
        contact_office=contact.text("office", ""),
        contact_phone=contact.text("phone", ""),
        contact_email=contact.text("email", ""),
        form=synthesis.choice("form", SynthesisForm),
        signer_authority=synthesis.text("signer_authority", ""),
        signer_title=synthesis.text("signer_title"),
    )


def _ground(main: Section) -> str:
    ground = main.text("silence_ground", "")
    if main.choice("silence", SilenceRule) is SilenceRule.AGREES and not ground:
        raise FolderRefused(
            "consultation.toml: [consultation] silence_ground: silence counts as agreement only on a ground "
            "(the sentence of the letter or the rule); write it down"
        )
    return ground


def _asking(sections: Mapping[str, Section]) -> Asking:
    letter, asked = sections["letter"], sections["round"]
    return Asking(
        number=asked.count("number"),
        label=asked.text("label"),
        window=_window(asked),
        deadline_text=asked.text("deadline_text"),
        requires_letter=asked.flag("requires_letter"),
        letter_number=letter.text("number", ""),
        letter_date=letter.day("date"),
        letter_subject=letter.text("subject", ""),
    )


def _deadline_warnings(asking: Asking) -> tuple[str, ...]:
    """Say it when the wording of the letter means another moment than ``closes``; the officer knows which is right."""
    meant = closing_of(asking.deadline_text)
    if meant is None or meant == asking.window.closes_at:
        return ()
    return (
        f"consultation.toml: [round] closes is {asking.window.closes_at.isoformat()}, "
        f"but “{asking.deadline_text}” means {meant.isoformat()}",
    )


def _window(asked: Section) -> Window:
    opens, closes = asked.moment("opens"), asked.moment("closes")
    late = asked.optional_moment("late_until")
    if not opens < closes:
        raise FolderRefused("consultation.toml: [round] closes: is not after opens; give a later moment")
    if late is not None and late < closes:
        raise FolderRefused("consultation.toml: [round] late_until: is before closes; give a later moment or none")
    return Window(opens, closes, late)
