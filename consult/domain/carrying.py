"""Which clause of a draft is which after a correction: what was commented on is carried along, or shown as gone.

Pure values: places before, places after, and what became of each. Words decide before numbers do: where a clause was
put in, the one that was "khoản 2" is found again as "khoản 3". What is not surely the same place is a new one, so that
no comment is hung under words that its agency never read.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from rapidfuzz.distance import Indel

_WORD = re.compile(r"\w+")
# Shares of words in common: of one place whose words were changed, of two places that are taken for one.
SIMILAR, VERY_SIMILAR = 0.5, 0.8
_SHINGLE = 3
_MOST_SHARING = 20


class Fate(Enum):
    """What became of a place; the value is its word in letters."""

    SAME = "giữ nguyên"
    REWORDED = "sửa đổi"
    MOVED = "chuyển vị trí"
    GONE = "bỏ"
    NEW = "bổ sung"


@dataclass(frozen=True)
class Place:
    """A clause as it is compared. ``gone`` is one that an earlier correction took out: it only keeps its order."""

    anchor: str
    label: str
    text: str
    gone: bool = False


@dataclass(frozen=True)
class Carried:
    """One place: its index among those before (None: it is new) and among those after (None: it is gone)."""

    fate: Fate
    old: int | None
    new: int | None


def carried(old: Sequence[Place], new: Sequence[Place]) -> tuple[Carried, ...]:
    """Return what became of each place: every old and every new one exactly once.

    The new ones come in their order; what is gone stands after what it followed before.
    """
    pairs = _paired(old, new)
    after = {there: here for here, there in pairs.items()}
    gone = _gone_after(range(len(old)), pairs)
    found = [Carried(Fate.GONE, each, None) for each in gone.get(None, ())]
    for there, place in enumerate(new):
        here = after.get(there)
        found.append(Carried(Fate.NEW if here is None else _fate(old[here], place), here, there))
        found += [Carried(Fate.GONE, each, None) for each in gone.get(here, ())] if here is not None else []
    return tuple(found)


def _fate(before: Place, now: Place) -> Fate:
    if before.text != now.text:
        return Fate.REWORDED
    return Fate.SAME if (before.anchor, before.label) == (now.anchor, now.label) else Fate.MOVED


def _gone_after(old: Iterable[int], pairs: Mapping[int, int]) -> Mapping[int | None, list[int]]:
    """Return the places that are gone by the nearest kept one before them, None at the beginning."""
    gone: dict[int | None, list[int]] = defaultdict(list)
    kept: int | None = None
    for place in old:
        if place in pairs:
            kept = place
        else:
            gone[kept].append(place)
    return gone


def _paired(old: Sequence[Place], new: Sequence[Place]) -> Mapping[int, int]:
    """Match old with new by their indices, the surest first."""
    matching = _Matching(old, new)
    matching.by_key(lambda place: (place.anchor, place.text))
    matching.by_key(lambda place: place.text)
    matching.by_anchor(VERY_SIMILAR)
    matching.by_words()
    matching.by_anchor(SIMILAR)
    return matching.pairs


class _Matching:
    """What is matched so far, and what is left on either side."""

    def __init__(self, old: Sequence[Place], new: Sequence[Place]) -> None:
        self._old = {index: place for index, place in enumerate(old) if not place.gone}
        self._new = dict(enumerate(new))
        self.pairs: dict[int, int] = {}

    def _join(self, pairs: Iterable[tuple[int, int]]) -> None:
        for here, there in pairs:
            self.pairs[here] = there
            del self._old[here], self._new[there]

    def by_key(self, key: Callable[[Place], object]) -> None:
        """Match in their order what stands under one key as often on both sides."""
        sides: tuple[dict[object, list[int]], dict[object, list[int]]] = (defaultdict(list), defaultdict(list))
        for side, places in zip(sides, (self._old, self._new), strict=True):
            for index, place in places.items():
                side[key(place)].append(index)
        same = [(sides[0][each], sides[1][each]) for each in sides[0] if len(sides[0][each]) == len(sides[1][each])]
        self._join(pair for here, there in same for pair in zip(here, there, strict=True))

    def by_anchor(self, least: float) -> None:
        """Match what stands at one place with words alike enough."""
        there = {place.anchor: index for index, place in self._new.items()}
        pairs = [(index, there[place.anchor]) for index, place in self._old.items() if place.anchor in there]
        self._join([pair for pair in pairs if self._alike(*pair) >= least])

    def by_words(self) -> None:
        """Match what is very similar to one place alone, in both directions."""
        holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for index, place in self._old.items():
            for shingle in _shingles(place.text):
                holders[shingle].append(index)
        close = [(here, there) for there, place in self._new.items() for here in self._close(holders, place, there)]
        olds, news = Counter(here for here, _ in close), Counter(there for _, there in close)
        self._join([(here, there) for here, there in close if olds[here] == news[there] == 1])

    def _close(self, holders: Mapping[tuple[str, ...], list[int]], place: Place, there: int) -> list[int]:
        shared = (holders.get(shingle, ()) for shingle in _shingles(place.text))
        near = {here for those in shared if len(those) <= _MOST_SHARING for here in those}
        return [here for here in near if self._alike(here, there) >= VERY_SIMILAR]

    def _alike(self, here: int, there: int) -> float:
        return alike(self._old[here].text, self._new[there].text)


def alike(before: str, now: str) -> float:
    """Return the share of words that two wordings have in common, in their order: 0 to 1."""
    if before == now:
        return 1.0
    return Indel.normalized_similarity(_words(before), _words(now))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    """Return each run of three words: texts that are very similar and not short share one."""
    words = _words(text)
    return frozenset(tuple(words[start : start + _SHINGLE]) for start in range(len(words) - _SHINGLE + 1))
