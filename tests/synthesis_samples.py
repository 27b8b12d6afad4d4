"""A small consultation as the synthesis sees it, for the tests of the merge and of its document."""

from dataclasses import replace
from datetime import date
from itertools import count

from consult.domain.synthesis import Body, Opinion, Summary
from consult.domain.terms import CommentKind, SilenceRule, SynthesisForm

GROUP = "Ủy ban nhân dân các huyện, thị xã, thành phố"
POLICE = Body("Công an tỉnh", "1127/CAT-PA05", date(2020, 4, 24))
PLANNING = Body("Sở Kế hoạch và Đầu tư", "842/SKHĐT-ĐKKD", date(2020, 4, 23))
YOUTH = Body("Tỉnh đoàn Gia Lai", "1046-CV/TĐTN-TG", date(2020, 2, 5))
SCHOOLS = Body("Sở Giáo dục và Đào tạo", awaiting_letter=True)
PLEIKU = Body("Ủy ban nhân dân thành phố Pleiku", "864/UBND", date(2020, 4, 22), group_line=GROUP)
AN_KHE = Body("Ủy ban nhân dân thị xã An Khê", "512/UBND-VX", date(2020, 4, 28), late=True, group_line=GROUP)
IA_PA = Body("Ủy ban nhân dân huyện Ia Pa", group_line=GROUP)

SUMMARY = Summary(
    form=SynthesisForm.ADMINISTRATIVE,
    lead_agency="Sở Thông tin và Truyền thông",
    superior_body="UBND tỉnh Gia Lai",
    place="Gia Lai",
    subject="dự thảo văn bản tăng cường quản lý dịch vụ Internet",
    letter_number="532/STTTT-BCVT",
    letter_date=date(2020, 4, 21),
    invited=7,
    agrees=(YOUTH, AN_KHE),
    no_opinion=(SCHOOLS,),
    commenting=(POLICE, PLANNING, PLEIKU),
    silent=(IA_PA,),
    silence=SilenceRule.NO_ANSWER,
    silence_ground="",
    opinions=4,
    signer_authority="KT. GIÁM ĐỐC",
    signer_title="PHÓ GIÁM ĐỐC",
)

GENERAL = Opinion(
    id=f"{1:032x}",
    draft="dự thảo Công văn",
    section="",
    place="Ý kiến chung",
    opening="",
    body=PLEIKU,
    kind=CommentKind.OTHER,
    content="Đề nghị bổ sung thời hạn báo cáo.",
    reason="Để có cơ sở đôn đốc",
    response="Tiếp thu, bổ sung vào đoạn kết.",
    order=(0, 0, 7, 1, 0),
)
DOUBLED_WORD = Opinion(
    id=f"{2:032x}",
    draft="dự thảo Công văn",
    section="Công an tỉnh",
    place="mục 2.2 (Công an tỉnh)",
    opening="Đẩy mạnh công tác nắm tình hình…",
    body=POLICE,
    kind=CommentKind.FORM,
    content="Cụm từ “mất mất an toàn” thừa một từ “mất”.",
    proposed_passage="… nguy cơ mất an toàn …",
    reason="Lỗi chính tả.",
    response="Tiếp thu.",
    order=(0, 12, 1, 0, 0),
)
SAME_PLACE = DOUBLED_WORD._replace(id=f"{3:032x}", body=PLANNING, content="Bỏ một từ “mất”.", order=(0, 12, 2, 0, 0))
UNANSWERED = DOUBLED_WORD._replace(
    id=f"{4:032x}",
    section="Sở Kế hoạch và Đầu tư",
    place="đoạn 1 mục 7 (Sở Kế hoạch và Đầu tư)",
    opening="",
    body=PLANNING,
    content="Đề nghị làm rõ.",
    proposed_passage="",
    reason="",
    response=None,
    order=(0, 30, 2, 0, 0),
)
OPINIONS = (GENERAL, DOUBLED_WORD, SAME_PLACE, UNANSWERED)

# What a person may paste, and what of it a document can carry.
FORBIDDEN = "".join(map(chr, (*range(9), *range(14, 32), 0xD800, 0xDFFF, 0xFFFE, 0xFFFF)))
NASTY = {
    "chữ " * 4_999 + "chữ.": "chữ " * 4_999 + "chữ.",
    "Cột 1\tCột 2\n1\t2\r\n3\t4": "Cột 1\tCột 2\n1\t2\n3\t4",
    "\u202eđảo\u202c \u2067עברית\u2069": "\u202eđảo\u202c \u2067עברית\u2069",
    "👍🏽 👩‍👩‍👧 🇻🇳": "👍🏽 👩‍👩‍👧 🇻🇳",
    f"trước{FORBIDDEN}sau": f"trước{'�' * len(FORBIDDEN)}sau",
}


def many(number: int, *, sections: int = 4) -> tuple[Summary, list[Opinion]]:
    """Build ``number`` opinions of one body over ``sections`` sections, and their summary."""
    ids = count(1)
    opinions = [
        DOUBLED_WORD._replace(
            id=f"{next(ids):032x}",
            section=f"Chương {position * sections // number + 1}",
            place=f"mục {position // 3}",
            order=(0, position // 3, 1, 0, position),
        )
        for position in range(number)
    ]
    agrees = (*SUMMARY.agrees, PLANNING, PLEIKU)
    return replace(SUMMARY, agrees=agrees, commenting=(POLICE,), opinions=number), opinions
