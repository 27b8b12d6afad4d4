"""The package of a Word document: no Word file, one with macros or one that leans on others is refused; else its parts.

It knows relationships and content types (ECMA-376, part 2). It refuses to know zips (``archive``) and paragraphs.
"""

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from consult.documents.archive import open_archive, parsed_part, read_part, streamed_part
from consult.documents.docx_outside import refuse_outside
from consult.domain.errors import UnreadableDraft
from consult.domain.unreadable import Fault

PACKAGE = ""
"""Stands where the name of a part does, for the package as a whole."""

_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_CONTENT_TYPES = "[Content_Types].xml"
_MACROS = ("macroenabled", "vbaproject")


@dataclass(frozen=True)
class Relation:
    """From one part to another inside the package: its key there, the last word of its type, the other's name."""

    key: str
    kind: str
    target: str


@dataclass(frozen=True)
class Package:
    """An opened package: the file's name for messages, the archive, the name of the document part."""

    name: str
    archive: zipfile.ZipFile
    document: str

    def root(self, part: str) -> etree._Element:
        """Return the root of an XML part. Raises UnreadableDraft when it is missing, damaged or unsafe."""
        return parsed_part(self.name, self.archive, part)

    def content(self, part: str) -> bytes:
        """Return the bytes of a part. Raises UnreadableDraft when it is missing, damaged or absurd."""
        return read_part(self.name, self.archive, part)

    def stream(self, part: str, *tags: str) -> Iterator[etree._Element]:
        """Yield the elements with these tags as they end, so that a long part need never stand in memory as a whole.

        What the caller is done with, it removes. Raises UnreadableDraft, at the latest where the part is damaged.
        """
        yield from streamed_part(self.name, self.archive, part, tags)

    def related(self, kind: str, part: str | None = None) -> list[str]:
        """Return the parts that a part, or else the document, relates to as ``kind`` ("header", "footnotes"), in order.

        ``PACKAGE`` stands for the package as a whole.
        """
        return [each.target for each in self.relations(self.document if part is None else part) if each.kind == kind]

    def relations(self, part: str) -> list[Relation]:
        """Return what a part, or ``PACKAGE``, relates to inside the package."""
        return _relations(self.name, self.archive, part)

    @property
    def names(self) -> list[str]:
        """The names of all files in the zip that are no relations."""
        return [name for name in self.archive.namelist() if not name.endswith((".rels", "/"))]


def open_package(name: str, content: bytes) -> Package:
    """Open a Word document.

    Raises UnreadableDraft for a file that is damaged, encrypted, absurd, not Word, holds macros, or would have Word
    fetch something from elsewhere.
    """
    archive = open_archive(name, content)
    _refuse_macros(name, archive)
    document = _document_part(name, archive)
    for part in archive.namelist():
        if part.endswith(".rels"):
            refuse_outside(name, parsed_part(name, archive, part).iter(_REL))
    return Package(name, archive, document)


def _refuse_macros(name: str, archive: zipfile.ZipFile) -> None:
    """Refuse by the names of parts and by the types that the package gives them, whatever the file is called."""
    names = archive.namelist()
    held = any(part.lower().endswith("vbaproject.bin") for part in names)
    if not held and _CONTENT_TYPES in names:
        types = (
            element.get("ContentType", "").lower() for element in parsed_part(name, archive, _CONTENT_TYPES).iter()
        )
        held = any(macro in kind for kind in types for macro in _MACROS)
    if held:
        raise UnreadableDraft(name, Fault.MACROS)


def _document_part(name: str, archive: zipfile.ZipFile) -> str:
    documents = (each.target for each in _relations(name, archive, PACKAGE) if each.kind == "officeDocument")
    part = next(documents, "")
    if part.startswith("word/") or posixpath.basename(part).startswith("document"):
        return part
    raise UnreadableDraft(name, Fault.ZIP_NO_WORD)


def _relations(name: str, archive: zipfile.ZipFile, part: str) -> list[Relation]:
    folder, file = posixpath.split(part)
    listed = posixpath.join(folder, "_rels", f"{file}.rels")
    if listed not in archive.namelist():
        return []
    found = parsed_part(name, archive, listed).iter(_REL)
    return [
        Relation(each.get("Id", ""), each.get("Type", "").rsplit("/", 1)[-1], _target(folder, each.get("Target", "")))
        for each in found
        if each.get("TargetMode", "Internal") != "External"
    ]


def _target(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
