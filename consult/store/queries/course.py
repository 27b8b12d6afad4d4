"""What happened in the week as the synthesis prints it: later and earlier closes and agencies asked later."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from sqlalchemy.orm import Session

from consult.domain.dates import printed_deadline, short_date
from consult.domain.terms import NoticeKind
from consult.domain.window import Window
from consult.store.queries.notices import NoticeFacts, notices_of


def changed_course(session: Session, round_id: int) -> tuple[str, ...]:
    """Return a sentence for each act that a reader of the table must know, in the order in which they happened."""
    acts = notices_of(session, round_id)
    return tuple(_SENTENCES[act.kind](act) for act in acts if act.kind in _SENTENCES)


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


def _until(act: NoticeFacts) -> str:
    assert act.closes_at is not None
    return printed_deadline(Window(act.closes_at - timedelta(days=1), act.closes_at))


def _by(act: NoticeFacts) -> str:
    return f" (tại Công văn số {act.letter_number}{_day(act.letter_date)})" if act.letter_number else ""


def _day(day: date | None) -> str:
    return f" ngày {short_date(day)}" if day else ""
