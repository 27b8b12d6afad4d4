"""The forms of making a consultation: its title, its fields, its drafts and files, and its publishing."""

from datetime import date, datetime, time
from enum import Enum
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField, RadioField, SelectChoice, SelectField, ValidationError
from wtforms.validators import DataRequired, InputRequired, Optional

from consult.domain.deadline_wording import closing_of
from consult.domain.particulars import Asking, Matter, usual_wording
from consult.domain.terms import ConsultationKind, Readers, SilenceRule, SynthesisForm
from consult.domain.window import HO_CHI_MINH, Window, local
from consult.web.form_fields import AtMost, LineField, OneAddress, PageForm, WordsField, seen_number
from consult.web.moment_fields import ClockField, NativeDayField
from consult.web.reminder_forms import LettersForm, reminders_shown
from consult.web.words import WORDS

_LONGEST_LINE = 300
_OF_LETTERS = ("invitation_words", "reminder_words", "tells_close", "gives_calendar")
TAKE_WORDING, TAKE_MOMENT = "wording", "moment"
"""The buttons for when the wording of the deadline and the close disagree: which of the two is right."""


def _choices(kind: type[Enum]) -> list[SelectChoice]:
    return [SelectChoice(member.name, WORDS[member]) for member in kind]


class VersionedForm(PageForm):
    """A change of a round; ``version`` is the one that was on the screen."""

    version = seen_number()


class BeginForm(PageForm):
    """What a new consultation begins with."""

    title = LineField(
        _("Title of the consultation"), [DataRequired(_("Write the title: what is to be commented on.")), AtMost(1000)]
    )
    kind = RadioField(
        _("What is drafted"),
        [InputRequired(_("Choose what is drafted."))],
        choices=_choices(ConsultationKind),
        default=ConsultationKind.ADMINISTRATIVE.name,
    )


class RoundForm(VersionedForm, LettersForm):
    """The fields of a round in preparation; ``do`` is the button that was pressed."""

    do = LineField()
    label = LineField(_("Name of the round"), [AtMost(100)])
    deadline_text = LineField(
        _("Deadline as the letter words it"),
        [DataRequired(_("Write the deadline as the letter words it.")), AtMost(_LONGEST_LINE)],
    )
    closes_day = NativeDayField(_("Day of the close"), [DataRequired(_("Give the day of the close."))])
    closes_time = ClockField(_("Hour of the close"))
    opens_day = NativeDayField(_("Day of the opening"), [DataRequired(_("Give the day of the opening."))])
    opens_time = ClockField(_("Hour of the opening"))
    late_day = NativeDayField(_("Late answers are taken until (day)"))
    late_time = ClockField(_("Late answers are taken until (hour)"))
    requires_letter = BooleanField(_("Each agency is to send a signed letter too"))
    letter_number = LineField(_("Number of the cover letter"), [AtMost(60)])
    letter_date = NativeDayField(_("Date of the cover letter"))
    letter_subject = LineField(_("Subject of the letter (V/v)"), [AtMost(1000)])

    @classmethod
    def showing(cls, asking: Asking, version: int, **matter: object) -> "RoundForm":
        """Return the form with what stands in it."""
        names = ("label", "deadline_text", "requires_letter", "letter_number", "letter_subject", *_OF_LETTERS)
        moments = {"closes": asking.window.closes_at, "opens": asking.window.opens_at, "late": asking.window.late_until}
        filled: dict[str, Any] = {name: getattr(asking, name) for name in names} | reminders_shown(asking.reminder_days)
        for name, moment in moments.items():
            at = local(moment) if moment else None
            filled[f"{name}_day"] = at.date().isoformat() if at else ""
            filled[f"{name}_time"] = f"{at:%H:%M}" if at else ""
        day = asking.letter_date
        return cls(formdata=None, version=version, letter_date=day.isoformat() if day else "", **filled, **matter)

    def asking(self, stands: Asking) -> Asking | None:
        """Return the fields as a value; None when the moments do not fit, which then stands at their fields.

        A new wording of the deadline that names its moment sets it, unless the moment was changed along with it.
        """
        opens, closes = _moment(self.opens_day, self.opens_time), self._closes(stands)
        if not opens or not closes:
            return None
        late = _moment(self.late_day, self.late_time)
        if not self._fits(opens, closes, late):
            return None
        return Asking(
            label=self.label.data or "",
            window=Window(opens, closes, late),
            deadline_text=usual_wording(closes) if self.do.data == TAKE_MOMENT else self.deadline_text.data or "",
            letter_number=self.letter_number.data or "",
            letter_date=self.letter_date.day,
            letter_subject=self.letter_subject.data or "",
            requires_letter=bool(self.requires_letter.data),
            reminder_days=self.days(),
            invitation_words=self.invitation_words.data or "",
            reminder_words=self.reminder_words.data or "",
            tells_close=bool(self.tells_close.data),
            gives_calendar=bool(self.gives_calendar.data),
        )

    def _closes(self, stands: Asking) -> datetime | None:
        typed = _moment(self.closes_day, self.closes_time)
        reworded = self.deadline_text.data != stands.deadline_text and typed == stands.window.closes_at
        if reworded or self.do.data == TAKE_WORDING:
            return closing_of(self.deadline_text.data or "") or typed
        return typed

    def _fits(self, opens: datetime, closes: datetime, late: datetime | None) -> bool:
        if opens >= closes:
            words = gettext("The close must come after the opening; give a later day or hour.")
            self.closes_day.errors = [*self.closes_day.errors, words]
        if late is not None and late < closes:
            words = gettext("Late answers cannot end before the close; give a later moment, or leave it empty.")
            self.late_day.errors = [*self.late_day.errors, words]
        return not (self.closes_day.errors or self.late_day.errors)


class ConsultationForm(RoundForm):
    """The fields of a round in preparation and of its consultation, which no published round holds fast."""

    title = LineField(
        _("Title of the consultation"), [DataRequired(_("Write the title: what is to be commented on.")), AtMost(1000)]
    )
    kind = SelectField(_("What is drafted"), choices=_choices(ConsultationKind))
    superior_body = LineField(_("Superior body"), [AtMost(_LONGEST_LINE)])
    issuing_authority = LineField(_("Issuing authority"), [AtMost(_LONGEST_LINE)])
    place = LineField(_("Place of issue"), [AtMost(100)])
    readers = RadioField(_("Who may read"), [InputRequired()], choices=_choices(Readers))
    silence = RadioField(_("When an agency sends nothing"), [InputRequired()], choices=_choices(SilenceRule))
    silence_ground = WordsField(_("Ground for counting silence as agreement"), [AtMost(1000)])
    contact_office = LineField(_("Office to turn to"), [AtMost(_LONGEST_LINE)])
    contact_phone = LineField(_("Telephone"), [AtMost(60)])
    contact_email = LineField(_("E-mail"), [Optional(), OneAddress(), AtMost(200)])
    form = SelectField(_("Form of the synthesis"), choices=_choices(SynthesisForm))
    signer_authority = LineField(_("Signing authority (TM., KT., TL. …)"), [AtMost(200)])
    signer_title = LineField(_("Title of the signer"), [AtMost(200)])

    def matter(self) -> Matter:
        """Return the fields of the consultation as a value."""
        lines: dict[str, Any] = {name: getattr(self, name).data or "" for name in Matter.__dataclass_fields__}
        lines |= {
            "kind": ConsultationKind[self.kind.data],
            "readers": Readers[self.readers.data],
            "silence": SilenceRule[self.silence.data],
            "form": SynthesisForm[self.form.data],
        }
        return Matter(**lines)

    def validate_silence_ground(self, field: WordsField) -> None:
        """Refuse silence as agreement without a ground."""
        if self.silence.data == SilenceRule.AGREES.name and not field.data:
            raise ValidationError(
                _("Silence counts as agreement only on a ground: write the sentence of the letter or the rule.")
            )


def matter_shown(matter: Matter) -> dict[str, object]:
    """Return the fields of a consultation as ``ConsultationForm`` shows them."""
    return {name: value.name if isinstance(value, Enum) else value for name, value in vars(matter).items()}


class NamedForm(VersionedForm):
    """How a draft is called."""

    title = LineField(_("Title of the draft"), [DataRequired(_("Write the title of the draft.")), AtMost(1000)])
    part = LineField(_("Part (where a round has several drafts)"), [AtMost(100)])


class AddDraftForm(NamedForm):
    """A further draft."""

    file = FileField(_("File of the draft"), [FileRequired(_("Choose the file that holds the draft."))])


class EnclosureForm(PageForm):
    """How a further file is called; ``seen`` is the state of its entry that was on the screen."""

    title = LineField(_("Title of the file"), [DataRequired(_("Write what the file is.")), AtMost(_LONGEST_LINE)])
    seen = HiddenField()


class EncloseForm(EnclosureForm):
    """A further file."""

    file = FileField(_("File to read along"), [FileRequired(_("Choose the file."))])


class IssueForm(VersionedForm):
    """What the office declares when it publishes."""

    letter_number = LineField(
        _("Number of the cover letter"), [DataRequired(_("Write the number of the letter.")), AtMost(60)]
    )
    letter_date = NativeDayField(_("Date of the cover letter"), [DataRequired(_("Write the date of the letter."))])
    file = FileField(_("Signed letter (PDF)"))
    no_secret = BooleanField(
        _("The file holds no state secret"),
        [DataRequired(_("Confirm that the file holds no state secret; without that nothing is published."))],
    )
    when = RadioField(
        _("When to publish"),
        choices=[SelectChoice("now", _("At once")), SelectChoice("later", _("At a set moment"))],
        default="now",
    )
    at_day = NativeDayField(_("Day of publishing"))
    at_time = ClockField(_("Hour of publishing"))

    @property
    def later(self) -> bool:
        """Whether a moment is set for publishing."""
        return bool(self.when.data == "later")

    def moment(self, now: datetime) -> datetime | None:
        """Return when to publish, ``now`` or the moment that was set; None with the reason at its field."""
        at = _moment(self.at_day, self.at_time) if self.later else now
        if at is None or (self.later and at <= now):
            words = gettext("Give a day and an hour that are still ahead.")
            self.at_day.errors = [*self.at_day.errors, words]
            return None
        if self.letter_date.day and self.letter_date.day > local(at).date():
            words = gettext("The letter cannot be dated after the day of publishing.")
            self.letter_date.errors = [*self.letter_date.errors, words]
            return None
        return at


def _moment(day: NativeDayField, hour: ClockField) -> datetime | None:
    """Return the moment of a day and an hour of it (00:00 when that is left open) in Ho Chi Minh City."""
    return _at(day.day, hour.hour or time.min) if day.day else None


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, HO_CHI_MINH)
