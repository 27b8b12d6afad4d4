"""An office's own forms: handed in on a page, refused, looked at, used for a round, superseded."""

from io import BytesIO

import docx
import pytest

from consult.documents.template_starter import starter_template
from consult.store.database import reading
from consult.store.queries.templates import templates_of
from tests.builders import OPENS, SLUG, Office
from tests.concluded import answer_all_ways
from tests.documents.test_template import form, saved
from tests.web.cast import FORM, OTHER_SLUG, Cast, Client, Role

ADDRESS = "/mau-bang-tong-hop"
ROUND = f"/ban-lam-viec/{SLUG}/bang-tong-hop"


def hand_in(client: Client, content: bytes, name: str = "Mẫu mới", file: str = "mau.docx") -> tuple[int, str]:
    answer = client.post(ADDRESS, {"name": name, "kind": "", "file": (BytesIO(content), file)})
    return answer.status_code, answer.text


def names(cast: Cast, *, superseded: bool = False) -> list[str]:
    with reading(cast.office.database) as session:
        every = templates_of(session, cast.office.official().lead_agency_id)
    return [each.name for each in every if (each.superseded_at is not None) == superseded]


def test_a_form_is_kept_and_fills_the_round(cast: Cast) -> None:
    client = cast.client(Role.OFFICIAL)
    assert hand_in(client, starter_template())[0] == 303
    assert names(cast) == [FORM, "Mẫu mới"]
    page = client.get(ROUND).text
    assert f'href="{ROUND}/mau/2.docx"' in page
    answer = client.get(f"{ROUND}/mau/2.docx")
    rows = docx.Document(BytesIO(answer.data)).tables[0].rows
    assert [row.cells[2].text.splitlines()[0] for row in rows[1:]] == ["Tỉnh đoàn Gia Lai", "Sở Giáo dục và Đào tạo"]


def test_it_is_looked_at_with_an_invented_round(cast: Cast) -> None:
    answer = cast.client(Role.OFFICIAL).get(f"{ADDRESS}/1/xem-thu.docx")
    rows = docx.Document(BytesIO(answer.data)).tables[0].rows
    assert [row.cells[0].text for row in rows] == ["TT", "1", "2", "3"]
    assert rows[3].cells[4].text == "Chưa có ý kiến tiếp thu, giải trình"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "mau.docx"),
        (b"{\\rtf1 x}", "Mẫu phải là tệp Word (.docx)"),
        (saved(form(head="{{tieu_de}} {{stt}}")), "{{tieu_de}} (→ {{tiêu_đề}}?)"),
        (saved(form(head="{{tieu_de}} {{stt}}")), "Thiếu dấu bắt buộc: {{tiêu_đề}}"),
        (saved(form(head="{{tieu_de}} {{stt}}")), "Dấu của dòng nằm ngoài dòng bảng: {{stt}}"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(cast: Cast, content: bytes, said: str) -> None:
    status, page = hand_in(cast.client(Role.OFFICIAL), content, name="Tên đã gõ")
    assert status == 422
    assert said in page
    assert 'value="Tên đã gõ"' in page
    assert names(cast) == [FORM]


def test_a_form_of_the_same_name_supersedes_and_the_old_one_stays(cast: Cast) -> None:
    client = cast.client(Role.OFFICIAL)
    before, after = client.get(f"{ADDRESS}/1/tep").data, saved(form())
    assert hand_in(client, after, name=FORM)[0] == 303
    assert (names(cast), names(cast, superseded=True)) == ([FORM], [FORM])
    assert client.get(f"{ROUND}/mau/1.docx").status_code == 404
    assert client.get(f"{ADDRESS}/1/tep").data == before
    assert client.get(f"{ADDRESS}/2/tep").data == after


def test_a_form_is_taken_out_of_use_once(cast: Cast) -> None:
    client = cast.client(Role.OFFICIAL)
    assert client.post(f"{ADDRESS}/1/thoi-dung").status_code == 303
    assert client.post(f"{ADDRESS}/1/thoi-dung").status_code == 404
    assert names(cast) == []


def test_no_office_meets_the_forms_of_another(cast: Cast) -> None:
    outsider = cast.client(Role.OUTSIDER)
    assert FORM not in outsider.get(ADDRESS).text
    assert outsider.get(f"/ban-lam-viec/{OTHER_SLUG}/bang-tong-hop/mau/1.docx").status_code == 404
    assert outsider.post(f"{ADDRESS}/1/thoi-dung").status_code == 404


def test_a_form_is_kept_in_either_database(anywhere: Office) -> None:
    anywhere.clock.at = OPENS
    answer_all_ways(anywhere)
    visitor = anywhere.signed_in()
    visitor.open(ADDRESS)
    visitor.press(ADDRESS, {"name": "Mẫu", "kind": "", "file": (BytesIO(starter_template()), "mau.docx")})
    page = visitor.open(f"{ROUND}?tim=ra+soat")
    assert "Theo mẫu của cơ quan:" in page
    assert page.count('class="result-row') == 1
