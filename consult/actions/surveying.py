"""The state of a round as files: the workbook of its board, and the two plots."""

from datetime import datetime
from typing import IO

from sqlalchemy.orm import Session

from consult.documents.board_sheet import BoardSheet, SheetRow, write_board
from consult.documents.plots import Course, Spot, course_plot, strip_plot
from consult.domain.board import counts_of, tally
from consult.domain.citing import WHOLE
from consult.domain.counting import Counts, count
from consult.domain.dates import printed_deadline, printed_moment
from consult.domain.progress import days_of
from consult.domain.terms import AgencyState, Basis, Channel, LetterState
from consult.domain.window import Phase, local
from consult.store.queries.board import BoardLine, board, marks
from consult.store.queries.comments_by_place import PlaceCount, comments_by_place
from consult.store.queries.rounds import RoundFacts

_BASES = {Basis.LISTED: "Được lấy ý kiến", Basis.ADDED: "Bổ sung sau", Basis.UNASKED: "Ngoài danh sách"}
_STATES = {
    AgencyState.SILENT: "Chưa gửi",
    AgencyState.OPENED: "Đã mở, chưa gửi",
    AgencyState.DRAFTING: "Đang soạn ý kiến",
    AgencyState.SENT: "Đã gửi",
}
_LETTERS = {
    LetterState.DUE: "Chờ gửi",
    LetterState.SENT: "Đã gửi",
    LetterState.FAILED: "Không gửi được",
    LetterState.CANCELLED: "Đã hủy",
}
_LONGEST_LABEL = 7


def write_workbook(session: Session, facts: RoundFacts, target: IO[bytes], now: datetime) -> None:
    """Write the board as of now into an open binary file."""
    lines = board(session, facts.id)
    counts = count(line.standing for line in lines)
    closed = facts.window.phase(now) is Phase.CLOSED
    sheet = BoardSheet(
        title=f"Tình hình gửi ý kiến góp ý: {facts.title}",
        as_of=f"Tính đến {printed_moment(now)}; thời hạn góp ý: {printed_deadline(facts.window)}.",
        rows=[_row(line, facts, closed=closed) for line in lines],
        counts=_counted(counts),
        identities=_identities(counts),
    )
    write_board(sheet, target)


def _row(line: BoardLine, facts: RoundFacts, *, closed: bool) -> SheetRow:
    own = line.own_window(facts.window)
    sent = line.stance is not None
    return SheetRow(
        name=line.name,
        group_line=line.group_line,
        basis=_BASES[line.basis],
        email=line.email or "",
        state="Không gửi" if closed and not sent else _STATES[line.state],
        stance=_capital(line.stance.value) if line.stance else "",
        comments=line.comments if sent else None,
        letter_number=line.letter_number or ("Chờ văn bản chính thức" if sent and facts.requires_letter else ""),
        letter_date=line.letter_date,
        sent_at=_came(line),
        channel=_capital(line.channel.value) if line.channel else "",
        late="Có" if line.late else "",
        letter=_letter(line),
        fault=line.fault if line.invitation_letter is LetterState.FAILED else "",
        reminded=line.reminded or None,
        own_close=local(own.closes_at).replace(tzinfo=None) if own else None,
    )


def _letter(line: BoardLine) -> str:
    if not line.email:
        return "Không có hộp thư"
    return _LETTERS[line.invitation_letter] if line.invitation_letter else ""


def _came(line: BoardLine) -> datetime | None:
    """Return when an answer came, local and naive: one on paper at the start of the day on which it was received."""
    if line.received_on is not None and line.channel is not Channel.ONLINE:
        return datetime.combine(line.received_on, datetime.min.time())
    return local(line.sent_at).replace(tzinfo=None) if line.sent_at else None


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _counted(counts: Counts) -> tuple[tuple[str, int], ...]:
    return (
        ("N. Số cơ quan, đơn vị được lấy ý kiến", counts.invited),
        ("M. Đã gửi ý kiến", counts.answered),
        ("X. Thống nhất với nội dung dự thảo", counts.agrees),
        ("Y. Có ý kiến góp ý hoặc không thống nhất", counts.comments),
        ("W. Không có ý kiến", counts.no_opinion),
        ("Z. Chưa gửi hoặc không gửi", counts.silent),
        ("L. Gửi sau thời hạn (đã tính trong M)", counts.late),
        ("K. Ý kiến của cơ quan ngoài danh sách (không tính trong N)", counts.unasked),
    )


def _identities(counts: Counts) -> tuple[str, ...]:
    return (
        f"N = M + Z: {counts.invited} = {counts.answered} + {counts.silent}",
        f"M = X + Y + W: {counts.answered} = {counts.agrees} + {counts.comments} + {counts.no_opinion}",
    )


def course_picture(session: Session, facts: RoundFacts, now: datetime) -> bytes:
    """Return the plot of answers over time against the round's deadline."""
    every = marks(session, facts.id)
    asked = counts_of(tally(every)).invited
    return course_plot(Course(days_of(every), facts.window.opens_at, facts.window.closes_at, asked, now))


def places_picture(session: Session, facts: RoundFacts) -> bytes:
    """Return the heat strip of comments over the draft."""
    return strip_plot([_spot(place) for place in comments_by_place(session, facts.id)])


def _spot(place: PlaceCount) -> Spot:
    if not place.anchor:
        return Spot("Chung", WHOLE, place.comments)
    name = " ".join(filter(None, (f"{place.part}:" if place.part else "", place.cited or place.opening)))
    return Spot(_short(place), name, place.comments)


def _short(place: PlaceCount) -> str:
    """Return what fits under a cell: "5" of "Điều 5.", "II" of "Chương II", "…" for what has no label."""
    words = place.label.rstrip(".:) ").split()
    return words[-1][:_LONGEST_LABEL] if words else "…"
