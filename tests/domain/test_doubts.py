"""Which places of a reading are doubtful, and that a person's word settles a doubt."""

import pytest

from consult.domain.doubts import Doubt, Doubtful, doubts
from consult.domain.edits import Edit, Relabel, Split, Trust
from consult.domain.mending import mended
from consult.domain.outline import SourceText, read
from consult.domain.outline_entries import At
from tests.domain.drafts import paragraphs, wrapped


def found(source: SourceText, *changes: Edit) -> list[Doubtful]:
    return list(doubts(mended(read(source), changes)))


def at(paragraph: int) -> At:
    return At("text", paragraph, 0)


@pytest.mark.parametrize(
    "texts",
    [
        ("Điều 1. Phạm vi", "1. Một câu.", "a) Việc;", "b) Việc;", "c) Việc;", "d) Việc;", "đ) Việc;", "e) Việc."),
        ("Điều 5. Trích", "1. Một.", "2. Hai.", "Điều 6. Sau", "1. Một.", "Điều 6a. Thêm", "Điều 7. Cuối"),
        ("1. Một:", "a) Việc;", "ă) Việc;", "â) Việc;", "b) Việc.", "2. Hai:", "a) Việc;", "d) Việc."),
        ("I. PHẦN ĐẦU", "1. Một", "1.1. Một một", "1.2. Một hai", "2. Hai", "2.1. Hai một", "II. PHẦN SAU", "1. Một"),
        ("- Gạch;", "- Gạch;", "+ Cộng."),
        ("Điều 1. Phạm vi", "1. Một.", "1a. Thêm.", "2. Gồm:", "a) Một;", "a1) Thêm;", "b) Hai."),
        ("1. Sửa đổi Điều 5 như sau:", "“Điều 5. Phạm vi", "1. Câu trong ngoặc.", "3. Câu khác.”."),
    ],
)
def test_drafts_in_order_raise_none(texts: tuple[str, ...]) -> None:
    doubtful = [each for each in found(paragraphs(*texts)) if each.label != "d)"]
    assert doubtful == []


def test_points_may_skip_no_letter_that_is_counted() -> None:
    source = paragraphs("1. Một:", "a) Việc;", "b) Việc;", "d) Việc.")
    assert found(source) == [Doubtful(at(3), "1.d", Doubt.GAP, "d)", "b)")]


def test_an_article_that_is_left_out_is_told_and_the_next_one_is_kept() -> None:
    source = paragraphs("Điều 1. Phạm vi", "Điều 3. Giải thích", "Điều 4. Cuối")
    assert found(source) == [Doubtful(at(1), "dieu-3", Doubt.GAP, "Điều 3.", "Điều 1.")]


def test_a_number_left_in_the_text_is_told_with_its_place() -> None:
    source = paragraphs("1. Mở đầu.", "3. Nội dung cuối.", "2. Tiếp.")
    assert found(source) == [Doubtful(at(0), "1", Doubt.OUT_OF_ORDER, "3.", offset=len("Mở đầu.\n"))]
    parted = found(source, Split(at(0), len("Mở đầu.\n")))
    assert [(each.anchor, each.doubt, each.label, each.before) for each in parted] == [("3", Doubt.GAP, "3.", "1.")]


def test_a_number_inside_a_wrapped_sentence_is_no_doubt_and_after_a_sentence_it_is() -> None:
    inside = wrapped("1. Thực hiện theo quy định tại khoản 1 và khoản\n4. Nội dung của Điều này là căn cứ.\n2. Khác.")
    assert found(inside) == []
    after = wrapped("1. Thực hiện theo quy định tại khoản 1 và khoản hai của Điều này.\n4. Nội dung khác.\n2. Khác.")
    assert [(each.doubt, each.label) for each in found(after)] == [(Doubt.OUT_OF_ORDER, "4.")]


def test_a_doubled_label_is_told_until_it_is_mended() -> None:
    source = paragraphs("Điều 1. Phạm vi", "Điều 2. Đối tượng", "Điều 2. Giải thích", "Điều 3. Cuối")
    assert found(source) == [Doubtful(at(2), "dieu-2~2", Doubt.DOUBLED, "Điều 2.")]
    after = [(each.doubt, each.label) for each in found(source, Relabel(at(2), "Điều 3."), Relabel(at(3), "Điều 4."))]
    assert after == []


def test_a_label_without_words_and_a_sentence_that_goes_on() -> None:
    source = paragraphs("Điều 1. Phạm vi", "1.", "Điều 2. Đối tượng", "Cơ quan, tổ chức", "và cá nhân.")
    told = [(each.anchor, each.doubt) for each in found(source)]
    assert told == [("dieu-1.1", Doubt.ALONE), ("dieu-2.p2", Doubt.UNFINISHED)]


def test_a_quotation_that_is_not_closed() -> None:
    source = paragraphs("1. Bỏ cụm từ “kịp thời tại điểm a.", "2. Thay cụm từ “a” bằng “b”.")
    assert found(source) == [Doubtful(at(0), "1", Doubt.OPEN_QUOTE)]


def test_who_has_looked_settles_it() -> None:
    source = paragraphs("Điều 1. Phạm vi", "Điều 2. Đối tượng", "Điều 2. Giải thích")
    assert found(source, Trust(at(2))) == []
