"""Every page for what could not be done: in both languages, with something to do next, and with nothing of a fault."""

from datetime import datetime

import pytest
from flask_babel import force_locale
from sqlalchemy import text

from consult.domain import errors
from consult.store.database import Session
from consult.web import error_pages, reading
from consult.web.error_pages import ErrorPage
from consult.web.errors import REFUSALS, STATUSES
from tests.builders import SLUG
from tests.web import requests
from tests.web.cast import Cast, Client, Role
from tests.web.matrix import MATRIX
from tests.web.pages import Page

PAGES = {name: page for name, page in vars(error_pages).items() if isinstance(page, ErrorPage)}
FOR_THE_COMMAND_LINE = {
    errors.FolderRefused,
    errors.UnreadableDraft,
    errors.IncompleteSynthesis,
    errors.UnknownSchema,
    errors.NotSupported,
}
HELD_BY_THE_FORM = {
    errors.ScanRefused,
    errors.CannotConclude,
    errors.StaleVersion,
    errors.StanceMismatch,
    errors.ReasonMissing,
    errors.TextTooLong,
    errors.CannotMend,
    errors.AlreadyListed,
    errors.UnfitClose,
    errors.CannotAdjust,
    errors.PartTaken,
    errors.StillMissing,
    errors.UnreadableSheet,
    errors.UnfitEntry,
    errors.LastAdministrator,
    errors.CannotCorrect,
    errors.TemplateRefused,
    errors.WordsRefused,
}


@pytest.mark.parametrize("name", PAGES)
def test_each_page_says_what_to_do_next_in_both_languages(cast: Cast, name: str) -> None:
    page, said = PAGES[name], {}
    for language in ("vi", "en"):
        with cast.app.test_request_context(), force_locale(language):
            said[language] = [str(page.title), str(page.what), *map(str, page.next_steps)]

    assert len(said["vi"]) > 2
    for vietnamese, english in zip(said["vi"], said["en"], strict=True):
        assert vietnamese != english
        assert english.isascii()
        assert not vietnamese.isascii()


def test_every_refusal_has_its_page() -> None:
    kinds = {
        kind
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, errors.Refusal) and kind is not errors.Refusal
    }

    assert kinds - FOR_THE_COMMAND_LINE - HELD_BY_THE_FORM == set(REFUSALS)


def test_nobody_is_told_that_something_exists() -> None:
    for refusal in (errors.NotFound, errors.NoAccess, errors.LinkRefused, errors.NotPublished, errors.NotInvited):
        assert REFUSALS[refusal].status == 404
    assert STATUSES[405].status == 404


@pytest.mark.parametrize(
    ("refusal", "status"),
    [
        (errors.RoundClosed, 410),
        (errors.RoundNotOpen, 403),
        (errors.Throttled, 429),
        (errors.BusyStore, 503),
        (errors.TextTooLong, 400),
        (errors.NotFound, 404),
    ],
)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_refusal_is_shown_in_the_readers_language(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, refusal: type[errors.Refusal], status: int, language: str
) -> None:
    def refuse(*_: object) -> None:
        raise refusal("the English words of the command line")

    monkeypatch.setattr(reading, "public_cards", refuse)
    client = Client(cast.app)
    client.get(f"/ngon-ngu/{language}")
    answer = client.get("/")

    assert answer.status_code == status
    assert f'<html lang="{language}">' in answer.text
    assert "the English words of the command line" not in answer.text
    assert [tag for tag, _ in Page(answer.text).tags].count("h1") == 1


def test_a_fault_tells_nothing_and_is_recorded_without_the_persons_words(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(reading, "public_cards", lambda *_: 1 / 0)
    answer = Client(cast.app).get("/?q=tu-khoa-rieng", headers={"Referer": "http://consult.example/moi/abc/bi-mat"})
    told = capsys.readouterr().err

    assert answer.status_code == 500
    assert "ZeroDivisionError" not in answer.text
    assert "ZeroDivisionError" in told
    assert "reading.index" in told
    assert "tu-khoa-rieng" not in told
    assert "bi-mat" not in told


def test_a_page_that_needs_a_link_says_how_to_come_by_one(cast: Cast) -> None:
    page = cast.client(Role.VISITOR).get(cast.page(Role.SILENT))

    assert page.status_code == 404
    assert "hộp thư công vụ" in page.text
    assert 'href="/"' in page.text


def test_a_fault_of_the_database_is_recorded_without_the_words_that_were_to_be_stored(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    private = " ".join(("những", "lời", "riêng"))  # put together here: a traceback shows the lines of this file

    def fail(session: Session, _now: datetime) -> None:
        session.execute(text("SELECT :words FROM nowhere"), {"words": private})

    monkeypatch.setattr(reading, "public_cards", fail)

    assert Client(cast.app).get("/").status_code == 500
    assert private not in capsys.readouterr().err


@pytest.mark.parametrize(
    "line",
    ["GET /ban-lam-viec/<slug>/du-thao of public", "POST /ban-lam-viec/<slug>/ket-qua of concluded"],
)
def test_what_was_published_or_concluded_before_leads_back_to_the_desk(cast: Cast, line: str) -> None:
    [found] = [each for each in MATRIX if str(each) == line]
    where = requests.address(cast, found)
    client = cast.client(Role.OFFICIAL)
    answer = client.get(where) if found.method == "GET" else client.post(where, requests.form(cast, found))

    assert answer.status_code == 409
    main = answer.text.split("<main", 1)[1].split("</main>", 1)[0]
    assert f'href="/ban-lam-viec/{SLUG}"' in main
