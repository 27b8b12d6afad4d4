"""All words of every form of the synthesis, as data: titles, sentences, heads, widths; and the check of changed ones.

``administrative`` is for letters, directives and plans: an office does not "carry out" its own letter, and the sentence
on the law and "phản biện xã hội" do not belong to it. ``qppl`` is the form of the normative dossier in use since 2025.
``practice`` follows tables that departments have issued, ``five-column`` and ``by-agency`` the practice before it.
``reference`` (the number of a model form) is empty in each: which one holds is the office's to say. Names in braces
are marks: what stands for them is put in when the form is printed.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from enum import Enum
from functools import lru_cache

from consult.domain.errors import WordsRefused
from consult.domain.hindrances import Unprintable
from consult.domain.terms import SynthesisForm


class Column(Enum):
    """What a column of the table holds; the value is the field of ``Words`` with its head."""

    NUMBER = "head_number"
    PLACE = "head_place"
    BODY = "head_body"
    CONTENT = "head_content"
    RESPONSE = "head_response"


@dataclass(frozen=True)
class Words:
    """The words of one form; ``widths`` are the shares of the columns in percent, from left to right."""

    name: str
    title: str
    preamble: str
    total: str
    opinions: str
    widths: str
    name_provisional: str = "BẢNG TẠM TỔNG HỢP (tính đến {thời_điểm})"
    subject: str = "ĐỐI VỚI {tên_hồ_sơ}"
    reference: str = ""
    letters: str = "- Tổng số văn bản góp ý nhận được: {số_văn_bản} văn bản"
    results: str = "2. Kết quả cụ thể như sau:"
    agrees: str = "Đơn vị thống nhất với nội dung dự thảo"
    no_opinion: str = "Đơn vị không có ý kiến hoặc nội dung không thuộc chức năng, nhiệm vụ"
    commenting: str = "Đơn vị đóng góp ý kiến cho dự thảo"
    silent: str = "Đơn vị không gửi văn bản góp ý"
    not_yet: str = "Đơn vị chưa gửi văn bản góp ý"
    uninvited: str = "Ý kiến của cơ quan, tổ chức ngoài danh sách lấy ý kiến"
    silence_agrees: str = "Đơn vị không gửi văn bản góp ý xem như thống nhất với nội dung dự thảo."
    silence_none: str = "Đơn vị không gửi văn bản góp ý không được tính là thống nhất với nội dung dự thảo."
    table: str = "Tổng hợp nội dung góp ý và tiếp thu, giải trình"
    head_number: str = "STT"
    head_place: str = "NHÓM VẤN ĐỀ HOẶC ĐIỀU, KHOẢN"
    head_body: str = "CHỦ THỂ GÓP Ý"
    head_content: str = "NỘI DUNG GÓP Ý"
    head_response: str = "NỘI DUNG TIẾP THU, GIẢI TRÌNH"


_FOUR = (Column.PLACE, Column.BODY, Column.CONTENT, Column.RESPONSE)
COLUMNS: Mapping[SynthesisForm, tuple[Column, ...]] = {
    SynthesisForm.ADMINISTRATIVE: _FOUR,
    SynthesisForm.QPPL: _FOUR,
    SynthesisForm.PRACTICE: _FOUR,
    SynthesisForm.FIVE_COLUMN: (Column.NUMBER, Column.PLACE, Column.CONTENT, Column.BODY, Column.RESPONSE),
    SynthesisForm.BY_AGENCY: (Column.NUMBER, Column.BODY, Column.CONTENT, Column.RESPONSE),
}
_WIDTHS = "16 16 34 34"
_ADMINISTRATIVE = Words(
    name="BẢNG TỔNG HỢP",
    title="Ý KIẾN GÓP Ý VÀ TIẾP THU, GIẢI TRÌNH",
    preamble="{cơ_quan_chủ_trì} đã {có_công_văn} lấy ý kiến {số_cơ_quan} cơ quan, đơn vị đối với {tên_hồ_sơ}."
    " Kết quả như sau:",
    total="1. Tổng số cơ quan, đơn vị được lấy ý kiến: {số_cơ_quan} đơn vị.",
    opinions="- Tổng số ý kiến góp ý: {số_ý_kiến} ý kiến.",
    widths=_WIDTHS,
)
HOUSE: Mapping[SynthesisForm, Words] = {
    SynthesisForm.ADMINISTRATIVE: _ADMINISTRATIVE,
    SynthesisForm.QPPL: Words(
        name="BẢN TỔNG HỢP",
        title="Ý KIẾN, TIẾP THU, GIẢI TRÌNH Ý KIẾN GÓP Ý, PHẢN BIỆN XÃ HỘI",
        preamble="Căn cứ Luật Ban hành văn bản quy phạm pháp luật, {cơ_quan_chủ_trì} đã tổ chức lấy ý kiến góp ý,"
        " phản biện xã hội đối với {tên_hồ_sơ}. Kết quả như sau:",
        total="1. Tổng số {số_cơ_quan} cơ quan, tổ chức, cá nhân đã gửi xin ý kiến, góp ý, phản biện xã hội và tổng số"
        " {số_ý_kiến} ý kiến nhận được.",
        opinions="",
        widths=_WIDTHS,
    ),
    SynthesisForm.PRACTICE: replace(
        _ADMINISTRATIVE,
        title="Ý KIẾN, TIẾP THU, GIẢI TRÌNH Ý KIẾN GÓP Ý",
        preamble="{cơ_quan_chủ_trì} đã {có_công_văn} tổ chức lấy ý kiến đối với {tên_hồ_sơ}. Kết quả:",
        total="1. Tổng số cơ quan, tổ chức, cá nhân đã gửi xin ý kiến, góp ý: {số_cơ_quan} đơn vị.",
    ),
    SynthesisForm.FIVE_COLUMN: replace(
        _ADMINISTRATIVE,
        name="BẢN TỔNG HỢP, GIẢI TRÌNH, TIẾP THU Ý KIẾN",
        title="",
        widths="5 24 28 16 27",
        head_number="TT",
        head_place="NỘI DUNG DỰ THẢO",
        head_body="ĐƠN VỊ GÓP Ý",
        head_response="Ý KIẾN GIẢI TRÌNH, TIẾP THU",
    ),
    SynthesisForm.BY_AGENCY: replace(
        _ADMINISTRATIVE,
        widths="5 22 40 33",
        head_body="CƠ QUAN, ĐƠN VỊ GÓP Ý (SỐ, NGÀY VĂN BẢN)",
        head_response="TIẾP THU/GIẢI TRÌNH",
    ),
}
MARKS: Mapping[str, tuple[str, ...]] = {
    "name_provisional": ("thời_điểm",),
    "subject": ("tên_hồ_sơ",),
    "preamble": ("cơ_quan_chủ_trì", "có_công_văn", "số_cơ_quan", "tên_hồ_sơ"),
    "total": ("số_cơ_quan", "số_ý_kiến"),
    "opinions": ("số_ý_kiến",),
    "letters": ("số_văn_bản",),
}
"""The marks that may stand in a field; in one that is not named here, none may."""
# What a document without it would hide from its reader.
_NEEDED = {"name_provisional": "thời_điểm", "subject": "tên_hồ_sơ", "preamble": "tên_hồ_sơ", "letters": "số_văn_bản"}
_MAY_BE_EMPTY = frozenset({"title", "reference", "opinions"})
_MARK = re.compile(r"\{([^{}]*)\}")
_BLANKS = re.compile(" {2,}")
NARROWEST, _WHOLE = 4, 100


@lru_cache(maxsize=64)
def words_of(form: SynthesisForm, own: tuple[tuple[str, str], ...] = ()) -> Words:
    """Return the words of ``form`` with what the office prints instead of the house's."""
    return replace(HOUSE[form], **dict(own)) if own else HOUSE[form]


def fields_of(form: SynthesisForm) -> tuple[str, ...]:
    """Return the fields that ``form`` prints: all of ``Words`` but the heads of columns that it does not have."""
    without = {column.value for column in Column} - {column.value for column in COLUMNS[form]}
    return tuple(field for field in asdict(HOUSE[form]) if field not in without)


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return a sentence with ``values`` in the place of its marks; what an empty one leaves is one blank."""
    return _BLANKS.sub(" ", _MARK.sub(lambda mark: values[mark[1]], text)).strip()


def changed(form: SynthesisForm, words: Mapping[str, str]) -> Mapping[str, str]:
    """Return what in ``words`` differs from the house's, checked.

    ``WordsRefused`` names every field that could not be printed, with what is wrong with it.
    """
    house = asdict(HOUSE[form])
    own = {field: text for field, text in words.items() if field in house and text != house[field]}
    found = {field: fault for field, text in own.items() for fault in _faults(form, field, text)}
    if found:
        raise WordsRefused(found)
    return own


def _faults(form: SynthesisForm, field: str, text: str) -> Iterator[tuple[Unprintable, str]]:
    """Yield at most one thing that is wrong with a field, and what it is about."""
    bare, found = _MARK.sub("", text), _MARK.findall(text)
    strange = [name for name in found if name not in MARKS.get(field, ())]
    needed = _NEEDED.get(field)
    if not text and field not in _MAY_BE_EMPTY:
        yield Unprintable.EMPTY, ""
    elif "{" in bare or "}" in bare:
        yield Unprintable.BRACE, ""
    elif strange:
        yield Unprintable.UNKNOWN, f"{{{strange[0]}}}"
    elif needed and needed not in found:
        yield Unprintable.MISSING, f"{{{needed}}}"
    elif field == "widths" and not _are_widths(text, len(COLUMNS[form])):
        yield Unprintable.WIDTHS, str(len(COLUMNS[form]))


def _are_widths(text: str, columns: int) -> bool:
    shares = text.split()
    numbers = [int(share) for share in shares if re.fullmatch(r"[0-9]{1,2}", share)]
    return len(numbers) == len(shares) == columns and min(numbers) >= NARROWEST and sum(numbers) == _WHOLE
