"""A Word document → lines with their addresses, tables and footnotes in reading order, tracked changes accepted.

It knows WordprocessingML (ECMA-376, part 1) and refuses to know what the lines say. Labels that Word computes
(``word_labels``) stand before the words of their paragraph as if they had been typed.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from consult.documents.docx_findings import found_in, row_changes
from consult.documents.docx_fonts import old_font_words
from consult.documents.docx_package import Package, open_package
from consult.documents.docx_styles import Styles
from consult.documents.docx_text import (
    FALLBACK,
    Properties,
    W,
    mark_is_deleted,
    note_references,
    paragraph_text,
    properties_of,
    text_boxes,
)
from consult.documents.old_encodings import refuse_old_encoding, refuse_old_fonts
from consult.documents.source_lines import paragraph_lines, refuse_absurd
from consult.documents.word_labels import Labels
from consult.documents.word_numbering import Numbering
from consult.domain.errors import UnreadableDraft
from consult.domain.findings import Finding, Found
from consult.domain.outline_nodes import Cell, Line, LineKind, Origin, SourceText
from consult.domain.unreadable import Fault

_MARGINS = ("header", "footer")
_NOTES = ("footnotes", "endnotes")
_BODY = f"{W}body"
_SET_ASIDE = {f"{W}del", f"{W}moveFrom", FALLBACK}
_NOT_FLAT = {f"{W}p", f"{W}tbl", *_SET_ASIDE}


def read_docx(name: str, content: bytes) -> SourceText:
    """Return the lines of a Word document; paragraphs are counted as they stand once tracked changes are accepted.

    Text boxes and footnotes follow the paragraph they hang on; running heads and feet come last.
    Raises UnreadableDraft.
    """
    package = open_package(name, content)
    reader = _Reader(package)
    lines = [*reader.body(), *reader.margins()]
    refuse_old_encoding(name, "\n".join(line.text for line in lines))
    refuse_old_fonts(name, old_font_words(package))
    return SourceText(name, tuple(lines), tuple(reader.findings), Origin.WORD)


class _Reader:
    def __init__(self, package: Package) -> None:
        self._package = package
        self._styles = Styles(_root(package, "styles"))
        self._numbering = Numbering(_root(package, "numbering"), self._styles)
        self._note_labels = {kind: Labels(self._numbering) for kind in _NOTES}
        self._notes = {kind: _notes_by_id(package, kind) for kind in _NOTES}
        self._paragraphs: Counter[str] = Counter()
        self._tables = 0
        self.findings: list[Finding] = []

    def body(self) -> Iterator[Line]:
        """Yield the lines of the document part."""
        template = Line("", LineKind.PARAGRAPH, self._package.document, 0)
        yield from self._blocks(_streamed_blocks(self._package), template, Labels(self._numbering))

    def margins(self) -> Iterator[Line]:
        """Yield the lines of the running heads and feet that have words."""
        labels = Labels(self._numbering)
        for part in (part for kind in _MARGINS for part in self._package.related(kind)):
            lines = self._blocks(_flat_blocks(self._package.root(part)), Line("", LineKind.MARGIN, part, 0), labels)
            yield from (replace(line, kind=LineKind.MARGIN, cell=None) for line in lines if line.text)

    def _blocks(self, blocks: Iterator[etree._Element], template: Line, labels: Labels) -> Iterator[Line]:
        """Yield the lines of paragraphs and tables.

        ``template`` carries what the lines have in common, ``labels`` counts the story that they belong to.
        """
        joining: etree._Element | None = None
        begun = ""
        for block in blocks:
            if block.tag == f"{W}tbl":
                yield from self._orphan(joining, begun, template, labels)
                yield from self._table(block, template, labels)
                joining, begun = None, ""
                continue
            self._find(block, template.part)
            text = begun + paragraph_text(block)
            properties = properties_of(block)
            if mark_is_deleted(properties):
                joining, begun = block, text
            else:
                yield from self._paragraph(block, properties, text, template, labels)
                joining, begun = None, ""
        yield from self._orphan(joining, begun, template, labels)

    def _find(self, paragraph: etree._Element, part: str) -> None:
        """Note what hangs on a paragraph, at the number that it gets, or that of the one it joins."""
        number = self._paragraphs[part]
        self.findings.extend(Finding(what, part, number, count) for what, count in found_in(paragraph).items())

    def _orphan(self, paragraph: etree._Element | None, text: str, template: Line, labels: Labels) -> Iterator[Line]:
        """Yield the lines of a paragraph that lost its end and finds none to join.

        Without text it was deleted as a whole: it is no paragraph any more, and Word does not count it.
        """
        if paragraph is not None and text:
            yield from self._paragraph(paragraph, properties_of(paragraph), text, template, labels)

    def _paragraph(
        self, paragraph: etree._Element, properties: Properties, text: str, template: Line, labels: Labels
    ) -> Iterator[Line]:
        number = self._paragraphs[template.part]
        self._paragraphs[template.part] += 1
        label = labels.next_label(properties)
        refuse_absurd(self._package.name, len(label) + len(text), number)
        centred = self._styles.is_centred(properties)
        place = Line("", template.kind, template.part, number, cell=template.cell, centred=centred)
        yield from paragraph_lines(text, place, label)
        for box in text_boxes(paragraph):
            yield from self._blocks(_flat_blocks(box), template, Labels(self._numbering))
        for kind, note_id in note_references(paragraph):
            yield from self._note(kind, note_id)

    def _note(self, kind: str, note_id: str) -> Iterator[Line]:
        part, note = self._notes[kind].pop(note_id, ("", None))
        if note is not None:
            lines = self._blocks(_flat_blocks(note), Line("", LineKind.NOTE, part, 0), self._note_labels[kind])
            yield from (line for line in lines if line.text)

    def _table(self, table: etree._Element, template: Line, labels: Labels) -> Iterator[Line]:
        """Yield the lines of a table row by row; a table inside a cell belongs to that cell."""
        bordered = self._styles.is_bordered(table)
        number = self._tables if template.cell is None else template.cell.table
        self._tables += 1 if template.cell is None else 0
        refuse_absurd(self._package.name, 0, self._tables)
        self._find_row_changes(table, template.part)
        for row, cells in enumerate(_rows(table)):
            for column, cell in cells:
                place = template.cell or Cell(number, row, column, bordered)
                yield from self._blocks(_flat_blocks(cell), replace(template, cell=place), labels)

    def _find_row_changes(self, table: etree._Element, part: str) -> None:
        changed = sum(row_changes(row) for row in table.iterchildren(f"{W}tr"))
        if changed:
            self.findings.append(Finding(Found.TRACKED_CHANGE, part, self._paragraphs[part], changed))


def _root(package: Package, kind: str) -> etree._Element | None:
    return next((package.root(part) for part in package.related(kind)), None)


def _streamed_blocks(package: Package) -> Iterator[etree._Element]:
    """Yield the paragraphs and tables of the body as ``_flat_blocks`` does; those before the one in hand are let go."""
    bodies = 0
    for element in package.stream(package.document, f"{W}p", f"{W}tbl", f"{W}altChunk", _BODY):
        bodies += element.tag == _BODY
        if element.tag == f"{W}altChunk":
            raise UnreadableDraft(package.name, Fault.EMBEDDED_FILE)
        line = _line_to_body(element)
        _forget_before(line)
        yield from line[:1]
    if not bodies:
        raise UnreadableDraft(package.name, Fault.UNUSUAL_WORD)


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


def _flat_blocks(holder: etree._Element) -> Iterator[etree._Element]:
    """Yield the paragraphs and tables of ``holder``, those in content controls and other wrappers too."""
    for child in holder:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif isinstance(child.tag, str) and child.tag not in _SET_ASIDE:
            yield from _flat_blocks(child)


def _rows(table: etree._Element) -> Iterator[list[tuple[int, etree._Element]]]:
    """Yield the rows of a table, each as (grid column, cell)."""
    for row in table.iter(f"{W}tr"):
        if next(row.iterancestors(f"{W}tbl")) is not table or row.find(f"{W}trPr/{W}del") is not None:
            continue
        cells, column = [], 0
        for cell in row.iter(f"{W}tc"):
            if next(cell.iterancestors(f"{W}tbl")) is table:
                cells.append((column, cell))
                column += _grid_span(cell)
        yield cells


def _grid_span(cell: etree._Element) -> int:
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    value = "1" if span is None else span.get(f"{W}val", "1")
    return min(int(value), 63) if value.isdigit() else 1


def _notes_by_id(package: Package, kind: str) -> dict[str, tuple[str, etree._Element]]:
    found = {}
    for part in package.related(kind):
        for note in package.root(part):
            if note.get(f"{W}type") is None:
                found[note.get(f"{W}id", "")] = part, note
    return found
