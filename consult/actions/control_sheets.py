"""The control sheet of a synthesis of the record."""

from io import BytesIO

from sqlalchemy.orm import Session

from consult.documents.control_sheet import Around, write_control_sheet
from consult.domain.control import Made
from consult.store.queries.rounds import RoundFacts
from consult.store.queries.synthesis_rows import subject_of


def control_sheet(session: Session, facts: RoundFacts, made: Made) -> bytes:
    """Return the sheet of one synthesis as a DOCX."""
    subject = subject_of(session, facts)
    content = BytesIO()
    around = Around(facts.superior_body, facts.lead_agency, facts.place, subject, facts.round_label)
    write_control_sheet(around, made, content)
    return content.getvalue()
