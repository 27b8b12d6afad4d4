"""The repeated row of an office's own form, filled once for each comment, as a stream of XML text.

A long table is cut as the house form's is, each piece with the rows that the form has above the repeated one. It knows
which words a mark of the row stands for, and refuses to know how the form was read (``template_filling``).
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from consult.documents import synthesis_forms as words
from consult.documents.synthesis_cells import BOOKMARK, said
from consult.documents.synthesis_cuts import Cuts
from consult.documents.typography import printable
from consult.documents.wordml import escaped
from consult.domain.synthesis import Body, Row, Summary
from consult.domain.template_marks import CONTENT, ROW_MARKS

_FIRST_NUMBER = 1_000_000
_BREAKS = {"\n": '</w:t><w:br/><w:t xml:space="preserve">', "\t": '</w:t><w:tab/><w:t xml:space="preserve">'}
_BREAK = re.compile(r"[\n\t]")
_CAPTION = (
    '<w:p><w:pPr><w:keepNext/><w:spacing w:before="180" w:after="80"/></w:pPr>'
    '<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r></w:p>'
)


def inside_text(value: str) -> str:
    """Return words as the inside of a ``w:t``: text, and breaks between texts."""
    if value.isprintable():
        return escaped(value)
    return _BREAK.sub(lambda sign: _BREAKS[sign[0]], escaped(printable(value)))


def _said(row: Row) -> str:
    return _BREAKS["\n"].join([inside_text(f"{label} {text}".strip()) for label, text in said(row.opinion)])


_ROW_VALUES: Mapping[str, Callable[[Row], str]] = {
    "stt": lambda row: str(row.number),
    "vị_trí": lambda row: inside_text(words.cited_place(row.opinion)),
    "trích_đoạn": lambda row: inside_text(row.opinion.opening),
    "tên_phần": lambda row: inside_text(row.opinion.section),
    "tên_dự_thảo": lambda row: inside_text(row.opinion.draft),
    CONTENT: _said,
    "nội_dung_tiếp_thu": lambda row: inside_text(row.opinion.response or words.NO_RESPONSE),
    "kết_quả": lambda row: inside_text(words.result(row.opinion)),
    "#": lambda row: str(_FIRST_NUMBER + row.number),
    "@": lambda row: BOOKMARK + row.opinion.id,
}
_BODY_VALUES: Mapping[str, Callable[[Body], str]] = {
    "tên_cơ_quan": lambda body: inside_text(body.name),
    "văn_bản_góp_ý": lambda body: inside_text(words.body_details(body)),
}
assert set(ROW_MARKS) < {*_ROW_VALUES, *_BODY_VALUES}


class Cutting:
    """Ends the table of a form before a row and begins it once more, where a long one is cut (``synthesis_cuts``)."""

    def __init__(self, summary: Summary, again: str) -> None:
        """``again`` is the beginning of the table, filled; "" for one that must stay whole."""
        self.summary = summary
        self._again = again
        self._cuts = Cuts(summary)

    def before(self, row: Row) -> str:
        """Return what stands before this row: "" within a table, and before the first row, which has the form's own."""
        first = not self._cuts.rows
        heading = self._cuts.heading(row) if self._cuts.opens(row) else ""
        if first or not heading or not self._again:
            return ""
        captions = (row.opinion.draft, heading) if row.starts_draft else (heading,)
        return "</w:tbl>" + "".join(_CAPTION.format(inside_text(each)) for each in captions) + self._again


def filled_rows(
    pieces: tuple[str, ...], values: Mapping[str, str], cutting: Cutting, rows: Iterable[Row]
) -> Iterator[str]:
    """Yield the row once for each comment; a mark of the document in it has the same words each time."""
    marks = _row_values(cutting.summary)
    texts = [piece if place % 2 == 0 else values.get(piece, "") for place, piece in enumerate(pieces)]
    places = [(place, marks[name]) for place, name in enumerate(pieces) if place % 2 and name in marks]
    for row in rows:
        for place, value in places:
            texts[place] = value(row)
        yield cutting.before(row) + "".join(texts)


def _row_values(summary: Summary) -> Mapping[str, Callable[[Row], str]]:
    """Return what each mark of the row stands for; what is said of a body is put into words once, not at each row."""
    bodies = {body.identity: body for body in summary.commenting + summary.uninvited}
    return {**_ROW_VALUES, **{mark: _of_body(value, bodies) for mark, value in _BODY_VALUES.items()}}


def _of_body(value: Callable[[Body], str], bodies: Mapping[str, Body]) -> Callable[[Row], str]:
    told = {identity: value(body) for identity, body in bodies.items()}
    return lambda row: told[row.opinion.body.identity]
