"""An invented round, so that an office can see what its form looks like filled: short and long words, one late answer,
one comment without a response. No body of it exists.
"""

from datetime import date

from consult.domain.synthesis import Body, Opinion, Summary
from consult.domain.terms import CommentKind, Disposition, SilenceRule, SynthesisForm

_A = Body("Sở Mẫu A", "12/SMA", date(2026, 3, 4), code="a")
_B = Body("Ủy ban nhân dân xã Mẫu B", "34/UBND", date(2026, 3, 12), late=True, code="b")
_C = Body("Sở Mẫu C", "56/SMC", date(2026, 3, 5), code="c")
_D = Body("Hội Mẫu D", code="d")

SAMPLE_SUMMARY = Summary(
    form=SynthesisForm.ADMINISTRATIVE,
    lead_agency="Sở Chủ trì soạn thảo mẫu",
    superior_body="Ủy ban nhân dân tỉnh mẫu",
    place="Tỉnh mẫu",
    subject="dự thảo Kế hoạch mẫu",
    letter_number="01/SCT",
    letter_date=date(2026, 2, 20),
    invited=4,
    agrees=(_C,),
    no_opinion=(),
    commenting=(_A, _B),
    silent=(_D,),
    silence=SilenceRule.NO_ANSWER,
    silence_ground="",
    opinions=3,
    signer_authority="KT. GIÁM ĐỐC",
    signer_title="PHÓ GIÁM ĐỐC",
)
_FIRST = Opinion(
    id=f"{1:032x}",
    draft="dự thảo Kế hoạch mẫu",
    section="",
    place="ý kiến chung",
    opening="",
    body=_A,
    kind=CommentKind.OTHER,
    content="Cơ bản thống nhất với dự thảo; đề nghị rà soát thể thức.",
    response="Tiếp thu, đã rà soát.",
    disposition=Disposition.ACCEPTED,
)
SAMPLE_OPINIONS = (
    _FIRST,
    _FIRST._replace(
        id=f"{2:032x}",
        section="Nhiệm vụ",
        place="điểm a khoản 2 mục II",
        opening="Xây dựng cơ sở dữ liệu…",
        content="Đề nghị nêu rõ cơ quan chịu trách nhiệm và thời hạn hoàn thành, vì nhiệm vụ này liên quan đến nhiều "
        "cơ quan, nếu không phân công rõ thì khó đôn đốc và đánh giá kết quả thực hiện hằng năm.",
        proposed_passage="… do Sở Mẫu A chủ trì, hoàn thành trước ngày 31/12 …",
        reason="Bảo đảm tính khả thi",
        response="Tiếp thu một phần: bổ sung cơ quan chủ trì; thời hạn được quy định tại phụ lục.",
        disposition=Disposition.PARTLY_ACCEPTED,
        order=(1,),
    ),
    _FIRST._replace(
        id=f"{3:032x}",
        section="Nhiệm vụ",
        place="điểm a khoản 2 mục II",
        opening="Xây dựng cơ sở dữ liệu…",
        body=_B,
        content="Đề nghị bố trí kinh phí.",
        response=None,
        disposition=None,
        order=(1,),
    ),
)
