"""What the page of a round's list shows: its lines, whom a search found, who is named in the draft but not asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from consult.domain.invitees import Listed, ListedLine, holding
from consult.domain.named_bodies import not_asked
from consult.domain.recipients import Body, Directory, Group
from consult.domain.window import local
from consult.store.queries.invitees import NamingText, directory_on, earlier_rounds, listed, naming_texts
from consult.store.queries.rounds import RoundFacts
from consult.web.request import now, reader

MOST_FOUND = 60


@dataclass(frozen=True)
class ShownBody:
    """An agency on a line; ``successor`` is the name of the body that took its place, "" without one."""

    id: int
    name: str
    mailless: bool
    expired: bool
    successor: str


@dataclass(frozen=True)
class ShownLine:
    """A line of the list; ``printed`` is "" for an agency under its own name."""

    number: int
    printed: str
    bodies: tuple[ShownBody, ...]

    @property
    def words(self) -> str:
        """What the cover letter prints."""
        return self.printed or self.bodies[0].name

    @property
    def expired(self) -> bool:
        """Whether one of its agencies no longer exists."""
        return any(body.expired for body in self.bodies)


@dataclass(frozen=True)
class FoundBody:
    """Whom a search found, or whom the draft names: with the agencies that would be added, and the place cited."""

    id: int
    name: str
    group: bool
    members: tuple[Body, ...]
    missing: tuple[int, ...]
    line: int
    cited: str = ""
    draft: int = 0
    heading: bool = False


@dataclass(frozen=True)
class InviteesPage:
    """The list of a round as it stands, with the directory that it is filled from."""

    facts: RoundFacts
    list_now: Listed
    directory: Directory
    texts: Sequence[NamingText]
    earlier: Sequence[tuple[int, str, int]]
    searched: str

    @cached_property
    def _bodies(self) -> dict[int, Body]:
        return {body.id: body for body in self.directory.bodies}

    @cached_property
    def _by_code(self) -> dict[str, Body]:
        return {body.code: body for body in self.directory.bodies}

    @cached_property
    def held(self) -> frozenset[int]:
        """The agencies on the list."""
        return holding(self.list_now)

    @cached_property
    def lines(self) -> tuple[ShownLine, ...]:
        """The lines of the list."""
        return tuple(self._line(number, line) for number, line in enumerate(self.list_now, start=1))

    def _line(self, number: int, line: ListedLine) -> ShownLine:
        return ShownLine(number, line.printed, tuple(self._body(self._bodies[agency]) for agency in line.agencies))

    def _body(self, body: Body) -> ShownBody:
        successor = self._by_code.get(body.successor)
        return ShownBody(
            body.id, body.name, not body.email, not body.exists(self.directory.on), successor.name if successor else ""
        )

    @property
    def mailless(self) -> int:
        """How many agencies on the list have no mailbox."""
        return sum(body.mailless for line in self.lines for body in line.bodies)

    @property
    def expired(self) -> int:
        """How many agencies on the list no longer exist."""
        return sum(body.expired for line in self.lines for body in line.bodies)

    @cached_property
    def found(self) -> tuple[FoundBody, ...]:
        """Whom the search found, as many as a person looks through."""
        return tuple(map(self._found, self.directory.search(self.searched)[:MOST_FOUND]))

    @cached_property
    def near(self) -> tuple[FoundBody, ...]:
        """Whose names come near to what was searched and not found."""
        return tuple(map(self._found, self.directory.like(self.searched))) if self.searched and not self.found else ()

    def _found(self, who: Body | Group) -> FoundBody:
        group = isinstance(who, Group)
        members = who.present(self.directory.on) if isinstance(who, Group) else (who,)
        missing = tuple(body.id for body in members if body.id not in self.held)
        return FoundBody(who.id, who.name, group, members, missing, self.line_of(members[0].id) if members else 0)

    def line_of(self, agency: int) -> int:
        """Return the number of the line on which an agency stands, 0 for none."""
        return next((at for at, line in enumerate(self.list_now, start=1) if agency in line.agencies), 0)

    @cached_property
    def named(self) -> tuple[FoundBody, ...]:
        """Bodies that the drafts name and the list lacks; never the lead agency or who issues the draft."""
        own = (self.facts.lead_agency, self.facts.issuing_authority)
        numbered = [(number, text.heading, text.text) for number, text in enumerate(self.texts)]
        return tuple(
            FoundBody(
                each.who.id,
                each.who.name,
                isinstance(each.who, Group),
                tuple(self._bodies[agency] for agency in each.missing),
                each.missing,
                0,
                self.texts[each.place].cited,
                self.texts[each.place].draft,
                self.texts[each.place].heading,
            )
            for each in not_asked(self.directory, self.held, numbered, own)
        )

    def name_of(self, agency: int) -> str:
        """Return the name of an agency of the directory."""
        return self._bodies[agency].name


def invitees_page(facts: RoundFacts, searched: str) -> InviteesPage:
    """Return the list of a round as everything stands in this request."""
    return InviteesPage(
        facts,
        listed(reader(), facts.id),
        directory_on(reader(), local(now()).date(), facts.place),
        naming_texts(reader(), facts.id),
        earlier_rounds(reader(), facts.lead_agency_id, facts.id),
        searched,
    )
