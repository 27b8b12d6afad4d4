"""A cover letter reads itself: every proposal written out."""

from datetime import date, datetime
from pathlib import Path

import pytest

from consult.domain.cover_letter import read_letter
from consult.domain.deadline_readings import ReadAs, readings_of
from consult.domain.window import HO_CHI_MINH

SAMPLE = Path(__file__).parents[1] / "data" / "gia-lai-2020" / "cover-letter.txt"
LETTER_DAY, TODAY = date(2020, 4, 21), date(2020, 4, 22)


def at(month: int, day: int, hour: int = 0) -> datetime:
    return datetime(2020, month, day, hour, tzinfo=HO_CHI_MINH)


def test_the_sample_is_read_whole() -> None:
    letter = read_letter(SAMPLE.read_text(), TODAY)

    assert (letter.number, letter.dated) == ("532/STTTT-BCVT", LETTER_DAY)
    assert letter.subject == (
        "tham gia góp ý Dự thảo văn bản tăng cường công tác quản lý, cung cấp, sử dụng dịch vụ Internet và thông tin"
        " trên mạng trên địa bàn tỉnh Gia Lai"
    )
    assert letter.recipients == (
        "Công an tỉnh",
        "Sở Kế hoạch và Đầu tư",
        "Sở Giáo dục và Đào tạo",
        "Sở Lao động - Thương binh và Xã hội",
        "Tỉnh đoàn Gia Lai",
        "Cục Quản lý thị trường Gia Lai",
        "Ủy ban nhân dân các huyện, thị xã, thành phố",
        "Các doanh nghiệp cung cấp dịch vụ Internet trên địa bàn tỉnh",
    )
    usual, other = letter.deadlines
    assert (usual.wording, usual.closes_at) == ("trước ngày 27/4/2020", at(4, 27))
    assert (usual.last_day, usual.on_weekend) == (date(2020, 4, 26), True)
    assert other.closes_at == at(4, 28)
    assert (letter.contact.phone, letter.contact.email) == ("0269 000 0000", "gopy@stttt.example")
    assert letter.contact.office.startswith("Chuyên viên phòng Bưu chính - Viễn Thông thuộc Sở")


@pytest.mark.parametrize(
    ("sentence", "moments"),
    [
        ("gửi góp ý trước 17 giờ 00 ngày 27-4-2020", [(at(4, 27, 17), ReadAs.AT_HOUR)]),
        ("gửi góp ý chậm nhất là ngày 27  tháng 4 năm 2020", [(at(4, 28), ReadAs.WHOLE_DAY)]),
        ("gửi góp ý đến hết ngày 27.4.2020", [(at(4, 28), ReadAs.WHOLE_DAY)]),
        ("góp ý đến ngày 27/4", [(at(4, 28), ReadAs.WHOLE_DAY), (at(4, 27), ReadAs.BEFORE_DAY)]),
        (
            "góp ý trước 17h00 thứ Sáu, ngày 27/4/2020",
            [(at(4, 27, 17), ReadAs.AT_HOUR), (at(4, 24, 17), ReadAs.OTHER_WEEKDAY)],
        ),
        (
            "góp ý trong thời hạn 07 (bảy) ngày làm việc kể từ ngày nhận được",
            [(at(5, 5), ReadAs.FROM_LETTER), (at(5, 6), ReadAs.FROM_TODAY)],
        ),
        ("góp ý trong 4 ngày kể từ ngày ký", [(at(4, 28), ReadAs.FROM_LETTER)]),
        ("Nghị định số 72/2013/NĐ-CP ngày 15/7/2013 về góp ý", []),
        ("gửi góp ý trước ngày 31/4/2020", []),
    ],
)
def test_readings(sentence: str, moments: list[tuple[datetime, ReadAs]]) -> None:
    assert [(each.closes_at, each.read_as) for each in readings_of(sentence, LETTER_DAY, TODAY)] == moments
