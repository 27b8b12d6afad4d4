"""What a browser complains about while people work: errors in scripts, on the console, against the policy."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Response

NOTE_BREACHES = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
"""
REFUSED = "Failed to load resource: the server responded with a status of 4"


@dataclass
class Watch:
    """Collects the faults of one browser's pages; a refused page is no fault, a refused file is."""

    faults: list[str] = field(default_factory=list)

    def over(self, page: Page) -> None:
        """Begin to watch a page."""
        page.add_init_script(NOTE_BREACHES)
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        page.on("response", self._answered)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(REFUSED):
            self.faults.append(f"{message.location.get('url')}: {message.text}")

    def _answered(self, response: Response) -> None:
        is_file = "static" in urlsplit(response.url).path
        if response.status >= 500 or (is_file and response.status >= 400):
            self.faults.append(f"{response.url} answered {response.status}")
