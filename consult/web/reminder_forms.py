"""The fields of the letters of a round: its reminders, those that the office turns on, its own words in them."""

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, RadioField, SelectChoice, ValidationError

from consult.domain.reminder_plan import USUAL_DAYS, printed_days, read_days
from consult.web.form_fields import AtMost, LineField, PageForm, WordsField

USUAL, CHOSEN, NEVER = "usual", "chosen", "never"
_LONGEST_WORDS = 6000


class RemindersForm(PageForm):
    """When silent agencies are reminded, and whether all are told of the close."""

    reminding = RadioField(
        _("Reminders to agencies that have not sent"),
        choices=[
            SelectChoice(
                USUAL, _("3 and 1 working days before the last day; 1 day only when the time is 7 days or less")
            ),
            SelectChoice(CHOSEN, _("On the days set below")),
            SelectChoice(NEVER, _("No reminders by themselves")),
        ],
        default=USUAL,
    )
    reminder_days = LineField(_("Working days before the last day"), [AtMost(40)], default=printed_days(USUAL_DAYS))

    tells_close = BooleanField(_("After the close, tell each agency by letter whether its answer was received"))

    def days(self) -> tuple[int, ...] | None:
        """Return the days that were chosen, () for no reminder, None for the usual ones."""
        if self.reminding.data == USUAL:
            return None
        return (read_days(self.reminder_days.data or "") or ()) if self.reminding.data == CHOSEN else ()

    def validate_reminder_days(self, field: LineField) -> None:
        """Refuse what is no list of days, where it counts."""
        if self.reminding.data == CHOSEN and read_days(field.data or "") is None:
            raise ValidationError(_("Write one to five numbers from 1 to 60 with commas between, for example: 3, 1."))


class LettersForm(RemindersForm):
    """What the office says about the letters of a round in preparation."""

    invitation_words = WordsField(_("Words of your own in the invitation"), [AtMost(_LONGEST_WORDS)])
    gives_calendar = BooleanField(_("Add the deadline as a calendar entry (.ics) to the invitation"))
    reminder_words = WordsField(_("Words of your own in the reminder"), [AtMost(_LONGEST_WORDS)])


def reminders_shown(days: tuple[int, ...] | None) -> dict[str, str]:
    """Return the days as ``RemindersForm`` shows them."""
    if days:
        return {"reminding": CHOSEN, "reminder_days": printed_days(days)}
    return {"reminding": USUAL if days is None else NEVER, "reminder_days": printed_days(USUAL_DAYS)}
