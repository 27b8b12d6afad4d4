"""The zip of a Word document: refused when it is damaged, encrypted, absurd or no Word file; else its XML parts.

It knows the package (ECMA-376, part 2) and the limits for hostile files. It refuses to know paragraphs.
"""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from consult.domain.errors import UnreadableDraft

# A real draft has some dozens of parts and a document part of some megabytes: 500 pages have about 12 million bytes and
# a million tags. XML packs some tens of times, a short text that repeats itself more.
_MOST_ENTRIES = 2_000
_MOST_BYTES = 100_000_000
_MOST_PART_BYTES = 48_000_000
_MOST_TAGS = 3_000_000
_MOST_RATIO = 100
_RATIO_COUNTS_FROM = 16_000_000
PACKAGE = ""
"""Stands where the name of a part does, for the package as a whole."""

_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, OSError, NotImplementedError, RuntimeError, ValueError)


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
        return _parse(self.name, part, _read(self.name, self.archive, part))

    def stream(self, part: str, *tags: str) -> Iterator[etree._Element]:
        """Yield the elements with these tags as they end, so that a long part need never stand in memory as a whole.

        What the caller is done with, it removes. Raises UnreadableDraft, at the latest where the part is damaged.
        """
        content = _read(self.name, self.archive, part)
        _refuse_document_type(self.name, part, content)
        try:
            for _, element in etree.iterparse(
                io.BytesIO(content),
                tag=tags,
                encoding="utf-8",
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
                huge_tree=False,
            ):
                yield element
        except etree.XMLSyntaxError as fault:
            raise _damaged(self.name, part, fault) from fault

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
    """Open a Word document. Raises UnreadableDraft for a file that is damaged, encrypted, absurd or not Word."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except _DAMAGED as fault:
        raise UnreadableDraft(f"{name}: the file is damaged ({fault}); save it again or send another copy") from fault
    _refuse_absurd(name, archive.infolist())
    return Package(name, archive, _document_part(name, archive))


def _refuse_absurd(name: str, entries: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > _MOST_ENTRIES or unpacked > _MOST_BYTES or any(map(_is_bomb, entries)):
        raise UnreadableDraft(f"{name}: it unpacks to more than any draft holds; save it again from Word")
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableDraft(f"{name}: it is protected by a password; take the password off and save it again")
    if any(entry.filename.lower().endswith("vbaproject.bin") for entry in entries):
        raise UnreadableDraft(f"{name}: it holds macros; save it as a Word document without macros (.docx)")


def _is_bomb(entry: zipfile.ZipInfo) -> bool:
    xml = entry.filename.endswith((".xml", ".rels"))
    too_long = xml and entry.file_size > _MOST_PART_BYTES
    squeezed = entry.file_size > _RATIO_COUNTS_FROM and entry.file_size > _MOST_RATIO * max(1, entry.compress_size)
    return too_long or squeezed


def _document_part(name: str, archive: zipfile.ZipFile) -> str:
    documents = (each.target for each in _relations(name, archive, PACKAGE) if each.kind == "officeDocument")
    part = next(documents, "")
    if part.startswith("word/") or posixpath.basename(part).startswith("document"):
        return part
    raise UnreadableDraft(
        f"{name}: it is a zip file but no Word document; save the draft as a Word document (.docx) or as UTF-8 text"
    )


def _relations(name: str, archive: zipfile.ZipFile, part: str) -> list[Relation]:
    folder, file = posixpath.split(part)
    listed = posixpath.join(folder, "_rels", f"{file}.rels")
    if listed not in archive.namelist():
        return []
    inside = (
        each
        for each in _parse(name, listed, _read(name, archive, listed)).iter(_REL)
        if each.get("TargetMode", "Internal") != "External"
    )
    return [
        Relation(each.get("Id", ""), each.get("Type", "").rsplit("/", 1)[-1], _target(folder, each.get("Target", "")))
        for each in inside
    ]


def _target(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _read(name: str, archive: zipfile.ZipFile, part: str) -> bytes:
    try:
        with archive.open(part) as stream:
            content = stream.read(_MOST_PART_BYTES + 1)
    except _DAMAGED as fault:
        raise UnreadableDraft(
            f"{name}: the file is damaged ({part}: {fault}); save it again or send another copy"
        ) from fault
    if len(content) > _MOST_PART_BYTES or content.count(b"<") > _MOST_TAGS:
        raise UnreadableDraft(f"{name}: {part} holds more than any draft does; save it again from Word")
    return content


def _parse(name: str, part: str, content: bytes) -> etree._Element:
    _refuse_document_type(name, part, content)
    parser = etree.XMLParser(encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as fault:
        raise _damaged(name, part, fault) from fault


def _refuse_document_type(name: str, part: str, content: bytes) -> None:
    if b"!DOCTYPE" in content:
        raise UnreadableDraft(
            f"{name}: {part} declares a document type, which Word never does; save it again from Word"
        )


def _damaged(name: str, part: str, fault: etree.XMLSyntaxError) -> UnreadableDraft:
    return UnreadableDraft(f"{name}: {part} is damaged ({fault.msg}); save it again or send another copy")
