"""The word difference: nothing lost, and the passage that a reader of the synthesis needs."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain.redline import Change, Op, changed_passage, from_json, redline, to_json

KEEP, DELETE, INSERT = Op.KEEP, Op.DELETE, Op.INSERT
WORDS = st.lists(st.sampled_from(["Công", "an", "tỉnh", "mạng", ";", " ", "\n", "Internet", "dịch vụ", "𝒳", "a\u0301"]))
TEXTS = st.one_of(st.text(max_size=60), WORDS.map(" ".join), WORDS.map("".join))


def test_a_doubled_word_is_struck_out() -> None:
    assert redline("nguy cơ mất mất an toàn", "nguy cơ mất an toàn") in (
        (Change(KEEP, "nguy cơ mất "), Change(DELETE, "mất "), Change(KEEP, "an toàn")),
        (Change(KEEP, "nguy cơ mất"), Change(DELETE, " mất"), Change(KEEP, " an toàn")),
        (Change(KEEP, "nguy cơ "), Change(DELETE, "mất "), Change(KEEP, "mất an toàn")),
    )


def test_a_missing_word_is_put_in() -> None:
    changes = redline("sử dụng dịch Internet", "sử dụng dịch vụ Internet")
    assert [change.op for change in changes] == [KEEP, INSERT, KEEP]
    assert changes[1].text.strip() == "vụ"


def test_neighbouring_replaced_words_are_one_change() -> None:
    assert redline("phải đảm bảo an toàn", "phải giữ gìn an toàn") == (
        Change(KEEP, "phải "),
        Change(DELETE, "đảm bảo"),
        Change(INSERT, "giữ gìn"),
        Change(KEEP, " an toàn"),
    )


def test_equal_wordings_have_no_change() -> None:
    assert redline("Công an tỉnh", "Công an tỉnh") == (Change(KEEP, "Công an tỉnh"),)
    assert redline("", "") == ()
    assert changed_passage(redline("Công an tỉnh", "Công an tỉnh")) == ""


def test_a_passage_is_cut_out_with_some_words_around() -> None:
    old = "Chủ trì, phối hợp với các sở kiểm tra việc cung cấp, sử dụng dịch Internet trên địa bàn toàn tỉnh Gia Lai"
    new = old.replace("dịch Internet", "dịch vụ Internet")
    assert changed_passage(redline(old, new)) == "… cấp, sử dụng dịch vụ Internet trên địa bàn …"


def test_a_pure_deletion_shows_the_words_that_now_meet() -> None:
    old = "kịp thời phát hiện và ngăn chặn nguy cơ mất mất an toàn thông tin trên không gian mạng của tỉnh"
    new = old.replace("mất mất", "mất")
    passage = changed_passage(redline(old, new))
    assert "nguy cơ mất an toàn" in passage
    assert passage.startswith("… ")
    assert passage.endswith(" …")


def test_a_deletion_without_words_around_it_shows_the_words_beside_it() -> None:
    assert changed_passage(redline("một hai ba bốn năm:", "một hai ba bốn năm"), around=0) == "… năm"
    old = "một hai ba bốn X năm sáu bảy tám"
    assert changed_passage(redline(old, old.replace("X ", "")), around=0) == "… bốn năm …"


def test_passages_far_apart_are_joined_by_an_ellipsis() -> None:
    old = "một hai ba bốn năm sáu bảy tám chín mười mười-một mười-hai mười-ba mười-bốn mười-lăm"
    new = old.replace("một hai", "MỘT hai").replace("mười-lăm", "cuối")
    assert changed_passage(redline(old, new), around=2) == "MỘT hai ba … mười-ba mười-bốn cuối"


def test_one_or_two_words_are_not_worth_an_ellipsis() -> None:
    assert changed_passage(redline("a b c d e f g", "a b c X e f g"), around=1) == "a b c X e f g"
    assert changed_passage(redline("a b c d e f g", "a b c X e f g"), around=0) == "… X …"


def test_a_wholly_new_wording_is_shown_whole() -> None:
    assert changed_passage(redline("một hai", "Điều này được bỏ")) == "Điều này được bỏ"
    assert changed_passage(redline("", "Bổ sung một khoản mới")) == "Bổ sung một khoản mới"


def test_an_addition_at_the_end_keeps_the_words_before_it() -> None:
    assert changed_passage(redline("a b c d e f g", "a b c d e f g h i")) == "… d e f g h i"


def test_stored_form() -> None:
    assert to_json((Change(KEEP, "Công "), Change(DELETE, "an"))) == '[["=","Công "],["-","an"]]'


def test_thirty_thousand_characters_are_compared() -> None:
    old = " ".join(f"từ{i % 997}" for i in range(5000))
    changes = redline(old, old.replace("từ13 ", "chữ13 "))
    assert "".join(change.text for change in changes if change.op is not INSERT) == old


@pytest.mark.slow
@given(TEXTS, TEXTS)
def test_both_wordings_can_be_read_back(old: str, new: str) -> None:
    changes = redline(old, new)
    assert "".join(change.text for change in changes if change.op is not INSERT) == old
    assert "".join(change.text for change in changes if change.op is not DELETE) == new
    assert from_json(to_json(changes)) == changes


@given(TEXTS, TEXTS)
def test_pieces_alternate_and_none_is_empty(old: str, new: str) -> None:
    changes = redline(old, new)
    assert all(change.text for change in changes)
    assert all(one.op is not two.op for one, two in pairwise(changes))


@given(TEXTS, TEXTS, st.integers(0, 5))
def test_a_passage_holds_only_words_of_the_new_wording(old: str, new: str, around: int) -> None:
    passage = changed_passage(redline(old, new), around)
    assert (passage == "") == (old == new or not new.split())
    assert [word for word in passage.split() if word != "…" and word not in new.split()] == []
