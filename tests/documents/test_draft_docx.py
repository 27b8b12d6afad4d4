"""The Word form of an outline: reading it again gives the same outline, and it looks as the decree asks."""

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from docx.shared import Pt, Twips
from openxml_audit import OpenXmlValidator  # type: ignore[import-untyped]

from consult.documents.draft_docx import write_draft
from consult.documents.intake import read_draft
from consult.domain.outline import Cell, LineKind, Outline, SourceText, outline, to_json_list
from tests.domain.drafts import assert_nothing_lost, paragraphs

ROOT = Path(__file__).parent.parent.parent
SAMPLE = ROOT / "tests" / "data" / "gia-lai-2020"
SECOND = ROOT / "drafts" / "quy-che-tiep-cong-dan"


def _read(path: Path) -> Outline:
    return outline(read_draft(path.name, path.read_bytes()))


def _written(drafted: Outline, mark: str = "") -> bytes:
    file = io.BytesIO()
    write_draft(drafted.nodes, file, mark)
    return file.getvalue()


@pytest.mark.parametrize("source", [SAMPLE / "draft.txt", SECOND / "draft.txt"])
def test_reading_what_was_written_gives_the_same_outline(source: Path) -> None:
    drafted = _read(source)
    again = outline(read_draft("draft.docx", _written(drafted, "Dự thảo lần 1")))
    assert to_json_list(again) == to_json_list(drafted)
    assert again.furniture[0].text == "Dự thảo lần 1"


def test_the_published_word_file_of_the_sample_gives_the_expected_clauses() -> None:
    path = ROOT / "drafts" / "gia-lai-2020" / "draft.docx"
    drafted = _read(path)
    body = [told for told, node in zip(to_json_list(drafted), drafted.nodes, strict=True) if not node.kind.in_frame]
    assert body == json.loads((SAMPLE / "outline.json").read_text(encoding="utf-8"))
    assert_nothing_lost(read_draft(path.name, path.read_bytes()), drafted)


def test_the_published_word_file_of_the_second_sample_is_its_text() -> None:
    assert to_json_list(_read(SECOND / "draft.docx")) == to_json_list(_read(SECOND / "draft.txt"))


@pytest.mark.slow
@pytest.mark.parametrize("slug", ["gia-lai-2020", "quy-che-tiep-cong-dan"])
def test_the_published_word_files_are_valid(slug: str) -> None:
    result = OpenXmlValidator().validate(str(ROOT / "drafts" / slug / "draft.docx"))
    assert [str(error) for error in result.errors] == []


@pytest.mark.parametrize("slug", ["gia-lai-2020", "quy-che-tiep-cong-dan"])
def test_nothing_in_what_was_written_is_hidden_from_readers(slug: str) -> None:
    published = ROOT / "drafts" / slug / "draft.docx"
    for content in (published.read_bytes(), _written(_read(published), "Dự thảo lần 1")):
        assert read_draft("draft.docx", content).findings == ()


def test_paper_type_and_body_follow_the_decree() -> None:
    document = Document(io.BytesIO(_written(_read(SAMPLE / "draft.txt"))))
    section = document.sections[0]
    assert (section.page_width, section.page_height) == (Twips(11906), Twips(16838))
    assert section.different_first_page_header_footer
    clause = next(each for each in document.paragraphs if each.text.startswith("2.3. "))
    assert clause.paragraph_format.first_line_indent.cm == pytest.approx(1.27)
    assert clause.paragraph_format.alignment == 3
    assert {run.font.size for run in clause.runs} == {Pt(14)}
    title = next(each for each in document.paragraphs if each.text == "2. Công an tỉnh:")
    assert all(run.bold for run in title.runs)


def test_a_table_and_a_second_paragraph_survive() -> None:
    lines = list(paragraphs("1. Sở Y tế báo cáo.", "Gửi trước ngày 05.", "a", "b").lines)
    lines[2:] = [replace(line, cell=Cell(0, 0, column, bordered=True)) for column, line in enumerate(lines[2:])]
    assert all(line.kind is LineKind.PARAGRAPH for line in lines)
    drafted = outline(SourceText("draft", tuple(lines)))
    again = outline(read_draft("draft.docx", _written(drafted)))
    assert [node.text for node in again.nodes] == ["Sở Y tế báo cáo.\nGửi trước ngày 05.", "a\tb"]
