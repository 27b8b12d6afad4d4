"""What the letter about a corrected draft says."""

from dataclasses import replace
from datetime import date

import pytest

from consult.domain.terms import NoticeKind
from consult.mail.corrections import CorrectionFacts, corrected
from consult.mail.layout import render
from tests.mail.test_letters import OCCASION, POLICE

FACTS = CorrectionFacts(
    kind=NoticeKind.CORRECTED,
    reason="Sai sót kỹ thuật khi soạn thảo",
    letter_number="612/STTTT-BCVT",
    letter_date=date(2020, 4, 22),
    part="",
    places=(("mục 2.2 (Công an tỉnh)", "bỏ"), ("mục 1.2", "bổ sung")),
    moved=7,
    comments=2,
    takes=True,
)


def paragraphs(facts: CorrectionFacts) -> list[str]:
    """Return the paragraphs of the letter as plain text."""
    return render(corrected(OCCASION, POLICE, facts)).text.split("\n\n")


def test_it_says_what_changed_and_what_becomes_of_the_comments() -> None:
    letter = render(corrected(OCCASION, POLICE, FACTS))

    assert letter.subject == "Đính chính dự thảo: Tăng cường công tác quản lý Internet"
    told = letter.text.split("\n\n")
    assert told[0] == "Kính gửi: Công an tỉnh"
    assert told[1] == (
        "Tiếp theo Công văn số 532/STTTT-BCVT ngày 21/4/2020, Sở Thông tin và Truyền thông thông báo đính chính "
        "dự thảo “Tăng cường công tác quản lý Internet” (Dự thảo lần 1), "
        "theo Công văn số 612/STTTT-BCVT ngày 22/4/2020."
    )
    assert "Lý do: Sai sót kỹ thuật khi soạn thảo" in letter.text
    assert "Mục 2.2 (Công an tỉnh): bỏ" in letter.text
    assert "Ngoài ra, 07 vị trí chỉ thay đổi số thứ tự." in told
    assert (
        "Ý kiến của Quý cơ quan được giữ nguyên và gắn với vị trí tương ứng của dự thảo mới. Đề nghị Quý cơ quan xem "
        "lại 02 ý kiến ở vị trí đã thay đổi; nếu cần sửa, đề nghị sửa và gửi lại trong thời hạn trên."
    ) in told


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (
            {"comments": 0},
            "của dự thảo mới. Quý cơ quan có thể bổ sung, gửi lại ý kiến trong thời hạn trên.",
        ),
        ({"comments": 0, "takes": False}, "gắn với vị trí tương ứng của dự thảo mới."),
        ({"takes": False}, "của dự thảo mới; 02 ý kiến ở vị trí đã thay đổi được ghi rõ như vậy."),
    ],
)
def test_it_asks_for_nothing_that_cannot_be_done(changed: dict[str, object], said: str) -> None:
    assert any(told.endswith(said) for told in paragraphs(replace(FACTS, **changed)))  # type: ignore[arg-type]


def test_a_replacement_is_called_so_and_a_letter_without_number_is_not_cited() -> None:
    facts = replace(FACTS, kind=NoticeKind.REPLACED, letter_number="", letter_date=None, part="Quy chế")
    letter = render(corrected(OCCASION, POLICE, facts))

    assert letter.subject.startswith("Thay thế dự thảo:")
    assert "thông báo thay thế dự thảo “Tăng cường công tác quản lý Internet” (Dự thảo lần 1)." in letter.text
    assert "Văn bản được thay đổi: Quy chế" in letter.text


def test_of_many_places_the_first_are_named() -> None:
    told = paragraphs(replace(FACTS, places=tuple((f"khoản {n} Điều 1", "sửa đổi") for n in range(1, 36))))

    assert any("Khoản 30 Điều 1: sửa đổi" in each for each in told)
    assert not any("Khoản 31 Điều 1" in each for each in told)
    assert "Và 05 vị trí khác, xem trên trang lấy ý kiến." in told
