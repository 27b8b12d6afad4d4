"""A number in an address that the record cannot hold names no page, at every rule that has one."""

import pytest
from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import IntegerConverter

from consult.web.numbers import LARGEST
from tests.builders import SLUG
from tests.web.cast import Cast, Role


def test_no_rule_takes_a_number_that_the_record_cannot_hold(cast: Cast) -> None:
    addresses = cast.app.url_map.bind("consult.example")
    rules = [
        (rule, [name for name, kind in rule._converters.items() if isinstance(kind, IntegerConverter)])
        for rule in cast.app.url_map.iter_rules()
    ]
    numbered = [(rule, names) for rule, names in rules if names]
    assert len(numbered) > 30
    for rule, names in numbered:
        method = "GET" if "GET" in (rule.methods or ()) else "POST"
        least = {name: 1 if name in names else "x" for name in rule.arguments}
        address = addresses.build(rule.endpoint, least | dict.fromkeys(names, LARGEST), method)
        assert addresses.match(address, method)[0] == rule.endpoint
        for number in (LARGEST + 1, 10**25):
            with pytest.raises((NotFound, MethodNotAllowed)):
                addresses.match(addresses.build(rule.endpoint, least | {names[-1]: number}, method), method)


def test_such_an_address_is_answered_as_any_that_names_no_page(cast: Cast) -> None:
    address = f"/ban-lam-viec/{SLUG}/bang-tong-hop/da-lap/{{}}/phieu-doi-soat.docx"
    for number in (LARGEST, LARGEST + 1, 10**25):
        assert cast.client(Role.OFFICIAL).get(address.format(number)).status_code == 404
