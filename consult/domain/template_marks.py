"""The places that an office may mark in its own form of the synthesis, and the verdict on the marks of a file.

A mark is a name between double braces: ``{{nội_dung_góp_ý}}``. Marks of the row stand together in one row of a table,
which is repeated for each comment; marks of the document stand anywhere, but the row's stand nowhere else. It knows
names and rules, and refuses to know files.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum

from consult.domain.wording import search_key


class TemplateFault(Enum):
    """Why a file cannot serve as a form; ``{names}`` are the marks, or what else it is about."""

    NOT_DOCX = "only a Word file (.docx) can be a form; open it in Word and save it as .docx"
    OBJECTS = "it holds embedded objects or fields that fetch other files ({names}); take them out"
    NO_MARKS = "it holds no marks; put {{nội_dung_góp_ý}} and the others where the words shall stand"
    BROKEN = "braces without a partner, or a name of several lines: {names}"
    UNKNOWN = "marks that are not known: {names}"
    MISSING = "marks that every form needs are missing: {names}"
    ROW_OUTSIDE = "marks of the row stand outside of a table's row, in a header or in a footer: {names}"
    TWO_ROWS = "marks of the row stand in two rows; only one row is repeated"
    NESTED = "the row to repeat stands in a table within another table, or holds one"
    TWICE = "this mark may stand once only: {names}"


CONTENT = "nội_dung_góp_ý"
ROW_MARKS: dict[str, str] = {
    "stt": "Số thứ tự của ý kiến",
    "vị_trí": "Điều, khoản, mục được góp ý",
    "trích_đoạn": "Những chữ đầu của đoạn được góp ý",
    "tên_phần": "Đề mục lớn chứa vị trí đó",
    "tên_dự_thảo": "Tên dự thảo của ý kiến",
    "tên_cơ_quan": "Chủ thể góp ý",
    "văn_bản_góp_ý": "Số, ngày văn bản góp ý và ghi chú (gửi sau thời hạn…)",
    CONTENT: "Nội dung góp ý, đề nghị sửa thành, lý do",
    "nội_dung_tiếp_thu": "Nội dung tiếp thu, giải trình",
    "kết_quả": "Kết quả xử lý: tiếp thu, tiếp thu một phần, không tiếp thu, giải trình, ghi nhận",
}
DOCUMENT_MARKS: dict[str, str] = {
    "tiêu_đề": "Tên bảng; khi chưa xong ghi rõ là bảng tạm tổng hợp, tính đến lúc nào",
    "cơ_quan_chủ_trì": "Cơ quan chủ trì soạn thảo",
    "cơ_quan_cấp_trên": "Cơ quan cấp trên trực tiếp",
    "địa_danh_ngày_tháng": "Địa danh, ngày … tháng … năm …",
    "tên_hồ_sơ": "Tên dự thảo hoặc hồ sơ",
    "đoạn_mở_đầu": "Câu nói ai đã lấy ý kiến ai, theo công văn nào",
    "số_liệu": "Số cơ quan được lấy ý kiến, số văn bản, số ý kiến",
    "danh_sách_cơ_quan": "Các danh sách: thống nhất, không có ý kiến, có ý kiến, chưa gửi",
    "số_cơ_quan": "Số cơ quan được lấy ý kiến",
    "số_đã_góp_ý": "Số cơ quan đã gửi ý kiến",
    "số_thống_nhất": "Số cơ quan thống nhất",
    "số_không_có_ý_kiến": "Số cơ quan không có ý kiến",
    "số_có_ý_kiến": "Số cơ quan có ý kiến góp ý",
    "số_chưa_gửi": "Số cơ quan chưa gửi",
    "số_ý_kiến": "Tổng số ý kiến",
    "thẩm_quyền_ký": "Thẩm quyền ký (TM., KT.)",
    "chức_vụ_ký": "Chức vụ người ký",
}
NEEDED = ("tiêu_đề", "vị_trí", "tên_cơ_quan", CONTENT, "nội_dung_tiếp_thu")
_NAMED_AT_MOST = 5


@dataclass(frozen=True)
class Mark:
    """A mark as it stands in a file: the text between its braces, and the number of the row it stands in (0: none).

    ``framed`` says that it stands in a header or footer, ``nested`` that its row's table stands in another or
    holds one.
    """

    text: str
    row: int = 0
    framed: bool = False
    nested: bool = False

    @property
    def name(self) -> str:
        """The name without what a typist adds: capitals, blanks, another way to write the letters."""
        return named(self.text)


@dataclass(frozen=True)
class Objection:
    """One thing that is wrong with a form, with the names that its sentence tells."""

    fault: TemplateFault
    names: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """The names in one line, the first few."""
        more = "…" if len(self.names) > _NAMED_AT_MOST else ""
        return ", ".join(self.names[:_NAMED_AT_MOST]) + more


def named(text: str) -> str:
    """Return a mark's name from what was typed between its braces."""
    return "_".join(unicodedata.normalize("NFC", text).casefold().replace("_", " ").split())


def nearest(name: str) -> str:
    """Return the known name that a misspelt one most likely means, "" for none."""
    known = {search_key(each): each for each in (*ROW_MARKS, *DOCUMENT_MARKS)}
    close = get_close_matches(search_key(name), known, n=1, cutoff=0.6)
    return known[close[0]] if close else ""


def objections(marks: Sequence[Mark], broken: Iterable[str] = ()) -> tuple[Objection, ...]:
    """Return all that is wrong with the marks of a file, nothing for a form that can be filled."""
    if not marks:
        return (Objection(TemplateFault.NO_MARKS),)
    found = [
        Objection(TemplateFault.BROKEN, tuple(dict.fromkeys(broken))),
        Objection(TemplateFault.UNKNOWN, _unknown(marks)),
        Objection(TemplateFault.MISSING, _written(name for name in NEEDED if name not in {m.name for m in marks})),
        *_misplaced([mark for mark in marks if mark.name in ROW_MARKS]),
    ]
    return tuple(each for each in found if each.names)


def _misplaced(marks: Sequence[Mark]) -> list[Objection]:
    outside = _written(dict.fromkeys(mark.name for mark in marks if not mark.row or mark.framed))
    rows = {mark.row for mark in marks if mark.row and not mark.framed}
    twice = [mark.name for mark in marks].count(CONTENT) > 1
    return [
        Objection(TemplateFault.ROW_OUTSIDE, outside),
        Objection(TemplateFault.TWO_ROWS, tuple(map(str, rows)) if len(rows) > 1 else ()),
        Objection(TemplateFault.NESTED, _written(dict.fromkeys(mark.name for mark in marks if mark.nested))),
        Objection(TemplateFault.TWICE, _written([CONTENT]) if twice and len(rows) == 1 and not outside else ()),
    ]


def _unknown(marks: Sequence[Mark]) -> tuple[str, ...]:
    strange = dict.fromkeys(mark.name for mark in marks if mark.name not in ROW_MARKS | DOCUMENT_MARKS)
    guesses = ((name, nearest(name)) for name in strange)
    return tuple(f"{{{{{name}}}}}" + (f" (→ {{{{{guess}}}}}?)" if guess else "") for name, guess in guesses)


def _written(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"{{{{{name}}}}}" for name in names)
