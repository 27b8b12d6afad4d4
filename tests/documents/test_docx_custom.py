"""The properties of a written synthesis: the office and no person, in the house's forms and in the office's own."""

import io
import zipfile
from pathlib import Path

import docx
import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator

from consult.documents.docx_custom import core, stamp
from consult.documents.synthesis_docx import write_synthesis
from consult.documents.template_filling import fill_template
from consult.documents.template_starter import starter_template
from tests.documents.test_template import saved, with_part
from tests.synthesis_samples import OPINIONS, SUMMARY

PERSON = "Nguyễn Văn Riêng"
APP = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    f"<Manager>{PERSON}</Manager></Properties>"
)


def properties(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as archive:
        root = etree.fromstring(archive.read("docProps/custom.xml"))
    return {each.get("name", ""): each[0].text or "" for each in root}


def of_a_person() -> bytes:
    """Return a form whose properties name a person."""
    document = docx.Document(io.BytesIO(starter_template()))
    document.core_properties.author = document.core_properties.last_modified_by = PERSON
    document.core_properties.comments = PERSON
    return with_part(saved(document), "docProps/app.xml", APP)


def test_an_own_form_gives_nothing_of_its_properties_on(tmp_path: Path) -> None:
    target = tmp_path / "s.docx"
    content = of_a_person()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert PERSON in archive.read("docProps/app.xml").decode()
    fill_template(content, SUMMARY, OPINIONS, target)
    with zipfile.ZipFile(target) as archive:
        everything = [archive.read(name) for name in archive.namelist()]
        names = archive.namelist()
    assert not any(PERSON.encode() in part for part in everything)
    assert names.count("docProps/core.xml") == names.count("docProps/custom.xml") == 1
    core = docx.Document(str(target)).core_properties
    assert (core.author, core.last_modified_by, core.language) == (SUMMARY.lead_agency,) * 2 + ("vi-VN",)
    assert core.title.startswith("BẢNG TỔNG HỢP Ý KIẾN GÓP Ý VÀ TIẾP THU, GIẢI TRÌNH ĐỐI VỚI DỰ THẢO")


@pytest.mark.parametrize("own", [False, True])
def test_a_file_that_is_in_no_record_has_its_digest_and_no_number(tmp_path: Path, own: bool) -> None:
    target = tmp_path / "s.docx"
    if own:
        tally = fill_template(of_a_person(), SUMMARY, OPINIONS, target)
    else:
        tally = write_synthesis(SUMMARY, OPINIONS, target)
    assert properties(target) == {"Mã băm dữ liệu (SHA-256)": tally.digest, "Ý kiến có hiệu lực": "4"}
    result = OpenXmlValidator().validate(str(target))
    assert result.is_valid, result.errors


def test_a_long_title_is_cut_in_words_and_never_in_markup() -> None:
    title = etree.fromstring(core("Đ&" * 150, "Sở <Mẫu>"))[0]
    assert title.text == ("Đ&" * 150)[:255]


def test_what_is_stamped_is_text_and_numbers(tmp_path: Path) -> None:
    target = tmp_path / "s.docx"
    told: dict[str, str | int] = {'Tên "<&>"': "</vt:lpwstr>\x00", "Số": 7}
    write_synthesis(SUMMARY, OPINIONS, target, lambda path, _tally: stamp(path, told))
    assert properties(target) == {'Tên "<&>"': "</vt:lpwstr>\ufffd", "Số": "7"}
    assert OpenXmlValidator().validate(str(target)).is_valid
