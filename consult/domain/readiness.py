"""What a round in preparation still lacks: what publishing waits for, and what is only worth a look.

Pure: the facts come in, the lists come out in the order in which an office fills things in.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from consult.domain.deadline_wording import closing_of
from consult.domain.particulars import Asking, Matter, is_weekend
from consult.domain.terms import SilenceRule
from consult.domain.window import can_open


class Gap(Enum):
    """Without this a round is not published."""

    NO_ISSUER = "no issuing authority"
    NO_GROUND = "silence counts as agreement, and no ground is given"
    NO_DEADLINE = "no wording of the deadline"
    CLOSE_NOT_AHEAD = "the close is not ahead"
    NO_DRAFT = "no draft"
    DRAFT_UNREADY = "a draft is not ready"
    NO_AGENCY = "nobody is on the list"
    NO_LETTER = "number or date of the letter was taken out after it was declared"


class Hint(Enum):
    """Worth a look before publishing."""

    WORDING_DIFFERS = "the wording of the deadline means another moment than the close that is set"
    WEEKEND = "the last day is a Saturday or a Sunday"
    NO_CONTACT = "no contact"
    NO_PLACE = "no place for the date line"
    NO_SIGNER = "no signer's title"
    NO_MAILBOX = "agencies without a mailbox"


@dataclass(frozen=True)
class Stock:
    """What a round has: how many drafts, whether all are ready, how many are listed, and how many have no mailbox."""

    drafts: int
    drafts_ready: bool
    listed: int
    without_mailbox: int


def gaps(matter: Matter, asking: Asking, stock: Stock, now: datetime) -> tuple[Gap, ...]:
    """Return what publishing at ``now`` would wait for, nothing when the round is ready."""
    window = asking.window
    lacking = {
        Gap.NO_ISSUER: not matter.issuing_authority,
        Gap.NO_GROUND: matter.silence is SilenceRule.AGREES and not matter.silence_ground,
        Gap.NO_DEADLINE: not asking.deadline_text,
        Gap.CLOSE_NOT_AHEAD: not can_open(window.opens_at, window.closes_at, now),
        Gap.NO_DRAFT: not stock.drafts,
        Gap.DRAFT_UNREADY: not stock.drafts_ready,
        Gap.NO_AGENCY: not stock.listed,
    }
    return tuple(gap for gap, missing in lacking.items() if missing)


def hints(matter: Matter, asking: Asking, stock: Stock) -> tuple[Hint, ...]:
    """Return what is worth a look."""
    lacking = {
        Hint.WORDING_DIFFERS: differing_close(asking) is not None,
        Hint.WEEKEND: is_weekend(asking.window.last_day()),
        Hint.NO_CONTACT: not (matter.contact_office and (matter.contact_phone or matter.contact_email)),
        Hint.NO_PLACE: not matter.place,
        Hint.NO_SIGNER: not matter.signer_title,
        Hint.NO_MAILBOX: stock.without_mailbox > 0,
    }
    return tuple(hint for hint, found in lacking.items() if found)


def differing_close(asking: Asking) -> datetime | None:
    """Return the moment that the wording of the deadline names, if that is another than the close that is set."""
    meant = closing_of(asking.deadline_text)
    return None if meant is None or meant == asking.window.closes_at else meant
