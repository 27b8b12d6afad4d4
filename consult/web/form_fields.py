"""What the forms of the site share: cleaned text, dates as people write them, messages in the reader's language."""

from datetime import date
from typing import Any

from flask_babel import get_translations, gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.csrf import generate_csrf
from wtforms import Field, HiddenField, IntegerField, StringField, TextAreaField, ValidationError
from wtforms.csrf.core import CSRF, CSRFTokenField
from wtforms.validators import NumberRange
from wtforms.widgets import HiddenInput

from consult.domain.dates import read_date
from consult.domain.directory import is_address
from consult.domain.wording import clean, clean_line
from consult.web.numbers import LARGEST


class _Messages:
    """WTForms' own messages through the site's catalogue."""

    def gettext(self, string: str) -> str:
        """Translate one message."""
        return str(gettext(string))

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """Translate a message that counts."""
        return str(get_translations().ungettext(singular, plural, n))


class _TokenWhenShown(CSRFTokenField):
    """Makes its token when the form is shown, not for each form that only takes in what was posted."""

    def process(self, *args: Any, **kwargs: Any) -> None:
        HiddenField.process(self, *args, **kwargs)

    def _value(self) -> str:
        return str(generate_csrf())


class _CheckedAtTheDoor(CSRF):
    """The application's ``CSRFProtect`` has refused a bad token before any view runs; nothing is left to check."""

    field_class = _TokenWhenShown

    def validate_csrf_token(self, form: object, field: object) -> None:
        pass


class PageForm(FlaskForm):
    """A form of this site: it carries the CSRF token, and speaks through the site's catalogue."""

    class Meta(FlaskForm.Meta):
        """The token, and the catalogue for built-in messages."""

        csrf_class = _CheckedAtTheDoor

        def get_translations(self, form: object) -> _Messages:
            """Return the site's catalogue."""
            return _Messages()


class AtMost:
    """Refuses text over ``most`` characters on the server alone.

    WTForms' own ``Length`` also writes ``maxlength`` into the page, and then browsers cut a pasted text without a word.
    """

    def __init__(self, most: int, message: str | None = None) -> None:
        """Set the limit, and other words for the refusal where the usual ones do not fit."""
        self.most = most
        self.message = message or _("The text is too long: at most %(most)s characters.", most=most)

    def __call__(self, form: object, field: Field) -> None:
        """Refuse the field's text when it is too long."""
        if len(field.data or "") > self.most:
            raise ValidationError(self.message)


class OneAddress:
    """Refuses what is not one e-mail address; spaces around it are gone by then, none may stand within."""

    def __call__(self, form: object, field: Field) -> None:
        """Look at the field; an empty one is for others to judge."""
        if field.data and not is_address(field.data):
            raise ValidationError(
                _("This is no e-mail address; write one, without spaces, like vanthu@coquan.example.")
            )


class LineField(StringField):
    """A line of text, cleaned."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the posted text, NFC and on one line."""
        self.data = clean_line(valuelist[0]) if valuelist else ""


class WordsField(TextAreaField):
    """A longer text, cleaned: NFC, LF line ends, nothing that a document cannot carry."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the posted text cleaned."""
        self.data = clean(valuelist[0]) if valuelist else ""


class DayField(StringField):
    """A date as people write it (27/4/2020, 27-4-2020, 27.4.2020, 2020-04-27); what was typed comes back."""

    day: date | None = None

    def process_formdata(self, valuelist: list[str]) -> None:
        """Keep the text and read the date."""
        self.data = clean_line(valuelist[0]) if valuelist else ""
        self.day = read_date(self.data)

    def pre_validate(self, form: object) -> None:
        """Refuse text that is no date."""
        if self.data and self.day is None:
            raise ValidationError(_("Write the date as day/month/year, for example 27/4/2020."))


def seen_number() -> IntegerField:
    """Return the hidden field that says which version somebody saw; 0 where there was none."""
    return IntegerField(widget=HiddenInput(), default=0, validators=[NumberRange(min=0, max=LARGEST)])
