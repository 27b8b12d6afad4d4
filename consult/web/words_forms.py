"""The form in which an office words a form of the synthesis, and why words of it could not be printed."""

from collections.abc import Mapping
from dataclasses import asdict

from flask_babel import lazy_gettext as _
from wtforms import Field, HiddenField
from wtforms.validators import DataRequired, Regexp

from consult.domain.errors import WordsRefused
from consult.domain.hindrances import Unprintable
from consult.domain.synthesis_words import HOUSE, NARROWEST, fields_of
from consult.domain.terms import SynthesisForm
from consult.domain.wording import clean_line
from consult.web.form_fields import AtMost, LineField, PageForm, WordsField

_FAULTS: Mapping[Unprintable, str] = {
    Unprintable.EMPTY: _("This may not be empty."),
    Unprintable.BRACE: _("A brace stands without its partner; write a mark as {[about]} or leave braces out."),
    Unprintable.UNKNOWN: _("[about] is no mark of this field; the marks that it may hold stand above it."),
    Unprintable.MISSING: _("[about] is missing: a document without it would hide something from its reader."),
    Unprintable.WIDTHS: _(
        "[about] whole numbers with blanks between them are wanted, each at least %(least)s, 100 together.",
        least=NARROWEST,
    ),
}
_EXAMPLE = "tên_hồ_sơ"
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (_("Title"), ("reference", "name", "name_provisional", "title", "subject")),
    (_("Sentences above the table"), ("preamble", "total", "letters", "opinions", "results")),
    (
        _("Lists of agencies"),
        ("agrees", "no_opinion", "commenting", "silent", "not_yet", "uninvited", "silence_agrees", "silence_none"),
    ),
    (
        _("The table"),
        ("table", "head_number", "head_place", "head_body", "head_content", "head_response", "widths"),
    ),
)


class _Line(LineField):
    """A line that is printed."""

    def __init__(self, label: str, **rest: object) -> None:
        super().__init__(label, [AtMost(300)], **rest)


class _Sentence(WordsField):
    """A sentence that is printed; it has room on the screen, but is one line."""

    def __init__(self, label: str, **rest: object) -> None:
        super().__init__(label, [AtMost(1000)], **rest)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the posted text, NFC and on one line."""
        self.data = clean_line(valuelist[0]) if valuelist else ""


class WordsForm(PageForm):
    """All that a form prints; ``mark`` is of the words that were on the screen. Its fields are those of ``Words``."""

    mark = HiddenField(validators=[DataRequired(), Regexp("^[0-9a-f]{64}$")])
    reference = _Line(_("Number of the model form and what it rests on"))
    name = _Line(_("Name of the document"))
    name_provisional = _Line(_("Name while the round is open or answers are missing"))
    title = _Line(_("Title after the name"))
    subject = _Line(_("Line of the subject"))
    preamble = _Sentence(_("Sentence on who asked whom"))
    total = _Sentence(_("Sentence on the agencies asked"))
    letters = _Sentence(_("Sentence on the letters that came"))
    opinions = _Sentence(_("Sentence on the number of comments"))
    results = _Line(_("Line above the lists"))
    agrees = _Line(_("Agencies that agree"))
    no_opinion = _Line(_("Agencies without an opinion"))
    commenting = _Line(_("Agencies with comments"))
    silent = _Line(_("Agencies that sent nothing, after the close"))
    not_yet = _Line(_("Agencies that sent nothing, before the close"))
    uninvited = _Line(_("Answers of bodies that were not asked"))
    silence_agrees = _Sentence(_("Where silence counts as agreement"))
    silence_none = _Sentence(_("Where silence is no answer"))
    table = _Line(_("Line above the table"))
    head_number = _Line(_("Head of the column of numbers"))
    head_place = _Line(_("Head of the column of places"))
    head_body = _Line(_("Head of the column of agencies"))
    head_content = _Line(_("Head of the column of comments"))
    head_response = _Line(_("Head of the column of responses"))
    widths = _Line(_("Widths of the columns in percent, from left to right"))

    @classmethod
    def of(cls, form: SynthesisForm, own: Mapping[str, str], mark: str) -> "WordsForm":
        """Return the form with the words that are printed now: the house's, and ``own`` in their place."""
        return cls(formdata=None, **{**asdict(HOUSE[form]), **own}, mark=mark).without_others(form)

    def without_others(self, form: SynthesisForm) -> "WordsForm":
        """Leave out the heads of columns that ``form`` does not have; return the form."""
        for name in asdict(HOUSE[form]).keys() - set(fields_of(form)):
            del self[name]
        return self

    def words(self) -> Mapping[str, str]:
        """Return what was typed, by the field of ``Words``."""
        return {field.name: field.data or "" for field in self if field.name in asdict(HOUSE[SynthesisForm.QPPL])}

    def put(self, form: SynthesisForm, wanted: str) -> None:
        """Put the house's words into the field that is named ``wanted``, into every field for "*"."""
        house = asdict(HOUSE[form])
        for field in self:
            if field.name in house and wanted in ("*", field.name):
                _show(field, house[field.name])

    def over(self, mark: str) -> None:
        """Let the form, as it was typed, go over the words of ``mark``."""
        _show(self.mark, mark)

    def blame(self, refusal: WordsRefused) -> None:
        """Say at each field why it could not be printed."""
        for name, (fault, about) in refusal.faults.items():
            told = str(_FAULTS[fault]).replace("[about]", about or _EXAMPLE)
            self[name].errors = [*self[name].errors, told]


def _show(field: Field, text: str) -> None:
    field.process_data(text)
    field.raw_data = None
