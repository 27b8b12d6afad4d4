"""The outline of drafts: the sample, the grammar of labels, the traps of extracted text, and that nothing is lost."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.domain.outline import Cell, Line, LineKind, NodeKind, SourceText, Span, outline, to_json_list
from tests.domain.drafts import assert_nothing_lost, assert_tree_holds, paragraphs, told, wrapped

SAMPLE = Path(__file__).parent.parent / "data" / "gia-lai-2020"
DRAFT = (SAMPLE / "draft.txt").read_text(encoding="utf-8")
LETTER = (SAMPLE / "cover-letter.txt").read_text(encoding="utf-8")
EXPECTED = json.loads((SAMPLE / "outline.json").read_text(encoding="utf-8"))


def _body(source: SourceText) -> list[dict[str, str | None]]:
    drafted = outline(source)
    return [told for told, node in zip(to_json_list(drafted), drafted.nodes, strict=True) if not node.kind.in_frame]


def _with_pages(lines: list[str], every: int) -> str:
    """Break a page after every so many lines: a blank line, the mark, the page number, a blank line."""
    text: list[str] = []
    page = 2
    for number, line in enumerate(lines):
        text.append(line)
        if number > 65 and number % every == 0:
            page += 1
            text += ["", "Dự thảo ", "lần 1 ", "", f"{page} ", ""]
    return "\n".join(text)


def test_the_sample_gives_its_expected_clauses() -> None:
    assert _body(wrapped(DRAFT)) == EXPECTED


@pytest.mark.parametrize("every", [7, 11, 19, 30])
def test_pages_may_break_inside_a_sentence(every: int) -> None:
    assert _body(wrapped(_with_pages(DRAFT.split("\n"), every))) == EXPECTED


@pytest.mark.parametrize("between", ["\n", "\n\n", "\n \n\n"])
def test_blank_lines_everywhere_or_nowhere_say_nothing(between: str) -> None:
    printed = [line for line in DRAFT.split("\n") if line.strip()]
    assert _body(wrapped(between.join(printed))) == EXPECTED


def test_the_frame_of_the_sample_is_gathered_from_its_scrambled_head() -> None:
    frame = {node.kind: (node.anchor, node.text) for node in outline(wrapped(DRAFT)).nodes if node.kind.in_frame}
    assert frame == {
        NodeKind.MASTHEAD: (
            "quoc-hieu-1",
            "ỦY BAN NHÂN DÂN\nTỈNH GIA LAI\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
            "Số:         /UBND-KGVX\nGia Lai, ngày        tháng 4 năm 2020",
        ),
        NodeKind.SUBJECT: (
            "trich-yeu-1",
            "V/v tăng cường công tác quản lý, cung cấp, sử dụng dịch vụ Internet và thông tin trên mạng trên địa bàn"
            " tỉnh Gia Lai",
        ),
        NodeKind.RECIPIENTS: (
            "kinh-gui-1",
            "Kính gửi:\n- Công an tỉnh;\n- Tỉnh đoàn Gia Lai;\n- Sở Giáo dục và Đào tạo;\n- Sở Kế hoạch và Đầu Tư;\n"
            "- Sở Thông tin và Truyền thông;\n- Sở Lao động - Thương binh và Xã hội;\n"
            "- Cục Quản lý thị trường tỉnh Gia lai;\n- Ủy ban nhân dân các huyện, thị xã, thành phố;\n"
            "- Các doanh nghiệp cung cấp dịch vụ Internet trên địa bàn tỉnh.",
        ),
        NodeKind.DISTRIBUTION: (
            "noi-nhan-1",
            "Nơi nhận:\n- Như trên;\n- Bộ Thông tin và Truyền thông;\n- T.T Tỉnh ủy;\n- T.T HĐND tỉnh;\n"
            "- Chủ tịch, các PCT UBND tỉnh;\n- Ban Tuyên giáo Tỉnh ủy ;\n- CVP, các PVP UBND tỉnh;\n"
            "- Lưu: VT, NC, KGVX.",
        ),
        NodeKind.SIGNATURE: ("ky-1", "TM. ỦY BAN NHÂN DÂN TỈNH\nCHỦ TỊCH"),
    }


def test_page_furniture_is_set_aside_and_named() -> None:
    assert [item.text for item in outline(wrapped(DRAFT)).furniture] == ["Dự thảo", "lần 1", "2"]


def test_a_letter_with_a_blank_line_after_every_line() -> None:
    drafted = outline(wrapped(LETTER))
    assert [(node.anchor, node.text[:30]) for node in drafted.nodes] == [
        ("quoc-hieu-1", "Số:  532 /STTTT-BCVT\nCỘNG HOÀ "),
        ("trich-yeu-1", "V/v tham gia góp ý Dự thảo văn"),
        ("kinh-gui-1", "Kính gửi:\n- Công an tỉnh;\n- Sở"),
        ("mo-dau-1", "Nhằm tăng cường hơn nữa hiệu l"),
        ("mo-dau-2", "Sở Thông tin và Truyền thông đ"),
        ("ket-thuc-1", "* Thông tin liên hệ: Chuyên vi"),
        ("noi-nhan-1", "Nơi nhận:\n- Như trên;\n- UBND t"),
        ("ky-1", "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n(đã "),
    ]
    assert "trước ngày 27/4/2020 để tổng hợp" in drafted.nodes[4].text


def test_two_documents_in_one_file_keep_apart() -> None:
    anchors = [node.anchor for node in outline(wrapped(LETTER + DRAFT)).nodes]
    second = anchors.index("quoc-hieu-1~2")
    assert anchors[second - 1] == "ky-1"
    assert anchors[second : second + 5] == [
        "quoc-hieu-1~2",
        "trich-yeu-1~2",
        "kinh-gui-1~2",
        "mo-dau-1~2",
        "mo-dau-2~2",
    ]
    assert anchors[-2:] == ["noi-nhan-1~2", "ky-1~2"]


def test_the_levels_of_a_normative_draft() -> None:
    drafted = outline(
        paragraphs(
            "Chương I",
            "QUY ĐỊNH CHUNG",
            "Mục 1",
            "TIẾP NHẬN",
            "Điều 1. Phạm vi điều chỉnh",
            "Quy định này quy định về tiếp nhận.",
            "Điều 2. Nguyên tắc",
            "1. Người tiếp nhận có trách nhiệm sau đây:",
            "a) Một;",
            "d) Bốn;",
            "đ) Năm;",
            "e) Sáu:",
            "- Gạch một;",
            "+ Cộng một.",
            "2. Khoản hai.",
            "Chương II",
            "TỔ CHỨC THỰC HIỆN",
            "Điều 3. Văn phòng chịu trách nhiệm thi hành.",
        )
    )
    assert [(n.kind.value, n.anchor, n.label, n.parent, n.text) for n in drafted.nodes] == [
        ("heading", "chuong-1", "Chương I", None, "QUY ĐỊNH CHUNG"),
        ("heading", "chuong-1.muc-1", "Mục 1", "chuong-1", "TIẾP NHẬN"),
        ("heading", "dieu-1", "Điều 1.", "chuong-1.muc-1", "Phạm vi điều chỉnh"),
        ("plain", "dieu-1.p1", "", "dieu-1", "Quy định này quy định về tiếp nhận."),
        ("heading", "dieu-2", "Điều 2.", "chuong-1.muc-1", "Nguyên tắc"),
        ("numbered", "dieu-2.1", "1.", "dieu-2", "Người tiếp nhận có trách nhiệm sau đây:"),
        ("numbered", "dieu-2.1.a", "a)", "dieu-2.1", "Một;"),
        ("numbered", "dieu-2.1.d", "d)", "dieu-2.1", "Bốn;"),
        ("numbered", "dieu-2.1.dd", "đ)", "dieu-2.1", "Năm;"),
        ("heading", "dieu-2.1.e", "e)", "dieu-2.1", "Sáu:"),
        ("dash", "dieu-2.1.e.-1", "-", "dieu-2.1.e", "Gạch một;"),
        ("dash", "dieu-2.1.e.-1.+1", "+", "dieu-2.1.e.-1", "Cộng một."),
        ("numbered", "dieu-2.2", "2.", "dieu-2", "Khoản hai."),
        ("heading", "chuong-2", "Chương II", None, "TỔ CHỨC THỰC HIỆN"),
        ("numbered", "dieu-3", "Điều 3.", "chuong-2", "Văn phòng chịu trách nhiệm thi hành."),
    ]


def test_an_attached_text_begins_again_under_its_own_prefix() -> None:
    drafted = outline(
        paragraphs(
            "QUYẾT ĐỊNH",
            "Ban hành Quy chế làm việc",
            "Căn cứ Luật Tổ chức chính quyền địa phương;",
            "Điều 1. Ban hành kèm theo Quyết định này Quy chế làm việc.",
            "Nơi nhận:",
            "- Như Điều 1;",
            "TM. ỦY BAN NHÂN DÂN",
            "CHỦ TỊCH",
            "QUY CHẾ",
            "Làm việc của Ủy ban nhân dân",
            "(Ban hành kèm theo Quyết định số      /QĐ-UBND)",
            "Điều 1. Phạm vi",
            "1. Khoản một.",
        )
    )
    assert told(drafted) == [
        ("subject", "trich-yeu-1", "QUYẾT ĐỊNH\nBan hành Quy chế làm việc"),
        ("preamble", "mo-dau-1", "Căn cứ Luật Tổ chức chính quyền địa phương;"),
        ("numbered", "dieu-1", "Ban hành kèm theo Quyết định này Quy chế làm việc."),
        ("distribution", "noi-nhan-1", "Nơi nhận:\n- Như Điều 1;"),
        ("signature", "ky-1", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH"),
        (
            "subject",
            "quy-che.trich-yeu-1",
            "QUY CHẾ\nLàm việc của Ủy ban nhân dân\n(Ban hành kèm theo Quyết định số      /QĐ-UBND)",
        ),
        ("heading", "quy-che.dieu-1", "Phạm vi"),
        ("numbered", "quy-che.dieu-1.1", "Khoản một."),
    ]


def test_quoted_words_of_an_amending_act_stay_in_their_clause() -> None:
    drafted = outline(
        paragraphs(
            "Điều 1. Sửa đổi, bổ sung một số điều của Quy chế",
            "1. Sửa đổi, bổ sung Điều 5 như sau:",
            "“Điều 5. Nguyên tắc",
            "1. Nguyên tắc một.",
            "2. Nguyên tắc hai.”.",
            "2. Sửa đổi khoản 2 Điều 7 như sau:",
            '"2. Nội dung mới;',
            '3. Nội dung khác".',
            "3. Bãi bỏ Điều 9.",
            "Điều 2. Hiệu lực thi hành",
        )
    )
    assert told(drafted) == [
        ("heading", "dieu-1", "Sửa đổi, bổ sung một số điều của Quy chế"),
        (
            "numbered",
            "dieu-1.1",
            "Sửa đổi, bổ sung Điều 5 như sau:\n“Điều 5. Nguyên tắc\n1. Nguyên tắc một.\n2. Nguyên tắc hai.”.",
        ),
        ("numbered", "dieu-1.2", 'Sửa đổi khoản 2 Điều 7 như sau:\n"2. Nội dung mới;\n3. Nội dung khác".'),
        ("numbered", "dieu-1.3", "Bãi bỏ Điều 9."),
        ("heading", "dieu-2", "Hiệu lực thi hành"),
    ]


def test_a_quotation_that_is_never_closed_swallows_nothing() -> None:
    drafted = outline(paragraphs("1. Sở Y tế có trách nhiệm: “một", "2. Sở Nội vụ “hai” báo cáo.", "3. Công an tỉnh."))
    assert [node.anchor for node in drafted.nodes] == ["1", "2", "3"]


def test_a_straight_quotation_that_is_never_closed_ends_where_the_next_one_is_introduced() -> None:
    drafted = outline(
        paragraphs(
            "1. Sửa đổi Điều 5 như sau:",
            '"Điều 5. Một',
            "2. Sửa đổi Điều 6 như sau:",
            '"Điều 6. Gọi là "hồ sơ" gồm:',
            '1. Một."',
            "3. Bãi bỏ Điều 7.",
        )
    )
    assert [node.anchor for node in drafted.nodes] == ["1", "2", "3"]


def test_a_plan_counts_with_roman_and_arabic_numbers_letters_dashes_and_crosses() -> None:
    drafted = outline(
        paragraphs(
            "KẾ HOẠCH",
            "Chuyển đổi số năm 2026",
            "Thực hiện Nghị quyết của Tỉnh ủy, Ủy ban nhân dân tỉnh ban hành Kế hoạch:",
            "I. MỤC ĐÍCH",
            "1. Yêu cầu",
            "a) Kịp thời;",
            "- Một;",
            "- Hai;",
            "+ Ba.",
            "II. NHIỆM VỤ",
            "1. Sở Y tế",
            "1.1. Việc một.",
            "1.2. Việc hai.",
            "2. Sở Nội vụ báo cáo.",
            "2. Công an tỉnh báo cáo.",
        )
    )
    assert [node.anchor for node in drafted.nodes[2:]] == [
        "i",
        "i.1",
        "i.1.a",
        "i.1.a.-1",
        "i.1.a.-2",
        "i.1.a.-2.+1",
        "ii",
        "ii.1",
        "ii.1.1",
        "ii.1.2",
        "ii.2",
        "ii.2~2",
    ]


def test_a_number_out_of_order_is_text() -> None:
    drafted = outline(paragraphs("1. Một.", "2. Hai.", "3. Ba.", "5. Năm.", "4. Bốn.", "4.2. Bốn hai."))
    assert told(drafted) == [
        ("numbered", "1", "Một."),
        ("numbered", "2", "Hai."),
        ("numbered", "3", "Ba.\n5. Năm."),
        ("numbered", "4", "Bốn.\n4.2. Bốn hai."),
    ]


def test_wrapped_lines_that_look_like_labels_run_on() -> None:
    text = """Ủy ban nhân dân tỉnh yêu cầu các cơ quan, đơn vị thực hiện các nội dung sau:

1. Sở Y tế chủ trì, phối hợp với các cơ quan thực hiện Kế hoạch phát triển kinh tế
- xã hội, gửi báo cáo về Ủy ban nhân dân tỉnh trước ngày
27/4/2020 để tổng hợp theo quy định tại khoản 1 Điều 6 và khoản 3 Điều 7 khoản
2. Điều này được áp dụng theo Nghị định số
72/2013/NĐ-CP; trong giai đoạn 10 năm thực hiện Chiến lược phát triển kinh tế xã hội
(2011-2020). Trong thời gian này giữ ổn định.
2. Sở Nội vụ.
"""
    assert told(outline(wrapped(text)))[1:] == [
        (
            "numbered",
            "1",
            "Sở Y tế chủ trì, phối hợp với các cơ quan thực hiện Kế hoạch phát triển kinh tế - xã hội, gửi báo cáo về"
            " Ủy ban nhân dân tỉnh trước ngày 27/4/2020 để tổng hợp theo quy định tại khoản 1 Điều 6 và khoản 3 Điều 7"
            " khoản 2. Điều này được áp dụng theo Nghị định số 72/2013/NĐ-CP; trong giai đoạn 10 năm thực hiện Chiến"
            " lược phát triển kinh tế xã hội (2011-2020). Trong thời gian này giữ ổn định.",
        ),
        ("numbered", "2", "Sở Nội vụ."),
    ]


def test_bare_paragraphs_go_under_a_title_and_into_a_sentence() -> None:
    drafted = outline(
        paragraphs("1. Sở Y tế:", "Chủ trì.", "Phối hợp.", "2. Sở Nội vụ báo cáo.", "Gửi trước ngày 05.", "3. Hết.")
    )
    assert told(drafted) == [
        ("heading", "1", "Sở Y tế:"),
        ("plain", "1.p1", "Chủ trì."),
        ("plain", "1.p2", "Phối hợp."),
        ("numbered", "2", "Sở Nội vụ báo cáo.\nGửi trước ngày 05."),
        ("numbered", "3", "Hết."),
    ]


def test_a_line_break_inside_a_paragraph_may_begin_a_clause() -> None:
    lines = (
        Line("Chương I", LineKind.PARAGRAPH, "word/document.xml", 0),
        Line("QUY ĐỊNH CHUNG", LineKind.BROKEN, "word/document.xml", 0, start=9),
        Line("Điều 1. Ban hành Quy chế sau.", LineKind.PARAGRAPH, "word/document.xml", 1),
        Line("Áp dụng trong toàn tỉnh.", LineKind.BROKEN, "word/document.xml", 1, start=30),
    )
    assert told(outline(SourceText("draft.docx", lines))) == [
        ("heading", "chuong-1", "QUY ĐỊNH CHUNG"),
        ("numbered", "dieu-1", "Ban hành Quy chế sau.\nÁp dụng trong toàn tỉnh."),
    ]


def test_a_table_is_one_clause_and_a_layout_table_is_frame() -> None:
    def cell(text: str, paragraph: int, row: int, column: int, *, table: int = 1, bordered: bool = True) -> Line:
        return Line(text, LineKind.PARAGRAPH, "doc", paragraph, cell=Cell(table, row, column, bordered))

    lines = (
        cell("SỞ Y TẾ", 0, 0, 0, table=0, bordered=False),
        cell("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 1, 0, 1, table=0, bordered=False),
        cell("V/v báo cáo", 2, 1, 0, table=0, bordered=False),
        Line("1. Biểu mẫu", LineKind.PARAGRAPH, "doc", 3),
        cell("STT", 4, 0, 0),
        cell("Nội dung", 5, 0, 1),
        cell("1", 6, 1, 0),
        cell("Việc một", 7, 1, 1),
        cell("và hai", 8, 1, 1),
        cell("Ghi chú", 9, 2, 1),
        Line("2. Thời hạn", LineKind.PARAGRAPH, "doc", 10),
    )
    source = SourceText("draft.docx", lines)
    drafted = outline(source)
    assert told(drafted) == [
        ("masthead", "quoc-hieu-1", "SỞ Y TẾ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("subject", "trich-yeu-1", "V/v báo cáo"),
        ("heading", "1", "Biểu mẫu"),
        ("table", "1.bang-1", "STT\tNội dung\n1\tViệc một và hai\n\tGhi chú"),
        ("heading", "2", "Thời hạn"),
    ]
    assert_nothing_lost(source, drafted)


def test_a_footnote_stands_under_its_clause_which_goes_on() -> None:
    lines = (
        Line("1. Sở Y tế báo cáo.", LineKind.PARAGRAPH, "doc", 0),
        Line("Theo Nghị định số 01.", LineKind.NOTE, "notes", 0),
        Line("Gửi trước ngày 05.", LineKind.PARAGRAPH, "doc", 1),
    )
    assert told(outline(SourceText("draft.docx", lines))) == [
        ("numbered", "1", "Sở Y tế báo cáo.\nGửi trước ngày 05."),
        ("note", "1.ghi-chu-1", "Theo Nghị định số 01."),
    ]


def test_running_heads_are_furniture() -> None:
    lines = (
        Line("1. Một.", LineKind.PARAGRAPH, "doc", 0),
        Line("Dự thảo ngày 05", LineKind.MARGIN, "word/header1.xml", 0),
    )
    assert [item.text for item in outline(SourceText("draft.docx", lines)).furniture] == ["Dự thảo ngày 05"]


def test_an_empty_source_has_an_empty_outline() -> None:
    assert outline(SourceText("draft", ())) == outline(wrapped(""))
    assert outline(wrapped("")).nodes == ()


_PIECES = st.sampled_from(
    [line.strip() for line in (DRAFT + LETTER).split("\n")]
    + ["", "", "2", "3", "Dự thảo", "lần 2", "QUYẾT ĐỊNH", "QUY CHẾ", "PHỤ LỤC I", "(Kèm theo Quyết định số   /QĐ)"]
    + ["Phần I", "Chương I", "Chương II", "QUY ĐỊNH", "Mục 1", "Điều 1. Tên", "Điều 2.", "Điều 1. “Một", "hai”."]
    + ["I. A", "II. B", "1. a", "2. B:", "2. B.", "1.1. C", "1.1.1. D", "a) e", "đ) g;", "- h", "+ i", "-", "1.", "a)"]
    + ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Kính gửi: A;", "Nơi nhận:", "TM. A B", "----", "* x", '"2. y', 'z".']
)
_CHAOS = st.lists(_PIECES | st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=90), max_size=60)


@given(_CHAOS, st.sampled_from([LineKind.WRAPPED, LineKind.PARAGRAPH, LineKind.BROKEN]))
@settings(max_examples=300, deadline=None)
def test_nothing_is_lost_from_any_text(texts: list[str], kind: LineKind) -> None:
    lines = (Line(text.strip(), kind, "text", number) for number, text in enumerate(texts))
    source = SourceText("any", tuple(lines))
    drafted = outline(source)
    assert_nothing_lost(source, drafted)
    assert_tree_holds(drafted)


@given(
    st.lists(
        st.tuples(_PIECES, st.sampled_from(["", "1. ", "1.1. ", "Điều 1. ", "Chương I ", "a) ", "- "])), max_size=40
    )
)
@settings(max_examples=100, deadline=None)
def test_nothing_is_lost_where_labels_are_computed(paragraphs: list[tuple[str, str]]) -> None:
    lines = (
        Line(
            (label + words).rstrip(),
            LineKind.PARAGRAPH,
            "doc",
            number,
            computed=len(label if words else label.rstrip()),
        )
        for number, (words, label) in enumerate(paragraphs)
    )
    source = SourceText("any", tuple(lines))
    drafted = outline(source)
    assert_nothing_lost(source, drafted)
    assert_tree_holds(drafted)


def test_the_span_of_a_line_leaves_its_computed_label_out() -> None:
    line = Line("1.1. Sở Y tế", LineKind.PARAGRAPH, "doc", 3, start=2, computed=5)
    assert line.span == Span("doc", 3, 2, 9)
    assert Line("Chương I", LineKind.PARAGRAPH, "doc", 4, computed=8).span == Span("doc", 4, 0, 0)


@pytest.mark.slow
@given(st.permutations(DRAFT.split("\n")))
@settings(max_examples=40, deadline=None)
def test_nothing_is_lost_from_a_shuffled_draft(lines: list[str]) -> None:
    source = wrapped("\n".join(lines))
    drafted = outline(source)
    assert_nothing_lost(source, drafted)
    assert_tree_holds(drafted)


@pytest.mark.parametrize("text", [DRAFT, LETTER, LETTER + DRAFT, DRAFT + DRAFT])
def test_nothing_is_lost_from_the_samples(text: str) -> None:
    source = wrapped(text)
    drafted = outline(source)
    assert_nothing_lost(source, drafted)
    assert_tree_holds(drafted)
