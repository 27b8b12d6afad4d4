"""``answers.toml``: who answers when and what, and how the office responds. Values only."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from consult.domain.terms import CommentKind, Disposition, Stance


@dataclass(frozen=True)
class ScriptedComment:
    """A comment; ``anchor`` is empty for the draft as a whole."""

    anchor: str
    kind: CommentKind
    content: str
    proposed_text: str
    reason: str


@dataclass(frozen=True)
class ScriptedAnswer:
    """An agency's answer; ``at`` in the closed story, ``hours`` after the opening in the live copy."""

    agency: str
    at: datetime | None
    hours: int
    person: str
    email: str
    stance: Stance
    letter_number: str
    letter_date: date | None
    agrees_with: tuple[str, ...]
    comments: tuple[ScriptedComment, ...]
    recalled_at: datetime | None


@dataclass(frozen=True)
class LateAttempt:
    """An agency that tries after the close."""

    agency: str
    at: datetime
    content: str


@dataclass(frozen=True)
class ScriptedResponse:
    """What the office answers to the ``nth`` comment of an agency on a place."""

    agency: str
    anchor: str
    nth: int
    disposition: Disposition
    sentence: str
    agreed_text: str


@dataclass(frozen=True)
class LiveScript:
    """The live copy: one agency half way, one silent, some that have answered."""

    drafting: ScriptedAnswer
    silent: str
    answers: tuple[ScriptedAnswer, ...]


@dataclass(frozen=True)
class Script:
    """A whole round."""

    answers: tuple[ScriptedAnswer, ...]
    late: tuple[LateAttempt, ...]
    responses: tuple[ScriptedResponse, ...]
    live: LiveScript | None


def read_script(path: Path) -> Script:
    """Read ``answers.toml`` of a folder under ``drafts/``."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return Script(
        answers=tuple(sorted(map(_answer, table["answer"]), key=lambda answer: str(answer.at))),
        late=tuple(LateAttempt(each["agency"], each["at"], each["content"]) for each in table.get("late_attempt", ())),
        responses=tuple(map(_response, table.get("response", ()))),
        live=_live(table["live"]) if "live" in table else None,
    )


def _answer(row: Mapping[str, Any]) -> ScriptedAnswer:
    return ScriptedAnswer(
        agency=row["agency"],
        at=row.get("at"),
        hours=row.get("hours_after_opening", 0),
        person=row["person"],
        email=row["email"],
        stance=Stance[row["stance"].upper()],
        letter_number=row.get("letter_number", ""),
        letter_date=row.get("letter_date"),
        agrees_with=tuple(row.get("agrees_with", ())),
        comments=_comments(row.get("comment", ())),
        recalled_at=row.get("recalled_at"),
    )


def _comments(rows: Sequence[Mapping[str, Any]]) -> tuple[ScriptedComment, ...]:
    return tuple(
        ScriptedComment(
            row["anchor"], CommentKind[row["kind"].upper()], row["content"], row["proposed_text"].strip(), row["reason"]
        )
        for row in rows
    )


def _response(row: Mapping[str, Any]) -> ScriptedResponse:
    disposition = Disposition[row["disposition"].upper()]
    return ScriptedResponse(
        row["agency"], row["anchor"], row["nth"], disposition, row["sentence"], row["agreed_text"].strip()
    )


def _live(row: Mapping[str, Any]) -> LiveScript:
    drafting = _answer({**row, "agency": row["drafting"], "stance": Stance.AGREES_WITH_COMMENTS.name})
    return LiveScript(drafting, row["silent"], tuple(map(_answer, row.get("answer", ()))))
