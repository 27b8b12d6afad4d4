"""The stance against the comments, the digests, the receipt's number."""

from datetime import UTC, datetime

import pytest

from consult.domain.answering import (
    SentWords,
    Words,
    answer_digest,
    check_length,
    check_stance,
    receipt_code,
)
from consult.domain.counting import Counts, Standing, count
from consult.domain.errors import StanceMismatch, TextTooLong
from consult.domain.terms import CommentKind, Stance

WORDS = Words(CommentKind.AMEND, "Đề nghị sửa.", "", "Lỗi chính tả.")


@pytest.mark.parametrize(
    ("stance", "comments", "fits"),
    [
        (Stance.AGREES, 0, True),
        (Stance.AGREES, 1, False),
        (Stance.NO_OPINION, 0, True),
        (Stance.NO_OPINION, 1, False),
        (Stance.AGREES_WITH_COMMENTS, 0, False),
        (Stance.AGREES_WITH_COMMENTS, 1, True),
        (Stance.DISAGREES, 0, False),
        (Stance.DISAGREES, 3, True),
    ],
)
def test_stances(stance: Stance, comments: int, fits: bool) -> None:
    if fits:
        check_stance(stance, comments)
    else:
        with pytest.raises(StanceMismatch):
            check_stance(stance, comments)


def test_twenty_thousand_characters_are_taken_and_no_more() -> None:
    check_length(Words(CommentKind.ADD, "ữ" * 20_000, "", ""))
    with pytest.raises(TextTooLong, match="20,001"):
        check_length(Words(CommentKind.ADD, "", "ữ" * 20_001, ""))


def test_a_digest_belongs_to_exactly_these_words() -> None:
    others = [
        Words(CommentKind.ADD, "Đề nghị sửa.", "", "Lỗi chính tả."),
        Words(CommentKind.AMEND, "Đề nghị sửa", "", "Lỗi chính tả."),
        Words(CommentKind.AMEND, "Đề nghị sửa.", "Lỗi chính tả.", ""),
    ]
    assert len({WORDS.digest(), *(other.digest() for other in others)}) == 4


def test_an_answer_s_digest_covers_code_moment_stance_places_and_order() -> None:
    at = datetime(2020, 4, 24, 8, 12, tzinfo=UTC)
    two = [SentWords("2.2", WORDS), SentWords("2.3", WORDS)]
    plain = answer_digest("ABC-1", at, Stance.DISAGREES, two)
    assert len(plain) == 64
    assert plain != answer_digest("ABC-2", at, Stance.DISAGREES, two)
    assert plain != answer_digest("ABC-1", at.replace(second=1), Stance.DISAGREES, two)
    assert plain != answer_digest("ABC-1", at, Stance.AGREES_WITH_COMMENTS, two)
    assert plain != answer_digest("ABC-1", at, Stance.DISAGREES, two[::-1])


def test_a_receipt_has_the_invitation_s_code_and_the_version() -> None:
    assert receipt_code("7qn52utucn", 2) == "7QN52UTUCN-2"


def test_the_identities() -> None:
    standings = [
        Standing(Stance.AGREES),
        Standing(Stance.AGREES, late=True),
        Standing(Stance.AGREES_WITH_COMMENTS),
        Standing(Stance.DISAGREES),
        Standing(Stance.NO_OPINION),
        Standing(None),
    ]
    counts = count(standings)
    assert counts == Counts(invited=6, agrees=2, comments=2, no_opinion=1, silent=1, late=1)
    assert counts.invited == counts.answered + counts.silent == 6
