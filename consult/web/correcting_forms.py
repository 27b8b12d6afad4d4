"""The form of a correction and the words for what stands in its way."""

from collections.abc import Mapping
from types import MappingProxyType

from flask_babel import lazy_gettext as _
from wtforms import RadioField, SelectChoice
from wtforms.validators import DataRequired, InputRequired

from consult.actions.correcting import Ordered
from consult.actions.noticing import Grounds
from consult.domain.hindrances import Uncorrectable
from consult.domain.terms import NoticeKind
from consult.web.form_fields import AtMost, DayField, LineField, PageForm, seen_number

REFUSALS: Mapping[Uncorrectable, str] = MappingProxyType(
    {
        Uncorrectable.WITHDRAWN: _("The consultation was withdrawn: its draft is corrected no more."),
        Uncorrectable.RESULT: _("The result is published: the draft is corrected no more."),
        Uncorrectable.PREPARED: _("A correction of this draft is in preparation already: go on with it or give it up."),
        Uncorrectable.UNCHANGED: _("The corrected file has the same words as the draft: nothing would change."),
        Uncorrectable.LOST: _("Some lines of the corrected file stand in no clause: mend them in the table first."),
        Uncorrectable.EMPTY: _("Nothing in the corrected file can be commented on: look at it in the table first."),
        Uncorrectable.LABELS: _("The file was converted: compare its labels in the table and confirm them first."),
    }
)


class IssueForm(PageForm):
    """How a correction is issued; ``version`` and ``edition`` are those of the preview on the screen."""

    kind = RadioField(
        _("What is issued"),
        [InputRequired(_("Choose whether the draft is corrected or replaced."))],
        choices=[
            SelectChoice(NoticeKind.CORRECTED.name, _("Correction: slips are put right, the contents stay")),
            SelectChoice(NoticeKind.REPLACED.name, _("Replacement: the contents are changed")),
        ],
    )
    reason = LineField(
        _("Reason"), [DataRequired(_("Write the reason: the agencies and readers are told.")), AtMost(1000)]
    )
    letter_number = LineField(_("Number of your letter about it"), [AtMost(60)])
    letter_date = DayField(_("Date of your letter about it"), [AtMost(40)])
    version = seen_number()
    edition = seen_number()

    def ordered(self) -> Ordered:
        """Return what is ordered."""
        grounds = Grounds(self.reason.data or "", self.letter_number.data or "", self.letter_date.day)
        return Ordered(NoticeKind[self.kind.data], grounds, self.edition.data or 0)
