"""Places cited as people cite them."""

from pathlib import Path

from consult.domain.citing import WHOLE, citations, titles_above, top_titles
from consult.domain.outline import outline
from tests.domain.drafts import paragraphs, wrapped

DRAFT = (Path(__file__).parent.parent / "data" / "gia-lai-2020" / "draft.txt").read_text(encoding="utf-8")


def test_places_of_the_sample() -> None:
    nodes = outline(wrapped(DRAFT)).nodes
    cited = citations(nodes)
    assert set(cited) == {node.anchor for node in nodes}
    expected = {
        "quoc-hieu-1": "tiêu đề, số và ký hiệu",
        "trich-yeu-1": "trích yếu",
        "kinh-gui-1": "phần Kính gửi",
        "mo-dau-2": "đoạn mở đầu thứ 2",
        "2": "mục 2 (Công an tỉnh)",
        "2.3": "mục 2.3 (Công an tỉnh)",
        "6.p1": "đoạn 1 mục 6 (Cục Quản lý thị trường Gia Lai)",
        "ket-thuc-1": "đoạn kết thúc",
        "noi-nhan-1": "phần Nơi nhận",
        "ky-1": "phần ký",
    }
    assert {anchor: cited[anchor] for anchor in expected} == expected


def test_places_of_a_normative_draft_and_its_attached_text() -> None:
    nodes = outline(
        paragraphs(
            "QUYẾT ĐỊNH",
            "Ban hành Quy chế",
            "Phần thứ nhất",
            "QUY ĐỊNH",
            "CHƯƠNG II",
            "TÊN",
            "Mục 1. TÊN",
            "Điều 5. Tên",
            "Đoạn.",
            "CHỦ TỊCH",
            "QUY CHẾ",
            "Làm việc",
            "Điều 1. Tên",
            "1. Một.",
        )
    ).nodes
    assert citations(nodes) == {
        "trich-yeu-1": "trích yếu",
        "phan-1": "Phần thứ nhất",
        "phan-1.chuong-2": "Chương II Phần thứ nhất",
        "phan-1.chuong-2.muc-1": "Mục 1 Chương II Phần thứ nhất",
        "dieu-5": "Điều 5",
        "dieu-5.p1": "đoạn 1 Điều 5",
        "ky-1": "phần ký",
        "quy-che.trich-yeu-1": "trích yếu Quy chế",
        "quy-che.dieu-1": "Điều 1 Quy chế",
        "quy-che.dieu-1.1": "khoản 1 Điều 1 Quy chế",
    }


def test_khoan_diem_and_dashes() -> None:
    nodes = outline(
        paragraphs("Điều 5. Tên", "1. Một.", "2. Như sau:", "a) Một;", "đ) Hai:", "- Ba;", "- Bốn;", "+ Năm.")
    ).nodes
    assert list(citations(nodes).values()) == [
        "Điều 5",
        "khoản 1 Điều 5",
        "khoản 2 Điều 5",
        "điểm a khoản 2 Điều 5",
        "điểm đ khoản 2 Điều 5",
        "gạch đầu dòng thứ 1 điểm đ khoản 2 Điều 5",
        "gạch đầu dòng thứ 2 điểm đ khoản 2 Điều 5",
        "dấu cộng thứ 1 gạch đầu dòng thứ 2 điểm đ khoản 2 Điều 5",
    ]


def test_an_administrative_draft_without_second_level_numbers() -> None:
    nodes = outline(
        paragraphs(
            "1. Sở Y tế thực hiện các việc sau:",
            "- Một;",
            "- Hai;",
            "- Ba.",
            "2. Công an tỉnh:",
            "a) Một;",
            "- Hai.",
            "Yêu cầu các đơn vị thực hiện.",
            "Trân trọng./.",
        )
    ).nodes
    assert list(citations(nodes).values()) == [
        "mục 1",
        "gạch đầu dòng thứ 1 mục 1",
        "gạch đầu dòng thứ 2 mục 1",
        "gạch đầu dòng thứ 3 mục 1",
        "mục 2 (Công an tỉnh)",
        "điểm a mục 2 (Công an tỉnh)",
        "gạch đầu dòng thứ 1 điểm a mục 2 (Công an tỉnh)",
        "đoạn kết thúc thứ 1",
        "đoạn kết thúc thứ 2",
    ]


def test_a_plan_is_cited_by_its_roman_parts() -> None:
    nodes = outline(paragraphs("I. MỤC ĐÍCH", "1. Một.", "II. NHIỆM VỤ", "1. Sở Y tế:", "1.1. Một.", "a) Hai.")).nodes
    assert list(citations(nodes).values()) == [
        "phần I (MỤC ĐÍCH)",
        "mục 1 phần I (MỤC ĐÍCH)",
        "phần II (NHIỆM VỤ)",
        "mục 1 phần II (Sở Y tế)",
        "mục 1.1 phần II (Sở Y tế)",
        "điểm a mục 1.1 phần II (Sở Y tế)",
    ]


def test_titles_are_given_for_comparing_with_names_of_agencies() -> None:
    nodes = outline(paragraphs("I. NHIỆM VỤ", "1. Sở Y tế :", "1.1. Một.", "Hai.")).nodes
    assert titles_above(nodes) == {
        "i": ("NHIỆM VỤ",),
        "i.1": ("Sở Y tế", "NHIỆM VỤ"),
        "i.1.1": ("Sở Y tế", "NHIỆM VỤ"),
    }
    assert top_titles(outline(wrapped(DRAFT)).nodes)["2.3"] == "Công an tỉnh"
    assert top_titles(outline(wrapped(DRAFT)).nodes)["mo-dau-1"] == ""


def test_the_whole_draft_has_a_name() -> None:
    assert WHOLE == "Ý kiến chung"
