"""Drafts as their authors planned them: a hand-written tree, from which a file is made and with which it is compared.

A line of ``tree.txt`` is a clause, two blanks deeper than the one it stands under:

    # Điều 5. | Phạm vi          a heading and its title        1. | Sở Y tế báo cáo.    a numbered clause or a dash
    plain | …   preamble | …   closing | …   note | …           table | a ¦ b            a table; further rows: row | …
    also | …                   a further paragraph of the clause above
    masthead | …   subject | …   recipients | …   distribution | …   signature | …      a line of the frame
    part | quy-che             an attached text begins          aside | …               what belongs to the page

"⏎" is a line break between two sentences of a paragraph (before the first words: between a label and its title, or
after the clause above), "↵" one inside a sentence. "⇐ dieu-5" at the end of a line gives an anchor, and a label after
"!" is typed where its like are made by Word. Lines that begin with ";" are remarks.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from consult.domain.outline import Outline

FRAME = ("masthead", "subject", "recipients", "distribution", "signature")
_WORDS = (*FRAME, "plain", "preamble", "closing", "note", "table", "row", "also", "part", "aside")
_LINE = re.compile(
    r"(?P<blanks> *)(?P<heading># )?(?P<typed>!)?(?P<head>[^|]*?) \| ?(?P<text>.*?)(?: ⇐ (?P<anchor>\S+))?$"
)
_MARKS = "-–—+*•"


@dataclass(frozen=True)
class Planned:
    """One clause, or one line of the frame or of the page; ``depth`` counts the clauses above it."""

    kind: str
    depth: int
    label: str
    paragraphs: tuple[str, ...]
    part: str
    typed: bool
    anchor: str

    @property
    def text(self) -> str:
        """The words as an outline tells them."""
        told = "\n".join(self.paragraphs).removeprefix("⏎").replace("⏎", "\n").replace("↵", " ")
        return told.replace(" ¦ ", "\t")


def planned(folder: Path) -> list[Planned]:
    """Return what is planned in a folder's ``tree.txt``, in the order of the draft."""
    found: list[Planned] = []
    part = ""
    for line in (folder / "tree.txt").read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith(";"):
            continue
        each = _read(line, part)
        if each.kind == "part":
            part = each.text
        elif each.kind in ("also", "row"):
            found[-1] = replace(found[-1], paragraphs=found[-1].paragraphs + each.paragraphs)
        else:
            found.append(each)
    return found


def clauses(plan: list[Planned]) -> list[tuple[int, str, str, str]]:
    """Return (depth, kind, label, text) of every clause of the body."""
    return [(each.depth, each.kind, each.label, each.text) for each in plan if each.kind not in (*FRAME, "aside")]


def read_clauses(drafted: Outline) -> list[tuple[int, str, str, str]]:
    """Return (depth, kind, label, text) of every clause of the body that was read."""
    depths: dict[str | None, int] = {None: -1}
    found = []
    for node in drafted.nodes:
        depths[node.anchor] = depths[node.parent] + 1
        if not node.kind.in_frame:
            found.append((depths[node.anchor], node.kind.value, node.label, node.text))
    return found


def framed(plan: list[Planned]) -> list[tuple[str, str, str]]:
    """Return (part, kind, text) of every element of the frame, each where its first line stands."""
    found: dict[tuple[str, str], list[str]] = {}
    for each in plan:
        if each.kind in FRAME:
            found.setdefault((each.part, each.kind), []).append(each.text)
    return [(*key, "\n".join(lines)) for key, lines in found.items()]


def anchored(plan: list[Planned]) -> Iterator[tuple[str, str]]:
    """Yield (anchor, text) for the clauses whose anchor is given."""
    return ((each.anchor, each.text) for each in plan if each.anchor)


def _read(line: str, part: str) -> Planned:
    found = _LINE.match(line)
    assert found is not None, line
    head, word = found["head"], found["head"] in _WORDS
    kind = head if word else "heading" if found["heading"] else "dash" if head in _MARKS else "numbered"
    depth, odd = divmod(len(found["blanks"]), 2)
    assert not odd, line
    return Planned(
        kind, depth, "" if word else head, (found["text"],), part, bool(found["typed"]), found["anchor"] or ""
    )
