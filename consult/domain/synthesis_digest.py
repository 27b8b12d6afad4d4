"""One digest of all that a synthesis prints: equal data give the same one, in every process and after every restart.

It is taken while the rows go by, in flat memory. The moment of a provisional table is left out (that it is provisional
is not), and so are form and options, which stand beside it wherever it is kept.
"""

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from enum import Enum

from consult.domain.synthesis import Body, Opinion, Summary

# Raised when the fields below change: a digest is compared with those of the same edition alone.
_EDITION = 1
_MOST = 640
# Words are cleaned at the door: none holds these.
_FIELD, _PIECE, _END, _PLACE = "\x1f", "\x1e", "\x1d", "\x1c"


class DataDigest:
    """SHA-256 over the summary, then over each comment in the order of the table."""

    def __init__(self, summary: Summary) -> None:
        """Begin with what stands around the table."""
        self._hash = hashlib.sha256(json.dumps(_around(summary), ensure_ascii=False).encode("utf-8", "surrogatepass"))
        self._place: tuple[str, ...] = ()
        self._told: list[str] = []

    def add(self, opinion: Opinion, speaker: str) -> None:
        """Take one comment in: its place where that is another one, identity, words, and what was answered.

        ``speaker`` is the identity of its body.
        """
        place = (opinion.draft, opinion.section, opinion.place, opinion.opening)
        told = self._told
        if place != self._place:
            self._place = place
            told += (_PLACE, *place)
        disposition, changes = opinion.disposition, opinion.changes
        told += (
            opinion.id,
            speaker,
            opinion.kind.name,
            opinion.content,
            opinion.proposed_passage,
            opinion.reason,
            opinion.response or "",
            disposition.name if disposition else "",
            _PIECE.join(f"{each.op.name}{each.text}" for each in changes) if changes else "",
            _END,
        )
        if len(told) > _MOST:
            self._flush()

    def _flush(self) -> None:
        """Take in what was told: a block at a time costs less than each comment by itself."""
        self._hash.update(_FIELD.join(self._told).encode("utf-8", "surrogatepass"))
        self._told.clear()

    def told(self) -> str:
        """Return 64 hexadecimal digits, over all that was taken in so far."""
        if self._told:
            self._flush()
        return self._hash.hexdigest()


def _around(summary: Summary) -> list[object]:
    return [
        _EDITION,
        *(summary.lead_agency, summary.superior_body, summary.place, summary.subject, summary.letter_number or ""),
        _plain(summary.letter_date),
        summary.invited,
        *(
            _bodies(bodies)
            for bodies in (
                summary.agrees,
                summary.no_opinion,
                summary.commenting,
                summary.silent,
                summary.uninvited,
            )
        ),
        *(summary.silence.name, summary.silence_ground, summary.signer_authority, summary.signer_title),
        *(summary.opinions, summary.provisional_at is not None, summary.extended, summary.drafts, summary.own),
        *(summary.part, summary.in_part),
    ]


def _bodies(bodies: Sequence[Body]) -> list[list[object]]:
    return [
        [
            *(body.code, body.name, body.letter_number or "", _plain(body.letter_date), body.late),
            *(body.awaiting_letter, body.group_line, body.disagrees, body.channel.name, body.secret),
            *(_plain(body.stated), body.notes),
        ]
        for body in bodies
    ]


def _plain(value: date | Enum | None) -> str:
    if value is None:
        return ""
    return value.name if isinstance(value, Enum) else value.isoformat()
