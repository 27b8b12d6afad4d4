"""The inspector and the watch find what is planted: without this, silence of the other tests would say nothing."""

import pytest

from tests.browser.conftest import People
from tests.browser.inspecting import Inspector

pytestmark = pytest.mark.browser

PLANTED = """() => {
  document.querySelector("main").innerHTML =
    '<h1>A</h1><h1>B</h1><img src="/static/mark.svg"><p class="pale">pale</p><p class="wide">wide</p>';
  document.querySelector(".pale").style.color = "#ccc";
  document.querySelector(".wide").style.width = "700px";
}"""


def test_the_inspector_finds_what_is_planted(people: People) -> None:
    page, inspector = people.come(), Inspector()
    page.goto("/")
    page.evaluate(PLANTED)
    inspector.look(page, "planted")
    told = "\n".join(inspector.found)
    for words in ("2 main headings", "desktop: image-alt", "phone: color-contrast", "at 360 px is"):
        assert words in told


def test_the_watch_hears_errors_and_breaches_of_the_policy(people: People) -> None:
    page = people.come()
    page.goto("/")
    page.evaluate("setTimeout(() => { throw new Error('planted'); })")
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {textContent: '1'}))")
    page.wait_for_timeout(100)
    told = "\n".join(people.watch.faults)
    assert "planted" in told
    assert "policy: script-src-elem inline" in told
    people.watch.faults.clear()
