"""Answers on paper on their pages: keyed in without JavaScript, each fault in one sentence, scans kept apart."""

from http import HTTPStatus
from io import BytesIO

import pytest
from sqlalchemy import select

from consult.demo.visitor import Visitor
from consult.domain.terms import Stance
from consult.store.database import reading
from consult.store.journal import Entry
from consult.store.queries.desk import comments_in_force
from tests.actions import keying
from tests.builders import CLOSES, EDUCATION, OPENS, POLICE, SLUG, Office
from tests.web.cast import SCAN, Cast, Role

DESK = f"/ban-lam-viec/{SLUG}/van-ban"
LETTER = {"letter_number": "45/CAT", "letter_date": "21/4/2020", "received_on": "22/4/2020"}
BYTES = {
    "bản quét.pdf": b"%PDF-1.7\n%%EOF\n",
    "trang 1.png": b"\x89PNG\r\n\x1a\n....IEND....",
    "trang 2.jpg": b"\xff\xd8\xff\xe0....\xff\xd9",
    "trang 3.tif": b"II*\x00....",
}


@pytest.fixture
def later(office: Office) -> Office:
    """Let the week be over: letters of it are still keyed in."""
    office.clock.at = CLOSES.replace(day=29)
    return office


def _begin(visitor: Visitor, code: str, stance: Stance, **more: str) -> str:
    """Open the first page, type the letter, and return the address of the next."""
    visitor.open(f"{DESK}/moi?co-quan={code}")
    visitor.press("/moi", {**LETTER, "stance": stance.name, **more})
    assert visitor.response is not None
    return visitor.response.request.path


def _comment(visitor: Visitor, address: str, anchor: str, content: str) -> str:
    visitor.open(f"{address}/y-kien/0?vi-tri={anchor}")
    return visitor.press("/y-kien/0", {"content": content, "kind": "AMEND"})


def test_a_letter_is_keyed_in_page_by_page(later: Office) -> None:
    visitor, code = later.signed_in(), later.address().code
    found = visitor.open(f"{DESK}?tim=cong an")
    assert POLICE in found and EDUCATION not in found
    address = _begin(visitor, code, Stance.DISAGREES)
    _comment(visitor, address, "2.2", "Đề nghị bỏ mục này.")
    page = _comment(visitor, address, "", "Đề nghị làm rõ căn cứ.")
    assert "2 ý kiến" in page
    page = visitor.press("/ghi-nhan")
    assert "Đã ghi nhận." in page and f"{code.upper()}-1" in page
    assert '<dt>Người nhập</dt><dd lang="vi">Chuyên viên phụ trách</dd>' in page
    assert "văn bản giấy" in page.lower() and "gửi sau thời hạn" not in page.lower()
    comments = visitor.open(f"/ban-lam-viec/{SLUG}/y-kien")
    assert "Đề nghị bỏ mục này." in comments and "văn bản giấy" in comments.lower()


def test_a_letter_that_came_after_the_close_is_marked(later: Office) -> None:
    visitor, code = later.signed_in(), later.address().code
    _begin(visitor, code, Stance.AGREES, received_on="27/4/2020")
    assert "gửi sau thời hạn" in visitor.press("/ghi-nhan").lower()


def test_the_proposed_wording_is_compared_with_the_place(office: Office) -> None:
    office.clock.at = CLOSES
    visitor, code = office.signed_in(), office.address().code
    address = _begin(visitor, code, Stance.DISAGREES)
    visitor.open(f"{address}/y-kien/0?vi-tri=2.2")
    text = visitor.form("/y-kien/0").fields["proposed_text"]
    visitor.press("/y-kien/0", {"kind": "AMEND", "content": "", "proposed_text": f"{text} Bổ sung câu này."})
    visitor.press("/ghi-nhan")
    with reading(office.database) as session:
        (comment,) = comments_in_force(session, office.facts().id)
    assert "Bổ sung câu này." in comment.proposed_text and comment.redline


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"received_on": ""}, "Nhập ngày đến của văn bản."),
        ({"received_on": "30/4/2020"}, "Ngày đến phải từ 21/4/2020 đến hôm nay."),
        ({"received_on": "20/4/2020"}, "Ngày đến phải từ 21/4/2020 đến hôm nay."),
        ({"letter_date": "23/4/2020"}, "Ngày văn bản phải trong khoảng từ 21/4/2020 đến ngày đến."),
        ({"letter_date": "hôm qua"}, "27/4/2020"),
        ({"stance": "KHAC"}, "Ý kiến chung"),
        ({"channel": "ONLINE"}, "Hình thức gửi đến"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_stays(later: Office, typed: dict[str, str], words: str) -> None:
    visitor, code = later.signed_in(), later.address().code
    visitor.open(f"{DESK}/moi?co-quan={code}")
    sent = {**LETTER, "stance": "AGREES", "letter_number": "số lạ/77", **typed}
    page = visitor.press("/moi", sent, HTTPStatus.UNPROCESSABLE_ENTITY)
    assert words in page
    assert 'value="số lạ/77"' in page


def test_a_body_outside_the_list_needs_a_name_and_stands_apart(later: Office) -> None:
    visitor = later.signed_in()
    visitor.open(f"{DESK}/moi")
    page = visitor.press("/moi", {**LETTER, "stance": "AGREES"}, HTTPStatus.UNPROCESSABLE_ENTITY)
    assert "Nhập tên cơ quan, tổ chức gửi văn bản." in page
    visitor.open(f"{DESK}/moi?ten=Hội Luật gia tỉnh")
    visitor.press("/moi", {**LETTER, "stance": "AGREES"})
    visitor.press("/ghi-nhan")
    page = visitor.open(DESK)
    assert (
        "Hội Luật gia tỉnh" in page and "Ngoài danh sách lấy ý kiến" in page
    ) or "ngoài danh sách lấy ý kiến" in page


def test_the_signed_copy_of_an_online_answer_joins_it(later: Office) -> None:
    at, later.clock.at = later.clock.at, OPENS
    later.send(later.grant(), Stance.AGREES)
    later.clock.at = at
    visitor, code = later.signed_in(), later.address().code
    visitor.open(f"{DESK}/moi?co-quan={code}")
    page = visitor.press(f"/ban-ky/{code}", LETTER)
    assert "45/CAT" in page and "22/4/2020" in page
    assert [each.version for each in keying.body(later, code).sent] == [1]


def test_what_the_agency_did_meanwhile_is_told_on_the_page(office: Office) -> None:
    grant, code = office.grant(), office.address().code
    office.clock.at = OPENS.replace(day=23)
    visitor = office.signed_in()
    address = _begin(visitor, code, Stance.AGREES)
    form = visitor.form("/ghi-nhan")
    office.send(grant._replace(seen_at=office.clock.at), Stance.NO_OPINION)
    page = visitor.submit(form, expect=HTTPStatus.CONFLICT)
    assert f"cơ quan đã gửi bản góp ý trên trang ({code.upper()}-1)" in page
    assert visitor.response is not None and address in page
    assert f"{code.upper()}-2" in visitor.press("/ghi-nhan")


def test_two_officials_in_one_comment_see_both_texts(later: Office) -> None:
    first, second = later.signed_in(), later.signed_in("hai@stttt.example")
    address = _begin(first, later.address().code, Stance.DISAGREES)
    _comment(first, address, "2.2", "Ban đầu.")
    for visitor in (first, second):
        visitor.open(f"{address}/y-kien/1")
    mine = second.form("/y-kien/1")
    first.press("/y-kien/1", {"content": "Của người thứ nhất."})
    page = second.submit(mine, {"content": "Của người thứ hai."}, HTTPStatus.CONFLICT)
    assert "Của người thứ nhất." in page and "Của người thứ hai." in page
    assert "Của người thứ hai." in second.press("/y-kien/1")


def test_a_mistaken_record_is_taken_back_with_its_reason(later: Office) -> None:
    visitor, code = later.signed_in(), later.address().code
    _begin(visitor, code, Stance.AGREES)
    visitor.press("/ghi-nhan")
    assert "Nhập lý do hủy ghi nhận." in visitor.press("/huy", expect=HTTPStatus.UNPROCESSABLE_ENTITY)
    assert "đã bị thu hồi hoặc hủy ghi nhận" in visitor.press("/huy", {"reason": "Nhầm cơ quan"})


def test_a_correction_is_the_next_version(later: Office) -> None:
    visitor, code = later.signed_in(), later.address().code
    address = _begin(visitor, code, Stance.DISAGREES)
    _comment(visitor, address, "2.2", "Ý kiến cũ.")
    visitor.press("/ghi-nhan")
    visitor.press("/sua")
    assert visitor.response is not None
    address = visitor.response.request.path
    visitor.open(f"{address}/y-kien/1")
    visitor.press("/y-kien/1", {"content": "Ý kiến đã sửa."})
    page = visitor.press("/ghi-nhan")
    assert "Ý kiến đã sửa." in page and f"{code.upper()}-2" in page
    assert [each.in_force for each in keying.body(later, code).sent] == [True, False]


def _upload(cast: Cast, role: Role, where: str, content: bytes, name: str) -> str:
    answer = cast.client(role).post(where, {"file": (BytesIO(content), name)})
    assert answer.status_code in (303, 422)
    return answer.text if answer.status_code == 422 else ""


def test_scans_of_four_kinds_are_kept_and_given_as_files_to_keep(cast: Cast) -> None:
    where = f"{DESK}/{cast.record.paper_code}/1/ban-scan"
    for name, content in BYTES.items():
        assert _upload(cast, Role.OFFICIAL, where, content, name) == ""
    for position, (kind, content) in enumerate(
        zip(("application/pdf", "image/png", "image/jpeg", "image/tiff"), BYTES.values(), strict=True), start=2
    ):
        answer = cast.client(Role.OFFICIAL).get(f"{where}/{position}")
        assert (answer.status_code, answer.data, answer.mimetype) == (200, content, kind)
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "không nhận tệp rỗng"),
        (b"PK\x03\x04 a Word file", "không phải tệp PDF, PNG, JPEG hoặc TIFF"),
        (b"<html>%%EOF</html>", "không phải tệp PDF, PNG, JPEG hoặc TIFF"),
        (b"%PDF-1.7\ncut off here", "tệp không đầy đủ"),
        (SCAN, "đã được lưu trước đó"),
        (b"%PDF-1.7\n%%EOF" + bytes(50_000_000), "tệp lớn hơn 50 MB"),
    ],
    ids=["empty", "word", "web", "cut", "twice", "large"],
)
def test_what_is_no_scan_is_told_in_one_sentence(cast: Cast, content: bytes, words: str) -> None:
    where = f"{DESK}/{cast.record.paper_code}/1/ban-scan"
    assert words in _upload(cast, Role.OFFICIAL, where, content, "van-ban.pdf")


def _sending(body: BytesIO, length: int) -> dict[str, object]:
    """A form with a file of which ``length`` bytes are announced."""
    environ = {"wsgi.input": body, "CONTENT_LENGTH": str(length), "CONTENT_TYPE": "multipart/form-data; boundary=x"}
    return {"environ_overrides": environ}


def test_a_scan_of_300_mb_is_refused_before_it_is_read(cast: Cast) -> None:
    where = f"{DESK}/{cast.record.paper_code}/1/ban-scan"
    body = BytesIO(b"--x" + bytes(1000))
    answer = cast.client(Role.OFFICIAL).ask("POST", where, **_sending(body, 300_000_000))
    assert answer.status_code == 413
    assert "Mỗi tệp không quá 50 MB." in answer.text
    assert body.tell() == 0


def test_a_strangers_scan_is_not_read(cast: Cast) -> None:
    for role in (Role.SILENT, Role.VISITOR, Role.OUTSIDER):
        body = BytesIO(b"--x" + bytes(1000))
        answer = cast.client(role).ask("POST", f"{cast.page(Role.ANSWERING)}/phieu/1/ban-scan", **_sending(body, 1003))
        assert (answer.status_code, body.tell()) == (404, 0)


def test_an_agency_adds_its_signed_letter_after_the_close_and_nobody_elses(cast: Cast) -> None:
    cast.restore(CLOSES)
    where = f"{cast.page(Role.ANSWERING)}/phieu/1/ban-scan"
    assert (
        cast.client(Role.ANSWERING).post(where, {"file": (BytesIO(BYTES["trang 3.tif"]), "ky.tif")}).status_code == 303
    )
    assert "ky.tif" in cast.client(Role.ANSWERING).get(f"{cast.page(Role.ANSWERING)}/phieu/1").text
    answer = cast.client(Role.ANSWERING).post(where, {"file": (BytesIO(b"nothing"), "ky.tif")})
    told = cast.client(Role.ANSWERING).get(answer.location).text
    assert "không phải tệp PDF, PNG, JPEG hoặc TIFF" in told
    for role in Role:
        expected = 200 if role is Role.ANSWERING else 404
        assert cast.client(role).get(f"{where}/2").status_code == expected


def test_a_file_that_does_not_belong_there_is_taken_off(cast: Cast) -> None:
    where = f"{DESK}/{cast.record.codes[Role.ANSWERING]}/1/ban-scan/1"
    assert cast.client(Role.ANSWERING).get(f"{cast.page(Role.ANSWERING)}/phieu/1/ban-scan/1").status_code == 200
    assert cast.client(Role.OFFICIAL).post(f"{where}/bo").status_code == 303
    assert cast.client(Role.ANSWERING).get(f"{cast.page(Role.ANSWERING)}/phieu/1/ban-scan/1").status_code == 404
    assert cast.client(Role.OFFICIAL).post(f"{where}/bo").status_code == 404
    with reading(cast.office.database) as session:
        entry = session.scalars(select(Entry).order_by(Entry.number.desc()).limit(1)).one()
        assert (entry.act, '"file": "cong-van.pdf"' in entry.particulars) == ("scan_removed", True)


def test_scans_stand_on_no_public_page(cast: Cast) -> None:
    for address in ("/", f"/ho-so/{SLUG}"):
        page = cast.client(Role.VISITOR).get(address).text
        assert "ban-scan" not in page and "cong-van.pdf" not in page


def test_a_secret_letter_takes_neither_comment_nor_scan(later: Office) -> None:
    visitor, code = later.signed_in(), later.address().code
    page = _begin(visitor, code, Stance.DISAGREES, secret="y")
    assert "Thêm ý kiến" not in visitor.open(page)
    told = visitor.press("/ghi-nhan")
    assert "văn bản Mật, không nhập nội dung" in told and 'type="file"' not in told


def test_the_agencys_receipt_says_that_it_came_by_letter(cast: Cast) -> None:
    cast.restore()
    code = cast.record.codes[Role.SILENT]
    keying.answered(cast.office, cast.office.official(), keying.whose(cast.office), anchors=["2.2"])
    receipt = cast.client(Role.SILENT).get(f"/gop-y/{code}/phieu/1").text
    assert "Cơ quan chủ trì đã ghi nhận văn bản góp ý của Quý cơ quan." in receipt
    assert "Ngày đến của văn bản" in receipt and "Thu hồi" not in receipt
    page = cast.client(Role.SILENT).get(f"/gop-y/{code}").text
    assert "Ghi nhận từ văn bản của Quý cơ quan" in page
