"""The numbers of a round and the identities between them.

invited N = answered M + silent Z; M = agrees X + comments Y + no opinion W, where Y counts "cơ bản thống nhất, có ý
kiến góp ý" and "không thống nhất". Late answers L are part of M and counted apart too. Answers of bodies that were not
asked, K, are in none of these. Counts come from the list of invitations, never from reading text.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from consult.domain.terms import Basis, Stance


@dataclass(frozen=True)
class Standing:
    """One body's answer in force: None for a silent one; ``basis`` says whether it was asked."""

    stance: Stance | None
    late: bool = False
    basis: Basis = Basis.LISTED


@dataclass(frozen=True)
class Counts:
    """The numbers of one round."""

    invited: int
    agrees: int
    comments: int
    no_opinion: int
    silent: int
    late: int
    unasked: int = 0

    @property
    def answered(self) -> int:
        """Return M, the agencies with an answer in force."""
        return self.agrees + self.comments + self.no_opinion


def count(standings: Iterable[Standing]) -> Counts:
    """Count a round's bodies; those who were not asked and have no answer in force are counted nowhere."""
    everybody = tuple(standings)
    all_of_them = tuple(each for each in everybody if each.basis is not Basis.UNASKED)
    stances = [standing.stance for standing in all_of_them]
    return Counts(
        invited=len(all_of_them),
        agrees=stances.count(Stance.AGREES),
        comments=stances.count(Stance.AGREES_WITH_COMMENTS) + stances.count(Stance.DISAGREES),
        no_opinion=stances.count(Stance.NO_OPINION),
        silent=stances.count(None),
        late=sum(standing.late for standing in all_of_them if standing.stance),
        unasked=sum(1 for each in everybody if each.basis is Basis.UNASKED and each.stance),
    )
