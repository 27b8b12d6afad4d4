"""Writing remarks and agreed wordings into a Word file, in a process of its own: a message in, the new file out.

The file may come from anywhere, so it is opened as it is for reading (``docx_package``) and all happens within bounds
(``child``). Every part but the document, its comments and what lists them is carried over as it is.
"""

import io
import posixpath
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace

from lxml import etree

from consult.documents.annotations import Place, Remark, heard
from consult.documents.child import Bounds, serve
from consult.documents.docx_changes import Tracker
from consult.documents.docx_custom import serialised
from consult.documents.docx_package import PACKAGE, Package, open_package
from consult.documents.docx_places import Document
from consult.documents.docx_properties import W
from consult.documents.docx_remarks import COMMENTS, Margin
from consult.documents.line_json import refusal_told
from consult.documents.zip_parts import timeless
from consult.domain.errors import UnreadableDraft
from consult.domain.unreadable import Fault

BOUNDS = Bounds(memory=1_000_000_000, seconds=40)

_NAMELESS = ""
_TYPES = "[Content_Types].xml"
_NS_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_NS_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_MOST_ID = 2_000_000_000
Parts = Mapping[str, bytes]


def main(bounds: Bounds = BOUNDS) -> None:
    """Answer the message on standard input with the file, or why it cannot be written to."""
    serve(_answer, bounds)


def _answer(message: bytes) -> bytes:
    try:
        return annotate(*heard(message))
    except UnreadableDraft as refusal:
        return refusal_told(refusal)


def annotate(places: Sequence[Place], content: bytes) -> bytes:
    """Return the Word file with what is written to the places in it.

    A place that is not found, and a wording that cannot be tracked, becomes a remark; nothing is left out.
    Raises UnreadableDraft for a file that is refused for reading, and for one that is signed.
    """
    package = open_package(_NAMELESS, content)
    if package.related("origin", PACKAGE):
        raise UnreadableDraft(_NAMELESS, Fault.UNUSUAL_WORD)
    root = package.root(package.document)
    body = root.find(f"{W}body")
    if body is None:
        raise UnreadableDraft(_NAMELESS, Fault.UNUSUAL_WORD)
    part, changed = _comments_part(package)
    comments = (
        package.root(part) if part in package.archive.namelist() else etree.Element(COMMENTS, nsmap={"w": W[1:-1]})
    )
    first = 1 + max(_highest_id(root), _highest_id(comments))
    _write(places, Document(package.document, body), Margin(comments, first), first)
    parts = {package.document: serialised(root), part: serialised(comments), **changed}
    return _packed(package.archive, parts)


def _write(places: Sequence[Place], document: Document, margin: Margin, first_id: int) -> None:
    """Write remarks first, which cut nothing, then the changes; each of the latter makes a few ids."""
    if document.first is None:
        raise UnreadableDraft(_NAMELESS, Fault.NO_WORDS)
    tracker = Tracker(first_id)
    found = [(place, document.find(place) if place.label or place.text else None) for place in places]
    for place, where in found:
        for remark in place.remarks:
            if where is None:
                margin.add(_with_place(place, remark), (document.first,), ())
            else:
                margin.add(remark, where.paragraphs, where.signs)
    for place, where in found:
        wording = place.wording
        if wording is None:
            continue
        fits = where is not None and where.words is not None and not wording.doubt
        if not (fits and where and tracker.track(where, place.text, wording)):
            remark = _as_remark(place)
            if where is None:
                margin.add(_with_place(place, remark), (document.first,), ())
            else:
                margin.add(remark, where.paragraphs, ())


def _with_place(place: Place, remark: Remark) -> Remark:
    return replace(remark, paragraphs=(f"Vị trí: {place.cited}", *remark.paragraphs)) if place.cited else remark


def _as_remark(place: Place) -> Remark:
    assert place.wording is not None
    why = place.wording.doubt or "không ghi được vào văn bản dưới dạng theo dõi thay đổi"
    words = place.wording.text.split("\n")
    return Remark(place.wording.by, (f"Nội dung đã thống nhất chỉnh sửa ({why}):", *words))


def _highest_id(root: etree._Element) -> int:
    """Return the highest id of the document's marks that is a usual number."""
    ids = (value for element in root.iter(etree.Element) if (value := element.get(f"{W}id")) is not None)
    return max((int(each) for each in ids if each.isascii() and each.isdigit() and int(each) < _MOST_ID), default=0)


def _comments_part(package: Package) -> tuple[str, Parts]:
    """Return the name of the comments part and, where there is none yet, the parts that have to list it."""
    known = package.related("comments")
    if known:
        return known[0], {}
    folder, file = posixpath.split(package.document)
    names = {name.lower() for name in package.archive.namelist()}
    free = (f"comments{number or ''}.xml" for number in range(len(names) + 1))
    name = next(file for file in free if f"{folder}/{file}".lower() not in names)
    types = package.root(_TYPES)
    etree.SubElement(types, f"{_NS_TYPES}Override", PartName=f"/{folder}/{name}", ContentType=_TYPE)
    listed = posixpath.join(folder, "_rels", f"{file}.rels")
    there = listed in package.archive.namelist()
    relations = package.root(listed) if there else etree.Element(f"{_NS_RELATIONS}Relationships")
    keys = {each.get("Id") for each in relations}
    key = next(f"rIdC{n}" for n in range(1, len(keys) + 2) if f"rIdC{n}" not in keys)
    etree.SubElement(relations, f"{_NS_RELATIONS}Relationship", Id=key, Type=_KIND, Target=name)
    return f"{folder}/{name}", {_TYPES: serialised(types), listed: serialised(relations)}


def _packed(archive: zipfile.ZipFile, parts: Parts) -> bytes:
    """Return a new zip with these parts in the places of the old ones, or behind them."""
    file = io.BytesIO()
    names = [info.filename for info in archive.infolist() if not info.is_dir()]
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name in dict.fromkeys((*names, *parts)):
            made.writestr(timeless(name), parts[name] if name in parts else archive.read(name))
    return file.getvalue()


if __name__ == "__main__":
    main()
