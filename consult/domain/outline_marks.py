"""What the lines of the frame look like: motto, number, date, V/v, Kính gửi, Nơi nhận, signer, name of a type.

The elements are those of Nghị định 30/2020/NĐ-CP, annex I, II.1 to II.9. It sees one line at a time and refuses to know
where in a draft the line stands.
"""

import re
from enum import Enum

from consult.domain.wording import search_key

_TYPE_NAMES = (
    "LUẬT|PHÁP LỆNH|NGHỊ QUYẾT|NGHỊ ĐỊNH|QUYẾT ĐỊNH|THÔNG TƯ|CHỈ THỊ|QUY CHẾ|QUY ĐỊNH|ĐIỀU LỆ|NỘI QUY"
    "|(?:QUY CHUẨN KỸ THUẬT|TIÊU CHUẨN) (?:QUỐC GIA|ĐỊA PHƯƠNG)|QUY CHUẨN|KẾ HOẠCH|PHƯƠNG ÁN|ĐỀ ÁN|DỰ ÁN"
    "|CHƯƠNG TRÌNH(?: HÀNH ĐỘNG| CÔNG TÁC)?|CHIẾN LƯỢC|TỜ TRÌNH|BÁO CÁO|THÔNG BÁO|HƯỚNG DẪN|CÔNG ĐIỆN|DANH MỤC"
)
_OFFICES = (
    "CHỦ TỊCH|GIÁM ĐỐC|TỔNG GIÁM ĐỐC|CỤC TRƯỞNG|CHI CỤC TRƯỞNG|CHÁNH VĂN PHÒNG|CHÁNH THANH TRA|BỘ TRƯỞNG|THỨ TRƯỞNG"
    "|THỦ TƯỚNG|TRƯỞNG BAN|TRƯỞNG PHÒNG|VỤ TRƯỞNG|HIỆU TRƯỞNG|CHỦ NHIỆM|BÍ THƯ|CHÁNH ÁN|VIỆN TRƯỞNG"
    "|TỔNG CỤC TRƯỞNG|CHỦ TỊCH QUỐC HỘI|CHỦ TỊCH NƯỚC"
)


class Mark(Enum):
    """The elements of the frame that a line can be told by; the value is their pattern."""

    NATION = r"CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA VIỆT NAM.*|ĐẢNG CỘNG SẢN VIỆT NAM"
    MOTTO = r"Độc lập\s*[-–]\s*Tự do\s*[-–]\s*Hạnh phúc.*"
    NUMBER = r"(?:Luật )?Số\s*:.*|Số\s+\d*\s*[-–]\s*\S+/\S+"
    DATE = r"[^,;:]{1,40},\s*ngày[\s\d….]*tháng[\s\d….]*năm[\s\d….]*"
    RULE = r"[-–—_=*\s]{3,}|\*"
    ABOUT = r"V/v\b.*"
    TO = r"Kính gửi\s*(?::.*)?"
    COPIES = r"Nơi nhận\s*(?::.*)?"
    ATTACHED = r"\(\s*(?:ban hành |phê duyệt )?kèm theo\b.*"
    ANNEX = r"(?P<annex>Phụ lục(?:\s+(?:số\s+)?(?:[IVXLC]+|\d{1,2}|[A-H]))?)\s*[.:]?"
    TITLED_ANNEX = r"(?P<annex>Phụ lục\s+(?:số\s+)?(?:[IVXLC]+|\d{1,2}))\s*[.:–-]\s*\S.*"
    FORM = r"(?P<annex>(?:Mẫu|Biểu mẫu|Mẫu biểu|Biểu)\s+(?:số\s*)?\d{1,2}[a-zđ]?)\s*[.:]?"
    TO_BE_SIGNED = r"\(\s*(?:Ký|Chữ ký|Đã ký)\b.*"
    GROUND = r"(?:Căn cứ|Thực hiện|Theo đề nghị|Xét)\b.*"


class Capitals(Enum):
    """The elements that are printed in capitals; the value is their pattern."""

    TYPE = rf"(?:DỰ THẢO\s+)?(?:{_TYPE_NAMES})"
    BODY_OF_STATE = (
        rf"(?:(?:{_OFFICES})\s+)?(?:[ỦU]Y BAN|U[ỶY] BAN|UBND|HỘI ĐỒNG|HĐND|QUỐC HỘI|CHÍNH PHỦ|BỘ|SỞ|CỤC|CHI CỤC)\b.*"
        rf"|(?:(?:{_OFFICES})\s+)?VĂN PHÒNG\b.*|(?:THỦ TƯỚNG|BỘ TRƯỞNG)\b.*"
    )
    TELEGRAM = r".*\bĐIỆN\s*:"
    SESSION = r"KH(?:ÓA|OÁ)\s+[IVXL\d]+\b.*"
    FOR_SIGNER = r"(?:(?:TM|KT|TL|TUQ|Q)\s*\.|(?:T/M|K/T|T/L)\s*\.?)\s*\S.*"
    SIGNER = rf"(?:(?:PHÓ|QUYỀN|Q\.)\s*)?(?:{_OFFICES})"


_HEAD_MARKS = (Mark.NATION, Mark.MOTTO, Mark.NUMBER, Mark.DATE, Mark.RULE)
_PATTERNS = {mark: re.compile(mark.value, re.IGNORECASE | re.DOTALL) for mark in Mark}
_CAPITALS = {mark: re.compile(mark.value, re.DOTALL) for mark in Capitals}
_LONGEST_IN_CAPITALS = 120


def shows(mark: Mark, text: str) -> bool:
    """Whether the line is this element."""
    return bool(_PATTERNS[mark].fullmatch(text))


def prints(mark: Capitals, text: str) -> bool:
    """Whether the line is this element, printed in capitals."""
    return in_capitals(text) and bool(_CAPITALS[mark].fullmatch(text))


def in_head(text: str) -> bool:
    """Whether the line is national name, motto, number, date or a rule, which scrambled columns put anywhere."""
    return any(shows(mark, text) for mark in _HEAD_MARKS)


def signs(text: str) -> bool:
    """Whether the line names who signs: "TM. ỦY BAN NHÂN DÂN", "KT. GIÁM ĐỐC", "CHỦ TỊCH"."""
    return prints(Capitals.FOR_SIGNER, text) or prints(Capitals.SIGNER, text)


def of_frame_alone(text: str) -> bool:
    """Whether the line tells that a table after a body is that of a signature or of a head."""
    return signs(text) or any(shows(mark, text) for mark in (Mark.COPIES, Mark.NATION, Mark.TO_BE_SIGNED))


def in_capitals(text: str) -> bool:
    """Whether the line is a short one in capitals."""
    return len(text) <= _LONGEST_IN_CAPITALS and text == text.upper() and sum(char.isalpha() for char in text) > 1


def annex_name(text: str) -> str:
    """Return "Phụ lục I" for a line that names an annex or a form, with or without its title; "" for another."""
    found = (_PATTERNS[mark].fullmatch(text) for mark in (Mark.ANNEX, Mark.TITLED_ANNEX, Mark.FORM))
    return next((each["annex"] for each in found if each), "")


def part_slug(title: str) -> str:
    """Return the prefix of the anchors of an attached text: "QUY CHẾ" gives "quy-che"."""
    return search_key((annex_name(title) or title).rstrip(" .:")).replace(" ", "-")
