"""The words of making a consultation: what a round lacks, and where on its page that is filled in.

It knows English msgids and the catalogue. What is lacking is decided in ``domain.readiness``.
"""

from collections.abc import Mapping
from enum import Enum

from flask_babel import lazy_gettext as _

from consult.domain.readiness import Gap, Hint

PLACES: Mapping[Enum, str] = {
    Gap.NO_ISSUER: "issuing_authority",
    Gap.NO_GROUND: "silence_ground",
    Gap.NO_DEADLINE: "deadline_text",
    Gap.CLOSE_NOT_AHEAD: "closes_day",
    Gap.NO_DRAFT: "drafts",
    Gap.DRAFT_UNREADY: "drafts",
    Gap.NO_AGENCY: "asked",
    Gap.NO_LETTER: "letter_number",
    Hint.WORDING_DIFFERS: "deadline_text",
    Hint.WEEKEND: "closes_day",
    Hint.NO_CONTACT: "contact_office",
    Hint.NO_PLACE: "place",
    Hint.NO_SIGNER: "signer_title",
    Hint.NO_MAILBOX: "asked",
}
"""Where on the round's page something is filled in: the id of a field or a section."""

LACKING: Mapping[Enum, str] = {
    Gap.NO_ISSUER: _("Write the issuing authority of the draft."),
    Gap.NO_GROUND: _("Write the ground for counting silence as agreement, or do not count it so."),
    Gap.NO_DEADLINE: _("Write the deadline as the letter words it."),
    Gap.CLOSE_NOT_AHEAD: _("The close is not ahead: give a later day."),
    Gap.NO_DRAFT: _("Add the draft."),
    Gap.DRAFT_UNREADY: _("Mend the draft: lines of it stand nowhere, or its labels are not confirmed."),
    Gap.NO_AGENCY: _("Put the agencies to be asked on the list."),
    Gap.NO_LETTER: _("Write number and date of the letter again, and set the moment of publishing anew."),
    Hint.WORDING_DIFFERS: _("The wording of the deadline and the close that is set do not agree."),
    Hint.WEEKEND: _("The last day is a Saturday or a Sunday."),
    Hint.NO_CONTACT: _("Agencies will find no telephone and no e-mail address to turn to."),
    Hint.NO_PLACE: _("The synthesis has no place for its date line."),
    Hint.NO_SIGNER: _("The synthesis has no title of its signer."),
    Hint.NO_MAILBOX: _("Some agencies have no mailbox: their links are printed and handed over."),
}


def fault_told(fault: str) -> tuple[str, ...]:
    """Return why a scheduled round was not opened, as sentences; ``fault`` is what the record keeps."""
    return tuple(str(LACKING[Gap[name]]) for name in fault.split() if name in Gap.__members__)
