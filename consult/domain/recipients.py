"""Which bodies of the directory the printed lines of "Kính gửi" mean.

A line means a body or a group when it is one of its names: case, white space, marks at the end and the place of a tone
aside, then also without "các", with the abbreviations written out and without the province's name. What several bodies
could mean is for an official to choose; to what no body means, the nearest names are suggested.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cached_property

from rapidfuzz import fuzz, process

from consult.domain.wording import match_key, search_key

SUGGESTED = 4
_LEAST_LIKE = 70
_ABBREVIATED: Sequence[tuple[re.Pattern[str], str]] = tuple(
    (re.compile(rf"\b{short}(?!\w)\.?", re.IGNORECASE), long)
    for short, long in (
        ("ubnd", "ủy ban nhân dân"),
        ("hđnd", "hội đồng nhân dân"),
        ("ubmttq|mttq", "ủy ban mặt trận tổ quốc"),
        ("tp", "thành phố "),
        ("tx", "thị xã "),
        ("tt&tt", "thông tin và truyền thông"),
    )
)
_SHORT = re.compile("ubnd|hđnd|mttq|tp|tx|tt&tt", re.IGNORECASE)
_ASIDE = re.compile(r"\([^)]*\)")
_BEFORE = re.compile(r"^(?:các|toàn thể|tất cả) ")


@dataclass(frozen=True)
class Body:
    """An agency of the directory: all its names, and from when to (not including) when it exists."""

    id: int
    code: str
    name: str
    names: tuple[str, ...]
    email: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str = ""

    def exists(self, on: date) -> bool:
        """Say whether the body exists on a day."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on < self.valid_to)


@dataclass(frozen=True)
class Group:
    """A line that stands for several bodies; ``members`` in their order."""

    id: int
    name: str
    names: tuple[str, ...]
    members: tuple[Body, ...]

    def present(self, on: date) -> tuple[Body, ...]:
        """Return the members that exist on a day."""
        return tuple(body for body in self.members if body.exists(on))


class Found(Enum):
    """What a printed line means."""

    BODY = "one body"
    GROUP = "a group"
    SEVERAL = "more than one could be meant"
    NOTHING = "nothing in the directory"


@dataclass(frozen=True)
class Meant:
    """A printed line with what it means: candidates of ``SEVERAL``, suggestions of ``NOTHING``, else exactly one."""

    printed: str
    found: Found
    candidates: tuple[Body | Group, ...]


@dataclass(frozen=True)
class Directory:
    """All bodies and groups, on the day for which names are matched; ``place`` is the province ("Gia Lai")."""

    bodies: tuple[Body, ...]
    groups: tuple[Group, ...]
    on: date
    place: str = ""

    def meant(self, printed: str) -> Meant:
        """Say what a printed line means."""
        found = self._exactly[match_key(_ASIDE.sub(" ", printed))] or self._loosely[self.loose_key(printed)]
        candidates = self._present(found)
        if not candidates:
            return Meant(printed, Found.NOTHING, self.like(printed))
        if len(candidates) > 1:
            return Meant(printed, Found.SEVERAL, candidates)
        return Meant(printed, Found.GROUP if isinstance(candidates[0], Group) else Found.BODY, candidates)

    def like(self, words: str) -> tuple[Body | Group, ...]:
        """Return those whose names are nearest to ``words``, accents aside, the nearest first."""
        keys = list(self._searched)
        near = process.extract(search_key(words), keys, scorer=fuzz.token_set_ratio, limit=20, score_cutoff=_LEAST_LIKE)
        ordered = sorted(near, key=lambda each: (-each[1], -fuzz.ratio(search_key(words), each[0])))
        return self._present(each for key, *_ in ordered for each in self._searched[key])[:SUGGESTED]

    def search(self, words: str) -> tuple["Body | Group", ...]:
        """Return those whose names hold all ``words``, accents and order aside; bodies that exist, in their order."""
        wanted = search_key(words).split()
        if not wanted:
            return ()
        every: Sequence[Body | Group] = (*self.groups, *(body for body in self.bodies if body.exists(self.on)))
        return tuple(each for each in every if _holds(search_key(" ".join(each.names)), wanted))

    def _present(self, found: Iterable["Body | Group"]) -> tuple["Body | Group", ...]:
        """Return each once; bodies that no longer exist only when nothing else is meant."""
        every = tuple(dict.fromkeys(found))
        here = tuple(each for each in every if isinstance(each, Group) or each.exists(self.on))
        return here or every

    def loose_key(self, name: str) -> str:
        """Return a key under which spellings meet that ``match_key`` keeps apart."""
        written = _ASIDE.sub(" ", name) if "(" in name else name
        if _SHORT.search(written):
            for short, long in _ABBREVIATED:
                written = short.sub(long, written)
        key = _BEFORE.sub("", match_key(written))
        for ending in self._endings:
            key = key.removesuffix(ending)
        return key

    @cached_property
    def _endings(self) -> tuple[str, ...]:
        """The province as it stands behind a name, the longest words first."""
        return tuple(f" {match_key(ending)}" for ending in (f"tỉnh {self.place}", self.place, "tỉnh") if ending)

    @cached_property
    def _exactly(self) -> Mapping[str, Sequence["Body | Group"]]:
        return _index((match_key(name), each) for each, name in self._names())

    @cached_property
    def _loosely(self) -> Mapping[str, Sequence["Body | Group"]]:
        return _index((self.loose_key(name), each) for each, name in self._names())

    @cached_property
    def _searched(self) -> Mapping[str, Sequence["Body | Group"]]:
        return _index((search_key(name), each) for each, name in self._names())

    def _names(self) -> Iterator[tuple["Body | Group", str]]:
        named: Iterable[Body | Group] = (*self.bodies, *self.groups)
        yield from ((each, name) for each in named for name in each.names if name.strip())


def _holds(key: str, wanted: Sequence[str]) -> bool:
    return all(word in key for word in wanted)


def _index(pairs: Iterable[tuple[str, "Body | Group"]]) -> Mapping[str, Sequence["Body | Group"]]:
    index: dict[str, list[Body | Group]] = defaultdict(list)
    for key, each in pairs:
        index[key].append(each)
    return index
