"""The forms of the site, field by field; nothing else of a request is ever taken."""

from datetime import date
from enum import Enum

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, RadioField, SelectChoice, SelectField
from wtforms.validators import DataRequired, InputRequired, Regexp

from consult.domain.answering import MOST_CHARACTERS, Words
from consult.domain.terms import CommentKind, Disposition, Stance
from consult.web.form_fields import AtMost, DayField, LineField, OneAddress, PageForm, WordsField, seen_number
from consult.web.words import WORDS, short_date

_KEY = Regexp(r"^[0-9a-f]{32}$", message=_("The form is damaged; open the page again."))
_TOO_LONG = AtMost(MOST_CHARACTERS, _("The text is too long: at most %(most)s characters.", most="20 000"))


def _choices(kind: type[Enum]) -> list[SelectChoice]:
    return [SelectChoice(member.name, WORDS[member]) for member in kind]


class PersonForm(PageForm):
    """Who is at work for the agency, as they say themselves."""

    name = LineField(
        _("Your full name"),
        [DataRequired(_("Write your full name.")), AtMost(200)],
    )
    email = LineField(
        _("Your e-mail address"),
        [DataRequired(_("Write your e-mail address.")), OneAddress(), AtMost(200)],
    )


class CommentForm(PageForm):
    """One comment. ``version`` is the one that was on the screen, ``read`` the mark of the draft's words there."""

    kind = RadioField(
        _("What the comment asks for"),
        [InputRequired(_("Choose what the comment asks for."))],
        choices=_choices(CommentKind),
        default=CommentKind.AMEND.name,
    )
    content = WordsField(_("Content of the comment"), [_TOO_LONG])
    proposed_text = WordsField(_("Proposed wording"), [_TOO_LONG])
    reason = WordsField(_("Reason"), [_TOO_LONG])
    version = seen_number()
    read = HiddenField()

    def words(self) -> Words:
        """Return the words that were typed, cleaned."""
        return Words(
            CommentKind[self.kind.data], self.content.data or "", self.proposed_text.data or "", self.reason.data or ""
        )


class WithdrawForm(PageForm):
    """Taking a comment out; ``version`` is the one that was on the screen."""

    version = seen_number()


class LetterForm(PageForm):
    """Number and date of the agency's official letter; irregular numbers are taken as they are."""

    letter_number = LineField(_("Number of the official letter"), [AtMost(60)])
    letter_date = DayField(_("Date of the official letter"), [AtMost(40)])

    def date_fits(self, asked_on: date, today: date) -> bool:
        """Say whether the letter's date lies between the office's letter and today; else put the error to the field."""
        day = self.letter_date.day
        if day is None or asked_on <= day <= today:
            return True
        words = _("The date must lie between %(asked)s and today.", asked=short_date(asked_on))
        self.letter_date.errors = [*self.letter_date.errors, words]
        return False


class AgreeAllForm(LetterForm):
    """Agreement with the whole draft, sent at once."""

    key = HiddenField(validators=[DataRequired(), _KEY])
    seen = HiddenField(validators=[DataRequired(), _KEY])


class SendForm(AgreeAllForm):
    """The whole answer."""

    stance = RadioField(
        _("General opinion of the agency"),
        [InputRequired(_("Choose the general opinion of your agency."))],
        choices=_choices(Stance),
    )


class ActForm(PageForm):
    """A form with nothing but its button."""


class SignInForm(PageForm):
    """An official asks for a one-time link."""

    email = LineField(
        _("Your e-mail address at work"),
        [DataRequired(_("Write your e-mail address.")), OneAddress(), AtMost(200)],
    )


class ResendForm(PageForm):
    """Which agency's link is to be sent to its official mailbox again."""

    agency = SelectField(_("Your agency"), [DataRequired(_("Choose your agency."))], choices=[])


class ResponseForm(PageForm):
    """The office's answer to one comment; ``words`` and the versions are those that were on the screen."""

    disposition = RadioField(_("Result"), [InputRequired(_("Choose the result."))], choices=_choices(Disposition))
    sentence = WordsField(_("Sentence to print"), [_TOO_LONG])
    agreed_text = WordsField(_("Agreed wording"), [_TOO_LONG])
    words = HiddenField(validators=[DataRequired(), Regexp(r"^[0-9a-f]{64}$")])
    version = seen_number()
    agreed_version = seen_number()
