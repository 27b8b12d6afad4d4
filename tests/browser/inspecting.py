"""Looks at one page as a person with other eyes, other hands or a small screen meets it."""

from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import DESKTOP

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
RUN = "options => axe.run(options).then(results => results.violations)"
PHONE = {"width": 390, "height": 844}
# 320 px is where WCAG 1.4.10 asks for reflow.
NARROW = ({"width": 360, "height": 740}, {"width": 320, "height": 640})
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
AXE = Axe()


@dataclass
class Inspector:
    """Inspects pages one after another and keeps what was found, so that one run tells all."""

    found: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)

    def look(self, page: Page, name: str) -> None:
        """Inspect the open page: WCAG 2.2 AA on desktop and phone, one language, one main heading, no page too wide."""
        self.seen.append(name)
        self._headings(page, name)
        page.evaluate(AXE.axe_script)
        self._axe(page, f"{name}, desktop")
        for size in (PHONE, *NARROW):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            if over := page.evaluate(TOO_WIDE):
                self.found.append(f"{name} at {size['width']} px is {over} px too wide")
            if size is PHONE:
                self._axe(page, f"{name}, phone")
        page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]

    def _headings(self, page: Page, name: str) -> None:
        if (count := page.locator("h1").count()) != 1:
            self.found.append(f"{name} has {count} main headings")

    def _axe(self, page: Page, name: str) -> None:
        for violation in page.evaluate(RUN, OPTIONS):
            targets = [node["target"] for node in violation["nodes"]]
            self.found.append(f"{name}: {violation['id']} ({violation['help']}) at {targets}")
