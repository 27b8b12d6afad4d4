"""What officials are told of their rounds: what came in, what could not be delivered, who is still silent; Vietnamese.

Pure functions like those of ``letters``. They go to persons of the office and begin from no letter.
"""

from dataclasses import dataclass
from datetime import date, datetime

from consult.domain.dates import printed_deadline, printed_moment, short_date
from consult.domain.mail_trouble import Trouble
from consult.domain.terms import Channel, LetterKind, Stance
from consult.domain.window import Phase, Window
from consult.domain.wording import counted
from consult.mail.parts import Button, Facts, Items, Letter, Page, Part, Words

MOST_ROWS = 40
_DESK = "/ban-lam-viec"
_OFF = Words("Đồng chí tắt thư báo này ở cuối trang Bàn làm việc.")
_LETTERS = {
    LetterKind.INVITATION: "thư đề nghị góp ý",
    LetterKind.LINK_AGAIN: "thư gửi lại liên kết",
    LetterKind.REMINDER: "thư nhắc",
    LetterKind.RECEIPT: "phiếu xác nhận",
    LetterKind.WINDOW_CHANGED: "thư báo thay đổi thời hạn",
    LetterKind.CORRECTED: "thư báo đính chính dự thảo",
    LetterKind.WITHDRAWN: "thư báo rút hồ sơ",
    LetterKind.RESULT: "thư báo kết quả",
    LetterKind.CLOSED: "thư báo kết thúc",
}


@dataclass(frozen=True)
class Reader:
    """The official who gets the letter, and the office that both are of."""

    name: str
    lead_agency: str


@dataclass(frozen=True)
class Answer:
    """An answer that came in, as one line says it; ``asked`` is False for a body that was not asked."""

    agency: str
    stance: Stance
    comments: int
    version: int
    late: bool
    channel: Channel
    received_on: date | None
    secret: bool
    asked: bool


@dataclass(frozen=True)
class RoundNews:
    """A round as a letter to officials heads it: where it stands, and what came in or was taken back."""

    slug: str
    title: str
    window: Window
    invited: int
    answered: int
    answers: tuple[Answer, ...] = ()
    recalled: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()


@dataclass(frozen=True)
class Failed:
    """A letter that did not arrive: which, to whom, why, whether it came back afterwards."""

    title: str
    kind: LetterKind
    agency: str
    address: str
    trouble: Trouble
    returned: bool


def digest(reader: Reader, rounds: tuple[RoundNews, ...], until: datetime) -> Letter:
    """Tell what came in since the last digest, and how many are still silent."""
    came = sum(len(each.answers) for each in rounds)
    back = sum(len(each.recalled) for each in rounds)
    told = ", ".join([f"{counted(came)} bản mới"] * (came > 0) + [f"{counted(back)} bản thu hồi"] * (back > 0))
    parts: list[Part] = [Words(f"Bản góp ý gửi đến từ thư báo trước tới {printed_moment(until)}:")]
    for each in rounds:
        parts += [Facts((("Hồ sơ", each.title), *_standing(each, until))), *_answers(each), *_recalled(each)]
    one = f": {rounds[0].title}" if len(rounds) == 1 else f", {counted(len(rounds))} hồ sơ"
    label = "Xem tình hình góp ý" if len(rounds) == 1 else "Mở bàn làm việc"
    return _letter(
        reader, f"Góp ý mới nhận ({told}){one}", parts, _page(tuple(each.slug for each in rounds), ""), label
    )


def undelivered(reader: Reader, failed: tuple[Failed, ...], slugs: tuple[str, ...]) -> Letter:
    """Tell which letters did not arrive; ``slugs`` are those of their rounds."""
    asking = sum(each.kind in (LetterKind.INVITATION, LetterKind.LINK_AGAIN) for each in failed)
    parts: list[Part] = [Words(f"Có {counted(len(failed))} thư gửi cơ quan, đơn vị không đến nơi.")]
    if asking:
        parts.append(
            Words(
                f"Trong đó {counted(asking)} thư có liên kết góp ý: các cơ quan, đơn vị này chưa nhận được đề nghị. Đề "
                "nghị sửa địa chỉ rồi gửi lại, hoặc in liên kết để gửi theo đường công văn."
            )
        )
    for title in dict.fromkeys(each.title for each in failed):
        mine = [each for each in failed if each.title == title]
        parts.append(Items(f"Dự thảo “{title}”", tuple((each.agency, _why(each)) for each in mine[:MOST_ROWS])))
        parts += _more(len(mine), "thư")
    subject = f"Không gửi được {counted(len(failed))} thư" + (" (có thư đề nghị góp ý)" if asking else "")
    one = f": {failed[0].title}" if len(slugs) == 1 else ""
    return _letter(reader, subject + one, parts, _page(slugs, "/thu?loc=loi"), "Xem thư không gửi được")


def closing_soon(reader: Reader, news: RoundNews, now: datetime) -> Letter:
    """Tell that a round is about to close and that many have not answered."""
    silent = news.invited - news.answered
    parts: list[Part] = [
        Words(
            f"Đợt lấy ý kiến đối với dự thảo “{news.title}” sắp hết thời hạn; {counted(silent)} trong số "
            f"{counted(news.invited)} cơ quan, đơn vị được lấy ý kiến chưa gửi."
        ),
        Facts(_standing(news, now)),
        Words(f"Chưa gửi: {'; '.join(news.silent[:MOST_ROWS])}."),
        *_more(len(news.silent), "cơ quan, đơn vị"),
        Words("Đồng chí có thể nhắc các cơ quan, đơn vị này hoặc gia hạn trên trang của hồ sơ."),
    ]
    subject = f"Sắp hết thời hạn, {counted(silent)}/{counted(news.invited)} chưa gửi: {news.title}"
    return _letter(reader, subject, parts, _page((news.slug,), "?loc=silent"), "Xem cơ quan, đơn vị chưa gửi")


def _letter(reader: Reader, subject: str, parts: list[Part], page: Page, label: str) -> Letter:
    return Letter(subject, reader.name, (*parts, Button(label, page), _OFF), reader.lead_agency)


def _page(slugs: tuple[str, ...], rest: str) -> Page:
    """Return the page of the one round that a letter is about, the desk where there are several."""
    return Page(f"{_DESK}/{slugs[0]}{rest}" if len(slugs) == 1 else _DESK)


def _answers(news: RoundNews) -> tuple[Part, ...]:
    if not news.answers:
        return ()
    rows = tuple((each.agency, _said(each)) for each in news.answers[:MOST_ROWS])
    return (Items(f"Mới gửi ({counted(len(news.answers))})", rows), *_more(len(news.answers), "cơ quan, đơn vị"))


def _said(answer: Answer) -> str:
    told = ["văn bản Mật, không nhập nội dung" if answer.secret else answer.stance.value]
    told += [f"{counted(answer.comments)} ý kiến"] if answer.comments else []
    if answer.channel is not Channel.ONLINE:
        came = f", ngày đến {short_date(answer.received_on)}" if answer.received_on else ""
        told.append(f"nhập từ {answer.channel.value}{came}")
    told += [f"gửi lần {answer.version}, thay lần trước"] if answer.version > 1 else []
    told += ["gửi sau thời hạn"] if answer.late else []
    told += ["ngoài danh sách lấy ý kiến"] if not answer.asked else []
    return "; ".join(told)


def _recalled(news: RoundNews) -> tuple[Part, ...]:
    if not news.recalled:
        return ()
    number = len(news.recalled)
    names = Words(f"Thu hồi ({counted(number)}): {'; '.join(news.recalled[:MOST_ROWS])}.")
    return (names, *_more(number, "cơ quan, đơn vị"))


def _standing(news: RoundNews, now: datetime) -> tuple[tuple[str, str], ...]:
    silent = news.invited - news.answered
    return (
        ("Đã gửi", f"{counted(news.answered)}/{counted(news.invited)} cơ quan, đơn vị"),
        ("Không gửi" if news.window.phase(now) is Phase.CLOSED else "Chưa gửi", counted(silent) if silent else "không"),
        ("Thời hạn", printed_deadline(news.window) + _left(news.window, now)),
    )


def _left(window: Window, now: datetime) -> str:
    days, phase = window.days_left(now), window.phase(now)
    if phase is Phase.OPEN:
        return f" – còn {counted(days)} ngày" if days else " – hôm nay là ngày cuối cùng"
    return " – đang nhận ý kiến gửi sau thời hạn" if phase is Phase.LATE else " – đã hết"


def _why(failed: Failed) -> str:
    what = f"{_LETTERS.get(failed.kind, 'thư')} tới {failed.address}"
    how = "bị trả lại" if failed.returned else "không gửi được"
    return f"{what} {how}" + (f". {failed.trouble.value}" if failed.trouble is not Trouble.UNKNOWN else "")


def _more(number: int, what: str) -> tuple[Part, ...]:
    return (Words(f"Và {counted(number - MOST_ROWS)} {what} khác, xem trên trang."),) if number > MOST_ROWS else ()
