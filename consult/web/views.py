"""What the templates are given: facts of the record with what depends on the moment, ready to print."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from consult.domain.window import Phase, Window
from consult.store.queries.clauses import DraftFacts
from consult.store.queries.rounds import InvitedLine, RoundFacts


@dataclass(frozen=True)
class ConsultationView:
    """A consultation's page for a reader."""

    slug: str
    title: str
    lead_agency: str
    issuing_authority: str
    round_label: str
    letter_number: str
    letter_date: date | None
    letter_subject: str
    deadline_text: str
    window: Window
    phase: Phase
    days_left: int
    contact_office: str
    contact_phone: str
    contact_email: str
    drafts: Sequence[DraftFacts]
    invited: Sequence[InvitedLine]
    result_at: datetime | None

    @classmethod
    def of(
        cls, facts: RoundFacts, drafts: Sequence[DraftFacts], invited: Sequence[InvitedLine], now: datetime
    ) -> "ConsultationView":
        """Build the view at ``now``."""
        return cls(
            slug=facts.slug,
            title=facts.title,
            lead_agency=facts.lead_agency,
            issuing_authority=facts.issuing_authority,
            round_label=facts.round_label,
            letter_number=facts.letter_number,
            letter_date=facts.letter_date,
            letter_subject=facts.letter_subject,
            deadline_text=facts.deadline_text,
            window=facts.window,
            phase=facts.window.phase(now),
            days_left=facts.window.days_left(now),
            contact_office=facts.contact_office,
            contact_phone=facts.contact_phone,
            contact_email=facts.contact_email,
            drafts=drafts,
            invited=invited,
            result_at=facts.result_at,
        )
