"""Words stay words: whatever is typed, loaded or drafted adds no element to any page or letter."""

import re
from collections.abc import Mapping, Sequence

import pytest
from sqlalchemy import text

from consult import paths
from consult.domain.redline import Change, Op, to_json
from consult.domain.terms import CommentKind
from consult.store.database import reading, writing
from consult.store.tables import metadata
from tests.builders import CLOSES, SLUG
from tests.web import requests
from tests.web.cast import AT, Cast, Role
from tests.web.matrix import MATRIX, Line
from tests.web.pages import Page

pytestmark = pytest.mark.slow

PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "</textarea></title><script>x</script>",
    '" autofocus onfocus=alert(1) x="',
    "<!-- --!><iframe srcdoc='<b>'>",
    "{{ 7*7 }}{% include 'base.html' %}{# #}",
    "javascript:alert(1)",
    "&lt;script&gt;&#60;b&#62;",
    "]]><a href=//evil.example>x</a>",
    "\ue000state\ue001 \ue000agency\ue001",
    "\\u003cb\\u003e ${x} <%= y %>",
)
HARMLESS = "lời lẽ bình thường"
WORDS: Mapping[str, Sequence[str]] = {
    "agency": ("name", "short_name", "aliases", "kind", "email", "successor"),
    "agency_group": ("name", "aliases"),
    "lead_agency": ("name",),
    "official": ("name",),
    "consultation": (
        "title",
        "superior_body",
        "issuing_authority",
        "place",
        "silence_ground",
        "contact_office",
        "contact_phone",
        "contact_email",
        "signer_authority",
        "signer_title",
    ),
    "round": (
        "label",
        "deadline_text",
        "letter_number",
        "letter_subject",
        "letter_text",
        "letter_file_name",
        "publish_by",
        "publish_fault",
    ),
    "draft": ("part", "title", "file_name", "previous_name"),
    "draft_edit": ("official",),
    "clause": ("label", "text", "cited"),
    "clause_wording": ("label", "cited", "text"),
    "draft_edition": ("file_name",),
    "enclosure": ("title", "file_name"),
    "invitation": ("name", "short_name", "email", "group_line", "letter_number"),
    "notice": ("official", "reason", "letter_number"),
    "session_grant": ("person_name", "person_email"),
    "keyed_answer": ("name", "official"),
    "comment": ("content", "proposed_text", "reason", "author_name", "author_email"),
    "scan": ("file_name",),
    "submission": ("letter_number", "sender_name", "sender_email", "entered_by"),
    "submitted_comment": ("content", "proposed_text", "reason"),
    "response": ("sentence",),
    "agreed_wording": ("text",),
    "synthesis_words": ("words",),
    "synthesis_template": ("name", "file_name", "official"),
    "synthesis": ("described",),
}
KEPT = {
    "letter",
    "journal_entry",
    "journal_head",
    "stored_file",
    "session",
    "sign_in_link",
    "throttle",
    "recipient",
}
# Files; and what a correction changes is tried in its own tests, since a redline has more pieces or fewer by its words.
FILES = (
    ".docx",
    ".xlsx",
    ".csv",
    ".json",
    ".svg",
    ".ics",
    "/ban-goc",
    "/ho-so/<slug>/cong-van",
    "/tai-lieu/<int:position>",
    "/<int:number>/tep",
)
NO_PAGES = (*FILES, "/xem-truoc", "/healthz")
# What a round's result needs is done when its pages are reached, so they come last.
STATES = ("answered", "concluded")
PAGES = sorted(
    (line for line in MATRIX if line.method == "GET" and 200 in line.expected and not line.rule.endswith(NO_PAGES)),
    key=lambda line: STATES.index(line.of) + 1 if line.of in STATES else 0,
)


def say(cast: Cast, words: str) -> None:
    """Put words into every column that holds words of people, and into the comparison of two wordings."""
    with writing(cast.office.database) as session:
        for name in session.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all():
            session.execute(text(f"DROP TRIGGER {name}"))
        for table, columns in WORDS.items():
            for column in columns:
                session.execute(text(f'UPDATE "{table}" SET {column} = {column} || :words'), {"words": words})
        for table in ("comment", "submitted_comment"):
            changes = to_json([Change(op, words) for op in Op])
            session.execute(text(f"UPDATE {table} SET redline = :changes WHERE redline <> ''"), {"changes": changes})


def prepare(cast: Cast) -> None:
    """Have a comment with another wording sent, and answered with an agreed wording."""
    cast.restore()
    grant = cast.grant(Role.ANSWERING)
    cast.office.comment(grant, proposed_text="Cách viết khác.", reason="Vì rõ hơn.")
    cast.office.send(grant)
    form = {**requests.response(cast), "agreed_text": "Cách viết đã thống nhất.", "sentence": "Tiếp thu."}
    where = f"/ban-lam-viec/{SLUG}/y-kien/{cast.record.comment_key}"
    assert cast.client(Role.OFFICIAL).post(where, form).status_code == 303


def page(cast: Cast, line: Line) -> Page:
    """Open the page of a line as somebody who may."""
    role = next(role for role, status in zip(Role, line.expected, strict=True) if status == 200)
    answer = cast.client(role).get(requests.address(cast, line))
    assert answer.status_code == 200, line
    return Page(answer.text)


def test_every_table_with_words_is_tried() -> None:
    named = {table.name for table in metadata.sorted_tables if any(str(c.type) == "VARCHAR" for c in table.columns)}

    assert named - set(WORDS) - KEPT == set()


@pytest.fixture
def usual(cast: Cast) -> Sequence[Page]:
    """Open every page with harmless words."""
    prepare(cast)
    say(cast, HARMLESS)
    return [page(cast, line) for line in PAGES]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_stored_words_add_no_element_to_any_page(cast: Cast, usual: Sequence[Page], payload: str) -> None:
    prepare(cast)
    say(cast, payload)
    del cast.office.app

    for line, expected in zip(PAGES, usual, strict=True):
        found = page(cast, line)
        assert found.shape() == expected.shape(), line
        assert not any(name.startswith("on") for _, values in found.tags for name in values)
        for _, where in found.addresses():
            assert where.startswith(("/", "#", "mailto:", "?")), where


def test_the_words_are_there_as_words(cast: Cast) -> None:
    prepare(cast)
    say(cast, PAYLOADS[0])
    answering = next(line for line in PAGES if str(line) == "GET /gop-y/<code> of answering")

    assert page(cast, answering).text.count("<script>alert(1)</script>") > 40


def test_a_page_that_does_not_escape_is_found(cast: Cast, usual: Sequence[Page]) -> None:
    prepare(cast)
    say(cast, PAYLOADS[0])
    cast.office.app = cast.office.own_app()
    cast.app.jinja_env.autoescape = False

    shapes = [page(cast, line).shape() for line in PAGES]
    assert shapes != [expected.shape() for expected in usual]


TYPED = [
    line
    for line in MATRIX
    if line.method == "POST"
    and "<token>" not in line.rule
    and line.of in ("silent", "answering", "closed", "public", "directory")
    and not line.rule.endswith(FILES)
]


@pytest.mark.parametrize("line", TYPED, ids=str)
def test_typed_words_add_no_element_to_the_page_that_gives_them_back(cast: Cast, line: Line) -> None:
    """Refused for a missing token, for a damaged field."""
    role = max(zip(line.expected, Role, strict=True), key=lambda pair: pair[0] != 404)[1]
    names = {*requests.form(cast, line), "content", "proposed_text", "reason", "sentence", "letter_number", "email"}
    shapes = []
    for words in (HARMLESS, *PAYLOADS):
        cast.restore(CLOSES if line.of == "closed" else AT)
        typed = dict.fromkeys(names, words)
        client, where = cast.client(role), requests.address(cast, line)
        answers = (client.ask("POST", where, data=typed), client.post(where, typed))
        assert answers[0].status_code == 400
        shapes.append([Page(answer.text).shape() for answer in answers])

    assert all(shape == shapes[0] for shape in shapes)


def test_letters_carry_words_as_words(cast: Cast) -> None:
    shapes = []
    for words in (HARMLESS, *PAYLOADS):
        cast.restore()
        say(cast, words)
        cast.client(Role.OFFICIAL).post(f"/ban-lam-viec/{SLUG}/nhac")
        cast.office.send(cast.grant(Role.ANSWERING))
        cast.client(Role.SILENT).post(f"{cast.page(Role.SILENT)}/nguoi-gop-y", {"name": words, "email": "a@b.example"})
        with reading(cast.office.database) as session:
            query = text("SELECT html FROM letter WHERE kind IN ('REMINDER', 'RECEIPT', 'ENTERED') ORDER BY id")
            html = session.execute(query).scalars().all()
        shapes.append([Page(letter).shape() for letter in html])

    assert len(shapes[0]) > 5
    assert all(shape == shapes[0] for shape in shapes)


def test_no_template_turns_escaping_off() -> None:
    templates = [path for path in paths.TEMPLATES.rglob("*") if path.is_file()]
    assert {path.suffix for path in templates} <= {".html", ".txt", ".py", ".pyc"}
    for path in templates:
        if path.suffix in (".html", ".txt"):
            words = path.read_text()
            assert not re.search(
                r"\|\s*safe\b|Markup\(|autoescape\s+false|<script(?![^>]*\bsrc=)|\bon\w+=|style=", words
            ) or ("mail" in path.parts), path
    for path in paths.PACKAGE.rglob("*.py"):
        words = path.read_text()
        assert not re.search(r"\bMarkup\(|render_template_string|autoescape\s*=\s*False", words), path


def test_every_kind_of_comment_is_a_word_of_ours(cast: Cast) -> None:
    where = f"{cast.page(Role.SILENT)}/y-kien/{requests.MADE_UP_KEY}"
    for kind in ("<b>", "amend", "ADMIN", ""):
        answer = cast.client(Role.SILENT).post(where, {**requests.comment("silent"), "kind": kind})
        assert answer.status_code == 422
    assert {kind.name for kind in CommentKind} == {"AMEND", "ADD", "DELETE", "CLARIFY", "FORM", "OTHER"}
