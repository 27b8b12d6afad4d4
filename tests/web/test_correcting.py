"""Correcting a published draft as people meet it: the official's pages, the agency's, the readers'."""

import html
from io import BytesIO

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from consult.store.database import reading
from consult.store.outbox import Letter
from consult.store.queries.own_answer import agreed_anchors
from consult.store.queries.places import place_of
from tests import corrections
from tests.builders import SLUG
from tests.web.cast import AT, Cast, Role
from tests.web.pages import Page

DESK = f"/ban-lam-viec/{SLUG}/chinh-sua-du-thao"
ISSUE = {"version": "1", "edition": "1", "kind": "CORRECTED", "reason": "Sai sót kỹ thuật.", "letter_number": ""}
ISSUE |= {"letter_date": ""}


def press(cast: Cast, ending: str, **form: object) -> TestResponse:
    return cast.client(Role.OFFICIAL).post(f"{DESK}/{ending}", form)


def issued(cast: Cast, **changed: str) -> TestResponse:
    """Issue the correction of the cast: 2.2 is left out, a new place stands after 1.1."""
    return press(cast, "101/cong-bo", **{**ISSUE, **changed})


def text(cast: Cast, role: Role, address: str) -> str:
    answer = cast.client(role).get(address)
    assert answer.status_code == 200, answer.text
    return Page(answer.text).text


def test_a_correction_in_preparation_shows_on_no_page_outside(cast: Cast) -> None:
    for role, address in ((Role.VISITOR, f"/ho-so/{SLUG}"), (Role.ANSWERING, cast.page(Role.ANSWERING))):
        page = cast.client(role).get(address).text
        assert corrections.NEW_TEXT not in page
        assert corrections.NAME not in page
        assert "/du-thao/101" not in page
    assert cast.client(Role.VISITOR).get(f"/ho-so/{SLUG}/du-thao/101.docx").status_code == 404
    assert cast.client(Role.VISITOR).get(f"/ho-so/{SLUG}/du-thao/101/ban-goc").status_code == 404


def test_the_preview_lists_what_changes_with_what_was_said_there(cast: Cast) -> None:
    page = text(cast, Role.OFFICIAL, f"{DESK}/101/xem-truoc")

    assert corrections.NEW_TEXT in page
    assert "mục 2.2 (Công an tỉnh)" in page
    assert "2 ý kiến đã gửi nằm ở vị trí thay đổi" in page
    assert "chuyển vị trí, giữ nguyên lời văn" in page


def test_the_file_is_mended_in_the_table_and_leads_on(cast: Cast) -> None:
    assert press(cast, "101/bo", version="1").status_code == 303
    file = corrections.corrected_file(cast.office, {"2.2": None})
    answer = press(cast, "1/tep-moi", version="1", file=(BytesIO(file), "ban-moi.docx"))
    assert answer.headers["Location"].endswith(f"/ban-lam-viec/{SLUG}/du-thao/101")

    table = cast.client(Role.OFFICIAL).get(answer.headers["Location"]).text
    assert f"{DESK}/101/xem-truoc" in table
    row = next(value for name, value in Page(table).values() if name == "at" and value)
    edit = {"version": "1", "at": row, "do": "aside"}
    assert cast.client(Role.OFFICIAL).post(f"/ban-lam-viec/{SLUG}/du-thao/101", edit).status_code == 303
    assert corrections.NEW_TEXT not in text(cast, Role.OFFICIAL, f"{DESK}/101/xem-truoc")
    assert dict(Page(cast.client(Role.OFFICIAL).get(f"{DESK}/101/xem-truoc").text).values())["version"] == "2"


def test_issuing_tells_the_agencies_and_shows_on_every_page(cast: Cast) -> None:
    answer = issued(cast, letter_number="612/STTTT", letter_date="22/4/2020")
    assert answer.headers["Location"].endswith(f"{DESK}?xong=1")

    assert "Bản chỉnh sửa đã được công bố." in text(cast, Role.OFFICIAL, f"{DESK}?xong=1")
    public = text(cast, Role.VISITOR, f"/ho-so/{SLUG}")
    assert "Dự thảo đã được chỉnh sửa sau khi công bố" in public
    assert "Sai sót kỹ thuật." in public
    assert "612/STTTT" in public
    assert corrections.NEW_TEXT in public
    with reading(cast.office.database) as session:
        words = session.scalars(select(Letter.text).where(Letter.kind == "CORRECTED")).first()
    assert words
    assert "Tiếp theo Công văn số" in words
    assert "thông báo đính chính dự thảo" in words
    assert "theo Công văn số 612/STTTT ngày 22/4/2020" in words


def test_the_agency_sees_where_its_comments_stand_now(cast: Cast) -> None:
    issued(cast)
    page = text(cast, Role.ANSWERING, cast.page(Role.ANSWERING))

    assert "Dự thảo đã được đính chính" in page
    assert "1 ý kiến của quý cơ quan ở vị trí đã thay đổi:" in page
    assert "Ý kiến ở vị trí không còn trong dự thảo" in page
    assert "Nội dung tại thời điểm góp ý" in page
    review = text(cast, Role.ANSWERING, f"{cast.page(Role.ANSWERING)}/xem-lai")
    assert "vị trí đã thay đổi" in review
    receipt = text(cast, Role.ANSWERING, f"{cast.page(Role.ANSWERING)}/phieu/1")
    assert "mục 2.2 (Công an tỉnh)" in receipt


def test_a_removed_place_takes_no_new_comment(cast: Cast) -> None:
    issued(cast)
    client, page = cast.client(Role.ANSWERING), cast.page(Role.ANSWERING)
    assert client.get(f"{page}/y-kien/moi?vi-tri=2.2@1").status_code == 404
    assert client.get(f"{page}/y-kien/{cast.record.comment_key}").status_code == 200
    words = {"kind": "AMEND", "content": "Đề nghị giữ lại mục này.", "proposed_text": "", "reason": ""}
    refused = client.post(f"{page}/y-kien/{'a' * 32}?vi-tri=2.2@1", {**words, "version": "0"})
    assert refused.status_code == 404
    kept = client.post(f"{page}/y-kien/{cast.record.comment_key}?vi-tri=2.2@1", {**words, "version": "1"})
    assert kept.headers["Location"].endswith("#removed")


def test_the_desk_marks_the_place_and_keeps_the_words_that_were_read(cast: Cast) -> None:
    issued(cast)
    page = text(cast, Role.OFFICIAL, f"/ban-lam-viec/{SLUG}/y-kien")

    assert "vị trí đã thay đổi" in page
    assert "Vị trí này không còn trong dự thảo: đã được bỏ khi chỉnh sửa." in page
    assert "Nội dung tại thời điểm góp ý" in page


@pytest.mark.parametrize(
    ("changed", "status", "said"),
    [
        ({"reason": ""}, 422, "Hãy ghi lý do"),
        ({"kind": ""}, 422, "Hãy chọn đính chính hay thay thế"),
        ({"letter_date": "hôm qua"}, 422, "Ghi ngày theo dạng"),
        ({"version": "9"}, 409, "Chưa công bố"),
        ({"edition": "9"}, 409, "Chưa công bố"),
    ],
)
def test_what_is_amiss_is_said_and_what_was_typed_comes_back(
    cast: Cast, changed: dict[str, str], status: int, said: str
) -> None:
    answer = issued(cast, **{"letter_number": "77/STTTT", **changed})

    assert answer.status_code == status
    assert said in Page(answer.text).text
    assert ("letter_number", "77/STTTT") in Page(answer.text).values()
    assert corrections.published(cast.office).edition == 1


def test_a_stale_preview_is_issued_as_it_is_shown_next(cast: Cast) -> None:
    answer = issued(cast, version="9")
    values = dict(Page(answer.text).values())

    assert issued(cast, version=values["version"], edition=values["edition"]).status_code == 303


def test_the_same_words_are_refused_in_one_sentence(cast: Cast) -> None:
    press(cast, "101/bo", version="1")
    file = corrections.corrected_file(cast.office, {})
    press(cast, "1/tep-moi", version="1", file=(BytesIO(file), "nhu-cu.docx"))
    answer = cast.client(Role.OFFICIAL).get(f"{DESK}/101/xem-truoc")

    assert answer.status_code == 409
    assert "không có gì thay đổi" in Page(answer.text).text


def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(cast: Cast) -> None:
    press(cast, "101/bo", version="1")
    answer = press(cast, "1/tep-moi", version="1", file=(BytesIO(b"\x00\x01"), "hong.docx"))

    assert answer.status_code == 422
    assert "hong.docx" in answer.text
    assert corrections.in_preparation(cast.office) is None


def test_the_office_may_still_take_the_file_before(cast: Cast) -> None:
    before = corrections.published(cast.office)
    issued(cast)
    answer = cast.client(Role.OFFICIAL).get(f"{DESK}/1/ban-truoc/1")

    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert len(answer.data) == before.size


def test_an_agency_that_sent_can_send_again_after_a_correction(cast: Cast) -> None:
    issued(cast)
    cast.office.clock.at = AT.replace(microsecond=5)
    page = cast.client(Role.ANSWERING).get(f"{cast.page(Role.ANSWERING)}/xem-lai").text
    values = dict(Page(page).values())
    form = {name: values[name] for name in ("key", "seen")} | {"stance": "AGREES_WITH_COMMENTS"}
    answer = cast.client(Role.ANSWERING).post(
        f"{cast.page(Role.ANSWERING)}/gui", {**form, "letter_number": "", "letter_date": ""}
    )
    assert answer.headers["Location"].endswith("/phieu/2")


def test_a_comment_typed_over_the_words_before_is_shown_again_over_those_of_today(cast: Cast) -> None:
    client, page = cast.client(Role.SILENT), cast.page(Role.SILENT)
    old = dict(Page(client.get(f"{page}/y-kien/moi?vi-tri=1.2").text).values())["read"]
    issued(cast)
    form = {"kind": "AMEND", "content": "Đề nghị sửa.", "proposed_text": "", "reason": "", "version": "0", "read": old}
    address = f"{page}/y-kien/{'b' * 32}?vi-tri=1.2"
    answer = client.post(address, form)

    assert answer.status_code == 409
    assert "dự thảo vừa được chỉnh sửa" in Page(answer.text).text
    assert corrections.NEW_TEXT in answer.text
    assert "Đề nghị sửa." in answer.text
    again = {**form, "read": dict(Page(answer.text).values())["read"]}
    assert client.post(address, again).status_code == 303


def test_the_words_before_that_nobody_changed_are_not_proposed(cast: Cast) -> None:
    client, page = cast.client(Role.SILENT), cast.page(Role.SILENT)
    shown = client.get(f"{page}/y-kien/moi?vi-tri=1.2").text
    old = html.unescape(shown.split('name="proposed_text"')[1].split(">", 1)[1].split("</textarea>")[0]).strip()
    issued(cast)
    form = {"kind": "AMEND", "content": "Đề nghị sửa.", "proposed_text": old, "reason": "", "version": "0"}
    mark = dict(Page(shown).values())["read"]
    answer = client.post(f"{page}/y-kien/{'b' * 32}?vi-tri=1.2", {**form, "read": mark})

    field = html.unescape(answer.text.split('name="proposed_text"')[1].split(">", 1)[1].split("</textarea>")[0])
    assert field.strip() == corrections.NEW_TEXT


@pytest.mark.slow
def test_a_page_of_before_agrees_with_nothing_and_sends_nothing(cast: Cast) -> None:
    client, page = cast.client(Role.SILENT), cast.page(Role.SILENT)
    before = dict(Page(client.get(page).text).values())
    issued(cast)
    stale = client.post(f"{page}/thong-nhat", {"agree": "1.2", "corrections": before["corrections"]})
    assert stale.headers["Location"].endswith("#answer")
    with reading(cast.office.database) as session:
        assert agreed_anchors(session, cast.grant(Role.SILENT).invitation_id) == frozenset()
    letter = {"letter_number": "", "letter_date": ""}
    sent = client.post(f"{page}/thong-nhat-toan-bo", {"key": before["key"], "seen": before["seen"], **letter})
    assert sent.status_code == 409
    assert "ý kiến hoặc dự thảo vừa được thay đổi" in Page(sent.text).text

    today = dict(Page(client.get(page).text).values())
    assert client.post(f"{page}/thong-nhat", {"agree": "1.2", "corrections": "1"}).status_code == 303
    sent = client.post(f"{page}/thong-nhat-toan-bo", {"key": today["key"], "seen": today["seen"], **letter})
    assert sent.status_code == 303


@pytest.mark.parametrize("ending", ["101/cong-bo", "101/bo"])
def test_a_second_press_is_told_that_it_is_done(cast: Cast, ending: str) -> None:
    issued(cast)
    answer = press(cast, ending, **ISSUE)

    assert answer.status_code == 404
    assert "bản đó đã được công bố hoặc đã bị bỏ" in Page(answer.text).text


def test_stored_words_add_no_element_to_the_preview(cast: Cast) -> None:
    press(cast, "101/bo", version="1")
    words = "<script>alert(1)</script> & \"'"
    with reading(cast.office.database) as session:
        stands = place_of(session, cast.grant(Role.SILENT).invitation_id, "2.1").text
    file = corrections.corrected_file(cast.office, {"2.1": f"{stands} {words}", "+1.1": words})
    press(cast, "1/tep-moi", version="1", file=(BytesIO(file), "<b>ten.docx"))
    page = cast.client(Role.OFFICIAL).get(f"{DESK}/101/xem-truoc").text

    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page
    assert "<b>ten" not in page


def test_a_correction_goes_on_while_the_next_round_is_in_preparation(cast: Cast) -> None:
    client, bench = cast.client(Role.OFFICIAL), f"/ban-lam-viec/{SLUG}/du-thao"
    assert client.post(f"/ban-lam-viec/{SLUG}/dot-moi").status_code == 303
    facts = cast.office.facts()
    assert (facts.number, facts.published_at) == (2, None)
    for page in (DESK, f"{DESK}/101/xem-truoc", f"{bench}/101"):
        assert client.get(page).status_code == 200, page
    assert corrections.NEW_TEXT in client.get(f"{bench}/101").text
    assert corrections.NEW_TEXT not in client.get(f"{bench}/1").text, "the draft of the next round"
    assert client.get(f"{bench}/102").status_code == 404
    assert issued(cast).status_code == 303
    assert corrections.NEW_TEXT in text(cast, Role.VISITOR, f"/ho-so/{SLUG}")
