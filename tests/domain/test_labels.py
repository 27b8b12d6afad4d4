"""What is a label, and which may follow which."""

import pytest

from consult.domain.label_order import follows
from consult.domain.labels import Label, Level, find_label


@pytest.mark.parametrize(
    ("line", "level", "path", "printed", "rest", "slug"),
    [
        ("Phần thứ nhất", Level.PART, (1,), "Phần thứ nhất", "", "phan-1"),
        ("PHẦN II", Level.PART, (2,), "PHẦN II", "", "phan-2"),
        ("Chương II", Level.CHAPTER, (2,), "Chương II", "", "chuong-2"),
        ("CHƯƠNG IV. TỔ CHỨC", Level.CHAPTER, (4,), "CHƯƠNG IV.", "TỔ CHỨC", "chuong-4"),
        ("Mục 1. TIẾP NHẬN", Level.SECTION, (1,), "Mục 1.", "TIẾP NHẬN", "muc-1"),
        ("Tiểu mục 2", Level.SUBSECTION, (2,), "Tiểu mục 2", "", "tieu-muc-2"),
        ("Điều 5. Phạm vi", Level.ARTICLE, (5,), "Điều 5.", "Phạm vi", "dieu-5"),
        ("Điều 12", Level.ARTICLE, (12,), "Điều 12", "", "dieu-12"),
        ("Điều 5a. Chèn", Level.ARTICLE, (5, 1), "Điều 5a.", "Chèn", "dieu-5a"),
        ("Điều  7: Tên", Level.ARTICLE, (7,), "Điều 7:", "Tên", "dieu-7"),
        ("III. NHIỆM VỤ", Level.ROMAN, (3,), "III.", "NHIỆM VỤ", "iii"),
        ("1. Sở Y tế:", Level.NUMBER, (1,), "1.", "Sở Y tế:", "1"),
        ("1.Sở Y tế:", Level.NUMBER, (1,), "1.", "Sở Y tế:", "1"),
        ("2.3. Việc", Level.NUMBER, (2, 3), "2.3.", "Việc", "3"),
        ("2.3 Việc", Level.NUMBER, (2, 3), "2.3", "Việc", "3"),
        ("1.2.10. Việc", Level.NUMBER, (1, 2, 10), "1.2.10.", "Việc", "10"),
        ("a) Việc", Level.LETTER, (1,), "a)", "Việc", "a"),
        ("đ) Việc", Level.LETTER, (7,), "đ)", "Việc", "dd"),
        ("ơ) Việc", Level.LETTER, (21,), "ơ)", "Việc", "ow"),
        ("- Việc", Level.DASH, (), "-", "Việc", ""),
        ("– Việc", Level.DASH, (), "–", "Việc", ""),
        ("+ Việc", Level.PLUS, (), "+", "Việc", ""),
        ("* Việc", Level.STAR, (), "*", "Việc", ""),
        ("A. VIỆC", Level.CAPITAL, (1,), "A.", "VIỆC", "a"),
        ("Đ. VIỆC", Level.CAPITAL, (7,), "Đ.", "VIỆC", "dd"),
        ("C. VIỆC", Level.CAPITAL, (5,), "C.", "VIỆC", "c"),
        ("a. Việc", Level.LETTER, (1,), "a.", "Việc", "a"),
        ("1) Việc", Level.COUNTED, (1,), "1)", "Việc", "1"),
        ("(1) Việc", Level.BRACKETED, (1,), "(1)", "Việc", "1"),
        ("I.1. Việc", Level.NUMBER, (1, 1), "I.1.", "Việc", "1"),
        ("II.3.2 Việc", Level.NUMBER, (2, 3, 2), "II.3.2", "Việc", "2"),
    ],
)
def test_a_label_is_told_with_its_number(
    line: str, level: Level, path: tuple[int, ...], printed: str, rest: str, slug: str
) -> None:
    label = find_label(line)
    assert label == Label(level, path, printed, rest)
    if path:
        assert label.slug == slug


@pytest.mark.parametrize(
    "line",
    [
        "27/4/2020 để tổng hợp",
        "72/2013/NĐ-CP; Nghị định",
        "(2011-2020). Trong thời gian",
        "2018. Trong thời gian",
        "1.000.000 đồng",
        "5 năm thực hiện",
        "Điều 5 của Luật này",
        "Điều này quy định",
        "Mục 1 của Chương này",
        "Phần nơi nhận",
        "IIII. Sai số La Mã",
        "-20 độ",
        "---",
        "T.T Tỉnh ủy",
        "“Điều 5. Nguyên tắc",
        "",
    ],
)
def test_what_only_looks_like_a_label_is_none(line: str) -> None:
    assert find_label(line) is None


@pytest.mark.parametrize(
    ("before", "after", "allowed"),
    [
        (None, "1. X", True),
        (None, "2. X", False),
        ("1. X", "2. X", True),
        ("2. X", "2. X", True),
        ("3. X", "5. X", False),
        ("3. X", "2. X", False),
        ("1.1. X", "1.2. X", True),
        ("1.1. X", "1.3. X", False),
        (None, "Điều 5. X", True),
        ("Điều 5. X", "Điều 6. X", True),
        ("Điều 5. X", "Điều 5a. X", True),
        ("Điều 5a. X", "Điều 5b. X", True),
        ("Điều 5b. X", "Điều 6. X", True),
        ("Điều 5. X", "Điều 7. X", False),
        (None, "b) X", False),
        ("c) X", "d) X", True),
        ("d) X", "đ) X", True),
        ("d) X", "e) X", True),
        ("e) X", "g) X", True),
        ("đ) X", "d) X", False),
        ("- X", "- X", True),
    ],
)
def test_labels_come_in_order(before: str | None, after: str, allowed: bool) -> None:
    last = find_label(before) if before else None
    label = find_label(after)
    assert label is not None
    assert follows(label, last) is allowed
