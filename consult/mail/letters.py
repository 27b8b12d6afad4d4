"""What each letter says, one pure function a letter, in Vietnamese. Sends nothing, stores nothing, knows no clock.

The letter of an agency begins from the office's own letter ("Tiếp theo Công văn số … ngày …"): the e-mail helps to
answer that letter and does not replace it. Facts come in as small values; links stand as ``Link`` in a button.
"""

from datetime import datetime

from consult.domain.dates import printed_deadline, printed_moment
from consult.domain.window import Window
from consult.domain.wording import counted
from consult.mail.occasion import Addressee, EntryFacts, Occasion, RecallFacts, ReceiptFacts
from consult.mail.parts import Button, Facts, Items, Letter, Link, Part, Words
from consult.mail.phrases import (
    contact,
    deadline,
    draft,
    last_moment,
    missing_letter,
    opening,
    own_words,
    short,
    silence,
    standing,
    time_left,
)


def asked(occasion: Occasion, name: str) -> str:
    """Return the first paragraph of an invitation; the office's own words follow it."""
    return (
        f"{opening(occasion)} đề nghị {name} góp ý đối với {draft(occasion)}. "
        f"Ý kiến được gửi theo từng vị trí của dự thảo trên trang lấy ý kiến{standing(occasion)}."
    )


def reminded(occasion: Occasion, name: str, moment: str) -> str:
    """Return the first paragraph of a reminder, as of a printed moment; the office's own words follow it."""
    return (
        f"{opening(occasion)} trân trọng nhắc {name} góp ý đối với {draft(occasion)}. "
        f"Đến {moment}, {occasion.lead_agency} chưa nhận được ý kiến của Quý cơ quan."
    )


def invitation(occasion: Occasion, addressee: Addressee, clauses: tuple[str, ...] = ()) -> Letter:
    """Ask an agency; ``clauses`` are the cited places that name it ("mục 2 (Công an tỉnh)")."""
    concerned = (("Nội dung liên quan trực tiếp", "; ".join(clauses)),) if clauses else ()
    return to_agency(
        occasion,
        addressee,
        f"Đề nghị góp ý {occasion.deadline_text}: {occasion.title}",
        Words(asked(occasion, addressee.name)),
        *own_words(occasion.invitation_words),
        Facts((("Thời hạn gửi ý kiến", deadline(occasion)), *concerned)),
        *silence(occasion),
        Button("Mở trang góp ý", Link.INVITATION),
        Words(
            "Trường hợp thống nhất với toàn bộ dự thảo, Quý cơ quan chỉ cần chọn “Thống nhất với toàn bộ dự thảo”, "
            "ghi số, ngày văn bản góp ý (nếu đã có) rồi gửi."
        ),
        Words(
            f"Liên kết này dành riêng cho {addressee.name}: có thể chuyển cho người được giao xử lý trong nội bộ "
            "cơ quan, đề nghị không chuyển ra ngoài vì người có liên kết gửi được ý kiến thay mặt cơ quan. "
            "Không nhập nội dung thuộc bí mật nhà nước."
        ),
    )


def reminder(occasion: Occasion, addressee: Addressee, now: datetime) -> Letter:
    """Remind an agency that has sent nothing.

    Raises:
        RoundClosed: nothing is taken any more, so there is nothing to remind of.
    """
    return to_agency(
        occasion,
        addressee,
        f"Nhắc góp ý {occasion.deadline_text}: {occasion.title}",
        Words(reminded(occasion, addressee.name, printed_moment(now))),
        *own_words(occasion.reminder_words),
        Facts((("Thời hạn gửi ý kiến", deadline(occasion)), ("Thời gian còn lại", time_left(occasion.window, now)))),
        *silence(occasion),
        Button("Mở trang góp ý", Link.INVITATION),
        Words("Trường hợp Quý cơ quan đã gửi văn bản góp ý, đề nghị bỏ qua thư này."),
    )


def receipt(occasion: Occasion, addressee: Addressee, facts: ReceiptFacts) -> Letter:
    """Confirm what was taken in ("phiếu xác nhận gửi ý kiến"), with what is still missing."""
    return to_agency(
        occasion,
        addressee,
        f"Phiếu xác nhận gửi ý kiến {facts.code}: {occasion.title}",
        Words(f"{opening(occasion)} xác nhận đã nhận được ý kiến của {addressee.name} đối với {draft(occasion)}."),
        Facts(_receipt_rows(facts)),
        *_receipt_comments(facts),
        *missing_letter(facts),
        Button("Xem phiếu xác nhận hoặc thu hồi ý kiến", Link.RECEIPT),
        Words(f"Quý cơ quan có thể {_may_still(occasion.window)}. Lần gửi sau thay thế lần gửi trước."),
    )


def recalled(occasion: Occasion, addressee: Addressee, facts: RecallFacts) -> Letter:
    """Confirm that an answer was taken back and what that means."""
    return to_agency(
        occasion,
        addressee,
        f"Đã thu hồi ý kiến {facts.code}: {occasion.title}",
        Words(
            f"{opening(occasion)} xác nhận ý kiến của {addressee.name} đối với {draft(occasion)} đã được thu hồi. "
            "Từ thời điểm này Quý cơ quan được tính là chưa gửi văn bản góp ý."
        ),
        Facts(
            (
                ("Mã phiếu xác nhận", facts.code),
                ("Thời điểm gửi", printed_moment(facts.sent_at)),
                ("Thời điểm thu hồi", printed_moment(facts.recalled_at)),
                ("Thời hạn gửi ý kiến", deadline(occasion)),
            )
        ),
        Button("Mở trang góp ý để gửi lại", Link.INVITATION),
    )


def entered(occasion: Occasion, addressee: Addressee, facts: EntryFacts) -> Letter:
    """Tell the official mailbox who came in by its link, and give it the means to stop that."""
    return to_agency(
        occasion,
        addressee,
        f"Có người mở trang góp ý của {addressee.short_name}: {occasion.title}",
        Words(
            f"{opening(occasion)} thông báo: có người đã mở trang góp ý của {addressee.name} đối với {draft(occasion)} "
            "bằng liên kết gửi tới hộp thư này. Họ tên và thư điện tử dưới đây do người đó tự khai."
        ),
        Facts(
            (
                ("Họ tên", facts.person_name),
                ("Thư điện tử", facts.person_email),
                ("Thời điểm", printed_moment(facts.entered_at)),
            )
        ),
        Words(
            "Nếu đây là người được giao xử lý, Quý cơ quan không phải làm gì. Nếu không phải, Quý cơ quan thu hồi "
            "liên kết: mọi người đang mở trang bằng liên kết cũ sẽ phải thoát ra."
        ),
        Button("Thu hồi liên kết", Link.REVOCATION),
    )


def link_again(occasion: Occasion, addressee: Addressee, asked_at: datetime) -> Letter:
    """Send the invitation link once more because somebody asked for it on the consultation's page."""
    return to_agency(
        occasion,
        addressee,
        f"Liên kết góp ý của {addressee.short_name}: {occasion.title}",
        Words(
            f"{opening(occasion)} gửi lại liên kết góp ý của {addressee.name} đối với {draft(occasion)}, theo đề nghị "
            f"trên trang lấy ý kiến lúc {printed_moment(asked_at)}."
        ),
        Facts((("Thời hạn gửi ý kiến", deadline(occasion)),)),
        Button("Mở trang góp ý", Link.INVITATION),
        Words(
            "Liên kết có thể chuyển cho người được giao xử lý trong nội bộ cơ quan, đề nghị không chuyển ra ngoài. "
            "Nếu Quý cơ quan không đề nghị gửi lại, có thể bỏ qua thư này."
        ),
    )


def sign_in(official_name: str, lead_agency: str, minutes: int, asked_at: datetime) -> Letter:
    """Give an official the one-time link, valid for ``minutes`` from its sending."""
    return Letter(
        subject="Liên kết đăng nhập trang lấy ý kiến dự thảo",
        addressee=official_name,
        parts=(
            Words(f"Có yêu cầu đăng nhập bằng địa chỉ thư này lúc {printed_moment(asked_at)}."),
            Button("Đăng nhập", Link.SIGN_IN),
            Words(
                f"Liên kết dùng được một lần, trong {minutes} phút kể từ khi thư được gửi. Không chuyển cho người khác."
            ),
            Words(
                "Nếu không phải đồng chí yêu cầu, hãy bỏ qua thư này: không ai đăng nhập được khi không có liên kết."
            ),
        ),
        signature=lead_agency,
    )


def to_agency(occasion: Occasion, addressee: Addressee, subject: str, *parts: Part) -> Letter:
    """Put the contact under what a letter says, and the lead agency's name under all."""
    return Letter(subject, addressee.name, (*parts, *contact(occasion)), occasion.lead_agency)


def _may_still(window: Window) -> str:
    recalling, again = printed_deadline(window), last_moment(window)
    if recalling == again:
        return f"thu hồi hoặc gửi lại ý kiến {again}"
    return f"thu hồi ý kiến {recalling}, gửi lại {again}"


def _receipt_rows(facts: ReceiptFacts) -> tuple[tuple[str, str], ...]:
    late = " (gửi sau thời hạn)" if facts.late else ""
    return (
        ("Mã phiếu xác nhận", facts.code),
        ("Thời điểm tiếp nhận", printed_moment(facts.sent_at) + late),
        ("Ý kiến chung", facts.stance.value),
        ("Số ý kiến góp ý", counted(len(facts.comments)) if facts.comments else "không có"),
        ("Mã đối chiếu (SHA-256)", facts.digest),
    )


def _receipt_comments(facts: ReceiptFacts) -> tuple[Part, ...]:
    rows = tuple((place, short(content)) for place, content in facts.comments)
    return (Items("Các ý kiến góp ý (trích)", rows),) if rows else ()
