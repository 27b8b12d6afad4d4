"""All the words of the two forms of the synthesis, as data, and the sentences that are made of them.

``administrative`` is for letters, directives and plans: an office does not "carry out" its own letter, and the sentence
on the law and "phản biện xã hội" do not belong to it. ``qppl`` is the form of the normative dossier in use since 2025.
Both have its four heads. The lists follow what departments issue. It knows nothing of paper or XML.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from consult.domain.dates import short_date
from consult.domain.synthesis import Body, Opinion, Summary
from consult.domain.terms import Channel, SilenceRule, SynthesisForm
from consult.domain.window import local
from consult.domain.wording import counted

NO_RESPONSE = "Chưa có ý kiến tiếp thu, giải trình"
PROPOSED = "Đề nghị sửa thành:"
REASON = "Lý do:"
GENERAL = "Ý kiến chung"
OTHER = "Nội dung khác"
CONTINUED = "(tiếp theo)"
_NONE = "không có"


@dataclass(frozen=True)
class Form:
    """The words in which one form differs from the other; braces name what is put in."""

    name: str
    title: str
    preamble: str
    total: str
    opinions: str
    heads: tuple[str, str, str, str]


@dataclass(frozen=True)
class BodyList:
    """One numbered list of bodies: its heading with the count, its lines, and what follows from it."""

    heading: str
    lines: tuple[str, ...]
    note: str = ""


_HEADS = ("NHÓM VẤN ĐỀ HOẶC ĐIỀU, KHOẢN", "CHỦ THỂ GÓP Ý", "NỘI DUNG GÓP Ý", "NỘI DUNG TIẾP THU, GIẢI TRÌNH")

_FORMS = {
    SynthesisForm.ADMINISTRATIVE: Form(
        name="BẢNG TỔNG HỢP",
        title="Ý KIẾN GÓP Ý VÀ TIẾP THU, GIẢI TRÌNH",
        preamble="{lead} đã {letter}lấy ý kiến {invited} cơ quan, đơn vị đối với {subject}. Kết quả như sau:",
        total="1. Tổng số cơ quan, đơn vị được lấy ý kiến: {invited} đơn vị.",
        opinions="- Tổng số ý kiến góp ý: {opinions} ý kiến.",
        heads=_HEADS,
    ),
    SynthesisForm.QPPL: Form(
        name="BẢN TỔNG HỢP",
        title="Ý KIẾN, TIẾP THU, GIẢI TRÌNH Ý KIẾN GÓP Ý, PHẢN BIỆN XÃ HỘI",
        preamble="Căn cứ Luật Ban hành văn bản quy phạm pháp luật, {lead} đã tổ chức lấy ý kiến góp ý, phản biện xã hội"
        " đối với {subject}. Kết quả như sau:",
        total="1. Tổng số {invited} cơ quan, tổ chức, cá nhân đã gửi xin ý kiến, góp ý, phản biện xã hội và tổng số"
        " {opinions} ý kiến nhận được.",
        opinions="",
        heads=_HEADS,
    ),
}
_PROVISIONAL_NAME = "BẢNG TẠM TỔNG HỢP (tính đến {moment})"
RESULTS = "2. Kết quả cụ thể như sau:"
_TABLE = "2.{number}. Tổng hợp nội dung góp ý và tiếp thu, giải trình:"
NO_OPINIONS = "Không có ý kiến góp ý cụ thể đối với nội dung dự thảo."
_CAME = {
    Channel.PAPER: "văn bản giấy",
    Channel.EXCHANGE: "gửi qua trục liên thông văn bản",
    Channel.EMAIL: "gửi qua thư điện tử",
}
_SILENCE = {
    SilenceRule.AGREES: "Đơn vị không gửi văn bản góp ý xem như thống nhất với nội dung dự thảo.",
    SilenceRule.NO_ANSWER: "Đơn vị không gửi văn bản góp ý không được tính là thống nhất với nội dung dự thảo.",
}


def heads(summary: Summary) -> tuple[str, str, str, str]:
    """Return the four heads of the table."""
    return _FORMS[summary.form].heads


def title_lines(summary: Summary) -> tuple[str, ...]:
    """Return the lines of the title; the first one of a provisional table says up to when it counts."""
    form = _FORMS[summary.form]
    about = f"ĐỐI VỚI {summary.subject.upper()}"
    if summary.provisional_at is None:
        return (f"{form.name} {form.title}", about)
    return (_PROVISIONAL_NAME.format(moment=_moment(summary.provisional_at)), form.title, about)


def _moment(at: datetime) -> str:
    there = local(at)
    return f"{there.hour:02d} giờ {there.minute:02d} ngày {short_date(there.date())}"


def place_and_date(summary: Summary) -> str:
    """Return the line of place and date; the date is left to the hand that signs."""
    return f"{summary.place}, ngày … tháng … năm …"


def preamble(summary: Summary) -> str:
    """Return the sentence that says who asked whom by which letter."""
    letter = letter_words(summary.letter_number, summary.letter_date)
    return _FORMS[summary.form].preamble.format(
        lead=summary.lead_agency,
        letter=f"có {letter} " if letter else "",
        invited=counted(summary.invited),
        subject=summary.subject,
    )


def totals(summary: Summary) -> tuple[str, ...]:
    """Return the counts: bodies asked, letters received (with what is peculiar about them), opinions."""
    form = _FORMS[summary.form]
    numbers = {"invited": counted(summary.invited), "opinions": counted(summary.opinions)}
    lines = (form.total.format(**numbers), _letters_received(summary), form.opinions.format(**numbers))
    return tuple(line for line in (*lines, *(f"- {line}" for line in summary.extended)) if line)


def _letters_received(summary: Summary) -> str:
    """Count letters apart from answers: one that waits for its letter brought no letter yet."""
    answered = summary.answered
    late, awaiting = sum(body.late for body in answered), sum(body.awaiting_letter for body in answered)
    after = f" (trong đó {counted(late)} văn bản gửi sau thời hạn)" if late else ""
    letters = f"Tổng số văn bản góp ý nhận được: {counted(len(answered) - awaiting)} văn bản{after}"
    waiting = f"; {counted(awaiting)} đơn vị đã gửi ý kiến, chờ văn bản chính thức" if awaiting else ""
    return f"- {letters}{waiting}."


def body_lists(summary: Summary) -> tuple[BodyList, ...]:
    """Return the numbered lists of 2.: who agrees, has no opinion, comments, is silent, and who answered unasked."""
    silent = "Đơn vị {not_yet} gửi văn bản góp ý".format(not_yet="không" if _final(summary) else "chưa")
    lists = [
        ("Đơn vị thống nhất với nội dung dự thảo", summary.agrees, ""),
        ("Đơn vị không có ý kiến hoặc nội dung không thuộc chức năng, nhiệm vụ", summary.no_opinion, ""),
        ("Đơn vị đóng góp ý kiến cho dự thảo", summary.commenting, ""),
        (silent, summary.silent, _silence_note(summary)),
    ]
    if summary.uninvited:
        lists.append(("Ý kiến của cơ quan, tổ chức ngoài danh sách lấy ý kiến", summary.uninvited, ""))
    return tuple(_listed(number, *item) for number, item in enumerate(lists, start=1))


def table_heading(summary: Summary) -> str:
    """Return the line above the table; its number follows the lists."""
    return _TABLE.format(number=len(body_lists(summary)) + 1)


def _final(summary: Summary) -> bool:
    return summary.provisional_at is None


def _silence_note(summary: Summary) -> str:
    if not summary.silent or not _final(summary):
        return ""
    ground = summary.silence_ground.strip().rstrip(".")
    return _SILENCE[summary.silence] + (f" Căn cứ: {ground}." if ground else "")


def _listed(number: int, words: str, bodies: Sequence[Body], note: str) -> BodyList:
    if not bodies:
        return BodyList(f"2.{number}. {words}: {_NONE}.", ())
    lines = list(_lines(bodies))
    ended = (*(f"- {line};" for line in lines[:-1]), f"- {lines[-1]}.")
    return BodyList(f"2.{number}. {words}: {counted(len(bodies))} đơn vị, gồm:", ended, note)


def _lines(bodies: Sequence[Body]) -> Iterator[str]:
    """Yield a line for each body, and one for all members of a group behind its line of the cover letter."""
    for group, members in groupby(bodies, key=lambda body: body.group_line):
        names = [body_words(body) for body in members]
        if group:
            yield f"{group.rstrip(' ;.:')} ({counted(len(names))} đơn vị): {'; '.join(names)}"
        else:
            yield from names


def body_words(body: Body) -> str:
    """Return a body with its letter and what is peculiar about its answer: "Tên (Công văn số … ngày …)".

    What a body that was not asked says in general stands here too, since no list of a stance has it.
    """
    stated = body.stated.value if body.stated and not body.disagrees else ""
    details = ", ".join(filter(None, (body_details(body), stated)))
    return f"{body.name} ({details})" if details else body.name


def body_details(body: Body) -> str:
    """Return what stands in brackets behind a body's name; "" for nothing."""
    marks = (
        letter_words(body.letter_number, body.letter_date),
        "chờ văn bản chính thức" if body.awaiting_letter else "",
        _CAME.get(body.channel, ""),
        "văn bản Mật, không nhập nội dung" if body.secret else "",
        "gửi sau thời hạn" if body.late else "",
        "không thống nhất với dự thảo" if body.disagrees else "",
    )
    return ", ".join(mark for mark in marks if mark)


def letter_words(number: str | None, day: date | None) -> str:
    """Return "Công văn số 532/STTTT-BCVT ngày 21/4/2020", as much of it as is known."""
    if not number and day is None:
        return ""
    return "Công văn" + (f" số {number}" if number else "") + (f" ngày {short_date(day)}" if day else "")


def cited_place(opinion: Opinion) -> str:
    """Return the place with the capital that begins a cell: "Mục 2.3 (Công an tỉnh)"."""
    return opinion.place[:1].upper() + opinion.place[1:]


def draft_caption(position: int, draft: str) -> str:
    """Return the line above the table of one of several drafts: "a) Đối với dự thảo Quyết định"."""
    name = draft if draft.casefold().startswith("dự thảo") else f"dự thảo {draft}"
    return f"{'abcdđeghiklmnopqrstuvxy'[position % 23]}) Đối với {name}"
