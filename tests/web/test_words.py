"""The words of the closed lists and of moments, in both languages."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from enum import Enum

import pytest
from flask import Flask
from flask_babel import Babel, force_locale

from consult.domain import terms
from consult.domain.terms import CommentKind, Disposition, Stance
from consult.domain.window import Phase, closing_at, closing_before, start_of
from consult.web import words as pages
from tests.catalogue import PO

OPENS = start_of(date(2020, 4, 21))
MIDNIGHT = closing_before(OPENS, date(2020, 4, 27))
AFTERNOON = closing_at(OPENS, datetime(2020, 4, 27, 10, 0, tzinfo=UTC))


@contextmanager
def reading(language: str) -> Iterator[None]:
    app = Flask(__name__)
    Babel(app, default_locale="vi", default_translation_directories=str(PO.parents[2]))
    with app.test_request_context(), force_locale(language):
        yield


def closed_lists() -> list[type[Enum]]:
    return [
        Phase,
        *(
            kind
            for kind in vars(terms).values()
            if isinstance(kind, type) and issubclass(kind, Enum) and kind is not Enum
        ),
    ]


@pytest.mark.parametrize("member", [member for kind in closed_lists() for member in kind])
def test_every_member_has_words_in_both_languages(member: Enum) -> None:
    with reading("vi"):
        vietnamese = pages.words(member)
    with reading("en"):
        english = pages.words(member)

    assert vietnamese
    assert english.isascii() or "–" in english
    assert vietnamese != english


@pytest.mark.parametrize("member", [*Stance, *CommentKind, *Disposition])
def test_pages_say_what_the_documents_print(member: Enum) -> None:
    with reading("vi"):
        assert pages.words(member) == member.value


def test_the_deadline_in_vietnamese_is_that_of_the_letters() -> None:
    with reading("vi"):
        assert pages.printed_deadline(MIDNIGHT) == "đến hết Chủ nhật, 26/4/2020 (24 giờ 00)"
        assert pages.printed_deadline(AFTERNOON) == "trước 17 giờ 00, Thứ Hai, 27/4/2020"


def test_the_deadline_in_english_names_the_same_moment() -> None:
    with reading("en"):
        assert pages.printed_deadline(MIDNIGHT) == "to the end of Sunday, 26 April 2020 (24:00)"
        assert pages.printed_deadline(AFTERNOON) == "before 17:00 on Monday, 27 April 2020"


def test_moments_and_dates_follow_the_language() -> None:
    moment = datetime(2020, 4, 26, 10, 5, tzinfo=UTC)
    with reading("vi"):
        assert pages.printed_moment(moment) == "Chủ nhật, 26/4/2020, 17 giờ 05"
        assert pages.short_date(date(2020, 4, 27)) == "27/4/2020"
    with reading("en"):
        assert pages.printed_moment(moment) == "Sunday, 26 April 2020, 17:05"
        assert pages.short_date(date(2020, 4, 27)) == "27 April 2020"
