"""Which part of a long draft a page shows, and the addresses of the parts and of the places in them.

A plan is made once a revision from the outline, without the texts. It knows the argument ``phan`` of an address; what
stands on a page is the business of the pages.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from flask import request

from consult.domain.sections import cut
from consult.store.queries.clauses import ClauseFacts, DraftFacts, drafts_of
from consult.store.queries.sections import outline_of, section_of
from consult.web.request import reader
from consult.web.site import site

WHOLE_DRAFT = "tat-ca"


@dataclass(frozen=True)
class Part:
    """One section: its clauses, of whose texts the first words alone are known, and the clause that names it."""

    number: int
    nodes: tuple[ClauseFacts, ...]

    @cached_property
    def title(self) -> ClauseFacts:
        """The first heading or article, else the first labelled place, else the first one."""
        named = (node for node in self.nodes if node.kind == "heading" or node.label.startswith("Điều"))
        labelled = (node for node in self.nodes if node.label and not node.in_frame)
        return next(named, None) or next(labelled, None) or self.nodes[0]


@dataclass(frozen=True)
class Plan:
    """A round's parts in order; a short draft has one."""

    parts: tuple[Part, ...]

    @property
    def long(self) -> bool:
        """Whether the draft is shown by parts."""
        return len(self.parts) > 1

    @cached_property
    def nodes(self) -> tuple[ClauseFacts, ...]:
        """All clauses in order, of each text its first words."""
        return tuple(node for part in self.parts for node in part.nodes)

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The number of the part that holds an anchor."""
        return {node.anchor: part.number for part in self.parts for node in part.nodes}

    def below(self, roots: Iterable[str]) -> frozenset[str]:
        """Return the anchors of places and of all that stands below them."""
        inside = set(roots)
        for node in self.nodes:
            if node.parent in inside:
                inside.add(node.anchor)
        return frozenset(inside)

    def above(self, part: Part) -> tuple[ClauseFacts, ...]:
        """Return the headings that a part begins under and that stand in parts before it, the widest first."""
        by_anchor = {node.anchor: node for node in self.nodes}
        found: list[ClauseFacts] = []
        parent = part.nodes[0].parent
        while parent is not None:
            found.insert(0, by_anchor[parent])
            parent = found[0].parent
        return tuple(found)

    def part_of(self, anchor: str) -> str | None:
        """Return the argument that opens the part of a place; None for a short draft or an unknown place."""
        return str(self.numbers[anchor]) if self.long and anchor in self.numbers else None

    def wanted(self) -> str | None:
        """Return what the request's address asks for: a part's number, all of it, or None for a short draft."""
        if not self.long:
            return None
        asked = request.args.get("phan", "")
        return asked if asked in {WHOLE_DRAFT, *(str(part.number) for part in self.parts)} else "1"

    def drafts(self, round_id: int, part: str | None) -> tuple[DraftFacts, ...]:
        """Read the clauses that a page of this part shows, with their texts."""
        if part in (None, WHOLE_DRAFT):
            return drafts_of(reader(), round_id)
        return section_of(reader(), round_id, [node.id for node in self.parts[int(part) - 1].nodes])


@dataclass(frozen=True)
class PartLink:
    """A part in a list: its number, the clause that names it, its address."""

    number: int
    title: ClauseFacts
    address: str


@dataclass(frozen=True)
class PartsBar:
    """What leads from part to part: the links, the one that is open (0 when all is shown), the address of all of it.

    ``above`` are the headings that the open part begins under, when it begins inside a chapter.
    """

    links: tuple[PartLink, ...]
    number: int
    whole: str
    above: tuple[ClauseFacts, ...] = ()

    @property
    def previous(self) -> PartLink | None:
        """The part before the open one."""
        return self.links[self.number - 2] if self.number > 1 else None

    @property
    def following(self) -> PartLink | None:
        """The part after the open one."""
        return self.links[self.number] if 0 < self.number < len(self.links) else None


def plan_of(round_id: int, revision: int) -> Plan:
    """Return the plan of a round, kept once a revision."""
    return site().shelf.get(("plan", round_id, revision), lambda: planned(outline_of(reader(), round_id)))


def planned(drafts: Iterable[DraftFacts]) -> Plan:
    """Cut an outline into parts."""
    nodes: list[ClauseFacts] = []
    levels: list[int] = []
    for draft in drafts:
        nodes += draft.clauses
        levels += [-1, *(node.level for node in draft.clauses[1:])]
    return Plan(tuple(Part(number, tuple(nodes[each.start : each.stop])) for number, each in enumerate(cut(levels), 1)))


def bar(plan: Plan, part: str | None, address: Callable[[str], str]) -> PartsBar | None:
    """Return the way through the parts; None for a short draft. ``address`` makes one from the argument."""
    if part is None:
        return None
    links = tuple(PartLink(part.number, part.title, address(str(part.number))) for part in plan.parts)
    if part == WHOLE_DRAFT:
        return PartsBar(links, 0, address(WHOLE_DRAFT))
    return PartsBar(links, int(part), address(WHOLE_DRAFT), plan.above(plan.parts[int(part) - 1]))
