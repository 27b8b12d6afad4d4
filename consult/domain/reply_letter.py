"""An agency's letter of reply ("công văn góp ý") in words: who writes to whom, what it says, who signs.

The sentences are those of issued letters, by the agency's general opinion. Who signs and what stands above the name
follow the name first, since it says what kind of body it is, then the kind of the directory (Nghị định 30/2020/NĐ-CP,
annex I, II.2 and II.7). It knows no paper. What is not known (number, date) is left to fill in.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from consult.domain.citing import WHOLE
from consult.domain.dates import short_date
from consult.domain.terms import Stance

_LEVELS = "(?:tỉnh|thành phố|huyện|thị xã|quận|xã|phường|thị trấn|đặc khu)"
_COMMITTEE = re.compile(rf"(?:Ủy|Uỷ) ban nhân dân\s+({_LEVELS}\s.+)")
_LEVEL = re.compile(rf"^{_LEVELS}\s+")
_NEUTRAL = ("", "THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ")
_OF_COMMITTEE = ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")
# By how a name begins; the longer beginning stands first.
_BY_NAME = (
    ("Sở ", ("", "GIÁM ĐỐC")),
    ("Công an tỉnh", ("", "GIÁM ĐỐC")),
    ("Công an thành phố", ("", "GIÁM ĐỐC")),
    ("Công an", ("", "TRƯỞNG CÔNG AN")),
    ("Tổng công ty", ("", "TỔNG GIÁM ĐỐC")),
    ("Tập đoàn", ("", "TỔNG GIÁM ĐỐC")),
    ("Công ty", ("", "GIÁM ĐỐC")),
    ("Chi nhánh", ("", "GIÁM ĐỐC")),
    ("Trung tâm", ("", "GIÁM ĐỐC")),
    ("Viễn thông", ("", "GIÁM ĐỐC")),
    ("Văn phòng", ("", "CHÁNH VĂN PHÒNG")),
    ("Thanh tra", ("", "CHÁNH THANH TRA")),
    ("Chi cục", ("", "CHI CỤC TRƯỞNG")),
    ("Cục", ("", "CỤC TRƯỞNG")),
    ("Phòng", ("", "TRƯỞNG PHÒNG")),
    ("Bộ Chỉ huy", ("", "CHỈ HUY TRƯỞNG")),
    ("Bộ ", ("", "BỘ TRƯỞNG")),
    ("Ban ", ("", "TRƯỞNG BAN")),
    ("Tỉnh đoàn", ("TM. BAN THƯỜNG VỤ", "BÍ THƯ")),
    ("Thành đoàn", ("TM. BAN THƯỜNG VỤ", "BÍ THƯ")),
    ("Ủy ban Mặt trận", ("TM. BAN THƯỜNG TRỰC", "CHỦ TỊCH")),
    ("Hội ", ("TM. BAN THƯỜNG VỤ", "CHỦ TỊCH")),
    ("Trường", ("", "HIỆU TRƯỞNG")),
)
_BY_KIND = {
    "district": _OF_COMMITTEE,
    "commune": _OF_COMMITTEE,
    "province": _OF_COMMITTEE,
    "enterprise": ("", "GIÁM ĐỐC"),
}
_BELOW_COMMITTEE = ("Sở ", "Ban ", "Văn phòng", "Thanh tra")
_ITEMS = "abcdđeghiklmnopqrstuvxy"
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_DRAFT = "dự thảo"


@dataclass(frozen=True)
class Remark:
    """A comment as it is written in the letter; ``draft`` is named where a round has several, "" for the whole."""

    cited: str
    content: str
    proposed: str
    reason: str
    draft: str = ""

    @property
    def place(self) -> str:
        """The place, or that it is about the whole."""
        return self.cited or WHOLE


@dataclass(frozen=True)
class Request:
    """The cover letter that is answered, and where from; ``drafts`` are the titles where a round has several."""

    lead_agency: str
    superior_body: str
    place: str
    subject: str
    number: str
    day: date | None
    about: str
    drafts: tuple[str, ...] = ()

    @property
    def named(self) -> str:
        """What was asked about, with each draft by its name where there are several."""
        return f"{self.subject} (gồm: {'; '.join(map(named_draft, self.drafts))})" if self.drafts else self.subject


@dataclass(frozen=True)
class Writer:
    """The agency that writes."""

    name: str
    kind: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the body; a heading stands out."""

    text: str
    heading: bool = False


@dataclass(frozen=True)
class ReplyLetter:
    """The whole letter in words."""

    superior: str
    issuer: str
    place: str
    about: str
    to: str
    body: tuple[Paragraph, ...]
    authority: str
    title: str


def reply_letter(writer: Writer, request: Request, stance: Stance, remarks: Sequence[Remark]) -> ReplyLetter:
    """Put an agency's answer into the words of a letter."""
    authority, title = signer(writer)
    return ReplyLetter(
        superior=superior(writer, request),
        issuer=issuer(writer.name),
        place=place_of(writer.name, request.place),
        about=f"V/v góp ý {request.subject}",
        to=request.lead_agency,
        body=tuple(_body(writer.name, request, stance, remarks)),
        authority=authority,
        title=title,
    )


def signer(writer: Writer) -> tuple[str, str]:
    """Return the authority ("TM. …" or "") and the title above the signature; a neutral title where nobody knows."""
    if _COMMITTEE.fullmatch(writer.name):
        return _OF_COMMITTEE
    known = next((words for start, words in _BY_NAME if writer.name.startswith(start)), None)
    return known or _BY_KIND.get(writer.kind, _NEUTRAL)


def issuer(name: str) -> str:
    """Return the name as it stands in the head: capitals, a people's committee on two lines."""
    committee = _COMMITTEE.fullmatch(name)
    return f"ỦY BAN NHÂN DÂN\n{committee[1].upper()}" if committee else name.upper()


def superior(writer: Writer, request: Request) -> str:
    """Return the body above in the head; "" for a people's committee and where it is not known."""
    if writer.name.startswith(_BELOW_COMMITTEE) and request.superior_body:
        return request.superior_body.upper().replace("ỦY BAN NHÂN DÂN", "UBND")
    return "BỘ CÔNG AN" if writer.name.startswith(("Công an tỉnh", "Công an thành phố")) else ""


def place_of(name: str, usual: str) -> str:
    """Return what stands before the date: the own name of a committee's place, else the place of the request."""
    committee = _COMMITTEE.fullmatch(name)
    return _LEVEL.sub("", committee[1]) if committee else usual


def _body(name: str, request: Request, stance: Stance, remarks: Sequence[Remark]) -> Iterator[Paragraph]:
    yield Paragraph(f"{name} nhận được {_letter(request)} của {request.lead_agency} về việc {request.about}.")
    yield Paragraph(f"Sau khi nghiên cứu, {name} {_opinion(request, stance, bool(remarks))}")
    yield from _by_draft(remarks) if request.drafts else _by_place(remarks)
    yield Paragraph(f"Trên đây là ý kiến của {name}, trân trọng đề nghị {request.lead_agency} tổng hợp./.")


def named_draft(title: str) -> str:
    """Return a draft as a sentence names it: "dự thảo Quy chế"."""
    named = title if title.casefold().startswith(_DRAFT) else f"{_DRAFT} {title}"
    return f"{named[:1].lower()}{named[1:]}"


def _by_draft(remarks: Sequence[Remark]) -> Iterator[Paragraph]:
    """Yield the comments on all drafts first, then each draft's under a heading of its own."""
    drafts = groupby(remarks, key=lambda remark: remark.draft)
    for number, (draft, said) in enumerate(drafts):
        label = _ROMAN[number] if number < len(_ROMAN) else str(number + 1)
        yield Paragraph(f"{label}. {f'Đối với {named_draft(draft)}' if draft else WHOLE}", heading=True)
        yield from _by_place(tuple(said)) if draft else _said(tuple(said))


def _by_place(remarks: Sequence[Remark]) -> Iterator[Paragraph]:
    for number, (place, said) in enumerate(groupby(remarks, key=lambda remark: remark.place), start=1):
        yield Paragraph(f"{number}. {place if place == WHOLE else f'Về {place}'}", heading=True)
        yield from _said(tuple(said))


def _letter(request: Request) -> str:
    if not request.number:
        return "văn bản"
    return f"Công văn số {request.number}" + (f" ngày {short_date(request.day)}" if request.day else "")


def _opinion(request: Request, stance: Stance, remarks: bool) -> str:
    """Return what is said in general; the comments follow a colon."""
    asked = f"đề nghị {request.lead_agency} xem xét, tổng hợp một số ý kiến sau:"
    if stance is Stance.AGREES:
        return f"thống nhất với nội dung {request.named} và không có ý kiến tham gia thêm."
    if stance is Stance.NO_OPINION:
        return f"không có ý kiến đối với nội dung {request.named}."
    if stance is Stance.DISAGREES:
        return f"không thống nhất với nội dung {request.named}" + (f"; {asked}" if remarks else ".")
    return f"cơ bản thống nhất với nội dung {request.named}" + (f"; {asked}" if remarks else ".")


def _said(remarks: Sequence[Remark]) -> Iterator[Paragraph]:
    """Yield the paragraphs of the comments on one place, lettered where there are several."""
    for number, remark in enumerate(remarks):
        item = f"{_ITEMS[number % len(_ITEMS)]}) " if len(remarks) > 1 else ""
        lines = [*remark.content.split("\n")] if remark.content else []
        if remark.proposed:
            first, *more = remark.proposed.split("\n")
            lines += [f"Đề nghị sửa thành: “{first}", *more]
            lines[-1] += "”" if lines[-1].endswith(".") else "”."
        if remark.reason:
            lines += f"Lý do: {remark.reason}".split("\n")
        yield from (Paragraph(f"{item if at == 0 else ''}{line}") for at, line in enumerate(lines) if line.strip())
