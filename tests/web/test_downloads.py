"""What a downloaded file is called: our own name, in both forms of RFC 6266, whatever the record holds."""

from email.message import Message
from urllib.parse import unquote

import pytest
from sqlalchemy import text

from consult.store.database import writing
from tests.builders import SLUG
from tests.web.cast import Cast, Role

TITLES = (
    "Quy chế tiếp công dân ở các xã, phường",
    "\u202excod.exe\u202c",
    'a"; filename="evil.exe',
    "x\r\nSet-Cookie: a=b\r\n\r\n<html>",
    "../../etc/passwd",
    "a/b\\c:d*e?f",
    "👍" * 200,
)


@pytest.mark.parametrize("title", TITLES)
def test_the_name_of_the_synthesis_is_ours(cast: Cast, title: str) -> None:
    with writing(cast.office.database) as session:
        for column in ("title", "place", "superior_body"):
            session.execute(text(f"UPDATE consultation SET {column} = :title"), {"title": title.replace("\r\n", " ")})
    answer = cast.client(Role.OFFICIAL).get(f"/ban-lam-viec/{SLUG}/bang-tong-hop.docx")

    assert answer.status_code == 200
    (header,) = answer.headers.getlist("Content-Disposition")
    assert header.isascii()
    assert header.startswith("attachment; filename=")
    parsed = Message()
    parsed["Content-Disposition"] = header
    assert parsed.get_content_disposition() == "attachment"
    assert unquote(header.split("filename*=UTF-8''")[1]) == f"Bảng tổng hợp ý kiến - {SLUG}.docx"
    plain = header.split('filename="')[1].split('"')[0]
    assert plain.isascii()
    assert plain.endswith(f"{SLUG}.docx")
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("path", ["../../../etc/passwd", "..%2f..%2fsettings.py", "%2e%2e/app.py"])
def test_static_files_lie_in_one_folder(cast: Cast, path: str) -> None:
    assert cast.client(Role.VISITOR).get(f"/static/{path}").status_code == 404
