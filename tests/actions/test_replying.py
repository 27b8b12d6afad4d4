"""An agency's letter of reply as a Word file, before and after it sends."""

from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.document import Document
from openxml_audit import OpenXmlValidator

from consult.actions import publishing, replying
from consult.domain.terms import Stance
from consult.store.database import reading, writing
from consult.store.queries.own_answer import submissions
from tests.builders import EDUCATION, NEW_SLUG, Office


def before(office: Office, agency: str, stance: Stance | None = None) -> Document:
    file = BytesIO()
    with reading(office.database) as session:
        replying.write_before(session, office.grant(agency), office.facts(), stance, file)
    return docx.Document(file)


def after(office: Office, agency: str) -> Document:
    file, grant = BytesIO(), office.grant(agency)
    with reading(office.database) as session:
        sent = submissions(session, grant.invitation_id)[0]
        replying.write_after(session, grant, office.facts(), sent, file)
    return docx.Document(file)


def texts(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs if paragraph.text]


def cells(document: Document, table: int) -> list[str]:
    return [cell.text.strip() for row in document.tables[table].rows for cell in row.cells]


def test_the_letter_before_sending_is_from_the_working_copy(office: Office) -> None:
    office.comment(office.grant(EDUCATION), "2.2", "Đề nghị bỏ từ lặp.", reason="Lỗi chính tả.")
    document = before(office, EDUCATION, Stance.AGREES)
    assert cells(document, 0)[0].split("\n") == ["UBND TỈNH GIA LAI", "SỞ GIÁO DỤC VÀ ĐÀO TẠO"]
    assert cells(document, 0)[2].startswith("Số:        /\nV/v góp ý dự thảo ")
    assert cells(document, 0)[3] == "Gia Lai, ngày … tháng … năm …"
    said = texts(document)
    assert said[0] == "Kính gửi: Sở Thông tin và Truyền thông"
    assert "cơ bản thống nhất với nội dung dự thảo" in said[2]
    assert said[3:6] == ["1. Về mục 2.2 (Công an tỉnh)", "Đề nghị bỏ từ lặp.", "Lý do: Lỗi chính tả."]
    assert said[-1].endswith("tổng hợp./.")
    assert cells(document, 1) == ["Nơi nhận:\n- Như trên;\n- Lưu: VT.", "GIÁM ĐỐC"]
    assert document.core_properties.subject == "Bản soạn từ ý kiến đang soạn, chưa gửi"
    assert before(office, EDUCATION, Stance.DISAGREES).paragraphs[2].text.count("không thống nhất") == 1


def test_pure_agreement_is_a_letter_too(office: Office) -> None:
    office.send(office.grant(EDUCATION), Stance.AGREES)
    said = texts(after(office, EDUCATION))
    assert len(said) == 4
    assert "thống nhất với nội dung dự thảo" in said[2]
    assert "Bản soạn" not in "".join(said)


def test_the_letter_after_sending_is_what_was_sent(office: Office) -> None:
    grant = office.grant(EDUCATION)
    office.comment(grant, "", "Ý kiến đã gửi.")
    office.send(grant, Stance.DISAGREES)
    office.comment(grant, "2.2", "Ý kiến viết thêm sau.")
    said = texts(after(office, EDUCATION))
    assert said[3:-1] == ["1. Ý kiến chung", "Ý kiến đã gửi."]


def test_one_letter_names_each_of_several_drafts(office: Office) -> None:
    decision, rules = "1. Ban hành Quy chế.\n\n2. Hiệu lực.\n", "1. Phạm vi.\n\n2. Đối tượng.\n"
    office.prepare(**{"Quyết định": decision.encode(), "Quy chế": rules.encode()})
    with writing(office.database) as session:
        publishing.publish(session, NEW_SLUG, office.clock())
    grant, file = office.grant(EDUCATION, NEW_SLUG), BytesIO()
    for anchor in ("quy-che.2", "", "quyet-dinh.1", "quy-che.1"):
        office.comment(grant, anchor, f"Góp ý {anchor}.")
    with reading(office.database) as session:
        replying.write_before(session, grant, office.facts(NEW_SLUG), None, file)
    assert texts(docx.Document(file))[3:-1] == [
        "I. Ý kiến chung",
        "Góp ý .",
        "II. Đối với dự thảo Quyết định",
        "1. Về mục 1",
        "Góp ý quyet-dinh.1.",
        "III. Đối với dự thảo Quy chế",
        "1. Về mục 1",
        "Góp ý quy-che.1.",
        "2. Về mục 2",
        "Góp ý quy-che.2.",
    ]


@pytest.mark.slow
def test_validators_accept_the_letter_whatever_was_written(office: Office, tmp_path: Path) -> None:
    grant = office.grant(EDUCATION)
    for words in ("\u202eđảo\u202c 👍🏽", "a\tb\n1\t2", "=cmd|' /C calc'!A0", "<w:t>&amp;]]>", "chữ " * 4_999):
        office.comment(grant, "2.2", words)
    before(office, EDUCATION).save(str(tmp_path / "letter.docx"))
    result = OpenXmlValidator().validate(str(tmp_path / "letter.docx"))
    assert result.is_valid, result.errors
