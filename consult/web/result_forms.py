"""The forms of making a result public and of taking that back."""

from datetime import date

from flask_babel import lazy_gettext as _
from wtforms import BooleanField
from wtforms.validators import DataRequired

from consult.actions.concluding import Approval
from consult.web.form_fields import AtMost, DayField, LineField, PageForm, WordsField
from consult.web.words import short_date


class ConcludeForm(PageForm):
    """Who approved the result, the letter that goes with it, and whether each agency is written to."""

    approved_by = LineField(
        _("Approved by (full name)"), [DataRequired(_("Write who approved the result.")), AtMost(200)]
    )
    position = LineField(_("Position"), [DataRequired(_("Write the position of who approved it.")), AtMost(200)])
    approved_on = DayField(_("Date of approval"), [DataRequired(_("Write the date of approval.")), AtMost(40)])
    letter_number = LineField(_("Number of the letter that goes with the result"), [AtMost(60)])
    letter_date = DayField(_("Date of that letter"), [AtMost(40)])
    letters = BooleanField(_("Send each agency that answered a letter with its own comments and the responses"))

    def days_fit(self, today: date) -> bool:
        """Say whether neither date lies ahead; else put the error to its field."""
        ahead = [field for field in (self.approved_on, self.letter_date) if field.day and field.day > today]
        for field in ahead:
            words = _("The date must not be after today, %(today)s.", today=short_date(today))
            field.errors = [*field.errors, words]
        return not ahead

    def approval(self) -> Approval:
        """Return what was typed."""
        day = self.approved_on.day
        assert day is not None
        return Approval(
            self.approved_by.data or "",
            self.position.data or "",
            day,
            self.letter_number.data or "",
            self.letter_date.day,
        )


class TakeBackForm(PageForm):
    """Why the publication is taken back."""

    reason = WordsField(
        _("Reason for taking the publication back"), [DataRequired(_("Write the reason.")), AtMost(2000)]
    )
