"""Statements are never put together from words, and words in an address find nothing that they should not."""

import ast
from urllib.parse import quote

import pytest

from consult import paths
from tests.builders import SLUG
from tests.web.cast import Cast, Role
from tests.web.test_forms import rows

pytestmark = pytest.mark.slow

ATTACKS = (
    "' OR '1'='1",
    '" OR ""="',
    "1; DROP TABLE comment; --",
    "%",
    "_",
    "%' --",
    "\\",
    "x' UNION SELECT 1--",
)
# It puts together names of our own tables, which cannot be bound.
OF_OUR_OWN_NAMES = paths.PACKAGE / "store" / "backup.py"
RUNNERS = {"text", "execute", "scalar", "scalars", "exec_driver_sql", "executescript"}


def composed(source: str) -> list[str]:
    """Find calls that run a statement which is put together from pieces; numbers in a PRAGMA are none of words."""
    found = []
    for node in ast.walk(ast.parse(source)):
        name = getattr(node.func, "attr", getattr(node.func, "id", "")) if isinstance(node, ast.Call) else ""
        if name in RUNNERS and isinstance(node, ast.Call) and node.args:
            first = node.args[0]
            joined = isinstance(first, ast.JoinedStr | ast.BinOp)
            formatted = isinstance(first, ast.Call) and getattr(first.func, "attr", "") == "format"
            words = ast.unparse(first)
            if (joined or formatted) and not words.lstrip("f'\"").startswith("PRAGMA"):
                found.append(words)
    return found


def test_no_statement_is_put_together_from_words() -> None:
    for path in paths.PACKAGE.rglob("*.py"):
        if "migrations" not in path.parts and path != OF_OUR_OWN_NAMES:
            assert composed(path.read_text()) == [], path


@pytest.mark.parametrize(
    "source", ["s.execute(text(f'SELECT {x}'))", "s.execute('SELECT ' + x)", "text('SELECT {}'.format(x))"]
)
def test_one_that_is_would_be_found(source: str) -> None:
    assert composed(source)


@pytest.mark.parametrize("attack", ATTACKS)
def test_words_in_an_address_are_only_words(cast: Cast, attack: str) -> None:
    before, word = rows(cast), quote(attack, safe="")
    page, desk = cast.page(Role.ANSWERING), f"/ban-lam-viec/{SLUG}"
    for role, address, expected in (
        (Role.VISITOR, f"/ho-so/{word}", 404),
        (Role.ANSWERING, f"/gop-y/{word}", 404),
        (Role.ANSWERING, f"{page}/y-kien/{word}", 404),
        (Role.ANSWERING, f"{page}/y-kien/moi?vi-tri={word}", 404),
        (Role.VISITOR, f"/moi/{word}/{word}", 404),
        (Role.OFFICIAL, f"/ban-lam-viec/{word}", 404),
        (Role.OFFICIAL, f"{desk}/y-kien/{word}", 404),
        (Role.OFFICIAL, f"{desk}/y-kien?loc={word}", 200),
        (Role.OFFICIAL, f"{desk}?nhac={word}&khong={word}", 200),
        (Role.VISITOR, f"/ngon-ngu/{word}", 404),
    ):
        assert cast.client(role).get(address).status_code == expected, address
    answer = cast.client(Role.ANSWERING).post(f"{page}/thong-nhat", {"agree": attack})
    assert answer.status_code == 404
    assert rows(cast) == before
