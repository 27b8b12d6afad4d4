"""The sentences of a synthesis, made of the words of its form (``domain.synthesis_words``) and of what was counted.

It knows nothing of paper or XML.
"""

from datetime import date

from consult.domain.dates import moment_in_title, short_date
from consult.domain.synthesis import Body, Opinion, Summary
from consult.domain.synthesis_words import COLUMNS, Column, Words, filled, words_of
from consult.domain.terms import Channel, SynthesisForm
from consult.domain.wording import counted

NO_RESPONSE = "Chưa có ý kiến tiếp thu, giải trình"
NOT_YET = "chưa xử lý"
PROPOSED = "Đề nghị sửa thành:"
REASON = "Lý do:"
GENERAL = "Ý kiến chung"
OTHER = "Nội dung khác"
CONTINUED = "(tiếp theo)"
NO_OPINIONS = "Không có ý kiến góp ý cụ thể đối với nội dung dự thảo."
NOTHING_IN_PART = "Không có ý kiến góp ý đối với phần được trích."
_EXTRACT = "TRÍCH"
_ANNEX = "Phụ lục"
_LAST_PADDED_MONTH = 2
_LEFT_OUT = (
    "Bản trích này chỉ nêu {here} ý kiến đối với {part}; {left} ý kiến đối với các nội dung khác của dự thảo không nêu"
    " trong bản trích."
)
_CAME = {
    Channel.PAPER: "văn bản giấy",
    Channel.EXCHANGE: "gửi qua trục liên thông văn bản",
    Channel.EMAIL: "gửi qua thư điện tử",
}


def words(summary: Summary) -> Words:
    """Return the words of the form that this synthesis has, the office's own included."""
    return words_of(summary.form, summary.own)


def heads(summary: Summary) -> tuple[str, str, str, str]:
    """Return the heads of place, body, content and response, whichever order the form has them in."""
    said = words(summary)
    return said.head_place, said.head_body, said.head_content, said.head_response


def columns(summary: Summary) -> tuple[tuple[Column, str, int], ...]:
    """Return the columns of the table from left to right: what it holds, its head, its percent of the width."""
    said = words(summary)
    shares = map(int, said.widths.split())
    kinds = COLUMNS[summary.form]
    return tuple((kind, getattr(said, kind.value), share) for kind, share in zip(kinds, shares, strict=True))


def title_lines(summary: Summary) -> tuple[str, ...]:
    """Return the lines of the title; the first one of a provisional table says up to when it counts."""
    said = words(summary)
    about = filled(said.subject, {"tên_hồ_sơ": summary.subject.upper()})
    if summary.provisional_at is None:
        first = " ".join(filter(None, (said.name, said.title)))
        lines: tuple[str, ...] = (first, about)
    else:
        first = filled(said.name_provisional, {"thời_điểm": moment_in_title(summary.provisional_at)})
        lines = tuple(filter(None, (first, said.title, about)))
    return (f"{_EXTRACT} {lines[0]}", *lines[1:]) if summary.part else lines


def left_out(summary: Summary) -> str:
    """Return what a part of the whole leaves out; "" for the whole."""
    if not summary.part:
        return ""
    left = summary.opinions - summary.expected
    return _LEFT_OUT.format(here=counted(summary.expected), part=summary.part, left=counted(left))


def goes_with(summary: Summary) -> str:
    """Return "(Kèm theo Văn bản số … ngày … tháng … năm … của …)"; "" for a synthesis that stands alone."""
    letter = summary.options.annex_of
    if letter is None:
        return ""
    day = letter.on
    month = "" if day is None else f"{day.month:02d}" if day.month <= _LAST_PADDED_MONTH else str(day.month)
    on = f"ngày {day.day:02d} tháng {month} năm {day.year}" if day else "ngày … tháng … năm …"
    return f"(Kèm theo Văn bản số {letter.number or '…/…'} {on} của {letter.issuer})"


def annex_words(summary: Summary) -> tuple[str, str]:
    """Return what the synthesis is called as an annex, and what the annex of the asked is called."""
    alone = summary.options.annex_of is None
    both = summary.options.asked and summary.options.names
    return (_ANNEX, _ANNEX) if alone or not both else (f"{_ANNEX} I", f"{_ANNEX} II")


def annex_goes_with(summary: Summary) -> str:
    """Return what the annex of the asked goes with: the letter, or the synthesis by its name in a sentence."""
    said = words(summary)
    name = " ".join(filter(None, (said.name, said.title))).capitalize()
    return goes_with(summary) or f"(Kèm theo {name} đối với {summary.subject})"


def place_and_date(summary: Summary) -> str:
    """Return the line of place and date; the date is left to the hand that signs."""
    return f"{summary.place}, ngày … tháng … năm …"


def preamble(summary: Summary) -> str:
    """Return the sentence that says who asked whom by which letter."""
    letter = letter_words(summary.letter_number, summary.letter_date)
    values = {
        "cơ_quan_chủ_trì": summary.lead_agency,
        "có_công_văn": f"có {letter}" if letter else "",
        "số_cơ_quan": counted(summary.invited),
        "tên_hồ_sơ": summary.subject,
    }
    return filled(words(summary).preamble, values)


def totals(summary: Summary) -> tuple[str, ...]:
    """Return the counts: bodies asked, letters received (with what is peculiar about them), opinions."""
    said = words(summary)
    numbers = {"số_cơ_quan": counted(summary.invited), "số_ý_kiến": counted(summary.opinions)}
    lines = (filled(said.total, numbers), _letters_received(summary), filled(said.opinions, numbers))
    return tuple(line for line in (*lines, *(f"- {line}" for line in summary.extended)) if line)


def _letters_received(summary: Summary) -> str:
    """Count letters apart from answers: one that waits for its letter brought no letter yet."""
    answered = summary.answered
    late, awaiting = sum(body.late for body in answered), sum(body.awaiting_letter for body in answered)
    after = f" (trong đó {counted(late)} văn bản gửi sau thời hạn)" if late else ""
    letters = filled(words(summary).letters, {"số_văn_bản": counted(len(answered) - awaiting)})
    waiting = f"; {counted(awaiting)} đơn vị đã gửi ý kiến, chờ văn bản chính thức" if awaiting else ""
    return f"{letters}{after}{waiting}."


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


def result(opinion: Opinion) -> str:
    """Return what was done with a comment, with a capital: "Tiếp thu một phần"; that nothing was, where it waits."""
    done = opinion.disposition.value if opinion.disposition else NOT_YET
    return done[:1].upper() + done[1:]


def draft_caption(position: int, draft: str, form: SynthesisForm = SynthesisForm.ADMINISTRATIVE) -> str:
    """Return the line above the table of one of several drafts: "a) Đối với dự thảo Quyết định", "1. Đối với …"."""
    name = draft if draft.casefold().startswith("dự thảo") else f"dự thảo {draft}"
    label = f"{position + 1}." if form is SynthesisForm.PRACTICE else f"{'abcdđeghiklmnopqrstuvxy'[position % 23]})"
    return f"{label} Đối với {name}"
