"""The list of the silent as words for the office's own letter."""

from datetime import date, timedelta

from consult.domain.chasing import AskedBy, SilentBody, chasing_list
from consult.domain.window import closing_before
from tests.builders import CLOSES, OPENS

WINDOW = closing_before(OPENS, date(2020, 4, 27))
ASKED = AskedBy("Sở Thông tin và Truyền thông", "532/STTTT-BCVT", date(2020, 4, 21), "Quy chế mẫu", WINDOW)


def test_the_silent_are_numbered_under_their_lines() -> None:
    group = "Ủy ban nhân dân các huyện, thị xã, thành phố;"
    silent = (
        SilentBody("Công an tỉnh", ""),
        SilentBody("Ủy ban nhân dân huyện A", group),
        SilentBody("Ủy ban nhân dân huyện B", group, WINDOW.closing(CLOSES + timedelta(days=2))),
        SilentBody("Tỉnh đoàn", ""),
    )
    assert chasing_list(ASKED, silent, OPENS) == (
        "Tính đến 08 giờ 00, Thứ Ba, 21/4/2020, còn 04 cơ quan, đơn vị chưa gửi ý kiến góp ý đối với dự thảo “Quy chế "
        "mẫu” theo đề nghị của Sở Thông tin và Truyền thông tại Công văn số 532/STTTT-BCVT ngày 21/4/2020 (thời hạn "
        "góp ý: đến hết Chủ nhật, 26/4/2020 (24 giờ 00)), gồm:\n\n"
        "1. Công an tỉnh;\n"
        "Ủy ban nhân dân các huyện, thị xã, thành phố:\n"
        "2. Ủy ban nhân dân huyện A;\n"
        "3. Ủy ban nhân dân huyện B (thời hạn riêng: đến hết Thứ Ba, 28/4/2020 (24 giờ 00));\n"
        "4. Tỉnh đoàn."
    )


def test_a_letter_without_number_is_not_cited() -> None:
    asked = AskedBy("Sở Nội vụ", "", date(2020, 4, 21), "Quy chế", WINDOW)
    assert "của Sở Nội vụ (thời hạn" in chasing_list(asked, (SilentBody("Công an tỉnh", ""),), OPENS)
