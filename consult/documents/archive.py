"""The zip that a Word or OpenDocument file is: refused when damaged, encrypted, absurd or sly; else its XML parts.

It knows zip archives, the limits for hostile ones, and how XML is parsed safely. It refuses to know what the parts are.
"""

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator, Sequence

from lxml import etree

from consult.domain.errors import UnreadableDraft
from consult.domain.unreadable import Fault

# A real draft has some dozens of parts and a document part of some megabytes: 500 pages have about 12 million bytes and
# a million tags. XML packs some tens of times, a short text that repeats itself more.
MOST_PART_BYTES = 48_000_000
MOST_TAGS = 3_000_000
_MOST_ENTRIES = 2_000
_MOST_BYTES = 100_000_000
_MOST_RATIO = 100
_RATIO_COUNTS_FROM = 16_000_000
_UNIX_MODE = 16
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, OSError, NotImplementedError, RuntimeError, ValueError)


def open_archive(name: str, content: bytes) -> zipfile.ZipFile:
    """Open a zip. Raises UnreadableDraft when it is damaged, encrypted, absurd, or has entries no office writes."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except _DAMAGED as fault:
        raise UnreadableDraft(name, Fault.DAMAGED_AT, detail=fault) from fault
    refuse_absurd(name, archive.infolist())
    _refuse_sly(name, archive.infolist())
    return archive


def refuse_absurd(name: str, entries: Sequence[zipfile.ZipInfo]) -> None:
    """Raise UnreadableDraft for a zip that has more, or unpacks to more, than any draft, or that is encrypted."""
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > _MOST_ENTRIES or unpacked > _MOST_BYTES or any(map(_is_bomb, entries)):
        raise UnreadableDraft(name, Fault.BOMB)
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableDraft(name, Fault.PASSWORD)


def read_part(name: str, archive: zipfile.ZipFile, part: str) -> bytes:
    """Return the bytes of a part. Raises UnreadableDraft when it is missing, damaged or absurd."""
    try:
        with archive.open(part) as stream:
            content = stream.read(MOST_PART_BYTES + 1)
    except _DAMAGED as fault:
        raise UnreadableDraft(name, Fault.DAMAGED_AT, detail=f"{part}: {fault}") from fault
    if len(content) > MOST_PART_BYTES or content.count(b"<") > MOST_TAGS:
        raise UnreadableDraft(name, Fault.LARGE_PART, part=part)
    return content


def parsed_part(name: str, archive: zipfile.ZipFile, part: str) -> etree._Element:
    """Return the root of an XML part. Raises UnreadableDraft when it is missing, damaged or unsafe."""
    content = read_part(name, archive, part)
    _refuse_document_type(name, part, content)
    parser = etree.XMLParser(encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as fault:
        raise _damaged(name, part, fault) from fault


def streamed_part(
    name: str, archive: zipfile.ZipFile, part: str, tags: Sequence[str] | None
) -> Iterator[etree._Element]:
    """Yield the elements with these tags (None: all) as they end, so that a long part need never stand in memory.

    What the caller is done with, it removes. Raises UnreadableDraft, at the latest where the part is damaged.
    """
    content = read_part(name, archive, part)
    _refuse_document_type(name, part, content)
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
        raise _damaged(name, part, fault) from fault


def _is_bomb(entry: zipfile.ZipInfo) -> bool:
    xml = entry.filename.endswith((".xml", ".rels"))
    too_long = xml and entry.file_size > MOST_PART_BYTES
    squeezed = entry.file_size > _RATIO_COUNTS_FROM and entry.file_size > _MOST_RATIO * max(1, entry.compress_size)
    return too_long or squeezed


def _refuse_sly(name: str, entries: Sequence[zipfile.ZipInfo]) -> None:
    """Refuse names that mean another place, links, and two entries of one name, of which programs see either."""
    if any(map(_leads_elsewhere, entries)):
        raise UnreadableDraft(name, Fault.LEADS_OUT)
    if len({entry.filename.lower() for entry in entries}) < len(entries):
        raise UnreadableDraft(name, Fault.TWO_OF_ONE_NAME)


def _leads_elsewhere(entry: zipfile.ZipInfo) -> bool:
    name = entry.filename
    outside = name.startswith("/") or ".." in name.split("/") or "\\" in name or ":" in name.split("/")[0]
    return outside or stat.S_ISLNK(entry.external_attr >> _UNIX_MODE)


def _refuse_document_type(name: str, part: str, content: bytes) -> None:
    if b"!DOCTYPE" in content:
        raise UnreadableDraft(name, Fault.DOCUMENT_TYPE, part=part)


def _damaged(name: str, part: str, fault: etree.XMLSyntaxError) -> UnreadableDraft:
    if "depth" in fault.msg:
        return UnreadableDraft(name, Fault.DEEP, part=part)
    return UnreadableDraft(name, Fault.DAMAGED_AT, detail=f"{part}: {fault.msg}")
