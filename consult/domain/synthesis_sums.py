"""The sums that the lists of bodies around a synthesis must come to, and how a refusal names a few of many."""

from collections import Counter
from collections.abc import Sequence
from typing import Protocol

from consult.domain.errors import IncompleteSynthesis

_NAMED_AT_MOST = 5


class Listed(Protocol):
    """A body in a list."""

    @property
    def name(self) -> str:
        """Its printed name."""

    @property
    def identity(self) -> str:
        """What tells it from another of the same name."""


class Lists(Protocol):
    """The lists of those who were asked, and of those who answered unasked."""

    @property
    def invited(self) -> int:
        """How many were asked."""

    @property
    def agrees(self) -> Sequence[Listed]:
        """Who agrees."""

    @property
    def no_opinion(self) -> Sequence[Listed]:
        """Who has no opinion."""

    @property
    def commenting(self) -> Sequence[Listed]:
        """Who comments."""

    @property
    def silent(self) -> Sequence[Listed]:
        """Who is silent."""

    @property
    def uninvited(self) -> Sequence[Listed]:
        """Who answered unasked."""


def check_bodies(summary: Lists) -> None:
    """Hold the identities of the lists; ``IncompleteSynthesis`` names the body that stands in two, or both sums."""
    lists = [*summary.agrees, *summary.no_opinion, *summary.commenting, *summary.silent]
    everybody = [*lists, *summary.uninvited]
    listed = Counter(body.identity for body in everybody)
    doubled = [body.name for body in everybody if listed[body.identity] > 1]
    if doubled:
        raise IncompleteSynthesis(f"bodies that stand in more than one list: {named_few(doubled)}")
    if len(lists) != summary.invited:
        raise IncompleteSynthesis(
            f"{summary.invited} bodies were invited, {len(lists)} stand in the lists: {len(summary.agrees)} agree,"
            f" {len(summary.no_opinion)} have no opinion, {len(summary.commenting)} comment,"
            f" {len(summary.silent)} are silent"
        )


def named_few(names: list[str]) -> str:
    """Return some of ``names``, and how many more there are."""
    more = len(names) - _NAMED_AT_MOST
    return ", ".join(names[:_NAMED_AT_MOST]) + (f" and {more} more" if more > 0 else "")
