"""The blocks of a Word document, in reading order: paragraphs, tables and their rows, whatever wraps them.

It knows what may stand around blocks, rows and cells (content controls, alternatives, tracked moves; ECMA-376, part 1,
17.4 and 17.5). It refuses to know what stands in a paragraph (``docx_paragraph``).
"""

from collections.abc import Iterator

from lxml import etree

from consult.documents.docx_package import Package
from consult.documents.docx_paragraph import FALLBACK
from consult.documents.docx_properties import CHANGES_OF_BLOCKS, VALUE, W
from consult.domain.errors import UnreadableDraft
from consult.domain.unreadable import Fault

PARAGRAPH = f"{W}p"
TABLE = f"{W}tbl"
ROW = f"{W}tr"
_CELL = f"{W}tc"
_BODY = f"{W}body"
_FOREIGN = f"{W}altChunk"
_SECTION = f"{W}sectPr"
_REMOVED = (f"{W}del", f"{W}moveFrom")
_SET_ASIDE = {*_REMOVED, FALLBACK}
# What is given besides paragraphs and tables, once it ends: it has no words, but it may be or hold a tracked change.
_MARKS = {*CHANGES_OF_BLOCKS, _SECTION}
_ENDS = (PARAGRAPH, TABLE, _FOREIGN, _BODY, *_MARKS)
_NOT_FLAT = {PARAGRAPH, TABLE, *_SET_ASIDE}
_MOST_COLUMNS = 63


def streamed_blocks(package: Package) -> Iterator[etree._Element]:
    """Yield the blocks of the body as ``flat_blocks`` does; those before the one in hand are let go.

    Raises UnreadableDraft for a document without a body, and for one that another file is embedded in.
    """
    bodies = 0
    for element in package.stream(package.document, *_ENDS):
        tag = element.tag
        if tag == _FOREIGN:
            raise UnreadableDraft(package.name, Fault.EMBEDDED_FILE)
        bodies += tag == _BODY
        line = _line_to_body(element)
        _forget_before(line)
        yield from line[:1]
    if not bodies:
        raise UnreadableDraft(package.name, Fault.UNUSUAL_WORD)


def flat_blocks(holder: etree._Element) -> Iterator[etree._Element]:
    """Yield the paragraphs and tables of ``holder``, those in content controls and other wrappers too.

    Between them stand sections and tracked changes of whole blocks, which have no words of their own.
    """
    for child in holder:
        if child.tag in (PARAGRAPH, TABLE):
            yield child
        elif child.tag not in _SET_ASIDE:
            yield from flat_blocks(child)
        if child.tag in _MARKS:
            yield child


def rows_of(table: etree._Element) -> Iterator[etree._Element]:
    """Yield the rows of a table, those in content controls too, but not those of a table inside a cell."""
    yield from _own(table, table, ROW)


def is_removed(row: etree._Element) -> bool:
    """Whether the whole row is a tracked deletion."""
    return row.find(f"{W}trPr/{W}del") is not None


def cells_of(row: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    """Yield the cells of a row, each with its column in the grid."""
    column = 0
    table = next(row.iterancestors(TABLE))
    for cell in _own(row, table, _CELL):
        yield column, cell
        column += _grid_span(cell)


def _own(holder: etree._Element, table: etree._Element, tag: str) -> Iterator[etree._Element]:
    return (each for each in holder.iter(tag) if next(each.iterancestors(TABLE)) is table)


def _line_to_body(element: etree._Element) -> list[etree._Element]:
    """Return the element and the wrappers around it up to the body; none when it is part of another block."""
    line = [element]
    while (holder := line[-1].getparent()) is not None and holder.tag not in _NOT_FLAT:
        if holder.tag == _BODY:
            return line
        line.append(holder)
    return []


def _forget_before(line: list[etree._Element]) -> None:
    """Remove what stands before each of these elements; what a caller still holds lives on."""
    for element in line:
        holder = element.getparent()
        while holder is not None and element.getprevious() is not None:
            del holder[0]


def _grid_span(cell: etree._Element) -> int:
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    value = "1" if span is None else span.get(VALUE, "1")
    return min(int(value), _MOST_COLUMNS) if value.isdigit() else 1
