"""The agency's page, rendered once a revision and filled for each agency.

A rendered template holds marks; ``Frame`` cuts the text at them, so that a request only joins strings. Kept per round,
revision, language and phase, it holds nothing of any agency. ``Ready`` is an agency's filled page, encoded; it is kept
for the one browser that asked for it, under all that it was made from.
"""

import re
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")
# Non-characters, which no stored text can hold (``wording.clean``): words of a draft are never taken for a mark.
_OPEN, _SHUT = "\ufdd0", "\ufdd1"
_MARK = re.compile(f"{_OPEN}([a-z_]+){_SHUT}")
CODE = "xxcodexx"
_MOST = 64


def mark(name: str) -> str:
    """Return the mark of a slot, for use in a template; autoescaping leaves it alone."""
    return f"{_OPEN}{name}{_SHUT}"


@dataclass(frozen=True)
class Frame:
    """A text cut at its marks: ``pieces`` and, between them, the ``names`` of the slots."""

    pieces: tuple[str, ...]
    names: tuple[str, ...]

    @classmethod
    def cut(cls, text: str) -> "Frame":
        """Cut a rendered template; the placeholder of the agency's code in addresses is a slot too."""
        parts = _MARK.split(text.replace(CODE, mark("code")))
        return cls(tuple(parts[::2]), tuple(parts[1::2]))

    def fill(self, values: Mapping[str, str]) -> str:
        """Return the text with each slot filled; ``KeyError`` for a slot without a value."""
        out = [self.pieces[0]]
        for name, piece in zip(self.names, self.pieces[1:], strict=True):
            out += (values[name], piece)
        return "".join(out)


@dataclass(frozen=True)
class Ready:
    """A page as it goes out, encoded but for the slots that each request fills."""

    pieces: tuple[bytes, ...]
    names: tuple[str, ...]

    @classmethod
    def cut(cls, text: str) -> "Ready":
        """Cut a page at the marks that are left in it."""
        frame = Frame.cut(text)
        return cls(tuple(piece.encode() for piece in frame.pieces), frame.names)

    def fill(self, values: Mapping[str, str]) -> list[bytes]:
        """Return the page in pieces, each slot filled; ``KeyError`` for a slot without a value. Nothing is copied."""
        out = [self.pieces[0]]
        for name, piece in zip(self.names, self.pieces[1:], strict=True):
            out += (values[name].encode(), piece)
        return out


class Shelf:
    """Keeps what was built under a key; what was not asked for longest goes when there are too many."""

    def __init__(self, most: int = _MOST) -> None:
        """Begin empty, with room for ``most``."""
        self._most = most
        self._kept: OrderedDict[Hashable, object] = OrderedDict()

    def get(self, key: Hashable, build: Callable[[], T]) -> T:
        """Return what stands under ``key``, built if it is not there (twice at worst, when two ask at once)."""
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = build()
        self._kept.move_to_end(key)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return found  # type: ignore[return-value]
