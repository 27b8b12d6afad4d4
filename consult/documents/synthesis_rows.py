"""The table of the synthesis as WordprocessingML text, row by row, so that memory stays flat whatever their number.

Each row carries the id of each of its comments as a bookmark, by which the written file is checked. A long table is cut
(``synthesis_cuts``).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.table import Table

from consult.documents import synthesis_cells as cells
from consult.documents.synthesis_cells import TEXT
from consult.documents.synthesis_cuts import Cuts
from consult.documents.synthesis_forms import NO_OPINIONS, NOTHING_IN_PART, columns, draft_caption
from consult.documents.typography import LANDSCAPE
from consult.documents.wordml import CENTERED, KEEP, paragraph, run
from consult.domain.synthesis import Row, Summary
from consult.domain.synthesis_words import Column

HEAD, CAPTION, SIGN = "TableHead", "TableCaption", "TableSignature"
NONE = "NoOpinions"
# A merged first cell shows its text on its first page only: after so many rows, about a page of them, it begins anew.
_ROWS_UNDER_ONE_PLACE = 4
_LINES_TO_SIGN = 4
# A row of so few characters takes less than a third of a page: it stays whole.
_SHORT = 700
_WHOLE = "<w:trPr><w:cantSplit/></w:trPr>"

EDGES = "".join(
    f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
)


class _Cell(NamedTuple):
    """A cell of each row: what begins it, what begins it where it goes on from the row above (or ""), its words."""

    opened: str
    continued: str
    words: Callable[[Row, str], str]


class TableWriter:
    """Turns the rows of one synthesis into XML; knows where in a table it is and no row before."""

    def __init__(self, summary: Summary) -> None:
        """``summary`` tells the columns, how many rows will come, and whether there are several drafts."""
        laid = columns(summary)
        widths = widths_of([share for _, _, share in laid])
        self._summary = summary
        self._by_agency = summary.form.by_agency
        self._bodies = cells.Bodies(names=summary.options.names)
        self._cells = tuple(self._laid(kind, width) for (kind, _, _), width in zip(laid, widths, strict=True))
        self._start = table_start(widths) + head_row(widths, [head for _, head, _ in laid])
        self._cuts = Cuts(summary)
        self._several = len(summary.drafts) > 1 and not self._by_agency
        self._signature = "" if summary.options.annex_of else _signature(summary)
        self._drafts = self._under_place = self._number = 0

    def _laid(self, kind: Column, width: int) -> _Cell:
        begins, words = _cell(width), partial(_WORDS[kind], self)
        if kind not in (_ONCE_AN_AGENCY if self._by_agency else _ONCE_A_PLACE):
            return _Cell(f"{begins}</w:tcPr>", "", words)
        return _Cell(f'{begins}<w:vMerge w:val="restart"/></w:tcPr>', f"{begins}<w:vMerge/></w:tcPr>", words)

    def xml(self, rows: Iterable[Row]) -> Iterator[str]:
        """Yield the tables as text, a piece a row, and the room to sign.

        The signature is the last row of the last table, without borders: only so does every word processor keep it on
        one page with the row above.
        """
        for row in rows:
            yield self._before(row) + self._row(row)
        if self._cuts.rows:
            yield f"{_signature_row(self._signature, len(self._cells))}</w:tbl>"
        else:
            nothing = NOTHING_IN_PART if self._summary.part else NO_OPINIONS
            yield paragraph(NONE, run(nothing), KEEP) + self._signature

    def _before(self, row: Row) -> str:
        """Return what opens a table, when one begins with this row."""
        end = "</w:tbl>" if self._cuts.rows else ""
        return f"{end}{self._captions(row)}{self._start}" if self._cuts.opens(row) else ""

    def _captions(self, row: Row) -> str:
        captions = []
        if row.starts_draft:
            self._drafts += 1
            if self._several or self._drafts > 1:
                captions.append(draft_caption(self._drafts - 1, row.opinion.draft, self._summary.form))
        captions.append(self._cuts.heading(row))
        return "".join(paragraph(CAPTION, run(text), keep=KEEP) for text in captions if text)

    def _row(self, row: Row) -> str:
        keep = KEEP if row.last else ""
        fresh = row.starts_place or self._cuts.rows == 1
        self._under_place = 0 if fresh else (self._under_place + 1) % _ROWS_UNDER_ONE_PLACE
        self._number += row.starts_place or not self._by_agency
        written = "".join([self._written(cell, row, keep) for cell in self._cells])
        return f"<w:tr>{_WHOLE if _is_short(row) else ''}{written}</w:tr>"

    def _written(self, cell: _Cell, row: Row, keep: str) -> str:
        if self._under_place and cell.continued:
            return f"{cell.continued}{paragraph(TEXT, '', keep)}</w:tc>"
        return f"{cell.opened}{cell.words(row, keep)}</w:tc>"

    def number(self, _row: Row, keep: str) -> str:
        """Return the running number: of the row, or of the agency in the form by agency."""
        return paragraph(TEXT, run(str(self._number)), keep + CENTERED)

    def body(self, row: Row, keep: str) -> str:
        """Return who said it."""
        return self._bodies.cell(row, keep)

    def content(self, row: Row, keep: str) -> str:
        """Return what was said, below its place where no column has it."""
        where = cells.place_in_content(self._summary, row.opinion, keep) if self._by_agency else ""
        return where + cells.content(row, keep)


_ONCE_A_PLACE, _ONCE_AN_AGENCY = (Column.PLACE,), (Column.NUMBER, Column.BODY)
_WORDS: dict[Column, Callable[[TableWriter, Row, str], str]] = {
    Column.NUMBER: TableWriter.number,
    Column.PLACE: lambda _, row, keep: cells.place(row, keep),
    Column.BODY: TableWriter.body,
    Column.CONTENT: TableWriter.content,
    Column.RESPONSE: lambda _, row, keep: cells.response(row.opinion, keep),
}


def widths_of(shares: list[int]) -> tuple[int, ...]:
    """Return the widths in twips of columns that have these shares in percent; together the width of the text."""
    widths = [round(LANDSCAPE.text_width * share / 100) for share in shares[:-1]]
    return (*widths, LANDSCAPE.text_width - sum(widths))


def table_start(widths: tuple[int, ...]) -> str:
    """Return the opening of a table of fixed columns with thin borders."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{EDGES}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/>'
        f"</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
    )


def head_row(widths: tuple[int, ...], heads: list[str]) -> str:
    """Return the row of heads, repeated on each page."""
    written = "".join(
        f'{_cell(width)}<w:vAlign w:val="center"/></w:tcPr>{paragraph(HEAD, run(head), KEEP)}</w:tc>'
        for width, head in zip(widths, heads, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{written}</w:tr>"


def text_row(widths: tuple[int, ...], texts: Sequence[str]) -> str:
    """Return a row of plain texts, the first one its number; it stays whole unless it is long."""
    whole = _WHOLE if max(map(len, texts)) < _SHORT else ""
    looks = (CENTERED, *[""] * (len(texts) - 1))
    written = (
        f"{_cell(width)}</w:tcPr>{paragraph(TEXT, run(text), look)}</w:tc>"
        for width, text, look in zip(widths, texts, looks, strict=True)
    )
    return f"<w:tr>{whole}{''.join(written)}</w:tr>"


def add_edges(table: Table) -> None:
    """Draw thin borders around the cells of a table of python-docx that has a fixed layout."""
    (layout,) = table._tbl.tblPr.iterchildren(qn("w:tblLayout"))
    layout.addprevious(parse_xml(f"<w:tblBorders {nsdecls('w')}>{EDGES}</w:tblBorders>"))


def _cell(width: int) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>'


def _is_short(row: Row) -> bool:
    said = row.opinion
    length = len(said.content) + len(said.proposed_passage) + len(said.reason)
    return max(length, len(said.response or ""), len(said.opening) * 2) < _SHORT and len(row.others) < _MANY_BODIES


_MANY_BODIES = 8


def _signature(summary: Summary) -> str:
    lines = [line for line in (summary.signer_authority, summary.signer_title) if line]
    room = [""] * (_LINES_TO_SIGN if lines else 0)
    return "".join(paragraph(SIGN, run(line), KEEP) for line in (*lines, *room))


def _signature_row(signature: str, columns_spanned: int) -> str:
    if not signature:
        return ""
    edges = "".join(f'<w:{edge} w:val="nil"/>' for edge in ("left", "bottom", "right"))
    return (
        f"<w:tr>{_WHOLE}{_cell(LANDSCAPE.text_width)}"
        f'<w:gridSpan w:val="{columns_spanned}"/><w:tcBorders>{edges}</w:tcBorders>'
        f'<w:tcMar><w:top w:w="200" w:type="dxa"/></w:tcMar></w:tcPr>{signature}</w:tc></w:tr>'
    )
