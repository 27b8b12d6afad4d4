"""The look at an uploaded form in a process of its own: a DOCX on standard input, its marks as JSON on output.

``child`` bounds it, ``docx_package`` refuses what is unsafe; besides, a form that is filled and signed holds no
embedded objects and no field that fetches another file.
"""

import json
import re

from lxml import etree

from consult.documents.child import Bounds, serve
from consult.documents.docx_package import Package, open_package
from consult.documents.line_json import refusal_told
from consult.documents.template_marks import W, marks_in
from consult.domain.errors import UnreadableDraft

BOUNDS = Bounds(memory=512_000_000, seconds=10)
_EMBEDDED = re.compile(r"(^|/)(embeddings|activeX|afchunk)", re.IGNORECASE)
_FETCHING = re.compile(r"\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|DATABASE|RD)\b", re.IGNORECASE)
_FRAMES = ("header", "footer")


def main(bounds: Bounds = BOUNDS) -> None:
    """Tell the marks of the file on standard input, or why it is refused."""
    serve(_answer, bounds)


def _answer(content: bytes) -> bytes:
    try:
        return json.dumps(_looked_at(open_package("", content)), ensure_ascii=False).encode("utf-8", "replace")
    except UnreadableDraft as refusal:
        return refusal_told(refusal)


def _looked_at(package: Package) -> dict[str, object]:
    marks: list[list[object]] = []
    broken: list[str] = []
    objects = [name for name in package.names if _EMBEDDED.search(name)]
    frames = [part for kind in _FRAMES for part in package.related(kind)]
    for part in (package.document, *frames):
        root = package.root(part)
        objects += _fetching(root)
        found = marks_in(root, framed=part in frames)
        marks += [[each.text, each.row, each.framed, each.nested] for each in found.marks]
        broken += found.broken
    usual = package.root(package.document).nsmap.get("w") == W[1:-1]
    return {"usual": usual, "marks": marks, "broken": broken, "objects": objects}


def _fetching(root: etree._Element) -> list[str]:
    """Return the fields that fetch; a field's instruction may stand in several runs, so they are read as one."""
    instructions = [each.text or "" for each in root.iter(f"{W}instrText")]
    simple = [each.get(f"{W}instr", "") for each in root.iter(f"{W}fldSimple")]
    found = _FETCHING.findall("".join(instructions)) + [word for each in simple for word in _FETCHING.findall(each)]
    return found + ["altChunk" for _ in root.iter(f"{W}altChunk")]


if __name__ == "__main__":
    main()
