"""The texts for the tờ trình: numbers as documents write them, nothing said of what is nought."""

from dataclasses import replace
from datetime import UTC, datetime

from consult.domain.submission_texts import submission_texts
from consult.domain.synthesis import Body
from consult.domain.terms import Disposition, SilenceRule
from tests.synthesis_samples import GENERAL, OPINIONS, POLICE, SUMMARY

ANSWERED = (
    GENERAL._replace(disposition=Disposition.ACCEPTED),
    OPINIONS[1]._replace(disposition=Disposition.NOT_ACCEPTED, response="Giữ nguyên như dự thảo. Lý do: đã rõ."),
    OPINIONS[2]._replace(disposition=Disposition.PARTLY_ACCEPTED, response="Chỉ bỏ một từ."),
    OPINIONS[3],
)


def test_the_paragraph_counts_everybody() -> None:
    assert submission_texts(SUMMARY, ANSWERED).paragraph == (
        "Sở Thông tin và Truyền thông đã có Công văn số 532/STTTT-BCVT ngày 21/4/2020 lấy ý kiến 07 cơ quan, đơn vị đối"
        " với dự thảo văn bản tăng cường quản lý dịch vụ Internet. Kết quả, đã nhận được ý kiến của 06 cơ quan, đơn vị,"
        " gồm: 02 cơ quan, đơn vị thống nhất với nội dung dự thảo; 03 cơ quan, đơn vị có ý kiến góp ý; 01 cơ quan, đơn"
        " vị không có ý kiến. 01 cơ quan, đơn vị không gửi ý kiến (Ủy ban nhân dân huyện Ia Pa). 01 cơ quan, đơn vị gửi"
        " ý kiến sau thời hạn (đã tính trong số trên). 01 cơ quan, đơn vị đã gửi ý kiến, chờ văn bản chính thức. Tổng"
        " số ý kiến góp ý là 04 ý kiến; trong đó: tiếp thu 01 ý kiến; tiếp thu một phần 01 ý kiến; không tiếp thu 01 ý"
        " kiến; 01 ý kiến chưa có ý kiến tiếp thu, giải trình."
    )


def test_provisional_unasked_disagreeing_and_the_rule_of_silence() -> None:
    at = datetime(2020, 4, 26, 2, 5, tzinfo=UTC)
    against = (replace(POLICE, disagrees=True), *SUMMARY.commenting[1:])
    summary = replace(SUMMARY, provisional_at=at, commenting=against, uninvited=(Body("Hội A"),))
    said = submission_texts(summary, ()).paragraph
    assert "Đến 09 giờ 05 ngày 26/4/2020, đã nhận được ý kiến của 06" in said
    assert "03 cơ quan, đơn vị có ý kiến góp ý (trong đó 01 cơ quan, đơn vị không thống nhất)" in said
    assert "01 cơ quan, đơn vị chưa gửi ý kiến (Ủy ban nhân dân huyện Ia Pa)." in said
    assert "Ngoài ra, có ý kiến của 01 cơ quan, đơn vị không thuộc danh sách lấy ý kiến." in said
    final = submission_texts(replace(SUMMARY, silence=SilenceRule.AGREES), ()).paragraph
    assert "(Ủy ban nhân dân huyện Ia Pa), xem như thống nhất với nội dung dự thảo." in final


def test_a_long_list_of_the_silent_is_counted_alone() -> None:
    silent = tuple(Body(f"Xã {number}") for number in range(11))
    said = submission_texts(replace(SUMMARY, silent=silent, invited=17), ()).paragraph
    assert "11 cơ quan, đơn vị không gửi ý kiến." in said


def test_nobody_answered() -> None:
    everybody = SUMMARY.answered + SUMMARY.silent
    summary = replace(SUMMARY, agrees=(), no_opinion=(), commenting=(), silent=everybody, opinions=0)
    said = submission_texts(summary, ()).paragraph
    assert "Kết quả, đã không nhận" not in said
    assert "không nhận được ý kiến nào." in said
    assert said.endswith("Không có ý kiến góp ý cụ thể đối với nội dung dự thảo.")


def test_the_table_has_what_was_not_taken_with_its_reason() -> None:
    assert [row.cells for row in submission_texts(SUMMARY, ANSWERED).not_taken] == [
        (
            "01",
            "Mục 2.2 (Công an tỉnh)",
            "Công an tỉnh",
            "Cụm từ “mất mất an toàn” thừa một từ “mất”.\nĐề nghị sửa thành: “… nguy cơ mất an toàn …”",
            "Giữ nguyên như dự thảo. Lý do: đã rõ.",
        ),
        (
            "02",
            "Mục 2.2 (Công an tỉnh)",
            "Sở Kế hoạch và Đầu tư",
            "Bỏ một từ “mất”.\nĐề nghị sửa thành: “… nguy cơ mất an toàn …”",
            "Tiếp thu một phần. Chỉ bỏ một từ.",
        ),
    ]
