"""What the directory keeps of an agency and of a group, as values, and how each column of its list is printed.

It knows the columns, the usual kinds, and that a last day is printed where the record keeps the day after. It refuses
to know files and tables.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum
from types import MappingProxyType

from consult.domain.dates import short_date
from consult.domain.wording import clean_line, match_key, search_key

DEFAULT_RANK = 500
LOWEST_RANK = 99_999
MOST_NAME = 500
"""Characters of a name, an address, a code or one alias."""
MOST_ALIASES = 4_000
"""Characters of all aliases together."""
BETWEEN = " | "
"""Stands between several aliases, or groups, in one cell."""
_LONGEST_CODE = 60
_EMAIL = re.compile(r"[!-+\--:=?A-~]+@[A-Za-z0-9.-]+\.[A-Za-z0-9-]+")


class Column(Enum):
    """A column of the list; the value is its head in the files that the office gets."""

    CODE = "Mã"
    NAME = "Tên cơ quan"
    SHORT_NAME = "Tên viết tắt"
    ALIASES = "Tên gọi khác"
    KIND = "Loại"
    RANK = "Thứ tự"
    EMAIL = "Hộp thư"
    VALID_FROM = "Từ ngày"
    LAST_DAY = "Đến hết ngày"
    SUCCESSOR = "Cơ quan kế thừa"
    GROUPS = "Nhóm"


class Why(Enum):
    """Why an entry cannot be kept as it stands, or deserves a second look."""

    NO_NAME = "no name"
    TOO_LONG = "too long"
    EMAIL = "no e-mail address"
    DATE = "no date"
    DAYS = "it ends before it begins"
    RANK = "no number for the order"
    GROUP = "unknown group"
    GROUP_ROW = "a group and no agency"
    SUCCESSOR = "unknown successor"
    OWN_SUCCESSOR = "its own successor"
    CIRCLE = "its successors lead back to it"
    SEVERAL = "several agencies have this name"
    CODE_TWICE = "the code stands twice"
    NAME_TWICE = "the name stands twice"
    CODE_KNOWN = "the code is taken"
    NAME_KNOWN = "the name is there under another code"
    ADDRESS_TAKEN = "somebody has this address already"
    SHARED_MAILBOX = "the mailbox is another one's too"


@dataclass(frozen=True)
class Problem:
    """One fault with what it is about: the words that were read, a code, the number of a line."""

    why: Why
    detail: str = ""


KINDS: Mapping[str, str] = MappingProxyType(
    {
        "ministry": "bộ, cơ quan ngang bộ",
        "province": "tỉnh, thành phố",
        "department": "sở, ban, ngành",
        "district": "huyện, thị xã, thành phố",
        "commune": "xã, phường, đặc khu",
        "organisation": "tổ chức, đoàn thể",
        "enterprise": "doanh nghiệp",
    }
)
"""The usual kinds by the word that the record keeps; any other word is kept and printed as it is."""
_KIND_KEYS = {match_key(words): kind for kind, words in KINDS.items()}


@dataclass(frozen=True)
class AgencyEntry:
    """An agency; it exists up to and not including ``valid_to``. ``groups`` are codes; "" stands for nothing."""

    code: str
    name: str
    short_name: str = ""
    aliases: tuple[str, ...] = ()
    kind: str = ""
    rank: int = DEFAULT_RANK
    email: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str = ""
    groups: tuple[str, ...] = ()

    def with_code(self, code: str) -> "AgencyEntry":
        """Return the same agency under a code."""
        return replace(self, code=code)

    def exists_on(self, day: date) -> bool:
        """Whether the body exists on a day."""
        return (self.valid_from or date.min) <= day < (self.valid_to or date.max)

    def meets(self, other: "AgencyEntry") -> bool:
        """Whether there is a day on which both bodies exist."""
        return (self.valid_from or date.min) < (other.valid_to or date.max) and (other.valid_from or date.min) < (
            self.valid_to or date.max
        )


@dataclass(frozen=True)
class GroupName:
    """A group by its code, its name and the other ways to write it."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()


class Groups:
    """The groups of a directory, found by code, name or alias and printed so that they are found again."""

    def __init__(self, groups: Sequence[GroupName]) -> None:
        """Take the groups."""
        self._codes = {group.code: group.name for group in groups}
        names: dict[str, set[str]] = {}
        for group in groups:
            for name in (group.name, *group.aliases):
                names.setdefault(match_key(name), set()).add(group.code)
        self._names = {key: next(iter(codes)) for key, codes in names.items() if len(codes) == 1}
        self._printed = {
            code: name for code, name in self._codes.items() if "|" not in name and self.find(name) == code
        }

    def find(self, text: str) -> str | None:
        """Return the code of the group that is meant, or None."""
        return text if text in self._codes else self._names.get(match_key(text))

    def printed(self, code: str) -> str:
        """Return the group's name, or its code where the name would not lead back to it."""
        return self._printed.get(code, code)


def printed_kind(kind: str) -> str:
    """Return a kind in words."""
    return KINDS.get(kind, kind)


def read_kind(text: str) -> str:
    """Return what the record keeps of a kind in words, be it the usual words, their English name or others."""
    return _KIND_KEYS.get(match_key(text), text)


def last_day(valid_to: date | None) -> date | None:
    """Return the last day of a body, which people write, of the day after, which the record keeps."""
    return valid_to - timedelta(days=1) if valid_to else None


def day_after(day: date | None) -> date | None:
    """Return what the record keeps of a last day."""
    return day + timedelta(days=1) if day else None


def printed(entry: AgencyEntry, column: Column, groups: Groups) -> str:
    """Return a cell of the list as text, on one line."""
    return clean_line(_PRINTED[column](entry, groups))


def _printed_day(day: date | None) -> str:
    return short_date(day) if day else ""


_PRINTED: Mapping[Column, Callable[[AgencyEntry, Groups], str]] = MappingProxyType(
    {
        Column.CODE: lambda entry, _: entry.code,
        Column.NAME: lambda entry, _: entry.name,
        Column.SHORT_NAME: lambda entry, _: entry.short_name,
        Column.ALIASES: lambda entry, _: BETWEEN.join(entry.aliases),
        Column.KIND: lambda entry, _: printed_kind(entry.kind),
        Column.RANK: lambda entry, _: str(entry.rank),
        Column.EMAIL: lambda entry, _: entry.email,
        Column.VALID_FROM: lambda entry, _: _printed_day(entry.valid_from),
        Column.LAST_DAY: lambda entry, _: _printed_day(last_day(entry.valid_to)),
        Column.SUCCESSOR: lambda entry, _: entry.successor,
        Column.GROUPS: lambda entry, groups: BETWEEN.join(map(groups.printed, entry.groups)),
    }
)


def is_address(text: str) -> bool:
    """Whether a text is one e-mail address as official mailboxes are written."""
    return bool(_EMAIL.fullmatch(text)) and ".." not in text and len(text) <= 254


def split_list(text: str) -> tuple[str, ...]:
    """Return the parts of a cell or a field that holds several names: by lines or by "|", else by semicolons."""
    between = "[|\n]" if "|" in text or "\n" in text else ";"
    return tuple(dict.fromkeys(filter(None, map(clean_line, re.split(between, text)))))


def new_code(name: str, taken: Collection[str]) -> str:
    """Return a code made from the name of a new agency or group: "so-noi-vu", and "so-noi-vu-2" where it is taken."""
    made = "".join(char if char.isascii() else " " for char in search_key(name))
    code = "-".join(made.split())[:_LONGEST_CODE].strip("-") or "co-quan"
    if code not in taken:
        return code
    number = 2
    while f"{code}-{number}" in taken:
        number += 1
    return f"{code}-{number}"


def leads_back(entry: AgencyEntry, successors: Mapping[str, str]) -> bool:
    """Whether the successors, one after the other, lead back to the agency; ``successors`` are by code."""
    at, seen = entry.successor, {""}
    while at not in seen and at != entry.code:
        seen.add(at)
        at = successors.get(at, "")
    return at == entry.code


def faults(entry: AgencyEntry) -> tuple[Problem, ...]:
    """Return what is wrong with an entry by itself, whatever else the directory holds."""
    found = []
    if not entry.name:
        found.append(Problem(Why.NO_NAME))
    if entry.valid_from and entry.valid_to and entry.valid_to <= entry.valid_from:
        found.append(Problem(Why.DAYS, f"{_printed_day(entry.valid_from)} – {_printed_day(last_day(entry.valid_to))}"))
    words = (entry.code, entry.name, entry.short_name, entry.kind, entry.successor, *entry.aliases)
    if any(len(text) > MOST_NAME for text in words) or sum(map(len, entry.aliases)) > MOST_ALIASES:
        found.append(Problem(Why.TOO_LONG, max(words, key=len)[:80]))
    if entry.successor and entry.successor == entry.code:
        found.append(Problem(Why.OWN_SUCCESSOR))
    return tuple(found)
