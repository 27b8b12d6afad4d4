"""The forms of the office's acts about a published round, and the words for what hinders one."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, SelectField, SelectMultipleField
from wtforms.validators import DataRequired, InputRequired, ValidationError

from consult.actions.noticing import Grounds
from consult.domain.hindrances import Hindrance
from consult.domain.window import start_of
from consult.web.form_fields import AtMost, DayField, LineField, PageForm, WordsField

HINDRANCES: Mapping[Hindrance, str] = {
    Hindrance.WITHDRAWN: _("The consultation was withdrawn; nothing about it can be changed any more."),
    Hindrance.CONCLUDED: _("The result is public; take it back before anything is changed."),
    Hindrance.NOT_LATER: _("The new deadline must be later than the one that holds and than now; choose a later one."),
    Hindrance.NOT_EARLIER: _("The consultation is not open, or that moment does not end it sooner."),
    Hindrance.LATE_NOT_LATER: _("Late answers are taken until then already, or that moment has passed."),
    Hindrance.NOT_AHEAD: _("The agency would have no time to answer; give it a deadline that is ahead."),
    Hindrance.ON_THE_LIST: _("One of these agencies is on the list already; nobody was added."),
    Hindrance.HAS_SENT: _("This agency has sent an answer; what was sent stays, so it stays on the list."),
    Hindrance.NOBODY: _("Choose an agency."),
    Hindrance.NO_LINE: _("The list has no such line any more; choose another place."),
    Hindrance.NO_REASON: _("Write the reason."),
}
_HOUR = re.compile(r"(\d{1,2})\s*(?:h|:|giờ|g)?\s*(\d{2})?")


class HourField(LineField):
    """An hour of the day as people write it (17:00, 17h, 17 giờ 30); 24:00 is the day's end."""

    def offset(self) -> timedelta | None:
        """Return the time since the day's beginning, None for what is no hour."""
        found = _HOUR.fullmatch(self.data or "")
        hours, minutes = (int(found[1]), int(found[2] or 0)) if found else (25, 0)
        since = timedelta(hours=hours, minutes=minutes)
        return since if minutes < 60 and since <= timedelta(days=1) else None

    def pre_validate(self, form: object) -> None:
        """Refuse what is no hour."""
        if self.data and self.offset() is None:
            raise ValidationError(_("Write the hour like 17:00."))


class GroundsForm(PageForm):
    """Why, and by which letter."""

    reason = WordsField(_("Reason"), [DataRequired(HINDRANCES[Hindrance.NO_REASON]), AtMost(2000)])
    letter_number = LineField(_("Number of the office's letter about it"), [AtMost(60)])
    letter_date = DayField(_("Date of that letter"), [AtMost(40)])

    def grounds(self) -> Grounds:
        """Return what was given."""
        return Grounds(self.reason.data or "", self.letter_number.data or "", self.letter_date.day)


class MomentForm(GroundsForm):
    """A close: to the end of a day, or before an hour of it."""

    day = DayField(_("Last day"), [DataRequired(_("Write the last day.")), AtMost(40)])
    hour = HourField(_("Only before this hour of it"), [AtMost(20)])

    def moment(self) -> datetime | None:
        """Return the closing moment, None without a day."""
        if self.day.day is None:
            return None
        since = self.hour.offset() if self.hour.data else timedelta(days=1)
        return start_of(self.day.day) + (since or timedelta())


class ExtendForm(MomentForm):
    """A later close, or time for late answers; ``agency`` is a code, "" for all."""

    agency = SelectField(_("For whom"), choices=[])


class CloseForm(MomentForm):
    """An early close; without a day it closes at once."""

    day = DayField(_("Last day"), [AtMost(40)])


class WithdrawRoundForm(GroundsForm):
    """Withdrawing the consultation."""

    sure = BooleanField(
        _("Yes, withdraw this consultation"), [InputRequired(_("Tick the box to confirm; this cannot be undone."))]
    )


class TakeBackForm(GroundsForm):
    """Taking the request to one agency back."""

    agency = SelectField(_("Agency"), [DataRequired(HINDRANCES[Hindrance.NOBODY])], choices=[])


class AddForm(MomentForm):
    """Asking further agencies; without a day they get the deadline of the round."""

    day = DayField(_("Last day"), [AtMost(40)])
    agencies = SelectMultipleField(_("Agencies"), [DataRequired(HINDRANCES[Hindrance.NOBODY])], choices=[])
    line = SelectField(_("Place on the list"), choices=[], default="")

    def group_line(self) -> int | None:
        """Return the number of the line that they join, None for lines of their own; call it when it is right."""
        return int(self.line.data) if self.line.data else None
