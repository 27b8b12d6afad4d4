"""Writing a small synthesis and reading it back, for the tests of its words and of its file."""

import zipfile
from pathlib import Path

from docx import Document
from docx.document import Document as DocumentObject
from docx.oxml.ns import qn
from docx.table import Table
from openxml_audit import OpenXmlValidator

from consult.documents.synthesis_docx import write_synthesis
from consult.domain.synthesis import Opinion, Summary
from tests.synthesis_samples import OPINIONS, SUMMARY

HEADS = ["NHÓM VẤN ĐỀ HOẶC ĐIỀU, KHOẢN", "CHỦ THỂ GÓP Ý", "NỘI DUNG GÓP Ý", "NỘI DUNG TIẾP THU, GIẢI TRÌNH"]


def written(folder: Path, summary: Summary = SUMMARY, opinions: tuple[Opinion, ...] = OPINIONS) -> DocumentObject:
    target = folder / "synthesis.docx"
    write_synthesis(summary, opinions, target)
    return Document(str(target))


def paragraphs(document: DocumentObject) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs if paragraph.text]


def table_of(document: DocumentObject) -> Table:
    """Return the first table of opinions (table 0 is the head of the document)."""
    return document.tables[1]


def cells(table: Table) -> list[list[str]]:
    """Return the texts of the cells as written: a merged cell continues with ""."""
    rows = table._tbl.findall(qn("w:tr"))
    return [[_text(cell) for cell in row.findall(qn("w:tc"))] for row in rows]


def _text(cell: object) -> str:
    marks = {qn("w:t"): None, qn("w:br"): "\n", qn("w:tab"): "\t"}
    return "\n".join(
        "".join(marks[node.tag] or node.text or "" for node in paragraph.iter() if node.tag in marks)
        for paragraph in cell.findall(qn("w:p"))  # type: ignore[attr-defined]
    )


def part(folder: Path, name: str = "word/document.xml") -> str:
    with zipfile.ZipFile(folder / "synthesis.docx") as archive:
        return archive.read(name).decode()


def assert_valid(folder: Path) -> None:
    result = OpenXmlValidator().validate(str(folder / "synthesis.docx"))
    assert result.is_valid, result.errors
