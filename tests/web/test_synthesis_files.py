"""The page of files and texts around the synthesis, and what its links hand out."""

import io
import json
from html import unescape

import docx
import openpyxl

from tests.builders import SLUG
from tests.web import requests
from tests.web.cast import Cast, Role

DESK = f"/ban-lam-viec/{SLUG}"


def test_the_page_offers_every_file_and_the_texts(cast: Cast) -> None:
    office = cast.office
    client = cast.client(Role.OFFICIAL)
    page = unescape(client.get(f"{DESK}/tep-tong-hop").text)
    for file in ("bang-tong-hop.docx", "bang-tong-hop.xlsx", "bang-tong-hop.csv", "bang-tong-hop.json"):
        assert f'href="{DESK}/{file}"' in page
        assert client.get(f"{DESK}/{file}").status_code == 200
    assert f'href="{DESK}/du-thao/1/co-gop-y.docx"' in page
    assert client.get(f"{DESK}/du-thao/1/co-gop-y.docx").data.startswith(b"PK")
    assert client.get(f"{DESK}/du-thao/9/co-gop-y.docx").status_code == 404
    assert "đã nhận được ý kiến của" in page
    assert office.facts().lead_agency in page


def test_formulas_stay_text_in_what_is_handed_out(cast: Cast) -> None:
    command = "=cmd|' /C calc'!A0"
    grant = cast.grant(Role.ANSWERING)
    cast.office.comment(grant, "2.2", command)
    cast.office.send(grant)
    client = cast.client(Role.OFFICIAL)
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"{DESK}/bang-tong-hop.xlsx").data)).worksheets[0]
    found = [cell for row in sheet.iter_rows() for cell in row if cell.value == command]
    assert [cell.data_type for cell in found] == ["s"]
    assert f"'{command}" in client.get(f"{DESK}/bang-tong-hop.csv").data.decode("utf-8-sig")
    told = json.loads(client.get(f"{DESK}/bang-tong-hop.json").data)
    assert [each["content"] for each in told["comments"]].count(command) == 1


def test_what_was_not_taken_can_be_copied_as_a_table(cast: Cast) -> None:
    requests.further(cast, "answered")
    page = unescape(cast.client(Role.OFFICIAL).get(f"{DESK}/tep-tong-hop").text)
    assert "TT\tVị trí trong dự thảo\tCơ quan, đơn vị\tNội dung góp ý\tLý do không tiếp thu\n01\t" in page
    assert "Giữ nguyên như dự thảo. Lý do: đã thống nhất." in page
    address = f"{DESK}/y-kien-khong-tiep-thu.docx"
    assert f'href="{address}"' in page
    table = docx.Document(io.BytesIO(cast.client(Role.OFFICIAL).get(address).data)).tables[0]
    assert table.rows[1].cells[4].text == "Giữ nguyên như dự thảo. Lý do: đã thống nhất."
