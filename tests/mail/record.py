"""A small record for the tests of letters: one round, one invited agency, one official, and letters in the outbox."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy.orm import Session

from consult.domain.terms import CommentsVisible, ConsultationKind, LetterKind, Readers, SilenceRule, SynthesisForm
from consult.mail.layout import render
from consult.mail.parts import Button, Letter, Link, Words
from consult.store.answers import Invitation
from consult.store.consultations import Consultation, Round
from consult.store.directory import Agency, LeadAgency, Official
from consult.store.outbox import NewLetter

NOW = datetime(2020, 4, 21, 2, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Seeded:
    """The ids of the rows that letters refer to."""

    round_id: int
    invitation_id: int
    official_id: int


def seed(session: Session) -> Seeded:
    """Put the round of April 2020, the provincial police and one official into an empty record."""
    lead = LeadAgency(name="Sở Thông tin và Truyền thông")
    police = Agency(code="ca", name="Công an tỉnh", short_name="CAT", kind="department", sort_key="", search_key="")
    session.add_all([lead, police])
    session.flush()
    consultation = _consultation(lead.id)
    official = Official(lead_agency_id=lead.id, email="an@stttt.example", name="Nguyễn Văn Mẫu", created_at=NOW)
    session.add_all([consultation, official])
    session.flush()
    asked = _round(consultation.id)
    session.add(asked)
    session.flush()
    invited = _invitation(asked.id, police.id)
    session.add(invited)
    session.flush()
    return Seeded(asked.id, invited.id, official.id)


def _consultation(lead_agency_id: int) -> Consultation:
    return Consultation(
        slug="gia-lai-2020",
        title="Tăng cường công tác quản lý Internet",
        kind=ConsultationKind.ADMINISTRATIVE,
        lead_agency_id=lead_agency_id,
        superior_body="Ủy ban nhân dân tỉnh Gia Lai",
        issuing_authority="Ủy ban nhân dân tỉnh Gia Lai",
        place="Gia Lai",
        readers=Readers.PUBLIC,
        comments_visible=CommentsVisible.NEVER,
        silence=SilenceRule.NO_ANSWER,
        silence_ground="",
        contact_office="Phòng Bưu chính - Viễn thông",
        contact_phone="0269 000 0000",
        contact_email="gopy@stttt.example",
        form=SynthesisForm.ADMINISTRATIVE,
        signer_authority="KT. GIÁM ĐỐC",
        signer_title="PHÓ GIÁM ĐỐC",
        created_at=NOW,
    )


def _round(consultation_id: int) -> Round:
    return Round(
        consultation_id=consultation_id,
        number=1,
        label="Dự thảo lần 1",
        opens_at=NOW,
        closes_at=NOW + timedelta(days=5),
        deadline_text="trước ngày 27/4/2020",
        letter_number="532/STTTT-BCVT",
        letter_date=date(2020, 4, 21),
        letter_subject="",
        requires_letter=True,
        source_digest="",
    )


def _invitation(round_id: int, agency_id: int) -> Invitation:
    return Invitation(
        round_id=round_id,
        agency_id=agency_id,
        code="7Q2M",
        name="Công an tỉnh",
        short_name="CAT",
        email="vanthu@congan.example",
        group_line="",
        line=1,
        member=0,
    )


def letter(
    key: str, *, kind: LetterKind = LetterKind.INVITATION, to: Seeded | None = None, **changed: object
) -> NewLetter:
    """Build a letter with one paragraph and the button that its kind carries."""
    link = Link.SIGN_IN if kind is LetterKind.SIGN_IN else Link.INVITATION
    words = Words(str(changed.pop("words", "Tiếp theo Công văn số 532/STTTT-BCVT ngày 21/4/2020.")))
    rendered = render(Letter("Đề nghị góp ý", "Công an tỉnh", (words, Button("Mở trang", link)), "Sở"))
    values: dict[str, object] = {
        "key": key,
        "kind": kind,
        "to_address": "vanthu@congan.example",
        "to_name": "Công an tỉnh",
        "reply_to": "gopy@stttt.example",
        "subject": rendered.subject,
        "text": rendered.text,
        "html": rendered.html,
        "round_id": to.round_id if to else None,
        "invitation_id": to.invitation_id if to else None,
        "official_id": to.official_id if to and kind is LetterKind.SIGN_IN else None,
    }
    return NewLetter(**(values | changed))  # type: ignore[arg-type]
