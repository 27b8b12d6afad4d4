"""A long draft is read part by part, by everybody and by an agency; every address of a place finds its part."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from consult.actions import loading, publishing
from consult.demo.visitor import Visitor
from consult.store import migrations
from consult.store.database import connect, reading, writing
from consult.store.queries.clauses import drafts_of
from consult.store.queries.sections import outline_of
from tests.builders import BASE_URL, OPENS, POLICE, SLUG, Clock, Office, sample_folder, sample_office
from tests.statements import counted

CLAUSES = 1500


def long_draft() -> str:
    """Return a decision of 12 chapters and 132 articles, with khoản and điểm: some 1,500 places."""
    lines, article = [], 0
    for chapter in ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"):
        lines += [f"Chương {chapter}", f"QUY ĐỊNH THỨ {chapter}"]
        for _ in range(11):
            article += 1
            lines.append(f"Điều {article}. Trách nhiệm thứ {article}")
            for number in range(1, 5):
                lines.append(f"{number}. Cơ quan chủ trì thực hiện nhiệm vụ {article}.{number} gồm:")
                lines += [f"{letter}) Nội dung {article}.{number}{letter};" for letter in "ab" if number < 4]
    return "\n\n".join(lines) + "\n"


def long_office(folder: Path, text: str | None = None) -> Office:
    """Return the sample's office whose round puts out the long draft, or another text."""
    database = connect(f"sqlite:///{folder / 'long.sqlite3'}")
    migrations.upgrade(database)
    sample = sample_folder()
    file = replace(sample.drafts[0], name="draft.txt", content=(text or long_draft()).encode())
    with writing(database) as session:
        loading.load(session, loading.prepare(replace(sample, drafts=(file,))), OPENS)
    with writing(database) as session:
        publishing.publish(session, SLUG, OPENS)
    return sample_office(database, folder, Clock(OPENS))


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Open the long draft's round."""
    office = long_office(tmp_path_factory.mktemp("long"))
    yield office
    office.database.dispose()


def page(office: Office, address: str) -> str:
    """Return a public page."""
    answer = office.app.test_client().get(address, base_url=BASE_URL)
    assert answer.status_code == 200
    return answer.text


def places(html: str) -> list[str]:
    """Return the anchors of the places that a page shows, in order."""
    return re.findall(r'<div class="clause [^"]*" id="([^"]+)"', html)


@pytest.mark.slow
def test_every_place_is_on_exactly_one_page(long: Office) -> None:
    with reading(long.database) as session:
        anchors = [node.anchor for draft in drafts_of(session, long.facts().id) for node in draft.clauses]
    shown = [places(page(long, f"/ho-so/{SLUG}?phan={number}")) for number in range(1, 13)]

    assert len(anchors) > 1400
    assert [anchor for each in shown for anchor in each] == anchors
    assert all(len(each) <= 150 for each in shown)
    assert places(page(long, f"/ho-so/{SLUG}?phan=tat-ca")) == anchors


def test_a_page_says_which_part_it_shows_and_leads_on(long: Office) -> None:
    html = page(long, f"/ho-so/{SLUG}?phan=3")

    assert "Phần 3 trên 12" in html
    for number in (2, 4, "tat-ca"):
        assert f'href="/ho-so/{SLUG}?phan={number}#parts"' in html
    assert f'data-places="/ho-so/{SLUG}/vi-tri/"' in html
    assert html.count('aria-current="page"') == 2  # Both lists of contents, the one in view and the folded one.
    assert "Phần 1 trên 12" in page(long, f"/ho-so/{SLUG}?phan=99")


@pytest.mark.slow
def test_a_part_that_begins_inside_a_chapter_names_it(tmp_path: Path) -> None:
    articles = "\n\n".join(f"Điều {number}. Trách nhiệm thứ {number}" for number in range(1, 200))
    office = long_office(tmp_path, f"Chương I\nQUY ĐỊNH CHUNG\n\n{articles}\n")
    named = '<p class="parts-above" lang="vi">Chương I QUY ĐỊNH CHUNG</p>'
    first, second = (page(office, f"/ho-so/{SLUG}?phan={number}") for number in (1, 2))
    office.database.dispose()

    assert places(second)[0] == "dieu-120"
    assert second.count(named) == 1
    assert "parts-above" not in first


def test_the_outline_carries_no_text_but_first_words(long: Office) -> None:
    with reading(long.database) as session:
        outline = outline_of(session, long.facts().id)

    assert max(len(node.text) for draft in outline for node in draft.clauses) <= 100


def test_the_address_of_a_place_finds_its_part(long: Office) -> None:
    client = long.app.test_client()
    for address, expected in (
        (f"/ho-so/{SLUG}/vi-tri/dieu-50", f"/ho-so/{SLUG}?phan=5#dieu-50"),
        (f"/ho-so/{SLUG}/vi-tri/khong-co", f"/ho-so/{SLUG}"),
    ):
        assert client.get(address, base_url=BASE_URL).location == expected


@pytest.fixture
def clerk(long: Office) -> Visitor:
    """Come in for the police."""
    return long.entered(POLICE)


def test_an_agency_comes_back_to_the_part_it_wrote_in(long: Office, clerk: Visitor) -> None:
    own = f"/gop-y/{long.address(POLICE).code}"
    clerk.open(f"{own}/y-kien/moi?vi-tri=dieu-50.1")
    form = clerk.form_with("content").action.split("?")[0]
    clerk.press(form, {"content": "Đề nghị nêu rõ.", "reason": ""})

    assert clerk.response is not None
    assert clerk.response.request.full_path == f"{own}?phan=5"
    assert "Đề nghị nêu rõ." in clerk.response.text
    assert "Đề nghị nêu rõ." not in clerk.open(f"{own}?phan=4")
    assert "1 ý kiến" in clerk.open(f"{own}?phan=4")


def test_agreeing_with_a_chapter_takes_its_places(long: Office, clerk: Visitor) -> None:
    own = f"/gop-y/{long.address(POLICE).code}"
    clerk.open(f"{own}?phan=7")
    html = clerk.press("/thong-nhat", {"agree": "chuong-7"})

    assert clerk.response is not None
    assert clerk.response.request.full_path == f"{own}?phan=7"
    assert html.count('name="disagree"') > 100


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["?phan=4", "?phan=tat-ca"])
def test_a_kept_page_asks_few(long: Office, clerk: Visitor, ending: str) -> None:
    for address in (f"/ho-so/{SLUG}{ending}", f"/gop-y/{long.address(POLICE).code}{ending}"):
        clerk.open(address)
        with counted(long.database) as found:
            clerk.open(address)
        assert len(found) <= 6  # the whole of a long draft is not kept for readers
