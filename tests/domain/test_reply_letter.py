"""The words of an agency's letter of reply: by its general opinion, by the kind of body that signs."""

from dataclasses import replace
from datetime import date

import pytest

from consult.domain.reply_letter import Remark, Request, Writer, reply_letter
from consult.domain.terms import Stance

REQUEST = Request(
    lead_agency="Sở Thông tin và Truyền thông",
    superior_body="UBND tỉnh Gia Lai",
    place="Gia Lai",
    subject="dự thảo Công văn quản lý Internet",
    number="532/STTTT-BCVT",
    day=date(2020, 4, 21),
    about="góp ý dự thảo Công văn",
)
WRITER = Writer("Sở Giáo dục và Đào tạo", "department")
REMARKS = (
    Remark("", "Đề nghị rà soát thể thức.", "", ""),
    Remark("mục 2.2 (Công an tỉnh)", "Lặp từ.", "nguy cơ mất an toàn", "Lỗi chính tả."),
    Remark("mục 2.2 (Công an tỉnh)", "", "Dòng một\nDòng hai", ""),
    Remark("Điều 5", "Một.\n\nHai.", "", "Vì\nrõ."),
)


def _texts(stance: Stance, remarks: tuple[Remark, ...] = ()) -> list[str]:
    return [paragraph.text for paragraph in reply_letter(WRITER, REQUEST, stance, remarks).body]


def test_a_letter_with_comments_groups_them_by_place() -> None:
    assert _texts(Stance.AGREES_WITH_COMMENTS, REMARKS) == [
        "Sở Giáo dục và Đào tạo nhận được Công văn số 532/STTTT-BCVT ngày 21/4/2020 của Sở Thông tin và Truyền thông"
        " về việc góp ý dự thảo Công văn.",
        "Sau khi nghiên cứu, Sở Giáo dục và Đào tạo cơ bản thống nhất với nội dung dự thảo Công văn quản lý Internet;"
        " đề nghị Sở Thông tin và Truyền thông xem xét, tổng hợp một số ý kiến sau:",
        "1. Ý kiến chung",
        "Đề nghị rà soát thể thức.",
        "2. Về mục 2.2 (Công an tỉnh)",
        "a) Lặp từ.",
        "Đề nghị sửa thành: “nguy cơ mất an toàn”.",
        "Lý do: Lỗi chính tả.",
        "b) Đề nghị sửa thành: “Dòng một",
        "Dòng hai”.",
        "3. Về Điều 5",
        "Một.",
        "Hai.",
        "Lý do: Vì",
        "rõ.",
        "Trên đây là ý kiến của Sở Giáo dục và Đào tạo, trân trọng đề nghị Sở Thông tin và Truyền thông tổng hợp./.",
    ]


def test_each_of_several_drafts_has_its_comments_under_its_own_heading() -> None:
    remarks = (
        Remark("", "Rà soát thể thức.", "", ""),
        Remark("", "Thống nhất cách gọi.", "", ""),
        Remark("Điều 5", "Bỏ.", "", "", "Quyết định ban hành Quy chế"),
        Remark("Điều 5", "Làm rõ.", "", "", "Dự thảo Quy chế"),
        Remark("Điều 6", "Bổ sung.", "", "", "Dự thảo Quy chế"),
    )
    request = replace(REQUEST, drafts=("Quyết định ban hành Quy chế", "Dự thảo Quy chế"))
    letter = reply_letter(WRITER, request, Stance.AGREES_WITH_COMMENTS, remarks)
    assert "dự thảo Công văn quản lý Internet (gồm: dự thảo Quyết định ban hành Quy chế; dự thảo Quy chế); đề nghị" in (
        letter.body[1].text
    )
    assert [paragraph.text for paragraph in letter.body[2:-1]] == [
        "I. Ý kiến chung",
        "a) Rà soát thể thức.",
        "b) Thống nhất cách gọi.",
        "II. Đối với dự thảo Quyết định ban hành Quy chế",
        "1. Về Điều 5",
        "Bỏ.",
        "III. Đối với dự thảo Quy chế",
        "1. Về Điều 5",
        "Làm rõ.",
        "2. Về Điều 6",
        "Bổ sung.",
    ]
    assert letter.about == "V/v góp ý dự thảo Công văn quản lý Internet"


@pytest.mark.parametrize(
    ("stance", "words"),
    [
        (Stance.AGREES, "thống nhất với nội dung {} và không có ý kiến tham gia thêm."),
        (Stance.NO_OPINION, "không có ý kiến đối với nội dung {}."),
    ],
)
def test_a_letter_without_comments(stance: Stance, words: str) -> None:
    said = words.format(REQUEST.subject)
    assert _texts(stance)[1:-1] == [f"Sau khi nghiên cứu, Sở Giáo dục và Đào tạo {said}"]


def test_not_agreeing_is_said_so() -> None:
    assert "không thống nhất với nội dung" in _texts(Stance.DISAGREES, REMARKS)[1]


def test_a_request_without_number() -> None:
    letter = reply_letter(WRITER, replace(REQUEST, number=""), Stance.AGREES, ())
    assert letter.body[0].text.startswith("Sở Giáo dục và Đào tạo nhận được văn bản của Sở Thông tin")


@pytest.mark.parametrize(
    ("writer", "head"),
    [
        (WRITER, ("UBND TỈNH GIA LAI", "SỞ GIÁO DỤC VÀ ĐÀO TẠO", "Gia Lai", "", "GIÁM ĐỐC")),
        (
            Writer("Ủy ban nhân dân huyện Ia Pa", "district"),
            ("", "ỦY BAN NHÂN DÂN\nHUYỆN IA PA", "Ia Pa", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
        ),
        (Writer("Công an tỉnh", "department"), ("BỘ CÔNG AN", "CÔNG AN TỈNH", "Gia Lai", "", "GIÁM ĐỐC")),
        (Writer("Công ty A", "enterprise"), ("", "CÔNG TY A", "Gia Lai", "", "GIÁM ĐỐC")),
        (Writer("Viettel Gia Lai", "enterprise"), ("", "VIETTEL GIA LAI", "Gia Lai", "", "GIÁM ĐỐC")),
        (Writer("Tỉnh đoàn", ""), ("", "TỈNH ĐOÀN", "Gia Lai", "TM. BAN THƯỜNG VỤ", "BÍ THƯ")),
        (Writer("Câu lạc bộ", "loại khác"), ("", "CÂU LẠC BỘ", "Gia Lai", "", "THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ")),
    ],
)
def test_head_and_signature_follow_the_body(writer: Writer, head: tuple[str, ...]) -> None:
    letter = reply_letter(writer, REQUEST, Stance.AGREES, ())
    assert (letter.superior, letter.issuer, letter.place, letter.authority, letter.title) == head
