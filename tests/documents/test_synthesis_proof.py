"""The written file read back: a row that is dropped, doubled, or names one agency too few is found by what it lacks."""

import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from consult.documents.synthesis_docx import write_synthesis
from consult.documents.synthesis_file import written_ids
from consult.domain.errors import IncompleteSynthesis
from consult.domain.synthesis import Opinion, Tally
from consult.domain.synthesis_merging import merged
from consult.domain.synthesis_options import Options, SameWords
from consult.domain.synthesis_proof import Merge
from tests.documents.written import assert_valid, cells, table_of
from tests.documents.written import written as document_of
from tests.synthesis_samples import DOUBLED_WORD, GENERAL, OPINIONS, PLANNING, SUMMARY, UNANSWERED

DOCUMENT = "word/document.xml"
TOGETHER = replace(SUMMARY, options=Options(same=SameWords.MERGED))
# The police and the planners say the same; the planners twice.
ALIKE = (
    GENERAL,
    DOUBLED_WORD,
    DOUBLED_WORD._replace(id=f"{3:032x}", body=PLANNING, order=(0, 12, 2, 0, 0)),
    DOUBLED_WORD._replace(id=f"{5:032x}", body=PLANNING, order=(0, 12, 2, 0, 1)),
    UNANSWERED,
)
_ROW = re.compile(r"<w:tr>(?:(?!<w:tr>).)*?</w:tr>", re.DOTALL)


def proved(path: Path, opinions: tuple[Opinion, ...]) -> Tally:
    """Prove the file as if it had just been written."""
    merge = Merge(replace(TOGETHER, opinions=len(opinions)))
    for _row in merge.together(merged(merge.rows(opinions))):
        pass
    return merge.prove(written_ids(path, DOCUMENT))


def written(folder: Path, opinions: tuple[Opinion, ...]) -> tuple[Path, str]:
    target = folder / "synthesis.docx"
    write_synthesis(replace(TOGETHER, opinions=len(opinions)), opinions, target)
    with zipfile.ZipFile(target) as archive:
        return target, archive.read(DOCUMENT).decode()


def rewritten(path: Path, xml: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(DOCUMENT, xml)
    return path


def row_with(xml: str, opinion: Opinion) -> str:
    (row,) = [row for row in _ROW.findall(xml) if f'"c_{opinion.id}"' in row]
    return row


def test_a_whole_file_is_proved(tmp_path: Path) -> None:
    path, _xml = written(tmp_path, ALIKE)
    tally = proved(path, ALIKE)
    assert (tally.rows, tally.joined, tally.bodies) == (5, 2, 3)
    row = cells(table_of(document_of(tmp_path, replace(TOGETHER, opinions=5), ALIKE)))[2]
    assert row[1].splitlines()[::2] == ["Công an tỉnh", "Sở Kế hoạch và Đầu tư"]
    assert_valid(tmp_path)


def test_a_row_that_is_dropped_is_named(tmp_path: Path) -> None:
    path, xml = written(tmp_path, OPINIONS)
    rewritten(path, xml.replace(row_with(xml, UNANSWERED), ""))
    with pytest.raises(IncompleteSynthesis, match=rf"lacks 1 rows: {UNANSWERED.id}"):
        proved(path, OPINIONS)


def test_a_row_that_is_doubled_is_named(tmp_path: Path) -> None:
    path, xml = written(tmp_path, OPINIONS)
    row = row_with(xml, GENERAL)
    rewritten(path, xml.replace(row, row + row))
    with pytest.raises(IncompleteSynthesis, match=f"twice or one too many: {GENERAL.id}"):
        proved(path, OPINIONS)


def test_a_row_of_several_that_drops_one_comment_is_named(tmp_path: Path) -> None:
    path, xml = written(tmp_path, ALIKE)
    rewritten(path, re.sub(rf'<w:bookmarkStart w:id="\d+" w:name="c_{ALIKE[3].id}"/>', "", xml))
    with pytest.raises(IncompleteSynthesis, match=rf"lacks 1 rows: {ALIKE[3].id}"):
        proved(path, ALIKE)


def test_a_row_of_several_that_lost_a_name_is_named(tmp_path: Path) -> None:
    path, xml = written(tmp_path, ALIKE)
    row = row_with(xml, DOUBLED_WORD)
    (named,) = [each for each in re.findall(r"<w:p>.*?</w:p>", row) if PLANNING.name in each]
    rewritten(path, xml.replace(row, row.replace(named, "")))
    with pytest.raises(IncompleteSynthesis, match=rf"do not name the body of: {ALIKE[2].id}, {ALIKE[3].id}$"):
        proved(path, ALIKE)


def test_bodies_without_names_are_told_apart_by_their_numbers(tmp_path: Path) -> None:
    options = Options(same=SameWords.MERGED, names=False)
    row = cells(table_of(document_of(tmp_path, replace(TOGETHER, options=options, opinions=5), ALIKE)))[2]
    assert row[1] == "Đơn vị góp ý 02\nĐơn vị góp ý 03"
