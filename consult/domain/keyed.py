"""An answer that came by letter, as an official keys it in: its letter, its stance, its comments by place.

It is kept as JSON while it is typed (``to_json``, ``from_json``) and knows what is still missing before it can be
recorded. It refuses to know who typed it and where it is kept.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from consult.domain.answering import Words, check_secret, check_stance
from consult.domain.terms import Channel, CommentKind, Stance


@dataclass(frozen=True)
class KeyedLetter:
    """What stands on the letter and its stamp; ``received_on`` is the day it came ("ngày đến").

    A ``secret`` one ("Mật") is recorded without any content.
    """

    number: str
    day: date | None
    received_on: date
    channel: Channel
    stance: Stance
    secret: bool


@dataclass(frozen=True)
class KeyedComment:
    """A comment of the letter; ``number`` names it in addresses and is never used again, ``version`` travels in forms.

    ``key`` is its lineage: of a comment that was taken over from an earlier answer, the same as there, so that the
    office's response carries on.
    """

    number: int
    version: int
    key: str
    clause_id: int | None
    anchor: str
    cited: str
    kind: CommentKind
    content: str
    proposed_text: str
    reason: str
    redline: str
    passage: str

    @property
    def words(self) -> Words:
        """Return the words alone."""
        return Words(self.kind, self.content, self.proposed_text, self.reason)


@dataclass(frozen=True)
class KeyedAnswer:
    """What was keyed in so far; ``last`` is the highest number of a comment that there ever was."""

    letter: KeyedLetter
    letter_version: int = 1
    comments: tuple[KeyedComment, ...] = ()
    last: int = 0

    def comment(self, number: int) -> KeyedComment | None:
        """Return the comment of that number, or None when there is none (any more)."""
        return next((each for each in self.comments if each.number == number), None)

    def with_letter(self, letter: KeyedLetter) -> "KeyedAnswer":
        """Return the answer with another letter."""
        return replace(self, letter=letter, letter_version=self.letter_version + 1)

    def adding(self, comment: KeyedComment) -> "KeyedAnswer":
        """Return the answer with one more comment, which gets its number here; one of a known key changes nothing."""
        if any(each.key == comment.key for each in self.comments):
            return self
        numbered = replace(comment, number=self.last + 1, version=1)
        return replace(self, comments=(*self.comments, numbered), last=self.last + 1)

    def changing(self, comment: KeyedComment) -> "KeyedAnswer":
        """Return the answer with a comment in place of the one of its number."""
        put = tuple(comment if each.number == comment.number else each for each in self.comments)
        return replace(self, comments=put)

    def without(self, number: int) -> "KeyedAnswer":
        """Return the answer without one comment."""
        return replace(self, comments=tuple(each for each in self.comments if each.number != number))

    def check(self) -> None:
        """Hold the stance against the comments.

        Raises:
            StanceMismatch: they do not fit; or it is secret and holds comments.
        """
        if self.letter.secret:
            check_secret(len(self.comments))
        else:
            check_stance(self.letter.stance, len(self.comments))


def to_json(answer: KeyedAnswer) -> str:
    """Return the answer as it is kept."""
    return json.dumps(asdict(answer), ensure_ascii=False, default=_plain)


def _plain(value: object) -> str:
    """Enums by name, days as ISO."""
    if isinstance(value, Channel | Stance | CommentKind):
        return value.name
    assert isinstance(value, date)
    return value.isoformat()


def from_json(told: str) -> KeyedAnswer:
    """Return the answer that was kept."""
    kept = json.loads(told)
    comments = tuple(KeyedComment(**{**each, "kind": CommentKind[each["kind"]]}) for each in kept["comments"])
    return KeyedAnswer(_letter(kept["letter"]), kept["letter_version"], comments, kept["last"])


def _letter(kept: Mapping[str, Any]) -> KeyedLetter:
    return KeyedLetter(
        number=kept["number"],
        day=date.fromisoformat(kept["day"]) if kept["day"] else None,
        received_on=date.fromisoformat(kept["received_on"]),
        channel=Channel[kept["channel"]],
        stance=Stance[kept["stance"]],
        secret=kept["secret"],
    )
