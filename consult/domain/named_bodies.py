"""Bodies that a text names: whole names of the directory, the longest first, in one pass over its words.

The names stand in a tree of their words, so that the time grows with the length of the text and not with the number of
names. A name of one short word ("Sở") names nobody.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Generic, TypeVar

from consult.domain.recipients import Body, Directory, Group
from consult.domain.wording import match_key

T = TypeVar("T")
_SHORTEST_WORD = 4


@dataclass
class _Branch(Generic[T]):
    """What follows after some words, and who is named by them."""

    further: dict[str, "_Branch[T]"] = field(default_factory=dict)
    named: list[T] = field(default_factory=list)


class Names(Generic[T]):
    """The names of a directory, ready to be found in texts."""

    def __init__(self, names: Iterable[tuple[str, T]]) -> None:
        """Take pairs of a name and who it names; one name may name several."""
        self._root: _Branch[T] = _Branch()
        for name, named in names:
            words = _words(name)
            if len(words) > 1 or (words and len(words[0]) >= _SHORTEST_WORD):
                self._put(words, named)

    def _put(self, words: Sequence[str], named: T) -> None:
        branch = self._root
        for word in words:
            branch = branch.further.setdefault(word, _Branch())
        branch.named.append(named)

    def found_in(self, text: str) -> Iterator[T]:
        """Yield who is named in a text, in its order; a name inside a longer one that is known names nobody."""
        words, at = _words(text), 0
        while at < len(words):
            length, named = self._longest(words, at)
            yield from named
            at += length or 1

    def _longest(self, words: Sequence[str], at: int) -> tuple[int, Sequence[T]]:
        branch, length, named = self._root, 0, []
        for depth, word in enumerate(words[at : at + 40], start=1):
            if word not in branch.further:
                break
            branch = branch.further[word]
            if branch.named:
                length, named = depth, branch.named
        return length, named


def first_places(names: "Names[T]", texts: Sequence[tuple[int, bool, str]]) -> Mapping[T, int]:
    """Map who is named to the number of the text that does: the first heading, else the first text.

    ``texts`` are triples of a number, whether it is a heading, and the words.
    """
    places: dict[T, int] = {}
    for headings in (True, False):
        for number, is_heading, text in texts:
            if is_heading is headings:
                for named in names.found_in(text):
                    places.setdefault(named, number)
    return places


def _words(text: str) -> list[str]:
    """Return the words of a text in the form of ``match_key``; a law has few different ones, so they are kept."""
    return [word for each in text.split() for word in _keys(each)]


@lru_cache(maxsize=20_000)
def _keys(word: str) -> tuple[str, ...]:
    return tuple(match_key(word).split())


@dataclass(frozen=True)
class NotAsked:
    """A body or group that a text names and the list lacks; ``missing`` are the agencies to add."""

    who: Body | Group
    place: int
    missing: tuple[int, ...]


def not_asked(
    directory: Directory, held: Collection[int], texts: Sequence[tuple[int, bool, str]], own: Iterable[str]
) -> tuple[NotAsked, ...]:
    """Return who is named and not on the list, headings first; never the bodies named in ``own`` (the lead agency)."""
    exempt = {directory.loose_key(name) for name in own if name}
    everybody: Sequence[Body | Group] = (*directory.bodies, *directory.groups)
    names = Names((name, each) for each in everybody for name in each.names)
    found = []
    for who, place in first_places(names, texts).items():
        missing = tuple(body.id for body in _of(who, directory.on) if body.id not in held)
        if missing and not any(directory.loose_key(name) in exempt for name in who.names):
            found.append(NotAsked(who, place, missing))
    return tuple(found)


def _of(who: Body | Group, on: date) -> tuple[Body, ...]:
    if isinstance(who, Group):
        return who.present(on)
    return (who,) if who.exists(on) else ()
