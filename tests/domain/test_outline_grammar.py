"""How offices write against the book, and the traps of print: each fault of the grammar that was met, mended once."""

import pytest

from consult.domain.outline import Line, LineKind, SourceText, outline
from tests.domain.drafts import assert_nothing_lost, assert_tree_holds, paragraphs, told, wrapped


def _anchors(*texts: str) -> list[str]:
    source = paragraphs(*texts)
    drafted = outline(source)
    assert_nothing_lost(source, drafted)
    assert_tree_holds(drafted)
    return [node.anchor for node in drafted.nodes]


@pytest.mark.parametrize(
    ("texts", "anchors"),
    [
        (("Điều 1. Một.", "Điều 3. Ba.", "Điều 2. Hai."), ["dieu-1", "dieu-3", "dieu-2"]),
        (("Chương I", "MỘT", "Chương III", "BA"), ["chuong-1", "chuong-3"]),
        (("Điều 5. Năm.", "Điều 5a. Chèn.", "Điều 6. Sáu."), ["dieu-5", "dieu-5a", "dieu-6"]),
        (("Điều 1. Một", "1. Một.", "1a. Chèn.", "2. Hai."), ["dieu-1", "dieu-1.1", "dieu-1.1a", "dieu-1.2"]),
        (("1. Gồm:", "a) Một;", "a1) Chèn;", "b) Hai."), ["1", "1.a", "1.a1", "1.b"]),
        (("1. Gồm:", "a) Một;", "b) Hai;", "d) Bốn;", "đ) Năm."), ["1", "1.a", "1.b", "1.d", "1.dd"]),
        (
            ("1. Việc", "a) Gồm:", "1) Một;", "2) Hai.", "b) Gồm:", "1) Một.", "2. Hai."),
            ["1", "1.a", "1.a.1", "1.a.2", "1.b", "1.b.1", "2"],
        ),
        (("1. Việc", "1) Gồm:", "a) Một;", "b) Hai.", "2) Ba."), ["1", "1.1", "1.1.a", "1.1.b", "1.2"]),
        (
            ("1. Hồ sơ", "- Gồm:", "(1) Đơn;", "(2) Bản sao.", "- Phí: không.", "2. Hai."),
            ["1", "1.-1", "1.-1.1", "1.-1.2", "1.-2", "2"],
        ),
        (("I. Một", "- Gồm:", "a) Đơn;", "b) Bản sao.", "- Phí."), ["i", "i.-1", "i.-1.a", "i.-1.b", "i.-2"]),
        (
            ("1. Việc", "* Kinh tế:", "- Một;", "+ Hai.", "* Xã hội:", "- Ba."),
            ["1", "1.*1", "1.*1.-1", "1.*1.-1.+1", "1.*2", "1.*2.-1"],
        ),
        (("1. Việc", "- Một.", "* Lưu ý:", "- Hai."), ["1", "1.-1", "1.*1", "1.*1.-1"]),
        (("1. Việc", "- Gồm:", "* Một;", "* Hai.", "- Ba."), ["1", "1.-1", "1.-1.*1", "1.-1.*2", "1.-2"]),
        (("1. Việc", "– Gồm:", "• Một;", "• Hai.", "- Ba."), ["1", "1.-1", "1.-1.-1", "1.-1.-2", "1.-2"]),
        (("Sau đây:", "* Kinh tế:", "- Một.", "* Xã hội:"), ["mo-dau-1", "*1", "*1.-1", "*2"]),
        (("1. Gồm:", "i) Một;", "ii) Hai;", "iii) Ba."), ["1", "1.i", "1.ii", "1.iii"]),
        (
            ("1. Gồm:", *(f"{letter}) Một;" for letter in "abcdđeghik")),
            ["1", *(f"1.{each}" for each in ["a", "b", "c", "d", "dd", "e", "g", "h", "i", "k"])],
        ),
        (("1. Gồm:", "a) Một:", "(i) Hai;", "(ii) Ba.", "b) Bốn."), ["1", "1.a", "1.a.i", "1.a.ii", "1.b"]),
        (("I/ MỘT", "1/ Hai", "a/ Ba;", "II- BỐN", "1- Năm", "a- Sáu."), ["i", "i.1", "i.1.a", "ii", "ii.1", "ii.1.a"]),
        (
            ("Điều 1. Một", "Khoản 1. Hai.", "Điểm a) Ba;", "Khoản 2. Bốn."),
            ["dieu-1", "dieu-1.1", "dieu-1.1.a", "dieu-1.2"],
        ),
        (
            (
                "I. Việc",
                "Kinh tế",
                "1. Một.",
                "2. Hai.",
                "Xã hội",
                "1. Ba.",
                "2. Bốn.",
                "An ninh",
                "1. Năm.",
                "II. Hết",
            ),
            ["i", "i.p1", "i.1", "i.2", "i.p2", "i.p2.1", "i.p2.2", "i.p3", "i.p3.1", "ii"],
        ),
        (("I. Việc", "1. Một.", "2. Hai.", "II. Việc", "1. Ba."), ["i", "i.1", "i.2", "ii", "ii.1"]),
    ],
)
def test_labels_are_nested_as_offices_nest_them(texts: tuple[str, ...], anchors: list[str]) -> None:
    assert _anchors(*texts) == anchors


@pytest.mark.parametrize(
    "line",
    [
        "30/2020/NĐ-CP ngày 05 tháng 3 năm 2020.",
        "15.5.2020 là ngày bắt đầu.",
        "31.12 hằng năm báo cáo.",
        "1.000.000 đồng cho mỗi hộ.",
        "2.3 km đường.",
        "(2020) và các năm sau.",
        "Khoản 1 Điều 5 được áp dụng.",
        "Điểm a) khoản 2 được áp dụng.",
        "1,8 ngày trở lên.",
    ],
)
def test_what_only_looks_like_a_label_at_the_head_of_a_line_opens_nothing(line: str) -> None:
    assert _anchors("1. Sở Y tế báo cáo.", line, "2. Sở Nội vụ.") == ["1", "2"]


@pytest.mark.parametrize("title", ["QUY ĐỊNH CHUNG", "Quy định chung"])
@pytest.mark.parametrize("label", ["Phần thứ nhất", "Chương I", "Mục 1", "Tiểu mục 1", "Chương I –", "Chương I:"])
def test_a_title_stands_on_the_next_line_in_capitals_or_not(label: str, title: str) -> None:
    lines = [f"{label} {title}"] if label[-1] in "–:" else [label, title]
    [heading, _] = told(outline(paragraphs(*lines, "Điều 1. Phạm vi.")))
    assert (heading[0], heading[2]) == ("heading", title)


@pytest.mark.parametrize("title", ["DANH MỤC", "Danh mục hồ sơ"])
def test_an_annex_begins_after_a_body_with_its_title_in_capitals_or_not(title: str) -> None:
    found = _anchors("Điều 1. Một.", "Phụ lục II", title, "1. Một.", "2. Hai.")
    assert found == ["dieu-1", "phu-luc-ii.trich-yeu-1", "phu-luc-ii.1", "phu-luc-ii.2"]


def test_the_name_of_an_annex_in_a_sentence_begins_none() -> None:
    text = "1. Danh mục hồ sơ được lập theo mẫu quy định tại khoản 2 Điều 5 và các mẫu tại\nPhụ lục I.\n2. Hai."
    assert [node.anchor for node in outline(wrapped(text)).nodes] == ["1", "2"]


def test_a_table_of_contents_is_set_aside_with_dots_or_with_tabs() -> None:
    contents = ("MỤC LỤC", "Trang", "Chương I. MỘT ......... 1", "Điều 1. Phạm vi .. . . . . 2", "Điều 2. Hai\t13")
    drafted = outline(paragraphs("QUY CHẾ", "Làm việc", *contents, "Chương I", "MỘT", "Điều 1. Phạm vi", "Điều 2. Hai"))
    assert [node.anchor for node in drafted.nodes] == ["trich-yeu-1", "chuong-1", "dieu-1", "dieu-2"]
    assert [item.text for item in drafted.furniture] == list(contents)


def test_a_heading_of_contents_without_entries_is_text() -> None:
    assert _anchors(*["Mục lục"] * 400, "1. Một.") == [*(f"mo-dau-{number}" for number in range(1, 401)), "1"]


def test_places_to_fill_in_are_no_table_of_contents() -> None:
    drafted = outline(paragraphs("1. Họ và tên: .........", "2. Năm sinh: ......... 19", "3. Nơi ở: ........."))
    assert [node.anchor for node in drafted.nodes] == ["1", "2", "3"]


def test_rows_printed_with_blanks_stay_rows_and_their_numbers_are_no_labels() -> None:
    text = """1. Lịch kiểm tra:

TT    Đơn vị          Thời gian
1.    Sở Y tế         Tháng 3
2.    Sở Nội vụ       Tháng 4

2. Thành phần.
"""
    assert told(outline(wrapped(text))) == [
        ("heading", "1", "Lịch kiểm tra:"),
        (
            "plain",
            "1.p1",
            "TT    Đơn vị          Thời gian\n1.    Sở Y tế         Tháng 3\n2.    Sở Nội vụ       Tháng 4",
        ),
        ("numbered", "2", "Thành phần."),
    ]


def test_a_dash_in_a_name_that_was_wrapped_is_no_item() -> None:
    text = """1. Sở Nội vụ chủ trì, phối hợp với Sở Tài chính, Sở Giáo dục và Đào tạo, Sở Lao động
- Thương binh và Xã hội rà soát đối tượng.
- Lập danh sách.
"""
    assert [node.anchor for node in outline(wrapped(text)).nodes] == ["1", "1.-1"]


def test_an_unclosed_quotation_and_a_stray_mark_much_later_swallow_nothing() -> None:
    assert _anchors(
        "Điều 1. Sửa đổi Nghị định số 01",
        "1. Sửa đổi khoản 1 Điều 4 như sau:",
        "“1. Cơ quan trả lời trong 10 ngày.",
        "2. Sửa đổi khoản 2 Điều 5 như sau:",
        "“2. Hồ sơ gồm:",
        "3. Bản sao.”.",
        "Điều 2. Tổ chức thực hiện",
        "1. Bộ Y tế hướng dẫn.",
        "2. Thay cụm từ hồ sơ”.",
    ) == ["dieu-1", "dieu-1.1", "dieu-1.2", "dieu-2", "dieu-2.1", "dieu-2.2"]


def test_an_unclosed_quotation_in_the_last_clause_of_an_article_ends_at_the_next_article() -> None:
    assert _anchors(
        "Điều 1. Sửa đổi Nghị định số 01",
        "1. Sửa đổi Điều 14 như sau:",
        "“Điều 14. Thời hạn",
        "Mười ngày.",
        "Điều 2. Hiệu lực”",
    ) == ["dieu-1", "dieu-1.1", "dieu-2"]


def test_quotations_inside_a_quotation_end_with_the_outer_one() -> None:
    assert _anchors(
        "Điều 1. Sửa đổi Nghị định số 01",
        "1. Sửa đổi Điều 10 như sau:",
        "“Điều 10. Sửa đổi quy định khác",
        "1. Sửa đổi khoản 1 như sau:",
        "“1. Một.",
        "2. Hai.”.",
        "2. Bãi bỏ Điều 9.”.",
        "2. Bãi bỏ Điều 11.",
    ) == ["dieu-1", "dieu-1.1", "dieu-1.2"]


def test_a_signer_named_in_the_body_ends_no_body() -> None:
    assert _anchors(
        "Điều 1. Cách ký",
        "1. Thay mặt thì ghi:",
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
        "2. Thừa lệnh thì ghi:",
        "TL. CHỦ TỊCH",
        "Điều 2. Hết.",
        "Nơi nhận",
        "Như Điều 2;",
        "Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
    ) == ["dieu-1", "dieu-1.1", "dieu-1.1.p1", "dieu-1.1.p2", "dieu-1.2", "dieu-1.2.p1", "dieu-2", "noi-nhan-1", "ky-1"]


def test_an_office_may_be_the_title_of_a_chapter() -> None:
    assert _anchors("Chương I", "GIÁM ĐỐC", "Điều 1. Một.", "Chương II", "TM. HỘI ĐỒNG") == [
        "chuong-1",
        "dieu-1",
        "chuong-2",
    ]


def test_a_form_in_an_annex_has_its_signature_and_the_next_form_begins() -> None:
    found = told(
        outline(
            paragraphs(
                "Điều 1. Một.",
                "BỘ TRƯỞNG",
                "PHỤ LỤC",
                "(Kèm theo Thông tư)",
                "Mẫu số 01",
                "ĐƠN ĐỀ NGHỊ",
                "1. Họ và tên: ……",
                "…, ngày … tháng … năm …",
                "NGƯỜI LÀM ĐƠN",
                "(Ký, ghi rõ họ tên)",
                "Mẫu số 02",
                "GIẤY XÁC NHẬN",
                "1. Xác nhận.",
            )
        )
    )
    assert found[2:] == [
        ("subject", "phu-luc.trich-yeu-1", "PHỤ LỤC\n(Kèm theo Thông tư)"),
        ("subject", "mau-so-01.trich-yeu-1", "Mẫu số 01\nĐƠN ĐỀ NGHỊ"),
        ("numbered", "mau-so-01.1", "Họ và tên: ……"),
        ("signature", "mau-so-01.ky-1", "…, ngày … tháng … năm …\nNGƯỜI LÀM ĐƠN\n(Ký, ghi rõ họ tên)"),
        ("subject", "mau-so-02.trich-yeu-1", "Mẫu số 02\nGIẤY XÁC NHẬN"),
        ("numbered", "mau-so-02.1", "Xác nhận."),
    ]


def test_a_body_may_go_on_after_what_seemed_a_signature() -> None:
    assert _anchors("Điều 1. Một", "1. Một.", "CHỦ TỊCH", "(Ký tên)", "2. Hai.") == [
        "dieu-1",
        "dieu-1.1",
        "ky-1",
        "dieu-1.2",
    ]


def test_a_plan_with_all_levels_of_a_report() -> None:
    assert _anchors(
        "A. TÌNH HÌNH", "I. Thuận lợi", "1. Tổ chức", "1.1. Tỉnh", "1.1.1. Kiện toàn.", "a. Quy chế.", "+ Ngày;",
        "* Đêm có bão.", "B. NHIỆM VỤ", "I. Trước", "I.1. Rà soát.", "I.2. Gồm:", "(1) Rọ;", "(2) Bao.",
    ) == [
        "a", "a.i", "a.i.1", "a.i.1.1", "a.i.1.1.1", "a.i.1.1.1.a", "a.i.1.1.1.a.+1", "a.i.1.1.1.a.+1.*1", "b", "b.i",
        "b.i.1", "b.i.2", "b.i.2.1", "b.i.2.2",
    ]  # fmt: skip


def test_a_line_break_in_the_middle_of_a_sentence_parts_nothing() -> None:
    lines = (
        Line("1. Thời gian lưu trú đạt", LineKind.PARAGRAPH, "doc", 0),
        Line("1,8 ngày trở lên.", LineKind.BROKEN, "doc", 0, start=24),
        Line("2. Hai.", LineKind.PARAGRAPH, "doc", 1),
    )
    assert told(outline(SourceText("draft", lines)))[0] == ("numbered", "1", "Thời gian lưu trú đạt 1,8 ngày trở lên.")


def test_what_stands_beside_every_page_number_is_a_running_head() -> None:
    pages = [f"{page}. Việc thứ {page} được giao cho Sở Y tế.\n\nDự thảo trình ký\n{page + 1}\n" for page in (1, 2, 3)]
    drafted = outline(wrapped("\n".join(pages)))
    assert [node.anchor for node in drafted.nodes] == ["1", "2", "3"]
    heads = [("Dự thảo trình ký", str(page)) for page in (2, 3, 4)]
    assert [item.text for item in drafted.furniture] == [text for head in heads for text in head]
