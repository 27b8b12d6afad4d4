"""The forms of the list of officials: inviting a person, changing one."""

from collections.abc import Mapping, Sequence

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, RadioField, SelectChoice, SelectField, ValidationError
from wtforms.validators import DataRequired, InputRequired, Regexp

from consult.actions.officials import Post
from consult.domain.terms import OfficialRole
from consult.web.form_fields import AtMost, LineField, OneAddress, PageForm
from consult.web.words import WORDS

_NEW = ""


class PostForm(PageForm):
    """Who somebody is: name, lead agency (a known one or a new name), role."""

    name = LineField(_("Full name"), [DataRequired(_("Write the full name.")), AtMost(200)])
    lead_agency = SelectField(_("Lead agency"), choices=[])
    new_lead_agency = LineField(_("Name of the new lead agency"), [AtMost(300)])
    role = RadioField(
        _("Role"),
        [InputRequired(_("Choose a role."))],
        choices=[SelectChoice(role.name, WORDS[role]) for role in OfficialRole],
        default=OfficialRole.OFFICIAL.name,
    )

    def validate_new_lead_agency(self, field: LineField) -> None:
        """Ask for the name where none of the known agencies is chosen, and for one of the two alone."""
        if self.lead_agency.data == _NEW and not field.data:
            raise ValidationError(_("Choose a lead agency, or write the name of a new one."))
        if self.lead_agency.data != _NEW and field.data:
            raise ValidationError(
                _("Either choose a lead agency or write a new one; to make a new one choose “another”.")
            )

    def post(self, agencies: Mapping[str, str]) -> Post:
        """Return what was typed; ``agencies`` are the names of the known ones by what the choice holds."""
        lead_agency = self.new_lead_agency.data or agencies[self.lead_agency.data]
        return Post(self.name.data or "", lead_agency, OfficialRole[self.role.data])


class OfficialForm(PostForm):
    """A change of an official; ``mark`` is of what was on the screen."""

    mark = HiddenField(validators=[DataRequired(), Regexp("^[0-9a-f]{64}$")])


class InviteForm(PostForm):
    """A new official."""

    email = LineField(
        _("E-mail address at work"),
        [DataRequired(_("Write the e-mail address.")), OneAddress(), AtMost(200)],
    )


def offer_agencies(form: PostForm, agencies: Sequence[tuple[int, str]]) -> Mapping[str, str]:
    """Let a form choose among the lead agencies, or another one; return their names by what the choice holds."""
    names = {str(number): name for number, name in agencies}
    form.lead_agency.choices = [SelectChoice(value, name) for value, name in names.items()]
    form.lead_agency.choices.append(SelectChoice(_NEW, _("another one, named below")))
    return names
