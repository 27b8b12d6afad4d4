"""What makes an answer whole: the stance against the comments, and the digests that receipts and responses hang on."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from consult.domain.errors import StanceMismatch, TextTooLong
from consult.domain.terms import CommentKind, Stance

MOST_CHARACTERS = 20_000


@dataclass(frozen=True)
class Words:
    """The words of one comment, cleaned; the content may be empty where the proposed wording says it all."""

    kind: CommentKind
    content: str
    proposed_text: str
    reason: str

    def digest(self) -> str:
        """Return the SHA-256 over kind and words, in hexadecimal: a response belongs to exactly these words."""
        return _digest([self.kind.name, self.content, self.proposed_text, self.reason])


@dataclass(frozen=True)
class SentWords:
    """A comment as it stands in a submission: its place's anchor ("" for the whole) and its words."""

    anchor: str
    words: Words


def check_length(words: Words) -> None:
    """Refuse a text longer than 20,000 characters.

    Raises:
        TextTooLong: naming how long it is and how long it may be.
    """
    longest = max(len(words.content), len(words.proposed_text), len(words.reason))
    if longest > MOST_CHARACTERS:
        raise TextTooLong(f"the text has {longest:,} characters; at most {MOST_CHARACTERS:,} are taken")


def check_stance(stance: Stance, comments: int) -> None:
    """Hold the stance against the number of comments.

    Raises:
        StanceMismatch: agreement or no opinion with comments; "cơ bản thống nhất" or "không thống nhất" without.
    """
    if stance.needs_comments and comments == 0:
        raise StanceMismatch("this general opinion needs at least one comment; write one or choose another")
    if not stance.needs_comments and comments > 0:
        raise StanceMismatch("this general opinion goes without comments; withdraw them or choose another")


def check_secret(comments: int) -> None:
    """Hold an answer marked "Mật", which is recorded without any content, whatever its stance.

    Raises:
        StanceMismatch: it holds comments.
    """
    if comments > 0:
        raise StanceMismatch("an answer marked secret is recorded without comments; take them out first")


def answer_digest(code: str, sent_at: datetime, stance: Stance, comments: Iterable[SentWords]) -> str:
    """Return the SHA-256 over an answer's canonical text: receipt code, moment (UTC), stance and comments in order."""
    rows = [[sent.anchor, sent.words.digest()] for sent in comments]
    return _digest([code, sent_at.isoformat(), stance.name, rows])


def receipt_code(invitation_code: str, version: int) -> str:
    """Return a receipt's number: the invitation's code and the version, never a running number."""
    return f"{invitation_code.upper()}-{version}"


def _digest(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
