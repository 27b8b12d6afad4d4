"""The numbers of a round and the identities between them.

invited N = answered M + silent Z; M = agrees X + comments Y + no opinion W, where Y counts "cơ bản thống nhất, có ý
kiến góp ý" and "không thống nhất". Late answers L are part of M and counted apart too. Counts come from the list of
invitations, never from reading text.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from consult.domain.terms import Stance


@dataclass(frozen=True)
class Standing:
    """One invited agency's answer in force: None for a silent one."""

    stance: Stance | None
    late: bool = False


@dataclass(frozen=True)
class Counts:
    """The numbers of one round."""

    invited: int
    agrees: int
    comments: int
    no_opinion: int
    silent: int
    late: int

    @property
    def answered(self) -> int:
        """Return M, the agencies with an answer in force."""
        return self.agrees + self.comments + self.no_opinion


def count(standings: Iterable[Standing]) -> Counts:
    """Count a round's invited agencies."""
    all_of_them = tuple(standings)
    stances = [standing.stance for standing in all_of_them]
    return Counts(
        invited=len(all_of_them),
        agrees=stances.count(Stance.AGREES),
        comments=stances.count(Stance.AGREES_WITH_COMMENTS) + stances.count(Stance.DISAGREES),
        no_opinion=stances.count(Stance.NO_OPINION),
        silent=stances.count(None),
        late=sum(standing.late for standing in all_of_them),
    )
