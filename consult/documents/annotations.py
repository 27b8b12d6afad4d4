"""What is written into a draft's Word file: remarks in the margin of a clause, and its agreed wording.

Plain values, and their JSON between the process that asks and the one that writes. It refuses to know where a clause
stands in the file beyond the spans that its reader told.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from consult.domain.outline_nodes import Span

_LENGTH = 16


@dataclass(frozen=True)
class Signed:
    """Who wrote something and when (ISO 8601, UTC), as Word shows it beside the margin."""

    author: str
    initials: str
    moment: str


@dataclass(frozen=True)
class Remark:
    """A comment for the margin: who, and its paragraphs."""

    by: Signed
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Wording:
    """The agreed wording of a clause, without its label; ``doubt`` says why it can only be a remark, "" for not."""

    by: Signed
    text: str
    doubt: str = ""


@dataclass(frozen=True)
class Place:
    """A clause of the draft in document order, as it stands in the record, and what is written to it.

    ``spans`` is where it stands in the file, empty where that is to be looked for; ``anchor`` "" is the draft as a
    whole, which stands first.
    """

    cited: str
    label: str
    text: str
    spans: tuple[Span, ...] = ()
    remarks: tuple[Remark, ...] = ()
    wording: Wording | None = None


def told(places: Sequence[Place], content: bytes) -> bytes:
    """Return places and file as one message."""
    head = json.dumps([asdict(place) for place in places]).encode()
    return f"{len(head):0{_LENGTH}d}".encode() + head + content


def heard(message: bytes) -> tuple[tuple[Place, ...], bytes]:
    """Return places and file of a message of ``told``."""
    begins = _LENGTH
    ends = begins + int(message[:begins])
    return tuple(map(_place, json.loads(message[begins:ends]))), message[ends:]


def _place(values: dict[str, Any]) -> Place:
    spans, remarks, wording = (values.pop(name) for name in ("spans", "remarks", "wording"))
    return Place(
        **values,
        spans=tuple(Span(**span) for span in spans),
        remarks=tuple(Remark(Signed(**each["by"]), tuple(each["paragraphs"])) for each in remarks),
        wording=Wording(**{**wording, "by": Signed(**wording["by"])}) if wording else None,
    )
