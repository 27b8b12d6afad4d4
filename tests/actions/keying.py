"""What tests of answers on paper share: keying one in as an official would, recording it, joining, taking back."""

from collections.abc import Sequence
from datetime import date
from uuid import uuid4

from consult.actions import keying_in, recording
from consult.actions.commenting import weigh
from consult.actions.recording import SignedCopy, standing
from consult.actions.whose import Whose
from consult.domain.answering import Words
from consult.domain.keyed import KeyedAnswer, KeyedLetter
from consult.domain.terms import Channel, CommentKind, Stance
from consult.store.database import reading, writing
from consult.store.queries.door import OfficialGrant
from consult.store.queries.keyed_answers import InvitedBody, body_of, keyed_answer, place_in
from tests.builders import POLICE, Office

CAME = date(2020, 4, 22)


def letter(
    stance: Stance = Stance.AGREES, came: date = CAME, *, secret: bool = False, number: str = "45/CAT"
) -> KeyedLetter:
    """Return a letter of 21/4/2020."""
    return KeyedLetter(number, date(2020, 4, 21), came, Channel.PAPER, stance, secret)


def whose(office: Office, agency: str = POLICE) -> Whose:
    """Return an agency of the list as the form names it."""
    return Whose(code=office.address(agency).code)


def begin(office: Office, official: OfficialGrant, of: Whose, told: KeyedLetter) -> str:
    """Begin to key in an answer and return its key."""
    key = uuid4().hex
    with writing(office.database) as session:
        keying_in.begin(session, official, office.facts(), key, of, KeyedAnswer(told), office.clock())
    return key


def add(office: Office, official: OfficialGrant, key: str, anchor: str = "2.2", content: str = "Đề nghị sửa.") -> None:
    """Add a comment."""
    facts = office.facts()
    with reading(office.database) as session:
        place = place_in(session, facts.id, anchor) if anchor else None
    typed = weigh(uuid4().hex, place, Words(CommentKind.AMEND, content, "", ""), 0)
    with writing(office.database) as session:
        keying_in.add_comment(session, official, facts, key, place, typed, office.clock())


def seen(office: Office, code: str) -> str:
    """Return how a body stands."""
    return standing(body(office, code).sent)


def body(office: Office, code: str) -> InvitedBody:
    """Return a body with all it sent."""
    with reading(office.database) as session:
        return body_of(session, office.facts().id, code)


def record(office: Office, official: OfficialGrant, key: str, stood: str | None = None) -> tuple[str, int]:
    """Record what was keyed in, as it stands now unless the official saw something older."""
    facts = office.facts()
    with reading(office.database) as session:
        keyed = keyed_answer(session, facts.id, key)
    stood = stood or (seen(office, keyed.code) if keyed.code else recording.NOTHING_SENT)
    with writing(office.database) as session:
        return recording.record(session, official, facts, key, keyed.version, stood, office.clock())


def answered(
    office: Office,
    official: OfficialGrant,
    of: Whose,
    told: KeyedLetter | None = None,
    anchors: Sequence[str] = (),
) -> tuple[str, int]:
    """Key in and record a whole answer; return the body's code and the version."""
    told = told or letter(Stance.AGREES_WITH_COMMENTS if anchors else Stance.AGREES)
    key = begin(office, official, of, told)
    for anchor in anchors:
        add(office, official, key, anchor)
    return record(office, official, key)


def join(office: Office, official: OfficialGrant, code: str, stood: str | None = None) -> int:
    """Join a signed copy to the online answer."""
    stood = stood or seen(office, code)
    copy = SignedCopy("45/CAT", date(2020, 4, 21), CAME)
    with writing(office.database) as session:
        return recording.join_signed_copy(session, official, office.facts(), code, stood, copy, office.clock())


def take_back(office: Office, official: OfficialGrant, code: str, version: int, reason: str = "Nhập nhầm") -> None:
    """Take a record back."""
    with writing(office.database) as session:
        recording.take_back(session, official, office.facts(), code, version, reason, office.clock())
