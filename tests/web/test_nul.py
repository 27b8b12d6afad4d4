"""U+0000 in an address names nothing: the same answer as to any made-up address, on either database."""

import re
from collections.abc import Mapping

import pytest
from flask import Flask

from consult.demo.visitor import Visitor
from tests.builders import BASE_URL, SLUG, Office

ARGUMENTS = (
    "vi-tri",
    "loc",
    "next",
    "nhac",
    "den",
    "khac",
    "phan",
    "o",
    "thu",
    "co-quan",
    "muc",
    "ket-qua",
    "xong",
    "tim",
    "tep",
    "loai",
    "nhom",
    "theo",
    "trang",
    "viec",
    "ma",
    "phieu",
)
NUMBERS = {"version", "position", "number", "edition"}
KEY = "0" * 32
_VARIABLE = re.compile(r"<(?:\w+:)?(\w+)>")


def _filled(rule: str, values: Mapping[str, str]) -> str:
    return _VARIABLE.sub(lambda variable: values[variable[1]], rule)


def _addresses(app: Flask, code: str) -> list[tuple[str, str]]:
    """Return method and address of every route: with a NUL in each variable in turn, and in each argument."""
    genuine = {"code": code, "slug": SLUG, "key": KEY, "token": "x" * 43, "version": "1", "filename": "consult.css"}
    genuine |= {"anchor": "1", "position": "1", "kind": "moi", "number": "1", "edition": "1", "form": "qppl"}
    found = []
    for rule in app.url_map.iter_rules():
        method = "GET" if "GET" in (rule.methods or ()) else "POST"
        found += [(method, f"{_filled(rule.rule, genuine)}?{name}=a%00b") for name in ARGUMENTS]
        spoilt = ({name: f"{genuine[name]}%00"} for name in rule.arguments - NUMBERS)
        found += [(method, _filled(rule.rule, genuine | values)) for values in spoilt]
    return found


@pytest.mark.slow
@pytest.mark.parametrize("who", [Office.visitor, Office.entered, Office.signed_in])
def test_an_address_with_nul_is_no_address(anywhere: Office, who: object) -> None:
    visitor: Visitor = who(anywhere)  # type: ignore[operator]
    addresses = _addresses(anywhere.app, anywhere.address().code)
    assert len(addresses) > 150
    for method, address in addresses:
        answer = visitor._client.open(address, method=method, base_url=BASE_URL)
        assert (answer.status_code, address) == (404, address)


def test_a_form_with_nul_names_no_clause(anywhere: Office) -> None:
    visitor = anywhere.entered()
    page = visitor.open(f"/gop-y/{anywhere.address().code}")
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert token
    form = {"csrf_token": token[1], "agree": "2.1\0"}
    answer = visitor._client.post(f"/gop-y/{anywhere.address().code}/thong-nhat", data=form, base_url=BASE_URL)
    assert answer.status_code == 404
