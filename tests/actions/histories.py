"""What happens to a round in a random week, done to the record and, in the simplest way, to a model beside it.

The model knows no window, no query and no table: who is on the list, and what each body's answers in force say.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from uuid import uuid4

from sqlalchemy import insert, select, update

from consult.actions import extending, keying_in, sending
from consult.actions.loading import COMMAND
from consult.actions.noticing import Grounds
from consult.actions.whose import Whose
from consult.domain.errors import Refusal
from consult.domain.terms import Basis, Stance
from consult.domain.window import local
from consult.domain.wording import search_key
from consult.store.answers import Invitation
from consult.store.consultations import Round
from consult.store.database import writing
from consult.store.directory import Agency
from consult.store.queries.door import AgencyGrant, OfficialGrant
from tests.actions.keying import add, answered, begin, join, letter, record, take_back
from tests.builders import CLOSES, EDUCATION, OPENS, POLICE, Office

DAY = timedelta(days=1)
ASKED = (POLICE, EDUCATION, "Sở Kế hoạch và Đầu tư", "Tỉnh đoàn Gia Lai")
LATER = ("Sở Y tế", "Sở Xây dựng")
STRANGERS = ("Hội Luật gia tỉnh", "Liên đoàn Lao động tỉnh")
LATE_UNTIL = CLOSES + 2 * DAY
DO = ("online", "recall", "paper", "carry", "secret", "join", "back", "ask", "remove", "longer", "extend", "tomorrow")


@dataclass(frozen=True)
class Step:
    """One thing that happens: what, to whom (by number), with which stance."""

    do: str
    who: int
    stance: Stance


@dataclass
class Answer:
    """What one answer says; ``own`` is one that the agency sent itself."""

    stance: Stance
    comments: list[str]
    late: bool
    own: bool
    recalled: bool = False


@dataclass
class Standing:
    """One body: whether it is on the list, its answers, the number of the one in force, its own close."""

    listed: bool
    closes_at: datetime
    answers: list[Answer] = field(default_factory=list)
    in_force: int | None = None

    @property
    def answer(self) -> Answer | None:
        """Return the answer in force."""
        return None if self.in_force is None else self.answers[self.in_force]

    def take(self, answer: Answer) -> None:
        """Let an answer be the one in force."""
        self.answers.append(answer)
        self.in_force = len(self.answers) - 1


class Week:
    """A round with its model."""

    def __init__(self, office: Office, listed: int) -> None:
        """Begin with the sample's round, of which ``listed`` bodies never do anything."""
        self.office = office
        self.official: OfficialGrant = office.official()
        self.grants: dict[str, AgencyGrant] = {name: office.grant(name) for name in ASKED}
        self.drafted: dict[str, list[str]] = {name: [] for name in ASKED}
        self.bodies = {name: Standing(True, CLOSES) for name in ASKED}
        self.closes_at = CLOSES
        self.quiet = listed - len(ASKED)
        self._numbers: Iterator[int] = count(1)
        with writing(office.database) as session:
            session.execute(update(Round).values(late_until=LATE_UNTIL))

    def take(self, step: Step) -> None:
        """Let one thing happen; what the program refuses changes neither the record nor the model."""
        try:
            getattr(self, f"_{step.do}")(step)
        except Refusal:
            return

    def _name(self, step: Step) -> str:
        """Choose among all that may answer on paper; online only those with a link answer."""
        names = [*ASKED, *LATER, *STRANGERS]
        return names[step.who % len(names)]

    def _mine(self, step: Step) -> str:
        return ASKED[step.who % len(ASKED)]

    def _words(self) -> str:
        return f"Ý kiến số {next(self._numbers):05d}."

    def _is_late(self, name: str) -> bool:
        return self.office.clock.at >= self.bodies[name].closes_at

    def _online(self, step: Step) -> None:
        name = self._mine(step)
        if step.stance.needs_comments:
            words = self._words()
            self.office.comment(self.grants[name], content=words)
            self.drafted[name].append(words)
        self.office.send(self.grants[name], step.stance)
        self.bodies[name].take(Answer(step.stance, list(self.drafted[name]), self._is_late(name), own=True))

    def _recall(self, step: Step) -> None:
        name = self._mine(step)
        standing, grant = self.bodies.get(name), self.grants[name]
        if standing is None:
            return
        with writing(self.office.database) as session:
            sending.recall(session, grant, len(standing.answers), self.office.clock())
        self._drop(standing)

    def _drop(self, standing: Standing) -> None:
        answer = standing.answer
        assert answer is not None
        answer.recalled, standing.in_force = True, None

    def _today(self) -> date:
        return local(self.office.clock.at).date()

    def _of(self, name: str) -> Whose:
        return Whose(name=name)

    def _paper(self, step: Step) -> None:
        name, words = self._name(step), []
        key = begin(self.office, self.official, self._of(name), letter(step.stance, self._today()))
        if step.stance.needs_comments:
            words = [self._words(), self._words()]
            add(self.office, self.official, key, "2.2", words[0])
            add(self.office, self.official, key, "", words[1])
        self._record(name, key, step, words)

    def _carry(self, step: Step) -> None:
        """A letter with another content, into which the comments of the answer in force are taken over."""
        name = self._name(step)
        standing = self.bodies.get(name)
        answer = standing.answer if standing else None
        key = begin(self.office, self.official, self._of(name), letter(step.stance, self._today()))
        with writing(self.office.database) as session:
            keying_in.take_over(session, self.official, self.office.facts(), key, self.office.clock())
        assert answer is not None
        self._record(name, key, step, list(answer.comments))

    def _record(self, name: str, key: str, step: Step, words: list[str]) -> None:
        record(self.office, self.official, key)
        self._keep(name, Answer(step.stance, words, self._came_late(name), own=False))

    def _came_late(self, name: str) -> bool:
        closes = self.bodies[name].closes_at if name in self.bodies else self.closes_at
        return self._today() >= closes.date()

    def _keep(self, name: str, answer: Answer) -> None:
        self.bodies.setdefault(name, Standing(False, self.closes_at)).take(answer)

    def _secret(self, step: Step) -> None:
        name = self._name(step)
        answered(self.office, self.official, self._of(name), letter(step.stance, self._today(), secret=True))
        self._keep(name, Answer(step.stance, [], self._came_late(name), own=False))

    def _code(self, name: str) -> str:
        with writing(self.office.database) as session:
            return session.scalars(
                select(Invitation.code)
                .join(Round, Round.id == Invitation.round_id)
                .where(Invitation.name == name, Round.id == self.office.facts().id)
            ).one()

    def _join(self, step: Step) -> None:
        join(self.office, self.official, self._code(self._mine(step)))

    def _back(self, step: Step) -> None:
        """Take a record back; what the agency sent itself before, and did not recall, is in force again."""
        name = self._name(step)
        standing = self.bodies.get(name)
        if standing is None or standing.in_force is None:
            return
        take_back(self.office, self.official, self._code(name), standing.in_force + 1)
        self._drop(standing)
        own = [number for number, each in enumerate(standing.answers) if each.own]
        if own and not standing.answers[own[-1]].recalled:
            standing.in_force = own[-1]

    def _ask(self, step: Step) -> None:
        """Ask a body later, with a window of its own."""
        name = LATER[step.who % len(LATER)]
        if name in self.bodies:
            return
        values = {"short_name": name, "kind": "department", "sort_key": name, "search_key": search_key(name)}
        closes = CLOSES + DAY
        with writing(self.office.database) as session:
            agency = session.execute(insert(Agency).values(code=uuid4().hex, name=name, **values).returning(Agency.id))
            row = {"round_id": self.office.facts().id, "agency_id": agency.scalar_one(), "basis": Basis.ADDED}
            place = {"code": uuid4().hex[:10], "group_line": "", "line": 90, "member": 1, "closes_at": closes}
            session.execute(insert(Invitation).values(name=name, short_name=name, added_at=OPENS, **row, **place))
        self.bodies[name] = Standing(True, closes)

    def _remove(self, step: Step) -> None:
        """Take an agency off the list, unless it has answered; its link dies."""
        name = ASKED[-1]
        if name not in self.bodies or self.bodies[name].answers:
            return
        with writing(self.office.database) as session:
            session.execute(update(Invitation).where(Invitation.name == name).values(withdrawn_at=OPENS, generation=2))
        del self.bodies[name]

    def _longer(self, step: Step) -> None:
        name = self._mine(step)
        closes = CLOSES + DAY
        if name in self.bodies:
            with writing(self.office.database) as session:
                session.execute(update(Invitation).where(Invitation.name == name).values(closes_at=closes))
            self.bodies[name].closes_at = closes

    def _extend(self, step: Step) -> None:
        """Give all more time; nobody had more yet."""
        closes = CLOSES + DAY
        with writing(self.office.database) as session:
            round_id, clock = self.office.facts().id, self.office.clock()
            extending.extend(session, COMMAND, round_id, closes, Grounds("Theo đề nghị"), clock)
        self.closes_at = closes
        for standing in self.bodies.values():
            standing.closes_at = closes

    def _tomorrow(self, step: Step) -> None:
        self.office.clock.at += 2 * DAY
