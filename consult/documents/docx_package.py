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

_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_CONTENT_TYPES = "[Content_Types].xml"
_MACROS = ("macroenabled", "vbaproject")


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

    def related(self, kind: str) -> list[str]:
        """Return the names of the parts that the document relates to as ``kind`` ("header", "footnotes"), in order."""
        folder, file = posixpath.split(self.document)
        part = f"{folder}/_rels/{file}.rels"
        if part not in self.archive.namelist():
            return []
        return list(_targets(self.root(part), kind, folder))


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
    if "_rels/.rels" in archive.namelist():
        part = next(_targets(parsed_part(name, archive, "_rels/.rels"), "officeDocument", ""), "")
        if part.startswith("word/") or posixpath.basename(part).startswith("document"):
            return part
    raise UnreadableDraft(name, Fault.ZIP_NO_WORD)


def _targets(root: etree._Element, kind: str, folder: str) -> Iterator[str]:
    for relation in root.iter(_REL):
        inside = relation.get("TargetMode", "Internal") != "External"
        if inside and relation.get("Type", "").rsplit("/", 1)[-1] == kind:
            yield posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
