"""Lines of printed pages: paragraphs, columns, tables and page furniture by their places, labels as printed."""

from consult.documents.intake import read_draft
from consult.documents.pdf_reader import read_pdf
from consult.domain.findings import Finding, Found
from consult.domain.outline import Cell, Line, LineKind, Origin, outline, to_json_list
from tests.documents.pdf_files import Picture, Print, Rule, pdf_file

_LEADING = 16
_FULL = "Chủ trì, phối hợp với các cơ quan, đơn vị liên quan tổ chức thực hiện"


def _column(*texts: str, left: float = 85, down: float = 200, step: float = _LEADING) -> list[Print | Rule | Picture]:
    return [Print(left, down + number * step, text) for number, text in enumerate(texts)]


def _lines(*pages: list[Print | Rule | Picture]) -> tuple[Line, ...]:
    return read_pdf("d", pdf_file(pages)).lines


def _told(*pages: list[Print | Rule | Picture]) -> list[str]:
    return [line.text for line in _lines(*pages)]


def test_a_line_runs_on_until_space_and_indentation_begin_a_paragraph() -> None:
    page = [
        Print(113, 200, f"1. {_FULL}"),
        Print(85, 216, "nhiệm vụ được giao."),
        Print(113, 238, "2. Sở Y tế."),
        Print(113, 254, "Báo cáo."),
    ]
    assert [(line.text, line.kind, line.start) for line in _lines(page)] == [
        (f"1. {_FULL}", LineKind.WRAPPED, 4),
        ("nhiệm vụ được giao.", LineKind.WRAPPED, 0),
        ("", LineKind.WRAPPED, 0),
        ("2. Sở Y tế.", LineKind.PARAGRAPH, 4),
        ("Báo cáo.", LineKind.WRAPPED, 4),
    ]


def test_addresses_count_the_lines_of_a_page() -> None:
    lines = _lines(_column(_FULL, _FULL), _column("2. Hai, dòng này đủ dài để không ai cho rằng trang là ảnh chụp."))
    assert [(line.part, line.paragraph) for line in lines] == [("page 1", 0), ("page 1", 1), ("page 2", 0)]


def test_room_for_a_number_is_kept_and_a_raised_sign_stays_in_its_line() -> None:
    raised = [Print(85, 200, f"{_FULL} 5m"), Print(85 + 6.5 * (len(_FULL) + 3), 196, "2", size=8)]
    page = [*raised, Print(85, 240, "Số:"), Print(145, 240, "/UBND")]
    assert _told(page) == [f"{_FULL} 5m2", "", f"Số:{' ' * 12}/UBND"]


def test_two_columns_are_read_one_after_the_other() -> None:
    left = _column("ỦY BAN NHÂN DÂN", "TỈNH LẠC GIANG", down=70)
    right = _column("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", left=300, down=70)
    assert [text for text in _told([*left, *right, *_column(_FULL)]) if text] == [
        "ỦY BAN NHÂN DÂN",
        "TỈNH LẠC GIANG",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        _FULL,
    ]


def test_one_wide_gap_alone_makes_no_column() -> None:
    page = [Print(85, 200, "1. Sở Y tế"), Print(300, 200, "chủ trì"), *_column(_FULL, down=216)]
    assert _told(page)[0].split() == ["1.", "Sở", "Y", "tế", "chủ", "trì"]


def test_a_ruled_table_stands_between_the_lines_with_its_cells() -> None:
    rules = [Rule((80, down, 500, down)) for down in (210, 240, 270)]
    rules += [Rule((left, 210, left, 270)) for left in (80, 290, 500)]
    words = [Print(90, 225, "TT"), Print(300, 225, "Nội dung"), Print(90, 255, "1"), Print(300, 255, "Tên kho")]
    lines = _lines([*_column(_FULL), *rules, *words, *_column("Sau bảng.", down=300)])
    assert [(line.text, line.cell) for line in lines if line.text] == [
        (_FULL, None),
        ("TT", Cell(0, 0, 0, bordered=True)),
        ("Nội dung", Cell(0, 0, 1, bordered=True)),
        ("1", Cell(0, 1, 0, bordered=True)),
        ("Tên kho", Cell(0, 1, 1, bordered=True)),
        ("Sau bảng.", None),
    ]


def test_a_frame_around_text_is_no_table() -> None:
    frame = [Rule((80, 180, 560, 180)), Rule((80, 220, 560, 220)), Rule((80, 180, 80, 220)), Rule((560, 180, 560, 220))]
    assert [line.cell for line in _lines([*frame, *_column(_FULL)])] == [None]


def test_what_stands_askew_and_what_every_page_repeats_is_of_the_page() -> None:
    pages = [
        [
            *_column(f"{number}", left=290, down=50),
            *_column(f"{number}. {_FULL}"),
            *_column("Cổng tỉnh Lạc Giang", down=800),
            Print(200, 500, "DỰ THẢO", size=60, turned="0.7 0.7 -0.7 0.7"),
        ]
        for number in (1, 2, 3)
    ]
    lines = _lines(*pages)
    assert [line.text for line in lines if line.kind is not LineKind.MARGIN and line.text] == [
        f"{number}. {_FULL}" for number in (1, 2, 3)
    ]
    assert {line.text for line in lines if line.kind is LineKind.MARGIN} == {
        *"123",
        "Cổng tỉnh Lạc Giang",
        "DỰ THẢO",
    }


def test_letters_struck_twice_are_read_once() -> None:
    twice = [*_column(_FULL), *_column(_FULL, left=85.3)]
    assert _told(twice) == [_FULL]


def test_pictures_are_counted_by_page() -> None:
    content = pdf_file([_column(_FULL), [*_column(_FULL), Picture(100, 400), Picture(100, 500)]])
    assert read_pdf("d", content).findings == (Finding(Found.PICTURE, "page 2", 0, 2),)


def test_the_door_reads_the_outline_and_says_where_it_comes_from() -> None:
    texts = ["1. Sở Thông tin và Truyền thông:", "a) Chủ trì kiểm tra, hướng dẫn các đơn vị;", "b) Báo cáo định kỳ."]
    source = read_draft("dự thảo.pdf", pdf_file([_column(*texts)]))
    assert source.origin is Origin.PDF
    assert [(row["anchor"], row["label"]) for row in to_json_list(outline(source))] == [
        ("1", "1."),
        ("1.a", "a)"),
        ("1.b", "b)"),
    ]
