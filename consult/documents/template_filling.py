"""An office's own form filled: marks become words, the marked row is repeated, as a stream of XML text.

Nothing in a form is executed: a mark is a name of a known list, its words are put in as text and nothing but text. Each
repeated row carries its comment's id as a bookmark around its words, by which the written file is proved like the house
form's. It is given forms that ``template_reading`` let pass.
"""

import re
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from lxml import etree

from consult.documents import synthesis_forms as words
from consult.documents.docx_custom import CORE, core, serialised, with_own_properties
from consult.documents.docx_package import open_package
from consult.documents.proven_file import Seal
from consult.documents.synthesis_cells import BOOKMARK
from consult.documents.synthesis_file import write_proven
from consult.documents.synthesis_lists import body_lists
from consult.documents.synthesis_seal import unnumbered
from consult.documents.template_marks import W, put_tokens, row_of, texts_with
from consult.documents.template_rows import Cutting, filled_rows, inside_text
from consult.domain.synthesis import Opinion, Summary, Tally
from consult.domain.synthesis_proof import Merge
from consult.domain.template_marks import CONTENT, named

_PLACE = "\ufdd0{}\ufdd1"  # no character of a language; a form that holds one loses it
_TOKENS = re.compile("\ufdd0([^\ufdd1]*)\ufdd1")
_SIGNS = re.compile("[\ufdd0\ufdd1]")
_ROWS_HERE = "rows"
_MARKER = b"<!--rows-->"
_BINDINGS = (f"{W}dataBinding", "{http://schemas.microsoft.com/office/word/2012/wordml}dataBinding")


@dataclass(frozen=True)
class Prepared:
    """A form ready to be filled: its parts with tokens, and the row to repeat cut at its tokens.

    ``pieces`` are constant text and mark's name in turn, beginning and ending with text. ``again`` is the beginning of
    the row's table with the rows above, by which a long one is cut into several; "" where it must stay one.
    """

    document: str
    parts: Mapping[str, bytes]
    tokened: tuple[str, ...]
    pieces: tuple[str, ...]
    again: str


def fill_template(
    content: bytes, summary: Summary, opinions: Iterable[Opinion], target: Path, seal: Seal = unnumbered
) -> Tally:
    """Merge ``opinions`` into the form ``content``; the file at ``target`` is put in place once it is proved.

    Its properties are this document's, not those of the form: title, office, and what ``seal`` adds.

    Raises ``IncompleteSynthesis`` as ``write_synthesis`` does.
    """
    merge = Merge(summary)
    prepared = _prepared(content)
    values = _document_values(summary)
    parts = dict(prepared.parts) | {CORE: core(" ".join(words.title_lines(summary)), summary.lead_agency)}
    for name in prepared.tokened:
        parts[name] = _filled(parts[name].decode(), values).encode()
    rows = filled_rows(prepared.pieces, values, Cutting(summary, _filled(prepared.again, values)), merge.rows(opinions))
    return write_proven(merge, parts, prepared.document, _MARKER, rows, target, seal)


@lru_cache(maxsize=8)
def _prepared(content: bytes) -> Prepared:
    package = open_package("", content)
    frames = [part for kind in ("header", "footer") for part in package.related(kind)]
    roots = {part: package.root(part) for part in (package.document, *frames)}
    for root in roots.values():
        _purge(root)
        put_tokens(root, lambda text: _PLACE.format(named(text)))
    document = roots[package.document]
    place = next(texts_with(document, _PLACE.format(CONTENT)))
    again = _beginning(row_of(place), document)
    row = _cut_out(place)
    parts = {name: package.archive.read(name) for name in package.archive.namelist() if not name.endswith("/")}
    parts |= {name: serialised(root) for name, root in roots.items()}
    pieces = _TOKENS.split(_text_of(row, document))
    return Prepared(package.document, with_own_properties(parts), tuple(roots), tuple(pieces), again)


def _beginning(row: etree._Element, document: etree._Element) -> str:
    """Return what begins the table of ``row`` once more; "" where it floats, stands in another, or merges cells."""
    table = row.getparent()
    assert table is not None
    holder = table.getparent()
    flows = holder is not None and holder.tag == f"{W}body" and next(table.iter(f"{W}tblpPr"), None) is None
    if not flows or next(row.iter(f"{W}vMerge"), None) is not None:
        return ""
    copy = deepcopy(table)
    for each in list(copy)[table.index(row) :]:
        copy.remove(each)
    _strip_names(copy)
    return _text_of(copy, document).removesuffix("</w:tbl>")


def _strip_names(element: etree._Element) -> None:
    """Take out what may stand in a document only once: bookmarks, and the numbers that Word gives paragraphs."""
    for tag in ("bookmarkStart", "bookmarkEnd"):
        for each in list(element.iter(f"{W}{tag}")):
            each.getparent().remove(each)  # type: ignore[union-attr]
    for each in element.iter():
        for key in [key for key in each.attrib if str(key).endswith(("}paraId", "}textId"))]:
            del each.attrib[key]


def _cut_out(place: etree._Element) -> etree._Element:
    """Take the row to repeat out of the document; a comment node, which no text can forge, stands in its place."""
    row, run = row_of(place), next(place.iterancestors(f"{W}r"))
    _strip_names(row)
    run.addprevious(etree.Element(f"{W}bookmarkStart", {f"{W}id": _PLACE.format("#"), f"{W}name": _PLACE.format("@")}))
    run.addnext(etree.Element(f"{W}bookmarkEnd", {f"{W}id": _PLACE.format("#")}))
    row.addprevious(etree.Comment(_ROWS_HERE))
    tail, row.tail = row.tail, None
    parent = row.getparent()
    assert parent is not None and not (tail or "").strip()
    parent.remove(row)
    return row


def _purge(root: etree._Element) -> None:
    """Take out what could pass for ours (tokens, the marker of the rows, marks of comments of a file we made), and what
    would have Word print something else in its place: bindings of a content control to properties or data of the form.
    """
    etree.strip_elements(root, *_BINDINGS, with_tail=False)
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    for each in list(root.iter()):
        each.text, each.tail = (words and _SIGNS.sub("", words) for words in (each.text, each.tail))
        for key, value in each.attrib.items():
            each.set(key, _SIGNS.sub("", str(value)))
        if each.tag == f"{W}bookmarkStart" and each.get(f"{W}name", "").startswith(BOOKMARK):
            each.getparent().remove(each)  # type: ignore[union-attr]


def _text_of(element: etree._Element, root: etree._Element) -> str:
    """Return an element as text without the namespaces that its document declares."""
    text = etree.tostring(element, encoding="unicode", with_tail=False)
    head, close, rest = text.partition(">")
    for prefix, address in root.nsmap.items():
        name = f"xmlns:{prefix}" if prefix else "xmlns"
        head = head.replace(f' {name}="{address}"', "")
    return head + close + rest


def _filled(text: str, values: Mapping[str, str]) -> str:
    return _TOKENS.sub(lambda token: values.get(token[1], ""), text)


def _document_values(summary: Summary) -> Mapping[str, str]:
    lists = (line for each in body_lists(summary) for line in (each.heading, *each.lines, each.note) if line)
    values = {
        "tiêu_đề": "\n".join(words.title_lines(summary)),
        "cơ_quan_chủ_trì": summary.lead_agency,
        "cơ_quan_cấp_trên": summary.superior_body,
        "địa_danh_ngày_tháng": words.place_and_date(summary),
        "tên_hồ_sơ": summary.subject,
        "đoạn_mở_đầu": words.preamble(summary),
        "số_liệu": "\n".join(words.totals(summary)),
        "danh_sách_cơ_quan": "\n".join(lists),
        "thẩm_quyền_ký": summary.signer_authority,
        "chức_vụ_ký": summary.signer_title,
    }
    numbers = {
        "số_cơ_quan": summary.invited,
        "số_đã_góp_ý": len(summary.answered),
        "số_thống_nhất": len(summary.agrees),
        "số_không_có_ý_kiến": len(summary.no_opinion),
        "số_có_ý_kiến": len(summary.commenting),
        "số_chưa_gửi": len(summary.silent),
        "số_ý_kiến": summary.opinions,
    }
    texts = {name: inside_text(value) for name, value in values.items()}
    return texts | {name: str(number) for name, number in numbers.items()}
