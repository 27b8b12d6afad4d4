"""The fields of ``consultation.toml``: which there are, of which type, and the line that says what is wrong.

Unknown sections and fields are refused by name, so that a slip of the pen is never silently a default.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import TypeVar

from consult.domain.errors import FolderRefused
from consult.domain.wording import clean_line

_E = TypeVar("_E", bound=Enum)

FIELDS: Mapping[str, frozenset[str]] = {
    "consultation": frozenset(
        {"slug", "title", "kind", "lead_agency", "superior_body", "issuing_authority", "place"}
        | {"readers", "comments_visible", "silence", "silence_ground"}
    ),
    "letter": frozenset({"number", "date", "subject"}),
    "round": frozenset({"number", "label", "opens", "deadline_text", "closes", "late_until", "requires_letter"}),
    "contact": frozenset({"office", "phone", "email"}),
    "synthesis": frozenset({"form", "signer_authority", "signer_title"}),
}
_DRAFT = frozenset({"part", "title", "file"})


@dataclass(frozen=True)
class Section:
    """One table of the file, read field by field; each reader refuses with the section's and the field's name."""

    name: str
    values: Mapping[str, object]

    def refuse(self, field: str, what: str) -> FolderRefused:
        """Build the refusal of one field."""
        return FolderRefused(f"consultation.toml: {self.name} {field}: {what}")

    def text(self, field: str, default: str | None = None) -> str:
        """Return a line of text; without a default it must be there."""
        value = self.values.get(field, default)
        if value is None:
            raise self.refuse(field, "is missing; add it")
        if not isinstance(value, str) or (default is None and not clean_line(value)):
            raise self.refuse(field, f"must be text, not {value!r}")
        return clean_line(value)

    def slug(self, field: str) -> str:
        """Return a name fit for addresses: small letters, digits and hyphens, at most 60."""
        value = self.text(field)
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value) or len(value) > 60:
            raise self.refuse(field, f"must be small letters, digits and hyphens, not {value!r}")
        return value

    def choice(self, field: str, kind: type[_E]) -> _E:
        """Return a member of a closed list."""
        known = [member.value for member in kind]
        if field not in self.values:
            raise self.refuse(field, f"is missing; add one of {', '.join(known)}")
        value = self.text(field)
        if value not in known:
            raise self.refuse(field, f"must be one of {', '.join(known)}, not {value!r}")
        return kind(value)

    def only(self, field: str, kind: type[_E], supported: _E) -> _E:
        """Return the one member that is supported so far; others are refused by name."""
        value = self.choice(field, kind)
        if value is not supported:
            raise self.refuse(field, f"{value.value!r} is not supported yet; write {supported.value!r}")
        return value

    def count(self, field: str) -> int:
        """Return a whole number from 1."""
        value = self.values.get(field)
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise self.refuse(field, f"must be a whole number from 1, not {value!r}")
        return value

    def flag(self, field: str) -> bool:
        """Return true or false; false when it is not there."""
        value = self.values.get(field, False)
        if not isinstance(value, bool):
            raise self.refuse(field, f"must be true or false, not {value!r}")
        return value

    def day(self, field: str) -> date | None:
        """Return a date, or None when it is not there."""
        value = self.values.get(field)
        if value is not None and (not isinstance(value, date) or isinstance(value, datetime)):
            raise self.refuse(field, f"must be a date like 2020-04-21, not {value!r}")
        return value

    def moment(self, field: str) -> datetime:
        """Return a moment with its time zone."""
        value = self.optional_moment(field)
        if value is None:
            raise self.refuse(field, "is missing; add it")
        return value

    def optional_moment(self, field: str) -> datetime | None:
        """Return a moment with its time zone, or None when it is not there."""
        value = self.values.get(field)
        if value is not None and (not isinstance(value, datetime) or value.tzinfo is None):
            raise self.refuse(field, f"must be a moment like 2020-04-27T00:00:00+07:00, not {value!r}")
        return value


def read_sections(table: Mapping[str, object]) -> tuple[dict[str, Section], tuple[Section, ...]]:
    """Return the named sections and the list of ``[[draft]]`` tables.

    Raises:
        FolderRefused: a section or field is unknown, or a section is missing.
    """
    for name in table:
        if name != "draft" and name not in FIELDS:
            raise FolderRefused(f"consultation.toml: [{name}]: there is no such section; remove it or mend its name")
    sections = {name: _section(f"[{name}]", table.get(name, {}), known) for name, known in FIELDS.items()}
    drafts = table.get("draft")
    if not isinstance(drafts, list) or not drafts:
        raise FolderRefused("consultation.toml: [[draft]]: is missing; name at least one draft file")
    return sections, tuple(_section("[[draft]]", each, _DRAFT) for each in drafts)


def _section(name: str, values: object, known: frozenset[str]) -> Section:
    if not isinstance(values, Mapping):
        raise FolderRefused(f"consultation.toml: {name}: must be a table")
    section = Section(name, values)
    for field in values:
        if field not in known:
            raise section.refuse(field, "there is no such field; remove it or mend its name")
    return section
