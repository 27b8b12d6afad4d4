"""The synthesis as a DOCX that an office can sign: the frame by python-docx, the rows streamed into the file.

``write_synthesis`` puts a file in place only when every comment in force stands in it exactly once, proved by reading
the written rows back. Otherwise the old file stays as it was. The words are on the disk before the file takes its name;
that the name is too may take a moment, since a table can be asked for again. It knows no database and no clock.
"""

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from pathlib import Path

from docx.document import Document as DocumentObject
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Twips
from lxml import etree

from consult.documents import synthesis_forms as words
from consult.documents.blank_document import About, new_document
from consult.documents.docx_custom import with_custom
from consult.documents.masthead import ON_LANDSCAPE, RULE_SHARE, Masthead, add_masthead, add_rule, bold_width
from consult.documents.proven_file import Seal
from consult.documents.synthesis_annex import ANNEX, ANNEX_LINE, annex
from consult.documents.synthesis_cells import TEXT, WORDS
from consult.documents.synthesis_file import write_proven
from consult.documents.synthesis_lists import body_lists, table_heading
from consult.documents.synthesis_rows import CAPTION, HEAD, NONE, SIGN, TableWriter
from consult.documents.synthesis_seal import unnumbered
from consult.documents.typography import BODY, LANDSCAPE, Align, Look, add_paragraph, add_style
from consult.documents.wordml import paragraph, run
from consult.domain.synthesis import Opinion, Row, Summary, Tally
from consult.domain.synthesis_merging import merged
from consult.domain.synthesis_options import SameWords
from consult.domain.synthesis_proof import Merge
from consult.domain.terms import SynthesisForm

ACCOUNT, HEADING = "Account", "AccountHeading"
_DOCUMENT = "word/document.xml"
_ROWS_HERE = "rows"
_MARKER = b"<!--rows-->"

_TITLE = Look(points=14, bold=True, align=Align.CENTER)
_HEADING = replace(BODY, bold=True, keep_with_next=True)
_REFERENCE = Look(points=13, italic=True, align=Align.RIGHT)
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
    (ANNEX, "Phụ lục", _TITLE),
    (ANNEX_LINE, "Phụ lục - dòng dưới", Look(points=14, align=Align.CENTER, after=6)),
)
_LEVELS = {HEADING: 0, ANNEX: 0, CAPTION: 1}


def write_synthesis(summary: Summary, opinions: Iterable[Opinion], target: Path, seal: Seal = unnumbered) -> Tally:
    """Merge ``opinions`` (read once, in the order of the draft) into ``target``; return what was counted.

    ``seal`` adds the properties, once the file is proved.
    ``IncompleteSynthesis`` names what is missing, doubled, strange or out of order; then, as after any other error,
    ``target`` is untouched and nothing else is left behind.
    """
    merge = Merge(summary)
    table = TableWriter(summary).xml(_rows(merge, summary, opinions))
    frame = _frame(_around(summary))
    pieces = chain(_account(summary), table, _end(summary, frame))
    return write_proven(merge, frame, _DOCUMENT, _MARKER, pieces, target, seal)


def _rows(merge: Merge, summary: Summary, opinions: Iterable[Opinion]) -> Iterator[Row]:
    rows = merge.rows(opinions)
    together = summary.options.same is SameWords.MERGED and not summary.form.by_agency
    return merge.together(merged(rows)) if together else rows


@dataclass(frozen=True)
class _Around:
    """What the frame is made of; equal ones make the same frame."""

    title: tuple[str, ...]
    author: str
    head: Masthead | None
    annex: str
    goes_with: str
    reference: str


def _around(summary: Summary) -> _Around:
    head = Masthead(summary.superior_body.upper(), summary.lead_agency.upper(), words.place_and_date(summary))
    with_letter = words.goes_with(summary)
    return _Around(
        words.title_lines(summary),
        summary.lead_agency,
        None if with_letter else head,
        words.annex_words(summary)[0],
        with_letter,
        words.words(summary).reference,
    )


@lru_cache(maxsize=16)
def _frame(around: _Around) -> Mapping[str, bytes]:
    """Make the parts of the document without its rows; a comment node, which no text can forge, says where they go.

    It is the same every time a round's table is asked for, so the last ones are kept.
    """
    document = new_document(LANDSCAPE, About(title=" ".join(around.title), author=around.author))
    for style_id, name, look in _STYLES:
        add_style(document, style_id, name, look, _LEVELS.get(style_id))
    if around.reference:
        add_paragraph(document, _REFERENCE, around.reference)
    if around.head:
        add_masthead(document, around.head, LANDSCAPE.text_width, ON_LANDSCAPE)
    _add_title(document, around)
    document.element.body.insert(-1, etree.Comment(_ROWS_HERE))
    _number_from_one(document)
    last = add_paragraph(document, Look(points=1))
    last.paragraph_format.line_spacing = Twips(20)
    buffer = io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        return with_custom({name: archive.read(name) for name in archive.namelist()})


def _number_from_one(document: DocumentObject) -> None:
    """Let the section number its own pages: the synthesis, and its annex apart from it."""
    numbers = parse_xml(f'<w:pgNumType {nsdecls("w")} w:start="1"/>')
    document.sections[0]._sectPr.insert_element_before(numbers, "w:cols", "w:titlePg", "w:docGrid")


def _add_title(document: DocumentObject, around: _Around) -> None:
    if around.goes_with:
        add_paragraph(document, _TITLE, around.annex)
    else:
        add_paragraph(document, Look(points=14, before=6))
    for line in around.title:
        add_paragraph(document, _TITLE, line)
    if around.goes_with:
        add_paragraph(document, Look(points=14, italic=True, align=Align.CENTER), around.goes_with)
    width = LANDSCAPE.text_width
    add_rule(document, width, round(min(bold_width(around.title[-1], 14), width) * RULE_SHARE))
    add_paragraph(document, Look(points=6))


def _end(summary: Summary, frame: Mapping[str, bytes]) -> Iterator[str]:
    """Yield what follows the table: "./." of an annex, and the annex of the asked in a section of its own."""
    if summary.options.annex_of:
        yield paragraph(ANNEX_LINE, run("./."))
    if summary.options.asked and summary.options.names:
        section = frame[_DOCUMENT].decode()
        yield f"<w:p><w:pPr>{section[section.rindex('<w:sectPr') : section.rindex('</w:body>')]}</w:pPr></w:p>"
        yield from annex(summary)


def _account(summary: Summary) -> Iterator[str]:
    """Yield what stands between title and table, as text: a national round lists thousands of bodies."""
    for line in (words.preamble(summary), *words.totals(summary), words.left_out(summary)):
        if line:
            yield paragraph(ACCOUNT, run(line))
    yield paragraph(HEADING, run(words.words(summary).results))
    for bodies in body_lists(summary):
        yield paragraph(HEADING if bodies.lines else ACCOUNT, run(bodies.heading))
        for line in (*bodies.lines, bodies.note):
            if line:
                yield paragraph(ACCOUNT, run(line))
    if summary.form is not SynthesisForm.PRACTICE:
        yield paragraph(HEADING, run(table_heading(summary)))
