"""The digest of the data tells every field that a synthesis prints, and nothing else."""

from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import UTC, date, datetime

from consult.domain.redline import Change, Op
from consult.domain.synthesis import Body, Opinion, Summary
from consult.domain.synthesis_digest import DataDigest
from consult.domain.terms import Channel, CommentKind, Disposition, SilenceRule, Stance
from tests.synthesis_samples import DOUBLED_WORD, OPINIONS, PLANNING, POLICE, SUMMARY

UNASKED = Body("Hội Mẫu", code="hoi", stated=Stance.AGREES)
WHOLE = replace(SUMMARY, uninvited=(UNASKED,), provisional_at=datetime(2020, 4, 21, tzinfo=UTC))
LISTS = ("agrees", "no_opinion", "commenting", "silent", "uninvited")
OF_A_BODY: dict[str, object] = {
    "name": "Sở Khác",
    "letter_number": "99/CV",
    "letter_date": date(2020, 5, 1),
    "late": None,
    "awaiting_letter": None,
    "group_line": "Các sở khác",
    "disagrees": None,
    "code": "khac",
    "channel": Channel.EXCHANGE,
    "secret": None,
    "stated": Stance.DISAGREES,
    "notes": ("Được gia hạn đến hết Chủ nhật, 26/4/2020 (24 giờ 00)",),
}
OF_A_SUMMARY: dict[str, object] = {
    "lead_agency": "Sở Khác",
    "superior_body": "UBND tỉnh khác",
    "place": "Kon Tum",
    "subject": "dự thảo khác",
    "letter_number": "99/CV",
    "letter_date": date(2020, 5, 1),
    "invited": 8,
    "silence": SilenceRule.AGREES,
    "silence_ground": "Điều 5 Quy chế",
    "opinions": 5,
    "signer_authority": "TM. ỦY BAN",
    "signer_title": "CHỦ TỊCH",
    "provisional_at": None,
    "extended": ("Lấy ý kiến bổ sung Sở Khác.",),
    "drafts": ("Quyết định", "Quy chế"),
    "own": (("results", "2. Kết quả:"),),
    "part": "mục 2",
    "in_part": 2,
}
OF_AN_OPINION: dict[str, object] = {
    "id": f"{9:032x}",
    "draft": "dự thảo khác",
    "section": "Chương khác",
    "place": "mục 9",
    "opening": "Nội dung khác",
    "kind": CommentKind.OTHER,
    "content": "Đề nghị khác.",
    "proposed_passage": "câu khác",
    "reason": "Lý do khác",
    "response": None,
    "changes": (Change(Op.KEEP, "câu"), Change(Op.INSERT, " khác")),
    "disposition": Disposition.NOTED,
}


def told(summary: Summary = WHOLE, opinions: Iterable[Opinion] = OPINIONS) -> str:
    digest = DataDigest(summary)
    for opinion in opinions:
        digest.add(opinion, opinion.body.identity)
    return digest.told()


def with_one(**changed: object) -> str:
    return told(opinions=(OPINIONS[0], DOUBLED_WORD._replace(**changed), *OPINIONS[2:]))  # type: ignore[arg-type]


def test_every_field_of_every_body_of_each_list_is_told() -> None:
    assert set(OF_A_BODY) == {field.name for field in fields(Body)}
    seen = [told()]
    for name in LISTS:
        first, *others = getattr(WHOLE, name)
        for field, other in OF_A_BODY.items():
            value = not getattr(first, field) if other is None else other
            seen.append(told(replace(WHOLE, **{name: (replace(first, **{field: value}), *others)})))
    assert len(set(seen)) == len(seen) == 1 + len(LISTS) * len(OF_A_BODY)


def test_every_field_of_the_summary_is_told_but_what_stands_beside_the_digest() -> None:
    assert {*OF_A_SUMMARY, *LISTS, "form", "options"} == {field.name for field in fields(Summary)}
    seen = [told(), *(told(replace(WHOLE, **{field: value})) for field, value in OF_A_SUMMARY.items())]  # type: ignore[arg-type]
    assert len(set(seen)) == len(seen)
    assert told(replace(WHOLE, provisional_at=datetime(2020, 4, 22, tzinfo=UTC))) == seen[0]


def test_every_field_of_a_comment_is_told_but_its_place_in_the_order() -> None:
    assert {*OF_AN_OPINION, "order", "body"} == set(Opinion._fields)
    seen = [told(), *(with_one(**{field: value}) for field, value in OF_AN_OPINION.items()), with_one(body=PLANNING)]
    assert len(set(seen)) == len(seen)
    assert with_one(order=(0, 13)) == seen[0]


def test_who_stands_in_which_list_and_in_which_order_is_told() -> None:
    agrees, commenting = (*WHOLE.agrees, POLICE), WHOLE.commenting[1:]
    moved = replace(WHOLE, agrees=agrees, commenting=commenting)
    turned = replace(WHOLE, commenting=WHOLE.commenting[::-1])
    assert len({told(), told(moved), told(turned), told(opinions=OPINIONS[::-1]), told(opinions=OPINIONS[:3])}) == 5
