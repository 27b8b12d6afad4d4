"""Syntheses under their numbers at the desk: the list of those written, and the control sheet of each."""

import io
import re
from hashlib import sha256
from html import unescape

from docx import Document

from consult.store.database import reading
from consult.store.queries.syntheses import made_of
from tests.builders import SLUG
from tests.web.cast import OTHER_SLUG, Cast, Role

DESK = f"/ban-lam-viec/{SLUG}"
CHOICE = {"form": "BY_AGENCY", "part": "", "clause": "", "proposal": "PASSAGE"}


def texts(content: bytes) -> str:
    """Return the words of a document, its tables included."""
    return "\n".join(
        node.text or "" for node in Document(io.BytesIO(content)).element.iter() if node.tag.endswith("}t")
    )


def listed(cast: Cast) -> list[str]:
    """Return the lines of the list on the page."""
    page = unescape(cast.client(Role.OFFICIAL).get(f"{DESK}/tep-tong-hop").text)
    found = re.findall(r'<ul class="made">(.*?)</ul>', page, re.DOTALL)
    lines = [re.sub("<[^>]+>", " ", line) for part in found for line in part.split("<li>")[1:]]
    return [" ".join(line.split()) for line in lines]


def test_a_download_is_listed_once_and_has_its_control_sheet(cast: Cast) -> None:
    client = cast.client(Role.OFFICIAL)
    assert "Chưa có; lần tải về đầu tiên là số 1." in client.get(f"{DESK}/tep-tong-hop").text
    first = client.get(f"{DESK}/bang-tong-hop.docx").data
    assert client.get(f"{DESK}/bang-tong-hop.docx").data == first
    digest = sha256(first).hexdigest()
    assert listed(cast) == [
        "Số 1 · Thứ Tư, 22/4/2020, 08 giờ 00 Mẫu dùng cho văn bản hành chính · Tạm tổng hợp; toàn bộ · 2 ý kiến góp ý"
        f" SHA-256: {digest[:16]}… Phiếu đối soát 1"
    ]
    sheet = client.get(f"{DESK}/bang-tong-hop/da-lap/1/phieu-doi-soat.docx")
    assert "filename*=UTF-8''Phi%E1%BA%BFu" in sheet.headers["Content-Disposition"]
    assert digest in texts(sheet.data)
    assert client.get(f"{DESK}/bang-tong-hop/phieu-doi-soat.docx").data == sheet.data
    assert client.get(f"{DESK}/bang-tong-hop/da-lap/2/phieu-doi-soat.docx").status_code == 404


def test_a_choice_has_its_own_number_and_sheet(cast: Cast) -> None:
    client = cast.client(Role.OFFICIAL)
    client.get(f"{DESK}/bang-tong-hop.docx")
    chosen = {**CHOICE, "merged": "y"}
    file = client.get(f"{DESK}/bang-tong-hop/tai-ve", query_string=chosen).data
    sheet = client.get(f"{DESK}/bang-tong-hop/tai-ve", query_string={**chosen, "phieu": "1"}).data
    words = texts(sheet)
    assert sha256(file).hexdigest() in words
    assert "BẢNG TỔNG HỢP Ý KIẾN SỐ 2" in words
    assert "Tạm tổng hợp; toàn bộ; gộp ý kiến trùng" in words
    assert [line.partition(" ·")[0] for line in listed(cast)] == ["Số 2", "Số 1"]


def test_an_own_form_is_listed_by_its_name(cast: Cast) -> None:
    assert cast.client(Role.OFFICIAL).get(f"{DESK}/bang-tong-hop/mau/1.docx").status_code == 200
    (line,) = listed(cast)
    assert "Mẫu riêng: " in line


def test_the_journal_says_who_wrote_it_and_the_list_does_not(cast: Cast) -> None:
    client = cast.client(Role.OFFICIAL)
    client.get(f"{DESK}/bang-tong-hop.docx")
    with reading(cast.office.database) as session:
        (made,) = made_of(session, cast.office.facts().id)
    page = unescape(client.get(f"{DESK}/nhat-ky").text)
    assert "lập bảng tổng hợp" in page
    assert made.file_digest in page
    assert "Chuyên viên" not in listed(cast)[0]
    assert (
        cast.client(Role.OUTSIDER)
        .get(f"/ban-lam-viec/{OTHER_SLUG}/bang-tong-hop/da-lap/1/phieu-doi-soat.docx")
        .status_code
        == 404
    )
