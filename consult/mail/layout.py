"""The two layouts of a letter, plain text and HTML, from one body; Jinja without Flask.

Whatever a person wrote is printed so that it cannot pass for a link's placeholder; only a ``Link`` prints one. Letters
are rendered when they are queued, so that a fault of a template meets the person who acts and not the worker.
"""

from dataclasses import dataclass
from functools import lru_cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from consult import paths
from consult.domain.wording import clean_line
from consult.mail.parts import Letter, Link, Page, subject_line


@dataclass(frozen=True)
class Rendered:
    """A letter as it is queued: one line of subject, and the body twice, with placeholders for secret links."""

    subject: str
    text: str
    html: str


def render(letter: Letter) -> Rendered:
    """Lay a letter out twice."""
    text = _TEXT.render(letter=letter).strip() + "\n"
    return Rendered(subject_line(letter.subject), text, _HTML.render(letter=letter))


def _printed(value: object) -> object:
    """Print a link as its placeholder, and text on one clean line, with nothing in it that looks like a placeholder."""
    if isinstance(value, Link | Page):
        return value.value
    return _line(value) if isinstance(value, str) else value


@lru_cache(maxsize=512)
def _line(text: str) -> str:
    """Return a person's words for a letter; the letters of one act have most of them in common."""
    return clean_line(text).replace("⟦", "[").replace("⟧", "]")


_ENVIRONMENT = Environment(
    loader=FileSystemLoader(paths.TEMPLATES / "mail"),
    autoescape=select_autoescape(["html"]),
    undefined=StrictUndefined,
    finalize=_printed,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEXT = _ENVIRONMENT.get_template("letter.txt")
_HTML = _ENVIRONMENT.get_template("letter.html")
