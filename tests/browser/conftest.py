"""One Chromium a worker, a fresh office a test, people with browsers of their own that complain of nothing."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from consult.store.database import connect
from tests.browser.serving import Served, served
from tests.browser.watching import Watch
from tests.builders import OPENS, Clock
from tests.prepare import chromium

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# Milliseconds; far more than a quiet machine needs.
PATIENCE = 20_000
DESKTOP = {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    """Start the installed Chromium."""
    expect.set_options(timeout=PATIENCE)
    path = chromium()
    if path is None:
        pytest.fail("there is no Chromium on this machine; `python -m tests.prepare` says how to get it")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def site(published_file: Path, tmp_path: Path) -> Iterator[Served]:
    """Serve the sample's round just opened."""
    path = tmp_path / "consult.sqlite3"
    shutil.copyfile(published_file, path)
    database = connect(f"sqlite:///{path}")
    with served(database, tmp_path, Clock(OPENS)) as running:
        yield running
    database.dispose()


@dataclass
class People:
    """Opens browsers, one a person, and watches each of them."""

    chrome: Browser
    site: Served
    watch: Watch = field(default_factory=Watch)
    contexts: list[BrowserContext] = field(default_factory=list)

    def come(self, **options: object) -> Page:
        """Open a browser of a person; options are those of a Playwright context."""
        context = self.chrome.new_context(
            base_url=self.site.base_url,
            locale="vi-VN",
            **{"viewport": DESKTOP, **options},  # type: ignore[arg-type]
        )
        context.set_default_timeout(PATIENCE)
        self.contexts.append(context)
        page = context.new_page()
        self.watch.over(page)
        return page


@pytest.fixture
def people(chrome: Browser, site: Served) -> Iterator[People]:
    """Give browsers; at the end none of them may have complained."""
    made = People(chrome, site)
    yield made
    for context in made.contexts:
        context.close()
    assert made.watch.faults == []
