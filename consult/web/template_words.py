"""Why a file cannot serve as a form of the synthesis, in the reader's language; marks are Vietnamese everywhere."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _

from consult.domain.errors import TemplateRefused
from consult.domain.template_marks import Objection, TemplateFault

_TOLD: Mapping[TemplateFault, str] = {
    TemplateFault.NOT_DOCX: _("Only a Word file (.docx) can be a form; open it in Word and save it as .docx."),
    TemplateFault.OBJECTS: _("It holds embedded objects or fields that fetch other files: [names]. Take them out."),
    TemplateFault.NO_MARKS: _("It holds no marks; write them where the words shall stand, as the list below shows."),
    TemplateFault.BROKEN: _("Braces without a partner: [names]. Write each mark as in the list below."),
    TemplateFault.UNKNOWN: _("Marks that are not known: [names]. Correct the names by the list below."),
    TemplateFault.MISSING: _("Marks that every form needs are missing: [names]. Put them in."),
    TemplateFault.ROW_OUTSIDE: _("Marks of the row stand outside of the row: [names]. Move them into the table's row."),
    TemplateFault.TWO_ROWS: _("Marks of the row stand in two rows. Put them into one row; it is repeated by itself."),
    TemplateFault.NESTED: _("The row to repeat must stand in a simple table, neither in another one nor around one."),
    TemplateFault.TWICE: _("This mark may stand once only: [names]."),
}


def refusal_told(refusal: TemplateRefused) -> list[str]:
    """Return each thing that is wrong with a file as a sentence."""
    return [_sentence(each) for each in refusal.objections]


def _sentence(objection: Objection) -> str:
    return str(_TOLD[objection.fault]).replace("[names]", objection.told)
