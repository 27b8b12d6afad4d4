"""What a person typed is taken whole or comes back whole: too long, too late, twice, stale, odd characters."""

import unicodedata
from collections.abc import Mapping
from datetime import timedelta
from html.parser import HTMLParser
from io import BytesIO
from uuid import uuid4

import pytest
from sqlalchemy import text
from werkzeug.test import TestResponse

from consult.domain.terms import Stance
from consult.store.database import reading
from consult.store.queries.own_answer import OwnComment, submissions, working_copy
from tests.builders import CLOSES, SLUG
from tests.web import requests
from tests.web.cast import Cast, Client, Role

MICROSECOND = timedelta(microseconds=1)
JSON = {"Accept": "application/json"}


class Areas(HTMLParser):
    """The texts of the text areas of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._inside = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "textarea":
            self.texts.append("")
            self._inside = True

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.texts[-1] += data

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "textarea"


def given_back(answer: TestResponse) -> list[str]:
    """Return what stands in the text areas, without the line break that begins one in HTML."""
    return [found.removeprefix("\r\n").removeprefix("\n") for found in Areas(answer.text).texts]


def comments(cast: Cast, role: Role = Role.SILENT) -> tuple[OwnComment, ...]:
    with reading(cast.office.database) as session:
        return working_copy(session, cast.grant(role).invitation_id)


def write(cast: Cast, key: str = "", role: Role = Role.SILENT, **more: str) -> TestResponse:
    """Save a comment on the place 2.2."""
    where = f"{cast.page(role)}/y-kien/{key or uuid4().hex}?vi-tri=2.2"
    return cast.client(role).post(where, {**requests.comment("silent"), **more})


def send(cast: Cast, role: Role, key: str, **more: str) -> TestResponse:
    """Send the whole answer."""
    of = role.value
    form = {"stance": "AGREES", "key": key, "seen": requests.seen(cast, of), "letter_number": "", "letter_date": ""}
    return cast.client(role).post(f"{cast.page(role)}/gui", {**form, **more})


@pytest.mark.parametrize("field", ["content", "proposed_text", "reason"])
def test_a_text_of_20000_characters_is_taken_and_one_more_given_back(cast: Cast, field: str) -> None:
    words = "ữ" * 20_000
    assert write(cast, "", Role.SILENT, **{field: words}).status_code == 303
    assert getattr(comments(cast)[0], field) == words

    answer = write(cast, "", Role.SILENT, **{field: words + "x"})
    assert answer.status_code == 422
    assert words + "x" in given_back(answer)
    assert "20 000" in answer.text or "20.000" in answer.text
    assert len(comments(cast)) == 1


ODD = {
    "vertical tab": ("một\x0bhai", "một\nhai"),
    "control": ("một\x00\x07\x1b\x7fhai\x85ba", "mộthai\nba"),
    "line ends": ("một\r\nhai\rba\u2028bốn", "một\nhai\nba\nbốn"),
    "decomposed": (unicodedata.normalize("NFD", "Ủy ban nhân dân"), "Ủy ban nhân dân"),
    "markup": ("<script>alert('&amp;')</script>", "<script>alert('&amp;')</script>"),
    "noncharacter": ("a\ufffe\uffff\ufdd0agency\ufdd1b", "aagencyb"),
    "bidi": ("a\u202eb", "a\u202eb"),
    "emoji": ("Đồng ý 👍🏽", "Đồng ý 👍🏽"),
    "template": ("{{ config }} ${x} %s %(a)s", "{{ config }} ${x} %s %(a)s"),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_characters_are_cleaned_once_and_shown_again(cast: Cast, name: str) -> None:
    typed, kept = ODD[name]
    assert write(cast, content=typed).status_code == 303

    (comment,) = comments(cast)
    assert comment.content == kept
    page = cast.client(Role.SILENT).get(f"{cast.page(Role.SILENT)}/y-kien/{comment.key}")
    assert kept in given_back(page)


def test_bytes_that_are_no_text_are_a_bad_form_and_no_fault(cast: Cast) -> None:
    client = cast.client(Role.SILENT)
    token = client.token().encode()
    for words in (b"%ff%fe", b"%ed%a0%80", b"%00"):
        body = b"csrf_token=" + token + b"&kind=AMEND&version=0&content=" + words
        answer = client.ask(
            "POST",
            f"{cast.page(Role.SILENT)}/y-kien/{uuid4().hex}",
            data=body,
            content_type="application/x-www-form-urlencoded",
        )
        assert answer.status_code in (303, 422)
    for comment in comments(cast):
        assert comment.content.encode()


@pytest.mark.parametrize("version", ["", "-1", "1e9", "99999999999999999999", "٣", "1; DROP TABLE comment"])
def test_a_damaged_version_is_no_fault(cast: Cast, version: str) -> None:
    answer = write(cast, version=version, content="Giữ lời này.")

    assert answer.status_code in (303, 404, 422)
    assert answer.status_code == 303 or "Giữ lời này." in given_back(answer)


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_a_body_of_more_than_a_megabyte_is_refused_with_advice(cast: Cast, kind: str) -> None:
    client = cast.client(Role.SILENT)
    data = {"csrf_token": client.token(), **requests.comment("silent"), "content": "x" * (1024 * 1024 + 1)}
    answer = client.ask("POST", f"{cast.page(Role.SILENT)}/y-kien/{uuid4().hex}", data=data, content_type=kind)

    assert answer.status_code == 413
    assert "<h1>" in answer.text
    assert "1 MB" in answer.text
    assert comments(cast) == ()


def test_many_parts_and_a_file_are_refused_or_ignored(cast: Cast) -> None:
    client = cast.client(Role.SILENT)
    where = f"{cast.page(Role.SILENT)}/y-kien/{uuid4().hex}"
    many = {f"f{number}": "x" for number in range(2000)}
    data = {"csrf_token": client.token(), **many}

    assert client.ask("POST", where, data=data, content_type="multipart/form-data").status_code == 413


def test_an_empty_comment_is_given_back_with_a_message(cast: Cast) -> None:
    answer = write(cast, content=" \n ", reason="Lý do còn đây.")

    assert answer.status_code == 422
    assert "Lý do còn đây." in given_back(answer)
    assert 'class="error-summary"' in answer.text


def test_one_form_sent_twice_is_one_answer(cast: Cast) -> None:
    key, seen = uuid4().hex, requests.seen(cast, Role.SILENT.value)
    first, second = (send(cast, Role.SILENT, key, seen=seen) for _ in range(2))

    assert first.status_code == second.status_code == 303
    assert first.headers["Location"] == second.headers["Location"] == f"{cast.page(Role.SILENT)}/phieu/1"
    with reading(cast.office.database) as session:
        assert len(submissions(session, cast.grant(Role.SILENT).invitation_id)) == 1
        receipts = "SELECT count(*) FROM letter WHERE kind = 'RECEIPT' AND invitation_id = :id"
        number = session.execute(text(receipts), {"id": cast.grant(Role.SILENT).invitation_id}).scalar_one()
    assert number == 1


def test_a_form_that_was_opened_before_the_last_sending_is_shown_again(cast: Cast) -> None:
    seen = requests.seen(cast, Role.SILENT.value)
    assert send(cast, Role.SILENT, uuid4().hex, seen=seen, letter_number="86/UBND-VX").status_code == 303
    answer = send(cast, Role.SILENT, uuid4().hex, seen=seen)
    assert answer.status_code == 409
    with reading(cast.office.database) as session:
        (sent,) = submissions(session, cast.grant(Role.SILENT).invitation_id)
    assert (sent.version, sent.letter_number) == (1, "86/UBND-VX")


def test_with_a_key_of_its_own_each_form_is_an_answer(cast: Cast) -> None:
    for _ in range(2):
        assert send(cast, Role.SILENT, uuid4().hex).status_code == 303
    with reading(cast.office.database) as session:
        assert [sent.version for sent in submissions(session, cast.grant(Role.SILENT).invitation_id)] == [2, 1]


def test_one_key_with_another_answer_is_refused(cast: Cast) -> None:
    key = uuid4().hex
    send(cast, Role.SILENT, key)
    for role, stance in ((Role.SILENT, Stance.NO_OPINION), (Role.ANSWERING, Stance.AGREES_WITH_COMMENTS)):
        answer = send(cast, role, key, stance=stance.name)
        assert (answer.status_code, "Location" in answer.headers) == (409, False)


def test_one_comment_sent_twice_is_one_comment(cast: Cast) -> None:
    key = uuid4().hex
    for _ in range(2):
        assert write(cast, key, content="Một lần thôi.").status_code == 303

    assert [(comment.content, comment.version) for comment in comments(cast)] == [("Một lần thôi.", 1)]


def late(cast: Cast) -> Mapping[str, TestResponse]:
    """Try every way to say something at the close."""
    page, client = cast.page(Role.ANSWERING), cast.client(Role.ANSWERING)
    key, seen = cast.record.comment_key, requests.seen(cast, "answering")
    letter = {"letter_number": "99/CV", "letter_date": "26/4/2020"}
    words = {**requests.comment("answering"), "content": "Gõ <dở>", "proposed_text": "Viết lại", "reason": "Vì thế"}
    answer = {"key": uuid4().hex, "seen": seen, "stance": "AGREES_WITH_COMMENTS", **letter}
    return {
        "save": client.post(f"{page}/y-kien/{key}?vi-tri=2.2", words),
        "new": client.post(f"{page}/y-kien/{uuid4().hex}", {**words, "version": "0"}),
        "by itself": client.post(f"{page}/y-kien/{key}?vi-tri=2.2", words, headers=JSON),
        "withdraw": client.post(f"{page}/y-kien/{key}/rut", {"version": "1"}),
        "agree": client.post(f"{page}/thong-nhat", {"agree": "*"}),
        "send": client.post(f"{page}/gui", answer),
        "agree with all": client.post(f"{page}/thong-nhat-toan-bo", answer),
        "recall": client.post(f"{page}/phieu/1/thu-hoi"),
    }


def test_at_the_close_everything_is_refused_and_the_words_come_back(cast: Cast) -> None:
    cast.restore(CLOSES)
    before = comments(cast, Role.ANSWERING)
    answers = late(cast)

    assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(answers, 410)
    for name in ("save", "new"):
        assert given_back(answers[name]) == ["Gõ <dở>", "Viết lại", "Vì thế"]
    assert given_back(answers["send"]) == ["99/CV", "26/4/2020"]
    assert answers["by itself"].is_json
    assert comments(cast, Role.ANSWERING) == before


def test_a_microsecond_before_the_close_it_is_taken(cast: Cast) -> None:
    cast.restore(CLOSES - MICROSECOND)

    assert write(cast, content="Kịp giờ.").status_code == 303
    assert send(cast, Role.SILENT, uuid4().hex, stance="AGREES_WITH_COMMENTS").status_code == 303


def test_after_the_close_pages_only_read(cast: Cast) -> None:
    cast.restore(CLOSES)
    client, page = cast.client(Role.ANSWERING), cast.page(Role.ANSWERING)
    for ending in ("", "/xem-lai", f"/y-kien/{cast.record.comment_key}", "/phieu/1"):
        answer = client.get(page + ending)
        assert answer.status_code == 200
        for refused in ("/thong-nhat", "/gui", "/rut", "/thong-nhat-toan-bo", "/phieu/1/thu-hoi"):
            assert f'action="{page}{refused}"' not in answer.text, ending
        assert f'action="{page}/y-kien' not in answer.text
    assert f'action="{page}/phieu/1/van-ban"' in client.get(f"{page}/phieu/1").text


def test_number_and_date_of_the_letter_may_still_come(cast: Cast) -> None:
    cast.restore(CLOSES + timedelta(days=3))
    where = f"{cast.page(Role.ANSWERING)}/phieu/1/van-ban"
    answer = cast.client(Role.ANSWERING).post(where, {"letter_number": "1911/-BQLKKT-VP", "letter_date": "29-4-2020"})

    assert answer.status_code == 303
    assert "1911/-BQLKKT-VP" in cast.client(Role.ANSWERING).get(f"{cast.page(Role.ANSWERING)}/phieu/1").text


def test_of_two_people_in_one_comment_the_second_sees_both_texts(cast: Cast) -> None:
    key = uuid4().hex
    assert write(cast, key, content="Lời thứ nhất.").status_code == 303
    assert write(cast, key, content="Lời của đồng nghiệp.", version="1").status_code == 303
    answer = write(cast, key, content="Lời của tôi.", version="1")

    assert answer.status_code == 409
    assert "Lời của đồng nghiệp." in answer.text
    assert "Lời của tôi." in given_back(answer)
    assert comments(cast)[0].content == "Lời của đồng nghiệp."
    assert write(cast, key, content="Lời của tôi.", version="2").status_code == 303
    assert comments(cast)[0].content == "Lời của tôi."


def test_autosave_hears_of_a_conflict_in_json(cast: Cast) -> None:
    key, where = uuid4().hex, f"{cast.page(Role.SILENT)}/y-kien/"
    client = cast.client(Role.SILENT)
    saved = client.post(where + key, requests.comment("silent"), headers=JSON)
    assert (saved.status_code, saved.get_json()["version"]) == (200, 1)
    client.post(where + key, {**requests.comment("answering"), "content": "Đồng nghiệp."}, headers=JSON)
    stale = client.post(where + key, {**requests.comment("answering"), "content": "Của tôi."}, headers=JSON)

    assert (stale.status_code, stale.get_json()) == (409, {"version": 2})
    refused = client.post(where + uuid4().hex, {**requests.comment("silent"), "content": ""}, headers=JSON)
    assert (refused.status_code, "content" in refused.get_json()["errors"]) == (422, True)
    shut = Client(cast.app).post(where + key, requests.comment("silent"), headers=JSON)
    assert (shut.status_code, shut.is_json) == (404, True)


def test_of_two_officials_the_second_sees_both_answers(cast: Cast) -> None:
    client, where = cast.client(Role.OFFICIAL), f"/ban-lam-viec/{SLUG}/y-kien/{cast.record.comment_key}"
    form = dict(requests.response(cast))
    assert client.post(where, {**form, "sentence": "Tiếp thu của đồng nghiệp."}).status_code == 303
    answer = client.post(where, {**form, "sentence": "Tiếp thu của tôi."})

    assert answer.status_code == 409
    assert "Tiếp thu của đồng nghiệp." in answer.text
    assert "Tiếp thu của tôi." in given_back(answer)
    assert client.post(where, {**form, "sentence": "Tiếp thu của tôi.", "version": "1"}).status_code == 303


def test_an_answer_to_words_that_changed_meanwhile_is_held_up(cast: Cast) -> None:
    form = dict(requests.response(cast))
    write(cast, cast.record.comment_key, Role.ANSWERING, content="Lời đã đổi.", version="1")
    cast.office.send(cast.grant(Role.ANSWERING))
    where = f"/ban-lam-viec/{SLUG}/y-kien/{cast.record.comment_key}"
    answer = cast.client(Role.OFFICIAL).post(where, {**form, "sentence": "Trả lời lời cũ."})

    assert answer.status_code == 409
    assert "Lời đã đổi." in answer.text
    assert "Trả lời lời cũ." in given_back(answer)


def test_a_reason_is_asked_for_and_the_words_stay(cast: Cast) -> None:
    where = f"/ban-lam-viec/{SLUG}/y-kien/{cast.record.comment_key}"
    form = {**requests.response(cast), "disposition": "NOT_ACCEPTED", "sentence": "", "agreed_text": "Giữ nguyên chữ."}
    answer = cast.client(Role.OFFICIAL).post(where, form)

    assert answer.status_code == 422
    assert "Giữ nguyên chữ." in given_back(answer)


def test_comments_that_changed_under_the_review_are_shown_again(cast: Cast) -> None:
    seen = requests.seen(cast, "silent")
    write(cast, content="Vừa thêm.")
    answer = send(cast, Role.SILENT, uuid4().hex, seen=seen, letter_number="12/CV")

    assert answer.status_code == 409
    assert "Vừa thêm." in answer.text
    assert 'value="12/CV"' in answer.text


@pytest.mark.parametrize(("size", "status"), [(1024 * 1024 + 1, 413), (4 * 1024 * 1024, 413), (1000, 422)])
def test_a_body_of_unknown_length_is_refused_and_never_cut_off(cast: Cast, size: int, status: int) -> None:
    client = cast.client(Role.SILENT)
    begin = f"csrf_token={client.token()}&kind=AMEND&content=&reason=".encode()
    answer = client.ask(
        "POST",
        f"{cast.page(Role.SILENT)}/y-kien/{uuid4().hex}",
        input_stream=BytesIO(begin + b"x" * (size - len(begin))),
        content_type="application/x-www-form-urlencoded",
        environ_overrides={"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"},
    )

    assert answer.status_code == status
    assert comments(cast) == ()
