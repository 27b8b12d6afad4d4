"""The synthesis as a DOCX that an office can sign: the frame by python-docx, the rows streamed into the file.

``write_synthesis`` puts a file in place only when every comment in force stands in it exactly once, proved by reading
the written rows back. Otherwise the old file stays as it was. The words are on the disk before the file takes its name;
that the name is too may take a moment, since a table can be asked for again. It knows no database and no clock.
"""

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from itertools import chain
from pathlib import Path

from docx.document import Document as DocumentObject
from docx.shared import Twips
from lxml import etree

from consult.documents import synthesis_forms as words
from consult.documents.blank_document import About, new_document
from consult.documents.masthead import ON_LANDSCAPE, Masthead, add_masthead, add_rule, bold_width
from consult.documents.synthesis_file import write_proven
from consult.documents.synthesis_rows import CAPTION, HEAD, NONE, SIGN, TEXT, WORDS, TableWriter
from consult.documents.typography import BODY, LANDSCAPE, Align, Look, add_paragraph, add_style
from consult.documents.wordml import paragraph, run
from consult.domain.synthesis import Merge, Opinion, Summary, Tally

ACCOUNT, HEADING = "Account", "AccountHeading"
_DOCUMENT = "word/document.xml"
_ROWS_HERE = "rows"
_MARKER = b"<!--rows-->"

_TITLE = Look(points=14, bold=True, align=Align.CENTER)
_HEADING = replace(BODY, bold=True, keep_with_next=True)
_LEFT_OF_SIGNATURE = round(LANDSCAPE.text_width * 0.55)
_STYLES = (
    (ACCOUNT, "Thân văn bản", BODY),
    (HEADING, "Đề mục", _HEADING),
    (TEXT, "Bảng tổng hợp - ô", Look(points=12, before=2, after=2, keep_lines=True)),
    (WORDS, "Bảng tổng hợp - nội dung", Look(points=12, before=2, after=2)),
    (HEAD, "Bảng tổng hợp - tiêu đề", Look(points=12, bold=True, before=3, after=3, align=Align.CENTER)),
    (CAPTION, "Bảng tổng hợp - tên phần", Look(points=14, bold=True, before=9, after=4, first_line=720)),
    (SIGN, "Bảng tổng hợp - ký", Look(points=14, bold=True, align=Align.CENTER, left=_LEFT_OF_SIGNATURE)),
    (NONE, "Bảng tổng hợp - không có ý kiến", replace(BODY, after=12)),
)


def write_synthesis(summary: Summary, opinions: Iterable[Opinion], target: Path) -> Tally:
    """Merge ``opinions`` (read once, in the order of the draft) into ``target``; return what was counted.

    ``IncompleteSynthesis`` names what is missing, doubled, strange or out of order; then, as after any other error,
    ``target`` is untouched and nothing else is left behind.
    """
    merge = Merge(summary)
    table = TableWriter(summary).xml(merge.rows(opinions))
    head = Masthead(summary.superior_body.upper(), summary.lead_agency.upper(), words.place_and_date(summary))
    frame = _frame(words.title_lines(summary), summary.lead_agency, head)
    return write_proven(merge, frame, _DOCUMENT, _MARKER, chain(_account(summary), table), target)


@lru_cache(maxsize=16)
def _frame(title: tuple[str, ...], author: str, head: Masthead) -> Mapping[str, bytes]:
    """Make the parts of the document without its rows; a comment node, which no text can forge, says where they go.

    It is the same every time a round's table is asked for, so the last ones are kept.
    """
    document = new_document(LANDSCAPE, About(title=" ".join(title), author=author))
    for style_id, name, look in _STYLES:
        add_style(document, style_id, name, look)
    add_masthead(document, head, LANDSCAPE.text_width, ON_LANDSCAPE)
    _add_title(document, title)
    document.element.body.insert(-1, etree.Comment(_ROWS_HERE))
    last = add_paragraph(document, Look(points=1))
    last.paragraph_format.line_spacing = Twips(20)
    buffer = io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _add_title(document: DocumentObject, lines: tuple[str, ...]) -> None:
    add_paragraph(document, Look(points=14, before=6))
    for line in lines:
        add_paragraph(document, _TITLE, line)
    width = LANDSCAPE.text_width
    add_rule(document, width, min(bold_width(lines[-1], 14), width) // 3)
    add_paragraph(document, Look(points=6))


def _account(summary: Summary) -> Iterator[str]:
    """Yield what stands between title and table, as text: a national round lists thousands of bodies."""
    for line in (words.preamble(summary), *words.totals(summary)):
        yield paragraph(ACCOUNT, run(line))
    yield paragraph(HEADING, run(words.RESULTS))
    for bodies in words.body_lists(summary):
        yield paragraph(HEADING if bodies.lines else ACCOUNT, run(bodies.heading))
        for line in (*bodies.lines, bodies.note):
            if line:
                yield paragraph(ACCOUNT, run(line))
    yield paragraph(HEADING, run(words.table_heading(summary)))
