"""An answer while it is keyed in: kept whole, numbers of comments never used again, secret ones without content."""

from dataclasses import replace
from datetime import date

import pytest

from consult.domain.errors import StanceMismatch
from consult.domain.keyed import KeyedAnswer, KeyedComment, KeyedLetter, from_json, to_json
from consult.domain.terms import Channel, CommentKind, Stance

LETTER = KeyedLetter("45/CAT", date(2020, 4, 21), date(2020, 4, 22), Channel.EXCHANGE, Stance.DISAGREES, secret=False)
COMMENT = KeyedComment(
    0, 0, "a" * 32, 7, "2.2", "mục 2.2", CommentKind.FORM, "Sửa\nlỗi “gõ”.", "Chữ mới", "Vì sai", "[]", "chữ mới"
)


def test_what_is_kept_comes_back_the_same() -> None:
    answer = KeyedAnswer(LETTER).adding(COMMENT).adding(replace(COMMENT, key="b" * 32, clause_id=None, anchor=""))
    assert from_json(to_json(answer)) == answer
    undated = answer.with_letter(replace(LETTER, number="", day=None, secret=True))
    assert from_json(to_json(undated)) == undated


def test_a_number_is_never_used_again() -> None:
    answer = KeyedAnswer(LETTER).adding(COMMENT).without(1).adding(replace(COMMENT, key="b" * 32))
    assert [(each.number, each.key) for each in answer.comments] == [(2, "b" * 32)]
    assert answer.comment(1) is None


def test_the_same_comment_again_adds_nothing() -> None:
    answer = KeyedAnswer(LETTER).adding(COMMENT)
    assert answer.adding(replace(COMMENT, content="khác")) == answer


def test_changing_leaves_the_others() -> None:
    answer = KeyedAnswer(LETTER).adding(COMMENT).adding(replace(COMMENT, key="b" * 32))
    changed = answer.changing(replace(answer.comments[0], content="Mới", version=2))
    assert [each.content for each in changed.comments] == ["Mới", COMMENT.content]


@pytest.mark.parametrize("stance", list(Stance))
def test_a_secret_answer_has_any_stance_and_no_comment(stance: Stance) -> None:
    answer = KeyedAnswer(replace(LETTER, stance=stance, secret=True))
    answer.check()
    with pytest.raises(StanceMismatch):
        answer.adding(COMMENT).check()


def test_an_open_answer_needs_what_its_stance_says() -> None:
    with pytest.raises(StanceMismatch):
        KeyedAnswer(LETTER).check()
    KeyedAnswer(LETTER).adding(COMMENT).check()
    with pytest.raises(StanceMismatch):
        KeyedAnswer(replace(LETTER, stance=Stance.AGREES)).adding(COMMENT).check()
