"""The forms of the cover letter: handing it in, and what of its proposals is taken over."""

from datetime import datetime

from flask import request
from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import BooleanField, StringField

from consult.actions.cover_letters import Confirmed
from consult.domain.invitees import ListedLine
from consult.web.form_fields import AtMost, DayField, LineField, PageForm, WordsField, seen_number
from consult.web.letter_page import LetterPage

LONGEST_LETTER = 200_000


class LetterTextForm(PageForm):
    """The letter as a file or as pasted text; ``version`` is the one that was on the screen."""

    version = seen_number()
    file = FileField(_("File of the cover letter"))
    text = WordsField(
        _("Or its text, copied from the letter"),
        [
            AtMost(
                LONGEST_LETTER, _("The text is too long for a cover letter; paste the letter alone, without the draft.")
            )
        ],
    )


class TakeForm(PageForm):
    """Which proposals are taken over; each field has its tick, and may be put right before."""

    version = seen_number()
    take_number = BooleanField()
    number = LineField(_("Number and symbol"), [AtMost(60)])
    take_dated = BooleanField()
    dated = DayField(_("Date of the cover letter"), [AtMost(40)])
    take_subject = BooleanField()
    subject = LineField(_("Subject (V/v)"), [AtMost(1000)])
    take_office = BooleanField()
    office = LineField(_("Contact: office"), [AtMost(300)])
    take_phone = BooleanField()
    phone = LineField(_("Contact: telephone"), [AtMost(60)])
    take_email = BooleanField()
    email = LineField(_("Contact: e-mail"), [AtMost(200)])
    deadline = StringField()
    replaces = StringField()

    def ticked(self, name: str) -> bool:
        """Whether a field is to be taken over."""
        return bool(self[f"take_{name}"].data)

    def confirmed(self, page: LetterPage) -> Confirmed | None:
        """Return what was ticked; None when the letter is read otherwise by now than it was on the screen."""
        deadline, lines = self._deadline(page), self._lines(page)
        if (self.deadline.data and deadline is None) or lines is None:
            return None
        return Confirmed(
            number=self._taken("number"),
            dated=self.dated.day if self.ticked("dated") else None,
            subject=self._taken("subject"),
            deadline=deadline,
            office=self._taken("office"),
            phone=self._taken("phone"),
            email=self._taken("email"),
            lines=lines,
            replaces=self.replaces.data == "1",
        )

    def _taken(self, name: str) -> str | None:
        return self[name].data or "" if self.ticked(name) else None

    def _deadline(self, page: LetterPage) -> tuple[str, datetime] | None:
        chosen = next((close for close in page.closes if close.value == self.deadline.data), None)
        return (chosen.wording, chosen.window.closes_at) if chosen else None

    def _lines(self, page: LetterPage) -> tuple[ListedLine, ...] | None:
        taken = []
        for line in page.lines:
            value = request.form.get(line.field, "")
            choice = page.choices.get((line.number, value))
            if value and choice is None:
                return None
            if choice is not None and choice.agencies:
                is_group = value.startswith("g")
                taken.append(ListedLine(line.printed if is_group else "", choice.agencies))
        return tuple(taken)
