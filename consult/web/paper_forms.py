"""The forms in which an official keys in an answer that came by letter."""

from datetime import date

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField, RadioField, SelectChoice
from wtforms.validators import DataRequired, InputRequired, Regexp

from consult.actions.recording import SignedCopy
from consult.actions.whose import Whose
from consult.domain.keyed import KeyedLetter
from consult.domain.terms import Channel, Stance
from consult.web.form_fields import AtMost, DayField, LineField, PageForm, WordsField, seen_number
from consult.web.forms import CommentForm
from consult.web.words import WORDS, short_date

KEY = Regexp(r"^[0-9a-f]{32}$", message=_("The form is damaged; open the page again."))
_BY_LETTER = (Channel.PAPER, Channel.EXCHANGE, Channel.EMAIL)


class CameForm(PageForm):
    """Number and date of a letter, and the day it came."""

    letter_number = LineField(_("Number of the official letter"), [AtMost(60)])
    letter_date = DayField(_("Date of the official letter"), [AtMost(40)])
    received_on = DayField(
        _("Date received"), [DataRequired(_("Write the date on which the letter came.")), AtMost(40)]
    )

    def days_fit(self, asked_on: date, today: date) -> bool:
        """Say whether the letter was written after it was asked for, came after it was written, and not after today."""
        came, written = self.received_on.day, self.letter_date.day
        if came is None or not asked_on <= came <= today:
            words = _("The letter cannot have come before %(asked)s or after today.", asked=short_date(asked_on))
            self.received_on.errors = [*self.received_on.errors, words]
        elif written is not None and not asked_on <= written <= came:
            words = _("The date must lie between %(asked)s and the date received.", asked=short_date(asked_on))
            self.letter_date.errors = [*self.letter_date.errors, words]
        return not self.errors


class PaperLetterForm(CameForm):
    """The letter as a whole; ``version`` is the one that was on the screen."""

    channel = RadioField(
        _("By which way it came"),
        [InputRequired(_("Choose by which way the letter came."))],
        choices=[SelectChoice(member.name, WORDS[member]) for member in _BY_LETTER],
        default=Channel.PAPER.name,
    )
    stance = RadioField(
        _("General opinion of the agency"),
        [InputRequired(_("Choose the general opinion that the letter states."))],
        choices=[SelectChoice(member.name, WORDS[member]) for member in Stance],
    )
    secret = BooleanField(_("The letter is marked “Mật”: it is counted, and nothing of its content is entered"))
    version = seen_number()

    def letter(self) -> KeyedLetter:
        """Return what was typed; call it when the form was found right."""
        came = self.received_on.day
        assert came is not None
        return KeyedLetter(
            number=self.letter_number.data or "",
            day=self.letter_date.day,
            received_on=came,
            channel=Channel[self.channel.data],
            stance=Stance[self.stance.data],
            secret=bool(self.secret.data),
        )


class NewAnswerForm(PaperLetterForm):
    """The first page: whose letter it is, and the letter; ``key`` makes it once."""

    key = HiddenField(validators=[DataRequired(), KEY])
    code = HiddenField(validators=[AtMost(40)])
    agency = HiddenField(validators=[AtMost(200)])
    name = LineField(_("Name of the body"), [AtMost(300)])

    def whose(self) -> Whose:
        """Return whose letter it is."""
        return Whose(self.code.data or "", self.agency.data or "", self.name.data or "")


class SignedCopyForm(CameForm):
    """The letter is the signed copy of what was sent online; ``seen`` is how the body stood on the screen."""

    seen = HiddenField(validators=[DataRequired(), AtMost(40)])

    def copy(self) -> SignedCopy:
        """Return what was typed; call it when the form was found right."""
        came = self.received_on.day
        assert came is not None
        return SignedCopy(self.letter_number.data or "", self.letter_date.day, came)


class PaperCommentForm(CommentForm):
    """A comment of the letter; ``place`` is its clause's anchor, "" for the whole, ``key`` makes a new one once."""

    key = HiddenField(validators=[DataRequired(), KEY])
    place = HiddenField(validators=[AtMost(200)])


class RecordForm(PageForm):
    """Recording: ``version`` of what was keyed in and ``seen``, how the body stood, as they were on the screen."""

    version = seen_number()
    seen = HiddenField(validators=[DataRequired(), AtMost(40)])


class VersionForm(PageForm):
    """A button about one thing; ``version`` is the one that was on the screen."""

    version = seen_number()


class TakeBackForm(PageForm):
    """Taking back an answer that was recorded by mistake."""

    reason = WordsField(_("Reason"), [DataRequired(_("Write why the record is taken back.")), AtMost(2_000)])


class ScanForm(PageForm):
    """A file of the official letter."""

    file = FileField(_("File of the official letter"), [FileRequired(_("Choose the file of the official letter."))])
