"""What happened in the week as the synthesis prints it: later and earlier closes and agencies asked later."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from consult.domain.dates import printed_deadline, short_date
from consult.domain.terms import NoticeKind
from consult.domain.window import Window
from consult.store.queries.notices import NoticeFacts


def changed_course(acts: Sequence[NoticeFacts]) -> tuple[str, ...]:
    """Return a sentence for each act that a reader of the table must know, in the order in which they happened."""
    return tuple(_SENTENCES[act.kind](act) for act in acts if act.kind in _SENTENCES)


def notes_by_code(acts: Sequence[NoticeFacts]) -> Mapping[str, tuple[str, ...]]:
    """Return what the annex says of an agency by its code: asked later, and the close that it was last given."""
    found: dict[str, dict[NoticeKind, str]] = {}
    for act in acts:
        if act.code and act.kind in _NOTES:
            found.setdefault(act.code, {})[act.kind] = _NOTES[act.kind](act)
    return {code: tuple(notes.values()) for code, notes in found.items()}


def _extended(act: NoticeFacts) -> str:
    whose = f" của {act.agency}" if act.agency else ""
    return f"Thời hạn gửi ý kiến{whose} được gia hạn {_until(act)}{_by(act)}."


def _closed_early(act: NoticeFacts) -> str:
    return f"Việc lấy ý kiến kết thúc sớm, thời hạn gửi ý kiến {_until(act)}{_by(act)}."


def _added(act: NoticeFacts) -> str:
    return f"Lấy ý kiến bổ sung {act.agency}{_by(act)}."


_SENTENCES: Mapping[NoticeKind, Callable[[NoticeFacts], str]] = {
    NoticeKind.EXTENDED: _extended,
    NoticeKind.CLOSED_EARLY: _closed_early,
    NoticeKind.ADDED: _added,
}


_NOTES: Mapping[NoticeKind, Callable[[NoticeFacts], str]] = {
    NoticeKind.EXTENDED: lambda act: f"Được gia hạn {_until(act)}{_by(act)}",
    NoticeKind.ADDED: lambda act: f"Lấy ý kiến bổ sung{_by(act)}",
}


def _until(act: NoticeFacts) -> str:
    assert act.closes_at is not None
    return printed_deadline(Window(act.closes_at - timedelta(days=1), act.closes_at))


def _by(act: NoticeFacts) -> str:
    return f" (tại Công văn số {act.letter_number}{_day(act.letter_date)})" if act.letter_number else ""


def _day(day: date | None) -> str:
    return f" ngày {short_date(day)}" if day else ""
