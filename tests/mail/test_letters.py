"""What each letter says."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from consult.domain.errors import RoundClosed
from consult.domain.terms import SilenceRule, Stance
from consult.domain.window import closing_at, closing_before
from consult.mail import letters
from consult.mail.layout import Rendered, render
from consult.mail.occasion import Addressee, EntryFacts, Occasion, RecallFacts, ReceiptFacts
from consult.mail.parts import Letter, Link

OPENS = datetime(2020, 4, 21, 1, 0, tzinfo=UTC)
THURSDAY = datetime(2020, 4, 23, 2, 5, tzinfo=UTC)
POLICE = Addressee("Công an tỉnh", "CAT")
OCCASION = Occasion(
    lead_agency="Sở Thông tin và Truyền thông",
    title="Tăng cường công tác quản lý Internet",
    round_label="Dự thảo lần 1",
    letter_number="532/STTTT-BCVT",
    letter_date=date(2020, 4, 21),
    deadline_text="trước ngày 27/4/2020",
    window=closing_before(OPENS, date(2020, 4, 27)),
    contact_office="Phòng Bưu chính - Viễn thông",
    contact_phone="0269 000 0000",
    contact_email="gopy@stttt.example",
    silence=SilenceRule.NO_ANSWER,
    silence_ground="",
)
ANNOUNCED = replace(OCCASION, silence=SilenceRule.AGREES, silence_ground="Công văn số 532/STTTT-BCVT")
RECEIPT = ReceiptFacts(
    code="7Q2M-1",
    sent_at=THURSDAY,
    stance=Stance.AGREES_WITH_COMMENTS,
    comments=(("mục 2.2 (Công an tỉnh)", "Đề nghị bỏ một chữ “mất”."), ("mục 1.1", "Đề nghị bổ sung “QĐ-”.")),
    digest="9f86d081",
    late=False,
    awaiting_letter=True,
)
RECALLED = RecallFacts("7Q2M-1", THURSDAY, THURSDAY + timedelta(hours=1))
ENTERED = EntryFacts("Trần Thị Mẫu", "mau@congan.example", THURSDAY)
OPENING = "Tiếp theo Công văn số 532/STTTT-BCVT ngày 21/4/2020, Sở Thông tin và Truyền thông"

TO_AGENCIES = {
    "invitation": letters.invitation(OCCASION, POLICE),
    "reminder": letters.reminder(OCCASION, POLICE, THURSDAY),
    "receipt": letters.receipt(OCCASION, POLICE, RECEIPT),
    "recalled": letters.recalled(OCCASION, POLICE, RECALLED),
    "entered": letters.entered(OCCASION, POLICE, ENTERED),
    "link_again": letters.link_again(OCCASION, POLICE, THURSDAY),
}


@pytest.mark.parametrize("letter", TO_AGENCIES.values(), ids=TO_AGENCIES)
def test_each_letter_to_an_agency_begins_from_the_offices_own_and_ends_with_whom_to_ask(letter: Letter) -> None:
    paragraphs = render(letter).text.split("\n\n")
    assert paragraphs[0] == "Kính gửi: Công an tỉnh"
    assert paragraphs[1].startswith(OPENING)
    assert "dự thảo “Tăng cường công tác quản lý Internet” (Dự thảo lần 1)" in paragraphs[1]
    assert paragraphs[-3] == (
        "Đầu mối liên hệ: Phòng Bưu chính - Viễn thông; điện thoại 0269 000 0000; thư điện tử gopy@stttt.example."
    )
    assert paragraphs[-2] == "Sở Thông tin và Truyền thông"


@pytest.mark.parametrize(
    ("name", "link"),
    [
        ("invitation", Link.INVITATION),
        ("reminder", Link.INVITATION),
        ("receipt", Link.RECEIPT),
        ("recalled", Link.INVITATION),
        ("entered", Link.REVOCATION),
        ("link_again", Link.INVITATION),
    ],
)
def test_each_letter_holds_the_placeholder_of_one_link(name: str, link: Link) -> None:
    rendered = render(TO_AGENCIES[name])
    assert [found for found in Link for _ in range(rendered.text.count(found.value))] == [link]
    assert f'href="{link.value}"' in rendered.html


def test_without_a_number_a_letter_begins_with_the_office() -> None:
    letter = letters.invitation(replace(OCCASION, letter_number="", letter_date=None), POLICE)
    text = render(letter).text
    assert "\n\nSở Thông tin và Truyền thông đề nghị Công an tỉnh góp ý đối với dự thảo" in text
    assert "Công văn" not in text


def test_the_invitation_tells_the_deadline_in_the_letters_words_and_on_the_clock() -> None:
    text = render(TO_AGENCIES["invitation"]).text
    assert "- Thời hạn gửi ý kiến: trước ngày 27/4/2020, tức là đến hết Chủ nhật, 26/4/2020 (24 giờ 00)\n" in text
    assert "không thay thế Công văn nêu trên" in text
    assert "“Thống nhất với toàn bộ dự thảo”" in text
    assert "đề nghị không chuyển ra ngoài" in text


def test_the_invitation_names_the_clauses_that_bind_the_agency() -> None:
    letter = letters.invitation(OCCASION, POLICE, ("mục 2 (Công an tỉnh)", "mục 2.3 (Công an tỉnh)"))
    assert "- Nội dung liên quan trực tiếp: mục 2 (Công an tỉnh); mục 2.3 (Công an tỉnh)\n" in render(letter).text
    assert "Nội dung liên quan" not in render(TO_AGENCIES["invitation"]).text


def test_what_silence_means_is_told_only_where_it_was_announced() -> None:
    sentence = (
        "Quá thời hạn trên, cơ quan, đơn vị không gửi ý kiến được xem là thống nhất với nội dung dự thảo "
        "(căn cứ Công văn số 532/STTTT-BCVT)."
    )
    for said in (letters.invitation(ANNOUNCED, POLICE), letters.reminder(ANNOUNCED, POLICE, THURSDAY)):
        assert sentence in render(said).text
    for unsaid in (TO_AGENCIES["invitation"], TO_AGENCIES["reminder"]):
        assert "được xem là" not in render(unsaid).text


@pytest.mark.parametrize(
    ("now", "left"),
    [
        (THURSDAY, "còn 3 ngày, tính từ 23/4/2020"),
        (datetime(2020, 4, 26, 16, 59, tzinfo=UTC), "26/4/2020 là ngày cuối cùng"),
        (
            datetime(2020, 4, 26, 17, 0, tzinfo=UTC),
            "đã quá thời hạn; vẫn tiếp nhận trước 17 giờ 00, Thứ Ba, 28/4/2020 và ghi nhận là gửi sau thời hạn",
        ),
    ],
)
def test_the_reminder_says_how_long_is_left(now: datetime, left: str) -> None:
    window = replace(OCCASION.window, late_until=datetime(2020, 4, 28, 10, 0, tzinfo=UTC))
    letter = letters.reminder(replace(OCCASION, window=window), POLICE, now)
    assert f"- Thời gian còn lại: {left}\n" in render(letter).text


def test_nobody_is_reminded_after_the_end() -> None:
    with pytest.raises(RoundClosed):
        letters.reminder(OCCASION, POLICE, OCCASION.window.closes_at)


def test_the_receipt_tells_what_was_taken_in_and_what_is_missing() -> None:
    rendered = render(TO_AGENCIES["receipt"])
    assert rendered.subject == "Phiếu xác nhận gửi ý kiến 7Q2M-1: Tăng cường công tác quản lý Internet"
    assert (
        "- Mã phiếu xác nhận: 7Q2M-1\n"
        "- Thời điểm tiếp nhận: Thứ Năm, 23/4/2020, 09 giờ 05\n"
        "- Ý kiến chung: cơ bản thống nhất, có ý kiến góp ý\n"
        "- Số ý kiến góp ý: 02\n"
        "- Mã đối chiếu (SHA-256): 9f86d081\n"
        "\n"
        "Các ý kiến góp ý (trích)\n"
        "1. mục 2.2 (Công an tỉnh): Đề nghị bỏ một chữ “mất”.\n"
        "2. mục 1.1: Đề nghị bổ sung “QĐ-”.\n"
    ) in rendered.text
    assert "Còn thiếu: số, ngày của văn bản góp ý chính thức." in rendered.text
    assert "có thể thu hồi hoặc gửi lại ý kiến đến hết Chủ nhật, 26/4/2020 (24 giờ 00). Lần gửi sau" in rendered.text


def test_the_receipt_of_a_plain_agreement_is_short() -> None:
    facts = replace(RECEIPT, stance=Stance.AGREES, comments=(), awaiting_letter=False, late=True)
    text = render(letters.receipt(OCCASION, POLICE, facts)).text
    assert "- Thời điểm tiếp nhận: Thứ Năm, 23/4/2020, 09 giờ 05 (gửi sau thời hạn)\n" in text
    assert "- Số ý kiến góp ý: không có\n" in text
    assert "Các ý kiến góp ý" not in text
    assert "Còn thiếu" not in text


def test_long_comments_are_quoted_by_their_opening() -> None:
    facts = replace(RECEIPT, comments=(("mục 1", "chữ " * 5000), ("mục 2", "a" * 20_000)))
    text = render(letters.receipt(OCCASION, POLICE, facts)).text
    assert f"1. mục 1: {' '.join(['chữ'] * 40)}…\n" in text
    assert f"2. mục 2: {'a' * 299}…\n" in text


def test_the_letter_of_an_entry_marks_the_name_as_the_persons_own_statement() -> None:
    text = render(TO_AGENCIES["entered"]).text
    assert "do người đó tự khai" in text
    assert (
        "- Họ tên: Trần Thị Mẫu\n- Thư điện tử: mau@congan.example\n- Thời điểm: Thứ Năm, 23/4/2020, 09 giờ 05\n"
        in text
    )


def test_recalling_makes_the_agency_silent_again() -> None:
    text = render(TO_AGENCIES["recalled"]).text
    assert "được tính là chưa gửi văn bản góp ý" in text
    assert "- Thời điểm thu hồi: Thứ Năm, 23/4/2020, 10 giờ 05\n" in text


def test_an_official_gets_a_link_for_minutes() -> None:
    rendered = render(letters.sign_in("Nguyễn Văn Mẫu", "Sở Thông tin và Truyền thông", 30, THURSDAY))
    assert "trong 30 phút kể từ khi thư được gửi" in rendered.text
    assert rendered.text.count(Link.SIGN_IN.value) == 1


def test_a_deadline_at_an_hour_is_printed_with_it() -> None:
    window = closing_at(OPENS, datetime(2020, 4, 27, 10, 0, tzinfo=UTC))
    letter = letters.invitation(
        replace(OCCASION, window=window, deadline_text="trước 17 giờ 00 ngày 27/4/2020"), POLICE
    )
    assert "trước 17 giờ 00 ngày 27/4/2020, tức là trước 17 giờ 00, Thứ Hai, 27/4/2020\n" in render(letter).text


HOSTILE = "x\r\nBcc: all@agencies.example\u2028<script>alert(1)</script> & ⟦link:sign_in⟧ ⟦link:invitation⟧"


def _hostile() -> list[Rendered]:
    occasion = Occasion(
        lead_agency=HOSTILE,
        title=HOSTILE,
        round_label=HOSTILE,
        letter_number=HOSTILE,
        letter_date=date(2020, 4, 21),
        deadline_text=HOSTILE,
        window=OCCASION.window,
        contact_office=HOSTILE,
        contact_phone=HOSTILE,
        contact_email=HOSTILE,
        silence=SilenceRule.AGREES,
        silence_ground=HOSTILE,
        invitation_words=HOSTILE.replace("\r\n", " "),
        reminder_words=HOSTILE.replace("\r\n", " "),
    )
    agency = Addressee(HOSTILE, HOSTILE)
    facts = replace(RECEIPT, comments=((HOSTILE, HOSTILE),), digest=HOSTILE)
    said = [
        letters.invitation(occasion, agency, (HOSTILE,)),
        letters.reminder(occasion, agency, THURSDAY),
        letters.receipt(occasion, agency, facts),
        letters.recalled(occasion, agency, RecallFacts(HOSTILE, THURSDAY, THURSDAY)),
        letters.entered(occasion, agency, EntryFacts(HOSTILE, HOSTILE, THURSDAY)),
        letters.link_again(occasion, agency, THURSDAY),
        letters.sign_in(HOSTILE, HOSTILE, 30, THURSDAY),
    ]
    return [render(letter) for letter in said]


def test_nothing_that_people_wrote_makes_a_link_an_element_or_a_header() -> None:
    for rendered in _hostile():
        assert rendered.text.count("⟦link:") == 1
        assert rendered.html.count("⟦link:") == 2
        assert "<script" not in rendered.html
        assert len(rendered.subject) <= 200
        assert len(rendered.subject.splitlines()) == 1
        assert "\nBcc:" not in rendered.text


def test_the_offices_own_words_stand_after_the_first_sentence_a_paragraph_a_line() -> None:
    own = replace(OCCASION, invitation_words="Đoạn một.\n\n  Đoạn hai.  ", reminder_words="Đoạn nhắc.")
    invitation = render(letters.invitation(own, POLICE)).text
    assert "Công văn nêu trên.\n\nĐoạn một.\n\nĐoạn hai.\n" in invitation
    assert "Đoạn nhắc." not in invitation
    reminder = render(letters.reminder(own, POLICE, THURSDAY)).text
    assert "Quý cơ quan.\n\nĐoạn nhắc.\n" in reminder
    assert "Đoạn một." not in reminder
