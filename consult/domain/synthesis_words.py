"""All words of every form of the synthesis, as data: titles, sentences, heads, widths; and the check of changed ones.

``administrative`` is for letters, directives and plans: an office does not "carry out" its own letter, and the sentence
on the law and "phản biện xã hội" do not belong to it. ``qppl`` is the form of the normative dossier in use since 2025.
``practice`` follows tables that departments have issued, ``five-column`` and ``by-agency`` the practice before it.
``reference`` (the number of a model form) is empty in each: which one holds is the office's to say. Braces name what is
put in.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from enum import Enum
from functools import lru_cache

from consult.domain.errors import WordsRefused
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
    name_provisional: str = "BẢNG TẠM TỔNG HỢP (tính đến {moment})"
    subject: str = "ĐỐI VỚI {subject}"
    reference: str = ""
    letters: str = "- Tổng số văn bản góp ý nhận được: {letters} văn bản"
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
    preamble="{lead} đã {letter}lấy ý kiến {invited} cơ quan, đơn vị đối với {subject}. Kết quả như sau:",
    total="1. Tổng số cơ quan, đơn vị được lấy ý kiến: {invited} đơn vị.",
    opinions="- Tổng số ý kiến góp ý: {opinions} ý kiến.",
    widths=_WIDTHS,
)
HOUSE: Mapping[SynthesisForm, Words] = {
    SynthesisForm.ADMINISTRATIVE: _ADMINISTRATIVE,
    SynthesisForm.QPPL: Words(
        name="BẢN TỔNG HỢP",
        title="Ý KIẾN, TIẾP THU, GIẢI TRÌNH Ý KIẾN GÓP Ý, PHẢN BIỆN XÃ HỘI",
        preamble="Căn cứ Luật Ban hành văn bản quy phạm pháp luật, {lead} đã tổ chức lấy ý kiến góp ý, phản biện xã hội"
        " đối với {subject}. Kết quả như sau:",
        total="1. Tổng số {invited} cơ quan, tổ chức, cá nhân đã gửi xin ý kiến, góp ý, phản biện xã hội và tổng số"
        " {opinions} ý kiến nhận được.",
        opinions="",
        widths=_WIDTHS,
    ),
    SynthesisForm.PRACTICE: replace(
        _ADMINISTRATIVE,
        title="Ý KIẾN, TIẾP THU, GIẢI TRÌNH Ý KIẾN GÓP Ý",
        preamble="{lead} đã {letter}tổ chức lấy ý kiến đối với {subject}. Kết quả:",
        total="1. Tổng số cơ quan, tổ chức, cá nhân đã gửi xin ý kiến, góp ý: {invited} đơn vị.",
    ),
    SynthesisForm.FIVE_COLUMN: replace(
        _ADMINISTRATIVE,
        name="BẢN TỔNG HỢP, GIẢI TRÌNH, TIẾP THU Ý KIẾN",
        title="",
        widths="5 25 28 16 26",
        head_number="TT",
        head_place="NỘI DUNG DỰ THẢO",
        head_body="ĐƠN VỊ GÓP Ý",
        head_response="Ý KIẾN GIẢI TRÌNH, TIẾP THU",
    ),
    SynthesisForm.BY_AGENCY: replace(
        _ADMINISTRATIVE,
        widths="5 21 40 34",
        head_body="CƠ QUAN, ĐƠN VỊ GÓP Ý (SỐ, NGÀY VĂN BẢN)",
        head_response="TIẾP THU/GIẢI TRÌNH",
    ),
}
PLACEHOLDERS: Mapping[str, frozenset[str]] = {
    "name_provisional": frozenset({"moment"}),
    "subject": frozenset({"subject"}),
    "preamble": frozenset({"lead", "letter", "invited", "subject"}),
    "total": frozenset({"invited", "opinions"}),
    "opinions": frozenset({"opinions"}),
    "letters": frozenset({"letters"}),
}
# What a document without it would hide from its reader.
_NEEDED = {"name_provisional": "moment", "subject": "subject", "preamble": "subject", "letters": "letters"}
_MAY_BE_EMPTY = frozenset({"title", "reference", "opinions"})
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_NARROWEST, _WHOLE = 4, 100


@lru_cache(maxsize=64)
def words_of(form: SynthesisForm, own: tuple[tuple[str, str], ...] = ()) -> Words:
    """Return the words of ``form`` with what the office prints instead of the house's."""
    return replace(HOUSE[form], **dict(own)) if own else HOUSE[form]


def changed(form: SynthesisForm, words: Mapping[str, str]) -> Mapping[str, str]:
    """Return what in ``words`` differs from the house's, checked.

    ``WordsRefused`` names the field and says in one sentence what is wrong with it.
    """
    house = asdict(HOUSE[form])
    own = {field: text for field, text in words.items() if field in house and text != house[field]}
    for field, text in own.items():
        _check(form, field, text)
    return own


def _check(form: SynthesisForm, field: str, text: str) -> None:
    if not text and field not in _MAY_BE_EMPTY:
        raise WordsRefused(field, "it may not be empty")
    bare = _PLACEHOLDER.sub("", text)
    if "{" in bare or "}" in bare:
        raise WordsRefused(field, "a brace stands without its partner")
    found = frozenset(_PLACEHOLDER.findall(text))
    allowed = PLACEHOLDERS.get(field, frozenset())
    if unknown := sorted(found - allowed):
        raise WordsRefused(field, f"{{{unknown[0]}}} is not known here")
    needed = _NEEDED.get(field)
    if needed and needed not in found:
        raise WordsRefused(field, f"{{{needed}}} is missing")
    if field == "widths":
        _check_widths(form, text)


def _check_widths(form: SynthesisForm, text: str) -> None:
    shares = text.split()
    columns = len(COLUMNS[form])
    good = len(shares) == columns and all(re.fullmatch(r"[0-9]{1,2}", share) for share in shares)
    if not good or min(map(int, shares)) < _NARROWEST or sum(map(int, shares)) != _WHOLE:
        raise WordsRefused("widths", f"{columns} whole numbers from {_NARROWEST} that make {_WHOLE} are wanted")
