"""The acts of a round, played by people through pages: agencies answer, one comes too late, the official responds."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from threading import Event
from urllib.parse import quote

from flask import Flask

from consult.demo.post import NotingTransport
from consult.demo.script import LateAttempt, ScriptedAnswer, ScriptedComment, ScriptedResponse
from consult.demo.visitor import Unexpected, Visitor
from consult.domain.dates import short_date
from consult.mail.post_office import PostOffice
from consult.mail.worker import deliver_all
from consult.store.database import reading
from consult.store.queries.desk import DeskComment, comments_in_force
from consult.store.queries.own_answer import submissions, working_copy
from consult.store.queries.people import InvitedAddress, invited

Tell = Callable[[str], None]


class StoryClock:
    """The clock of a story: stands still until it is set."""

    def __init__(self, at: datetime) -> None:
        """Begin at a moment."""
        self.at = at

    def __call__(self) -> datetime:
        """Return the story's present moment."""
        return self.at


@dataclass(frozen=True)
class Person:
    """Somebody of the story."""

    email: str
    name: str


@dataclass(frozen=True)
class Stage:
    """What a story is played on; ``codes`` maps an agency's code in the folder to its name."""

    app: Flask
    base_url: str
    clock: StoryClock
    office: PostOffice
    post: NotingTransport
    round_id: int
    names: Mapping[str, str]

    def deliver(self) -> int:
        """Deliver what is due and return how many letters left."""
        return deliver_all(self.office, self.clock, Event()).sent

    def address(self, agency: str) -> InvitedAddress:
        """Return the invitation of an agency by its code in the folder."""
        with reading(self.office.database) as session:
            found = invited(session, self.round_id)
        return next(each for each in found if each.name == self.names[agency])

    def link(self, agency: str) -> str:
        """Return the link of the agency's invitation letter, or of the printed one for an agency without a mailbox."""
        address = self.address(agency)
        noted = self.post.links.get(("invitation", address.name))
        return noted or self.office.links.invitation(address.code, address.generation)

    def visitor(self) -> Visitor:
        """Open a fresh browser."""
        return Visitor(self.app, self.base_url)


def play_answers(stage: Stage, answers: Sequence[ScriptedAnswer], tell: Tell) -> None:
    """Let every agency answer at its moment; answers that were sent in an earlier run are left alone."""
    told: dict[str, int] = {}
    for number, answer in enumerate(answers, start=1):
        told[answer.agency] = told.get(answer.agency, 0) + 1
        if _versions(stage, answer.agency) < told[answer.agency]:
            play_answer(stage, answer)
        tell(f"answer {number} of {len(answers)}")


def _versions(stage: Stage, agency: str) -> int:
    with reading(stage.office.database) as session:
        return len(submissions(session, stage.address(agency).id))


def play_answer(stage: Stage, answer: ScriptedAnswer) -> None:
    """One agency signs in, works, reviews, sends; perhaps it recalls."""
    assert answer.at is not None
    stage.clock.at = answer.at - timedelta(minutes=20)
    visitor = enter(stage, answer)
    code = stage.address(answer.agency).code
    write(stage, visitor, code, answer)
    stage.clock.at = answer.at
    send(visitor, code, answer)
    if answer.recalled_at:
        stage.clock.at = answer.recalled_at
        visitor.press("/thu-hoi")
    stage.deliver()


def enter(stage: Stage, answer: ScriptedAnswer) -> Visitor:
    """Come in by the invitation link and say who is at work."""
    visitor = stage.visitor()
    link = stage.link(answer.agency)
    visitor.open(link)
    visitor.press(link.rsplit("/", 1)[1])
    visitor.press("/nguoi-gop-y", {"name": answer.person, "email": answer.email})
    return visitor


def write(stage: Stage, visitor: Visitor, code: str, answer: ScriptedAnswer) -> None:
    """Bring the working copy to what the answer says; a comment whose words stay keeps its responses."""
    kept = _withdraw_others(stage, visitor, code, answer)
    for anchor in answer.agrees_with:
        visitor.open(f"/gop-y/{code}")
        visitor.press("/thong-nhat", {"agree": anchor})
    for comment in answer.comments:
        if (comment.anchor, comment.content) not in kept:
            stage.clock.at += timedelta(minutes=1)
            _write(visitor, code, comment)


def _withdraw_others(stage: Stage, visitor: Visitor, code: str, answer: ScriptedAnswer) -> frozenset[tuple[str, str]]:
    """Take back the comments that this answer does not hold any more; return those that stand."""
    wanted = {(comment.anchor, comment.content) for comment in answer.comments}
    with reading(stage.office.database) as session:
        own = working_copy(session, stage.address(answer.agency).id)
    for comment in own:
        if (comment.anchor, comment.content) not in wanted:
            visitor.open(f"/gop-y/{code}/y-kien/{comment.key}")
            visitor.press("/rut")
    return frozenset((comment.anchor, comment.content) for comment in own)


def _write(visitor: Visitor, code: str, comment: ScriptedComment) -> None:
    visitor.open(f"/gop-y/{code}/y-kien/moi?vi-tri={quote(comment.anchor)}")
    typed = {"kind": comment.kind.name, "content": comment.content, "reason": comment.reason}
    if comment.proposed_text:
        typed["proposed_text"] = comment.proposed_text
    visitor.submit(visitor.form_with("content"), typed)


def send(visitor: Visitor, code: str, answer: ScriptedAnswer) -> None:
    """Review and send."""
    visitor.open(f"/gop-y/{code}/xem-lai")
    letter = {"letter_number": answer.letter_number}
    if answer.letter_date:
        letter["letter_date"] = short_date(answer.letter_date)
    visitor.press("/gui", {"stance": answer.stance.name, **letter})


def play_late(stage: Stage, attempts: Sequence[LateAttempt], closes_at: datetime) -> None:
    """Let each agency that comes too late try."""
    for attempt in attempts:
        _come_late(stage, attempt, closes_at)


def _come_late(stage: Stage, attempt: LateAttempt, closes_at: datetime) -> None:
    """An agency has the form open at the close and presses the button after it: refused, and the text comes back."""
    stage.clock.at = closes_at - timedelta(minutes=10)
    visitor = stage.visitor()
    link = stage.link(attempt.agency)
    visitor.open(link)
    visitor.press(link.rsplit("/", 1)[1])
    visitor.press("/nguoi-gop-y", {"name": "Cán bộ trực", "email": "truc@phuthien.gialai.example"})
    visitor.open(f"/gop-y/{stage.address(attempt.agency).code}/y-kien/moi")
    form = visitor.form_with("content")
    stage.clock.at = attempt.at
    page = visitor.submit(form, {"content": attempt.content, "kind": "OTHER"}, HTTPStatus.GONE)
    if attempt.content not in page:
        raise Unexpected("the words of the late agency did not come back")


def play_responses(stage: Stage, slug: str, official: Person, script: Sequence[ScriptedResponse], tell: Tell) -> None:
    """The official signs in by the one-time link and answers every comment."""
    answered: dict[tuple[str, str], int] = {}
    with reading(stage.office.database) as session:
        comments = comments_in_force(session, stage.round_id)
    # A run that was broken off goes on at a later moment: a second link is a second letter.
    stage.clock.at += timedelta(minutes=1 + sum(comment.answered for comment in comments))
    visitor = sign_in(stage, official)
    for number, comment in enumerate(comments, start=1):
        place = (comment.agency, comment.anchor)
        answered[place] = answered.get(place, 0) + 1
        if not comment.answered:
            _respond(stage, visitor, slug, comment, _response(stage, script, comment, answered[place]))
        tell(f"response {number} of {len(comments)}")


def sign_in(stage: Stage, official: Person) -> Visitor:
    """Ask for a one-time link, take it from the letter, press its button."""
    visitor = stage.visitor()
    visitor.open("/dang-nhap")
    visitor.press("/dang-nhap", {"email": official.email})
    stage.deliver()
    link = stage.post.links["sign_in", official.name]
    visitor.open(link)
    visitor.press(link.rsplit("/", 1)[1])
    return visitor


def _response(stage: Stage, script: Sequence[ScriptedResponse], comment: DeskComment, nth: int) -> ScriptedResponse:
    for response in script:
        if (stage.names[response.agency], response.anchor, response.nth) == (comment.agency, comment.anchor, nth):
            return response
    raise Unexpected(f"the script has no response to {comment.agency} on {comment.cited or 'the whole'}")


def _respond(stage: Stage, visitor: Visitor, slug: str, comment: DeskComment, response: ScriptedResponse) -> None:
    stage.clock.at += timedelta(minutes=4)
    visitor.open(f"/ban-lam-viec/{slug}/y-kien/{comment.key}")
    typed = {"disposition": response.disposition.name, "sentence": response.sentence}
    if response.agreed_text:
        typed["agreed_text"] = response.agreed_text
    visitor.press(comment.key, typed)
