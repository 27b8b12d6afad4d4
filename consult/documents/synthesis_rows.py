"""The table of the synthesis as WordprocessingML text, row by row, so that memory stays flat whatever their number.

Each row carries its comment's id as a bookmark, by which the written file is checked. Above a few hundred rows the
table is cut into one a section, since word processors open one huge table badly.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from consult.documents.synthesis_forms import (
    CONTINUED,
    GENERAL,
    NO_OPINIONS,
    NO_RESPONSE,
    OTHER,
    PROPOSED,
    REASON,
    body_details,
    cited_place,
    draft_caption,
    heads,
)
from consult.documents.typography import LANDSCAPE
from consult.documents.wordml import BOLD, ITALIC, KEEP, paragraph, run
from consult.domain.synthesis import Body, Opinion, Row, Summary

TEXT, WORDS, HEAD, CAPTION, SIGN = "TableText", "TableWords", "TableHead", "TableCaption", "TableSignature"
NONE = "NoOpinions"
BOOKMARK = "c_"
ONE_TABLE_UP_TO = 500
_ROWS_IN_A_TABLE = 200
# A merged first cell shows its text on its first page only: after so many rows it begins anew.
_ROWS_UNDER_ONE_PLACE = 10
_LINES_TO_SIGN = 4

_SHARES = (0.16, 0.16, 0.34)
_WIDTHS = [round(LANDSCAPE.text_width * share) for share in _SHARES]
WIDTHS = (*_WIDTHS, LANDSCAPE.text_width - sum(_WIDTHS))
EDGES = "".join(
    f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_GRID = "".join(f'<w:gridCol w:w="{width}"/>' for width in WIDTHS)
_TABLE_START = (
    f'<w:tbl><w:tblPr><w:tblW w:w="{LANDSCAPE.text_width}" w:type="dxa"/><w:tblBorders>{EDGES}</w:tblBorders>'
    '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/>'
    f"</w:tblCellMar></w:tblPr><w:tblGrid>{_GRID}</w:tblGrid>"
)
_CELLS = [f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>' for width in WIDTHS]
_LABELS = {label: run(label, ITALIC) for label in (PROPOSED, REASON)}
_NO_RESPONSE = run(NO_RESPONSE, ITALIC)
_FULL_STOPS = (".", "!", "?", "…", ":", ";")


class TableWriter:
    """Turns the rows of one synthesis into XML; knows where in a table it is and no row before."""

    def __init__(self, summary: Summary) -> None:
        """``summary`` tells the heads, how many rows will come, and whether there are several drafts."""
        self._head = _head_row(heads(summary))
        self._in_sections = summary.opinions > ONE_TABLE_UP_TO
        self._several = len(summary.drafts) > 1
        self._signature = _signature(summary)
        self._section = ""
        self._drafts = 0
        self._in_table = 0
        self._under_place = 0

    def xml(self, rows: Iterable[Row]) -> Iterator[str]:
        """Yield the tables as text, a piece a row, and the room to sign.

        The signature is the last row of the last table, without borders: only so does every word processor keep it on
        one page with the row above.
        """
        for row in rows:
            yield self._before(row) + self._row(row)
        if self._in_table:
            yield f"{_signature_row(self._signature)}</w:tbl>"
        else:
            yield paragraph(NONE, run(NO_OPINIONS), KEEP) + self._signature

    def _before(self, row: Row) -> str:
        """Return what opens a table, when one begins with this row."""
        cut = self._in_sections and (row.starts_section or self._in_table >= _ROWS_IN_A_TABLE)
        if not (row.starts_draft or cut):
            return ""
        end = "</w:tbl>" if self._in_table else ""
        self._in_table = self._under_place = 0
        return f"{end}{self._captions(row)}{_TABLE_START}{self._head}"

    def _captions(self, row: Row) -> str:
        captions = []
        if row.starts_draft:
            self._drafts += 1
            if self._several or self._drafts > 1:
                captions.append(draft_caption(self._drafts - 1, row.opinion.draft))
        if self._in_sections:
            captions.append(self._section_caption(row))
        return "".join(paragraph(CAPTION, text, keep=KEEP) for text in map(run, captions))

    def _section_caption(self, row: Row) -> str:
        if not row.starts_section:
            return f"{self._section} {CONTINUED}"
        self._section = row.opinion.section or (GENERAL if row.starts_draft else OTHER)
        return self._section

    def _row(self, row: Row) -> str:
        opinion = row.opinion
        keep = KEEP if row.last else ""
        return (
            f"<w:tr>{self._place_cell(row, keep)}"
            f"{_CELLS[1]}</w:tcPr>{_body(opinion.body, keep)}</w:tc>"
            f"{_CELLS[2]}</w:tcPr>{_content(opinion, row.number, keep)}</w:tc>"
            f"{_CELLS[3]}</w:tcPr>{_response(opinion, keep)}</w:tc></w:tr>"
        )

    def _place_cell(self, row: Row, keep: str) -> str:
        fresh = row.starts_place or not self._in_table
        self._under_place = 0 if fresh else (self._under_place + 1) % _ROWS_UNDER_ONE_PLACE
        self._in_table += 1
        if self._under_place:
            return f"{_CELLS[0]}<w:vMerge/></w:tcPr>{paragraph(TEXT, '', keep)}</w:tc>"
        return f'{_CELLS[0]}<w:vMerge w:val="restart"/></w:tcPr>{_place(row, keep)}</w:tc>'


def _head_row(words: tuple[str, str, str, str]) -> str:
    cells = "".join(
        f'{cell}<w:vAlign w:val="center"/></w:tcPr>{paragraph(HEAD, run(word), KEEP)}</w:tc>'
        for cell, word in zip(_CELLS, words, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"


def _signature(summary: Summary) -> str:
    lines = [line for line in (summary.signer_authority, summary.signer_title) if line]
    room = [""] * (_LINES_TO_SIGN if lines else 0)
    return "".join(paragraph(SIGN, run(line), KEEP) for line in (*lines, *room))


def _signature_row(signature: str) -> str:
    if not signature:
        return ""
    edges = "".join(f'<w:{edge} w:val="nil"/>' for edge in ("left", "bottom", "right"))
    return (
        f'<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="{LANDSCAPE.text_width}" w:type="dxa"/>'
        f'<w:gridSpan w:val="4"/><w:tcBorders>{edges}</w:tcBorders>'
        f'<w:tcMar><w:top w:w="200" w:type="dxa"/></w:tcMar></w:tcPr>{signature}</w:tc></w:tr>'
    )


def _place(row: Row, keep: str) -> str:
    place = cited_place(row.opinion) if row.starts_place else f"{cited_place(row.opinion)} {CONTINUED}"
    opening = row.opinion.opening
    words = paragraph(TEXT, run(f"“{opening}”", ITALIC), keep) if opening else ""
    return paragraph(TEXT, run(place, BOLD), keep) + words


@lru_cache(maxsize=1024)
def _body(body: Body, keep: str) -> str:
    details = body_details(body)
    letter = paragraph(TEXT, run(f"({details})"), keep) if details else ""
    return paragraph(TEXT, run(body.name), keep) + letter


def said(opinion: Opinion) -> tuple[tuple[str, str], ...]:
    """Return content, proposed wording and reason with their labels; a wording alone stands where the content would."""
    alone = not opinion.content and opinion.proposed_passage
    parts = [] if alone else [("", opinion.content)]
    if opinion.proposed_passage:
        parts.append((PROPOSED, _quoted(opinion.proposed_passage)))
    if opinion.reason:
        stop = "" if opinion.reason.endswith(_FULL_STOPS) else "."
        parts.append((REASON, f"{opinion.reason}{stop}"))
    return tuple(parts)


def _content(opinion: Opinion, number: int, keep: str) -> str:
    first, *rest = (_label_and(*part) for part in said(opinion))
    mark = f'<w:bookmarkStart w:id="{number}" w:name="{BOOKMARK}{opinion.id}"/>{first}<w:bookmarkEnd w:id="{number}"/>'
    return "".join(paragraph(WORDS, part, keep) for part in (mark, *rest))


def _quoted(passage: str) -> str:
    return f"“{passage}”" if passage.endswith((".", "!", "?")) else f"“{passage}”."


def _response(opinion: Opinion, keep: str) -> str:
    return paragraph(WORDS, run(opinion.response) if opinion.response else _NO_RESPONSE, keep)


def _label_and(label: str, words: str) -> str:
    return f"{_LABELS[label]}{run(f' {words}')}" if label else run(words)
