"""A Word document → lines with their addresses, tables and footnotes in reading order, tracked changes accepted.

It knows WordprocessingML (ECMA-376, part 1) and refuses to know what the lines say. Labels that Word computes
(``word_labels``) stand before the words of their paragraph as if they had been typed.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from consult.documents.docx_blocks import (
    PARAGRAPH,
    TABLE,
    cells_of,
    flat_blocks,
    is_removed,
    rows_of,
    streamed_blocks,
)
from consult.documents.docx_findings import Findings, changes_around
from consult.documents.docx_fonts import old_font_words
from consult.documents.docx_package import Package, open_package
from consult.documents.docx_paragraph import Paragraph
from consult.documents.docx_properties import Thing, W, mark_is_deleted
from consult.documents.docx_styles import Styles
from consult.documents.old_encodings import refuse_old_encoding, refuse_old_fonts
from consult.documents.source_lines import paragraph_lines, refuse_absurd
from consult.documents.word_labels import Labels
from consult.documents.word_numbering import Numbering
from consult.domain.errors import UnreadableDraft
from consult.domain.findings import Found
from consult.domain.outline_nodes import Cell, Line, LineKind, Origin, SourceText
from consult.domain.unreadable import Fault

_MARGINS = ("header", "footer")
_NOTES = ("footnotes", "endnotes")


def read_docx(name: str, content: bytes) -> SourceText:
    """Return the lines of a Word document; paragraphs are counted as they stand once tracked changes are accepted.

    Text boxes and footnotes follow the paragraph they hang on; running heads and feet come last.
    Raises UnreadableDraft.
    """
    package = open_package(name, content)
    reader = _Reader(package)
    lines = [*reader.body(), *reader.margins()]
    reader.refuse_unknown()
    refuse_old_encoding(name, "\n".join(line.text for line in lines))
    refuse_old_fonts(name, old_font_words(package))
    return SourceText(name, tuple(lines), reader.findings.all(), Origin.WORD)


class _Reader:
    def __init__(self, package: Package) -> None:
        self._package = package
        self._styles = Styles(_root(package, "styles"))
        self._numbering = Numbering(_root(package, "numbering"), self._styles)
        self._note_labels = {kind: Labels(self._numbering) for kind in _NOTES}
        self._notes = {kind: _notes_by_id(package, kind) for kind in _NOTES}
        self._paragraphs: Counter[str] = Counter()
        self._tables = 0
        self.findings = Findings(package)

    def body(self) -> Iterator[Line]:
        """Yield the lines of the document part."""
        template = Line("", LineKind.PARAGRAPH, self._package.document, 0)
        yield from self._blocks(streamed_blocks(self._package), template, Labels(self._numbering))

    def refuse_unknown(self) -> None:
        """Refuse, once all was read, a file whose labels hang on what it does not hold. Raises UnreadableDraft."""
        if self._styles.circle:
            raise UnreadableDraft(self._package.name, Fault.STYLE_CIRCLE, style=self._styles.circle)
        if self._numbering.missing:
            raise UnreadableDraft(self._package.name, Fault.LIST_MISSING, number=self._numbering.missing)

    def margins(self) -> Iterator[Line]:
        """Yield the lines of the running heads and feet that have words."""
        labels = Labels(self._numbering)
        for part in (part for kind in _MARGINS for part in self._package.related(kind)):
            lines = self._blocks(flat_blocks(self._package.root(part)), Line("", LineKind.MARGIN, part, 0), labels)
            yield from (replace(line, kind=LineKind.MARGIN, cell=None) for line in lines if line.text)

    def _blocks(self, blocks: Iterator[etree._Element], story: Line, labels: Labels) -> Iterator[Line]:
        """Yield the lines of paragraphs and tables.

        ``story`` carries what the lines have in common, ``labels`` counts the story that they belong to.
        """
        begun: Paragraph | None = None
        for block in blocks:
            if block.tag == PARAGRAPH:
                paragraph = Paragraph(block)
                hidden = [(Found.HIDDEN_TEXT, style) for style in paragraph.styles if self._styles.hides(style)]
                self._find(paragraph.things + hidden, story.part)
                if begun is not None:
                    paragraph.run_on_from(begun)
                begun = paragraph if mark_is_deleted(paragraph.properties) else None
                if begun is None:
                    yield from self._paragraph(paragraph, story, labels)
            elif block.tag == TABLE:
                yield from self._orphan(begun, story, labels)
                begun = None
                yield from self._table(block, story, labels)
            else:
                self._find(changes_around(block), story.part)
        yield from self._orphan(begun, story, labels)

    def _find(self, things: list[Thing], part: str) -> None:
        """Note what is no word, at the number that its paragraph gets, or the one that it joins, or the next."""
        if things:
            self.findings.add(things, part, self._paragraphs[part])

    def _orphan(self, paragraph: Paragraph | None, story: Line, labels: Labels) -> Iterator[Line]:
        """Yield the lines of a paragraph that lost its end and finds none to join.

        Empty, it was deleted as a whole: it is no paragraph any more, and Word does not count it.
        """
        if paragraph is not None and not paragraph.is_empty:
            yield from self._paragraph(paragraph, story, labels)

    def _paragraph(self, paragraph: Paragraph, story: Line, labels: Labels) -> Iterator[Line]:
        number = self._paragraphs[story.part]
        self._paragraphs[story.part] += 1
        label = labels.next_label(paragraph.properties)
        refuse_absurd(self._package.name, len(label) + len(paragraph.text), number)
        centred = self._styles.is_centred(paragraph.properties)
        yield from paragraph_lines(paragraph.text, story, number, label, centred=centred)
        for box in paragraph.boxes:
            yield from self._blocks(flat_blocks(box), story, Labels(self._numbering))
        for kind, note_id in paragraph.notes:
            yield from self._note(kind, note_id)

    def _note(self, kind: str, note_id: str) -> Iterator[Line]:
        part, note = self._notes[kind].pop(note_id, ("", None))
        if note is not None:
            lines = self._blocks(flat_blocks(note), Line("", LineKind.NOTE, part, 0), self._note_labels[kind])
            yield from (line for line in lines if line.text)

    def _table(self, table: etree._Element, story: Line, labels: Labels) -> Iterator[Line]:
        """Yield the lines of a table row by row; a table inside a cell belongs to that cell."""
        bordered = self._styles.is_bordered(table)
        number = self._tables if story.cell is None else story.cell.table
        self._tables += 1 if story.cell is None else 0
        refuse_absurd(self._package.name, 0, self._tables)
        self._find(changes_around(table), story.part)
        for row, cells in enumerate(map(cells_of, (row for row in rows_of(table) if not is_removed(row)))):
            for column, cell in cells:
                place = story.cell or Cell(number, row, column, bordered)
                yield from self._blocks(flat_blocks(cell), replace(story, cell=place), labels)


def _root(package: Package, kind: str) -> etree._Element | None:
    return next((package.root(part) for part in package.related(kind)), None)


def _notes_by_id(package: Package, kind: str) -> dict[str, tuple[str, etree._Element]]:
    found = {}
    for part in package.related(kind):
        for note in package.root(part):
            if note.get(f"{W}type") is None:
                found[note.get(f"{W}id", "")] = part, note
    return found
