"""Labels that Word computes, rule by rule, with the labels that Word prints written out."""

import pytest

from consult.documents.docx_reader import read_docx
from consult.domain.errors import UnreadableDraft
from consult.domain.outline import LineKind
from tests.documents.word_files import paragraph, word_file
from tests.documents.word_lists import abstract, item, level, numbered_list, override, points_at, style

_TREE = (level(0, "decimal", "%1."), level(1, "decimal", "%1.%2."), level(2, "lowerLetter", "%3)"))
_FIRST = abstract(1, *_TREE) + numbered_list(1, 1)
_BOX = "<w:txbxContent>{}</w:txbxContent>"


def _texts(body: str, numbering: str = _FIRST, **parts: str) -> list[str]:
    return [line.text for line in read_docx("d", word_file(body, numbering=numbering, **parts)).lines]


def _labels(body: str, numbering: str = _FIRST, **parts: str) -> list[str]:
    """Return what stands before the "x" of each paragraph."""
    return [text.removesuffix("x").rstrip() for text in _texts(body, numbering, **parts)]


def _items(number: int, *levels: int) -> str:
    return "".join(item(number, at) for at in levels)


def _one_level(number_format: str, text: str = "%1", more: str = "", start: int = 1) -> str:
    return abstract(1, level(0, number_format, text, more, start)) + numbered_list(1, 1)


def test_a_label_stands_before_the_words_and_is_not_counted_as_source() -> None:
    lines = read_docx("d", word_file(item(1, 0, "  Sở Y tế ") + item(1, 1, "Báo cáo."), numbering=_FIRST)).lines
    assert [(line.text, line.start, line.computed, line.span.end) for line in lines] == [
        ("1. Sở Y tế", 2, 3, 9),
        ("1.1. Báo cáo.", 0, 5, 8),
    ]


def test_levels_count_under_each_other() -> None:
    assert _labels(_items(1, 0, 1, 1, 2, 2, 0, 1, 2)) == ["1.", "1.1.", "1.2.", "a)", "b)", "2.", "2.1.", "a)"]


def test_typed_and_automatic_labels_mix() -> None:
    body = paragraph("Điều 1. Phạm vi") + item(1, 0) + paragraph("a) typed") + item(1, 0)
    assert _texts(body) == ["Điều 1. Phạm vi", "1. x", "a) typed", "2. x"]


def test_a_level_that_was_passed_over_counts_as_used_once() -> None:
    deep = abstract(1, *_TREE[:2], level(2, "decimal", "%1.%2.%3.")) + numbered_list(1, 1)
    assert _labels(_items(1, 1, 0, 1, 0), deep) == ["1.1.", "2.", "2.1.", "3."]
    assert _labels(_items(1, 0, 2, 1, 1, 2), deep) == ["1.", "1.1.1.", "1.2.", "1.3.", "1.3.1."]


def test_a_style_gives_the_list_and_the_linked_level() -> None:
    linked = abstract(1, level(0, "decimal", "Điều %1."), level(1, "decimal", "%2.", '<w:pStyle w:val="Khoan"/>'))
    styles = style("Dieu", points_at(1)) + style("Khoan", points_at(1)) + style("KhoanCon", "", "Khoan")
    body = "".join(paragraph("x", f'<w:pStyle w:val="{name}"/>') for name in ("Dieu", "Khoan", "KhoanCon", "Dieu"))
    assert _labels(body, linked + numbered_list(1, 1), styles=styles) == ["Điều 1.", "1.", "2.", "Điều 2."]


def test_a_style_may_state_its_level_and_inherit_its_list() -> None:
    styles = style("A", points_at(1, 0)) + style("B", points_at(None, 1), "A") + style("C", points_at(1, 2))
    body = "".join(paragraph("x", f'<w:pStyle w:val="{name}"/>') for name in ("A", "B", "C", "B"))
    assert _labels(body, styles=styles) == ["1.", "1.1.", "a)", "1.2."]


def test_the_default_style_and_the_paragraph_itself_have_their_say() -> None:
    default = style("Normal", points_at(1, 0)).replace("<w:style ", '<w:style w:default="1" ')
    body = paragraph("x") + paragraph("x", points_at(None, 1)) + paragraph("x", points_at(0)) + item(1, 1)
    assert _labels(body, styles=default) == ["1.", "1.1.", "", "1.2."]


def test_list_zero_means_none_in_a_style_too() -> None:
    styles = style("A", points_at(1, 0)) + style("B", points_at(0), "A")
    assert _labels(paragraph("x", '<w:pStyle w:val="B"/>') + item(1, 0), styles=styles) == ["", "1."]


def test_lists_on_one_abstract_list_share_a_counter_and_others_do_not() -> None:
    numbering = _FIRST + numbered_list(2, 1) + abstract(9, *_TREE) + numbered_list(3, 9)
    body = _items(1, 0, 0) + _items(2, 0) + _items(3, 0) + _items(1, 0)
    assert _labels(body, numbering) == ["1.", "2.", "3.", "1.", "4."]


def test_a_start_override_counts_once_for_each_list_and_level() -> None:
    numbering = _FIRST + numbered_list(2, 1, override(0, 1)) + numbered_list(3, 1, override(0, 7) + override(1, 5))
    body = _items(1, 0, 0) + _items(2, 0, 0) + _items(1, 0) + _items(2, 0) + _items(3, 0, 1, 1, 0, 1)
    assert _labels(body, numbering) == ["1.", "2.", "1.", "2.", "3.", "4.", "7.", "7.5.", "7.6.", "8.", "8.5."]


def test_a_level_replaced_in_a_list_prints_anew_and_counts_on() -> None:
    numbering = _FIRST + numbered_list(2, 1, override(0, None, level(0, "upperRoman", "(%1)")))
    assert _labels(_items(1, 0) + _items(2, 0) + _items(1, 0), numbering) == ["1.", "(II)", "3."]


@pytest.mark.parametrize(
    ("restart", "expected"),
    [
        ("", ["1.", "1.", "a)", "2.", "a)", "2.", "1.", "a)"]),
        ('<w:lvlRestart w:val="0"/>', ["1.", "1.", "a)", "2.", "b)", "2.", "1.", "c)"]),
        ('<w:lvlRestart w:val="1"/>', ["1.", "1.", "a)", "2.", "b)", "2.", "1.", "a)"]),
        ('<w:lvlRestart w:val="8"/>', ["1.", "1.", "a)", "2.", "a)", "2.", "1.", "a)"]),
    ],
)
def test_which_wider_level_begins_a_level_anew(restart: str, expected: list[str]) -> None:
    levels = (level(0, "decimal", "%1."), level(1, "decimal", "%2."), level(2, "lowerLetter", "%3)", restart))
    numbering = abstract(1, *levels) + numbered_list(1, 1)
    assert _labels(_items(1, 0, 1, 2, 1, 2, 0, 1, 2), numbering) == expected


def test_articles_count_through_the_chapters() -> None:
    levels = (
        level(0, "upperRoman", "Chương %1"),
        level(1, "decimal", "Điều %2.", '<w:lvlRestart w:val="0"/>'),
        level(2, "decimal", "%3."),
    )
    numbering = abstract(1, *levels) + numbered_list(1, 1)
    expected = ["Chương I", "Điều 1.", "1.", "Điều 2.", "1.", "Chương II", "Điều 3."]
    assert _labels(_items(1, 0, 1, 2, 1, 2, 0, 1), numbering) == expected


def test_legal_numbering_prints_wider_levels_in_figures() -> None:
    levels = (
        level(0, "upperRoman", "%1."),
        level(1, "decimal", "%1.%2.", "<w:isLgl/>"),
        level(2, "decimalZero", "%1.%3.", "<w:isLgl/>"),
        level(3, "decimal", "%1.%4.", '<w:isLgl w:val="0"/>'),
    )
    numbering = abstract(1, *levels) + numbered_list(1, 1)
    assert _labels(_items(1, 0, 0, 1, 2, 3), numbering) == ["I.", "II.", "2.1.", "2.01.", "II.1."]


@pytest.mark.parametrize(
    ("number_format", "start", "expected"),
    [
        ("decimal", 9, ["9", "10"]),
        ("upperRoman", 3, ["III", "IV"]),
        ("lowerRoman", 1999, ["mcmxcix", "mm"]),
        ("upperLetter", 26, ["Z", "AA"]),
        ("lowerLetter", 26, ["z", "aa", "bb"]),
        ("lowerLetter", 52, ["zz", "aaa"]),
        ("lowerLetter", 780, ["z" * 30, "a"]),
        ("decimalZero", 9, ["09", "10"]),
        ("vietnameseCounting", 1, ["một", "hai"]),
        ("vietnameseCounting", 14, ["mười bốn", "mười lăm"]),
        ("vietnameseCounting", 20, ["hai mươi", "hai mươi mốt"]),
        ("vietnameseCounting", 10, ["mười", "mười một"]),
        ("none", 1, ["", ""]),
        ("russianLower", 1, ["1", "2"]),
        ("upperRoman", 3999, ["MMMCMXCIX", "4000"]),
        ("upperRoman", 0, ["0", "I"]),
        ("lowerLetter", 0, ["0", "a"]),
        ("vietnameseCounting", 99, ["chín mươi chín", "100"]),
    ],
)
def test_numbers_are_written_as_word_writes_them(number_format: str, start: int, expected: list[str]) -> None:
    body = item(1, 0) * len(expected)
    assert _labels(body, _one_level(number_format, "%1", start=start)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("-", "- x"), ("–", "– x"), ("+", "+ x"), ("•", "• x"), ("\uf0b7", "- x"), ("o", "- x"), ("§", "- x"), ("", "x")],
)
def test_bullets_are_dashes_unless_they_are_marks_that_are_typed(text: str, expected: str) -> None:
    assert _texts(item(1, 0), _one_level("bullet", text)) == [expected]


def test_a_number_of_a_bullet_or_of_a_narrower_level_is_empty() -> None:
    levels = (level(0, "decimal", "%1.%2"), level(1, "bullet", "-"), level(2, "decimal", "%1.%2%3."))
    assert _labels(_items(1, 0, 1, 2), abstract(1, *levels) + numbered_list(1, 1)) == ["1.", "-", "1.1."]


@pytest.mark.parametrize(
    ("text", "suffix", "words", "expected"),
    [
        ("%1.", "tab", "x", "1. x"),
        ("%1.", "space", "x", "1. x"),
        ("%1.", "nothing", "x", "1.x"),
        ("%1.", "nothing", " x", "1. x"),
        ("%1. ", "nothing", "x", "1. x"),
        ("%1. ", "tab", "x", "1. x"),
    ],
)
def test_what_stands_between_label_and_words(text: str, suffix: str, words: str, expected: str) -> None:
    assert _texts(item(1, 0, words), _one_level("decimal", text, f'<w:suff w:val="{suffix}"/>')) == [expected]


def test_a_numbering_style_lends_its_levels_to_a_list_of_its_own() -> None:
    numbering = (
        abstract(1, '<w:styleLink w:val="Muc"/>', *_TREE)
        + abstract(2, '<w:numStyleLink w:val="Muc"/>')
        + numbered_list(1, 1)
        + numbered_list(2, 2)
    )
    body = _items(2, 0, 1) + _items(1, 0) + _items(2, 0)
    named = style("Muc", points_at(1), kind="numbering")
    assert _labels(body, numbering, styles=named) == ["1.", "1.1.", "1.", "2."]
    assert _labels(body, numbering) == ["1.", "1.1.", "1.", "2."]


def test_cells_and_content_controls_count_too() -> None:
    table = f"<w:tbl><w:tr><w:tc>{item(1, 0)}</w:tc><w:tc>{item(1, 0)}</w:tc></w:tr></w:tbl>"
    body = item(1, 0) + table + f"<w:sdt><w:sdtContent>{item(1, 0)}</w:sdtContent></w:sdt>" + item(1, 0)
    assert _labels(body) == ["1.", "2.", "3.", "4.", "5."]


def test_each_story_counts_on_its_own() -> None:
    box = f"<w:p><w:r><w:pict>{_BOX.format(_items(1, 0, 0))}</w:pict></w:r></w:p>"
    mark = '<w:p><w:r><w:footnoteReference w:id="{}"/></w:r></w:p>'
    notes = "".join(f'<w:footnote w:id="{number}">{item(1, 0)}</w:footnote>' for number in (1, 2))
    body = item(1, 0) + box + mark.format(1) + item(1, 0) + mark.format(2)
    parts = {"footnotes": notes, "header": item(1, 0), "footer": item(1, 0)}
    assert [text for text in _texts(body, **parts) if text] == [
        *("1. x", "1. x", "2. x", "1. x", "2. x", "2. x"),
        *("1. x", "2. x"),
    ]


def test_a_paragraph_deleted_with_its_mark_is_not_counted() -> None:
    gone = "<w:p><w:pPr>{}<w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>x</w:delText></w:r></w:del></w:p>"
    gone = gone.format(points_at(1, 0))
    kept = f"<w:p><w:pPr>{points_at(1, 0)}</w:pPr><w:ins><w:r><w:t>x</w:t></w:r></w:ins></w:p>"
    table = f"<w:tbl><w:tr><w:tc>{kept}</w:tc></w:tr></w:tbl>"
    assert _labels(kept + gone + kept + gone + table + gone) == ["1.", "2.", "3."]


def test_an_empty_paragraph_keeps_its_number_but_not_its_bullet() -> None:
    numbering = abstract(1, level(0, "upperRoman", "Chương %1"), level(1, "bullet", "-")) + numbered_list(1, 1)
    body = item(1, 0, "") + paragraph("QUY ĐỊNH CHUNG") + item(1, 1, " ")
    lines = read_docx("d", word_file(body, numbering=numbering)).lines
    assert [(line.text, line.computed) for line in lines] == [("Chương I", 8), ("QUY ĐỊNH CHUNG", 0), ("", 0)]


def test_a_label_goes_with_the_first_words_of_a_broken_paragraph() -> None:
    words = "<w:r><w:br/><w:t>QUY</w:t><w:br/><w:t>ĐỊNH</w:t></w:r>"
    lines = read_docx("d", word_file(f"<w:p><w:pPr>{points_at(1, 0)}</w:pPr>{words}</w:p>", numbering=_FIRST)).lines
    assert [(line.text, line.kind, line.start, line.computed) for line in lines] == [
        ("1. QUY", LineKind.PARAGRAPH, 1, 3),
        ("ĐỊNH", LineKind.BROKEN, 5, 0),
    ]


@pytest.mark.parametrize(
    "numbering",
    [
        "",
        numbered_list(1, 5),
        abstract(1) + numbered_list(1, 1),
        abstract(1, '<w:numStyleLink w:val="Muc"/>') + numbered_list(1, 1),
    ],
    ids=["no list", "no abstract list", "no levels", "a link in a circle"],
)
def test_a_list_that_is_not_defined_is_refused(numbering: str) -> None:
    styles = style("Muc", points_at(1), kind="numbering")
    with pytest.raises(UnreadableDraft, match=r"does not define \(list 1\)"):
        _texts(paragraph("y") + item(1, 0), numbering, styles=styles)


@pytest.mark.parametrize(
    "levels", [level(1, "decimal", "%2."), level(0, "decimal", "")], ids=["another level", "a level without text"]
)
def test_a_level_that_prints_nothing_has_no_label(levels: str) -> None:
    assert _texts(item(1, 0), abstract(1, levels) + numbered_list(1, 1)) == ["x"]


def test_a_style_that_is_based_on_itself_is_refused_where_a_paragraph_has_it() -> None:
    styles = style("A", "", "B") + style("B", "", "A")
    assert _texts(paragraph("x"), "", styles=styles) == ["x"]
    with pytest.raises(UnreadableDraft, match="the style “A” is based on itself"):
        _texts(paragraph("x", '<w:pStyle w:val="A"/>'), "", styles=styles)


def test_absurd_values_are_read_as_what_they_can_mean() -> None:
    absurd = _one_level("decimal", "%1.").replace('w:start w:val="1"', 'w:start w:val="99999999999"')
    assert _texts(paragraph("x", points_at(0)) + item(1, 0), absurd) == ["x", "0. x"]
