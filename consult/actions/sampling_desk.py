"""Letters to officials of a round in preparation as they will look, with answers and faults that are made up."""

from consult.actions.sampling import without_links
from consult.domain.mail_trouble import Trouble
from consult.domain.reminder_plan import morning_of
from consult.domain.terms import Channel, LetterKind, Stance
from consult.domain.working_days import before_working_days
from consult.mail import desk_letters
from consult.mail.desk_letters import Answer, Failed, Reader, RoundNews
from consult.mail.layout import Rendered, render
from consult.store.queries.door import OfficialGrant
from consult.store.queries.making import Listed
from consult.store.queries.rounds import RoundFacts

TO_OFFICIALS = (LetterKind.DIGEST, LetterKind.UNDELIVERED, LetterKind.CLOSING_SOON)


def desk_sample(facts: RoundFacts, official: OfficialGrant, asked: tuple[Listed, ...], kind: LetterKind) -> Rendered:
    """Return a letter of one of ``TO_OFFICIALS`` as this official will get it on the working day before the last."""
    reader = Reader(official.name, official.lead_agency)
    morning = morning_of(before_working_days(facts.window.last_day(), 1))
    at = max(morning, facts.window.opens_at)
    written = {
        LetterKind.DIGEST: lambda: desk_letters.digest(reader, (_news(facts, asked),), at),
        LetterKind.UNDELIVERED: lambda: desk_letters.undelivered(reader, _failed(facts, asked), (facts.slug,)),
        LetterKind.CLOSING_SOON: lambda: desk_letters.closing_soon(reader, _silent(facts, asked), at),
    }
    return without_links(render(written[kind]()))


def _news(facts: RoundFacts, asked: tuple[Listed, ...]) -> RoundNews:
    answer = Answer(asked[0].name, Stance.AGREES_WITH_COMMENTS, 3, 1, False, Channel.ONLINE, None, False, True)
    return RoundNews(facts.slug, facts.title, facts.window, len(asked), 1, answers=(answer,))


def _failed(facts: RoundFacts, asked: tuple[Listed, ...]) -> tuple[Failed, ...]:
    to, address = asked[0], asked[0].email or "vanthu@coquan.example"
    return (Failed(facts.title, LetterKind.INVITATION, to.name, address, Trouble.NO_MAILBOX, False),)


def _silent(facts: RoundFacts, asked: tuple[Listed, ...]) -> RoundNews:
    names = tuple(each.name for each in asked)
    return RoundNews(facts.slug, facts.title, facts.window, len(asked), 0, silent=names)
