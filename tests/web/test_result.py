"""The public result: the rows of the document and no person, for those who may read the draft, once it is published."""

import io
import re
from datetime import timedelta

import pytest
from docx import Document
from sqlalchemy import text

from consult.actions.showing_result import shown_rows
from consult.domain.terms import Stance
from consult.store.database import reading, writing
from consult.web import result
from tests.builders import CLOSES, OPENS, POLICE, SLUG, Office
from tests.concluded import PLANNING, all_answered, conclude, in_force
from tests.statements import counted
from tests.web import requests
from tests.web.cast import Cast, Role
from tests.web.pages import Page

PAGE = f"/ho-so/{SLUG}/ket-qua"
DESK = f"/ban-lam-viec/{SLUG}/ket-qua"
FILLED = {"approved_by": "Lê Văn Duyệt", "position": "Giám đốc", "approved_on": "21/4/2020"}
ROW = re.compile(r'<tr role="row" class="result-row">(.*?)</tr>', re.DOTALL)


def _words(html: str) -> str:
    return re.sub(r"\W+", " ", Page(html).text).strip()


def _of_page(html: str) -> list[str]:
    return [_words(row) for row in ROW.findall(html)]


def _of_document(content: bytes) -> list[str]:
    rows = [row for table in Document(io.BytesIO(content)).tables[1:] for row in table.rows[1:]]
    texts = [" ".join(cell.text for cell in row.cells) for row in rows if len(set(row.cells)) == 4]
    return [re.sub(r"\W+", " ", words).strip() for words in texts]


def test_the_page_has_the_rows_of_the_document_in_its_order(office: Office) -> None:
    all_answered(office)
    conclude(office)
    visitor = office.app.test_client()
    page, file = (
        visitor.get(PAGE, base_url="http://consult.example"),
        visitor.get(f"{PAGE}.docx", base_url="http://consult.example"),
    )
    assert (page.status_code, file.status_code) == (200, 200)
    assert len(_of_document(file.data)) == 3
    assert _of_page(page.text) == _of_document(file.data)
    for line in Document(io.BytesIO(file.data)).paragraphs:
        if line.text.startswith(("1.", "2.", "- ")):
            assert re.sub(r"\W+", " ", line.text).strip() in _words(page.text), line.text


def test_no_person_stands_on_the_page_nor_in_the_file(cast: Cast) -> None:
    with writing(cast.office.database) as session:
        for name in session.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all():
            session.execute(text(f"DROP TRIGGER {name}"))
        session.execute(
            text("UPDATE submission SET sender_name = 'Nguyễn Thị Người Gửi', sender_email = 'gui@x.example'")
        )
    requests.further(cast, "concluded")
    client = cast.client(Role.VISITOR)
    page, file = client.get(PAGE), client.get(f"{PAGE}.docx")
    xml = "".join(paragraph.text for paragraph in Document(io.BytesIO(file.data)).paragraphs)
    for secret in (
        "Người Gửi",
        "gui@x.example",
        "mau@coquan.example",
        "Nguyễn Văn Mẫu",
        "Lê Văn Duyệt Mẫu",
        "Chuyên viên ",
    ):
        assert secret not in page.text.replace("Chuyên viên đăng nhập", "")
        assert secret not in xml
    assert "Giữ nguyên như dự thảo." in page.text


def test_the_file_is_the_stored_one_whatever_comes_after(cast: Cast) -> None:
    requests.further(cast, "concluded")
    first = cast.client(Role.VISITOR).get(f"{PAGE}.docx").data
    with writing(cast.office.database) as session:
        session.execute(text("UPDATE consultation SET place = 'Nơi khác'"))
    cast.office.clock.at = CLOSES + timedelta(days=40)
    assert cast.client(Role.VISITOR).get(f"{PAGE}.docx").data == first


def test_it_follows_the_readers_and_not_the_rule_of_comments(cast: Cast) -> None:
    requests.further(cast, "concluded")
    with writing(cast.office.database) as session:
        session.execute(text("UPDATE consultation SET readers = 'INVITED', comments_visible = 'NEVER'"))
    for address in (PAGE, f"{PAGE}.docx"):
        got = {role: cast.client(role).get(address).status_code for role in (Role.VISITOR, Role.SILENT, Role.OFFICIAL)}
        assert got == {Role.VISITOR: 404, Role.SILENT: 200, Role.OFFICIAL: 200}


def test_taking_it_back_hides_it(cast: Cast) -> None:
    requests.further(cast, "concluded")
    official = cast.client(Role.OFFICIAL)
    assert official.post(f"{DESK}/thu-hoi", {"reason": "  "}).status_code == 422
    assert cast.client(Role.VISITOR).get(PAGE).status_code == 200
    assert official.post(f"{DESK}/thu-hoi", {"reason": "Bổ sung."}).status_code == 303
    assert cast.client(Role.VISITOR).get(PAGE).status_code == 404
    assert "/ket-qua" not in cast.client(Role.VISITOR).get("/").text


def test_it_is_linked_from_the_draft_and_the_front_page_and_the_agencys_page(cast: Cast) -> None:
    requests.further(cast, "answered")
    visitor, agency = cast.client(Role.VISITOR), cast.client(Role.ANSWERING)
    pages = [(visitor, "/"), (visitor, f"/ho-so/{SLUG}"), (agency, cast.page(Role.ANSWERING))]
    assert not any(PAGE in client.get(address).text for client, address in pages)
    requests.further(cast, "concluded")
    assert all(f'href="{PAGE}"' in client.get(address).text for client, address in pages)
    assert "Giữ nguyên như dự thảo." in agency.get(cast.page(Role.ANSWERING)).text
    assert "Giữ nguyên như dự thảo." not in cast.client(Role.SILENT).get(cast.page(Role.SILENT)).text


def test_readers_choose_an_agency_and_a_place(office: Office) -> None:
    all_answered(office)
    conclude(office)
    client = office.app.test_client()

    def rows(**chosen: str) -> int:
        return len(_of_page(client.get(PAGE, query_string=chosen, base_url="http://consult.example").text))

    assert rows() == 3
    assert rows(**{"co-quan": office.address(PLANNING).code}) == 1
    assert rows(**{"co-quan": office.address(POLICE).code}) == 2
    assert rows(muc="0:") == 1
    assert rows(muc="1:Công an tỉnh") == 2
    assert rows(**{"muc": "0:", "co-quan": office.address(POLICE).code}) == 1
    assert rows(**{"co-quan": "khong-co"}) == 0
    assert rows(muc="9:không có", phan="99999999999999999999") == 3
    assert rows(phan="-5") == 3


def test_a_long_table_comes_part_by_part_in_as_many_queries(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(result, "ROWS", 2)
    all_answered(office)
    conclude(office)
    client = office.app.test_client()
    parts, queries = [], set()
    for part in ("1", "2"):
        with counted(office.database) as sent:
            answer = client.get(PAGE, query_string={"phan": part}, base_url="http://consult.example")
        parts.append(_of_page(answer.text))
        queries.add(len(sent))
    assert list(map(len, parts)) == [2, 1]
    assert len(queries) == 1
    with reading(office.database) as session:
        assert len(shown_rows(session, office.facts())) == 3


def test_the_check_list_leads_to_what_is_missing(cast: Cast) -> None:
    official = cast.client(Role.OFFICIAL)
    page = official.get(DESK).text
    assert f"/ban-lam-viec/{SLUG}/y-kien?loc=unanswered" in page
    assert 'name="approved_by"' not in page
    requests.further(cast, "answered")
    assert 'name="approved_by"' in official.get(DESK).text


@pytest.mark.parametrize(
    "wrong",
    [
        {"approved_by": ""},
        {"position": " "},
        {"approved_on": ""},
        {"approved_on": "hôm qua"},
        {"approved_on": "28/4/2020"},
        {"letter_date": "28/4/2020"},
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_comes_back(cast: Cast, wrong: dict[str, str]) -> None:
    requests.further(cast, "answered")
    answer = cast.client(Role.OFFICIAL).post(DESK, {**FILLED, "letter_number": "600/STTTT", **wrong})
    assert answer.status_code == 422
    assert "600/STTTT" in answer.text
    assert 'class="error-summary"' in answer.text
    assert cast.office.facts().result_at is None


def test_the_words_of_a_refused_response_come_back(cast: Cast) -> None:
    requests.further(cast, "concluded")
    form = {**requests.response(cast), "version": "1", "sentence": "Câu vừa viết."}
    answer = cast.client(Role.OFFICIAL).post(f"/ban-lam-viec/{SLUG}/y-kien/{cast.record.comment_key}", form)
    assert answer.status_code == 409
    assert "Câu vừa viết." in answer.text


def test_letters_are_off_unless_ticked(cast: Cast) -> None:
    requests.further(cast, "answered")
    official = cast.client(Role.OFFICIAL)
    assert re.search(r'<input[^>]*name="letters"(?![^>]*checked)', official.get(DESK).text)
    answer = official.post(DESK, {**FILLED, "letters": "y"})
    assert answer.headers["Location"].endswith("?thu=2")
    assert official.get(answer.headers["Location"]).status_code == 200


def test_a_round_without_comments_has_a_result_too(office: Office) -> None:
    office.clock.at = OPENS
    office.send(office.grant(POLICE), Stance.AGREES)
    office.clock.at = CLOSES
    conclude(office)
    answer = office.app.test_client().get(PAGE, base_url="http://consult.example")
    assert "Không có ý kiến góp ý cụ thể" in answer.text
    assert in_force(office) == ()
