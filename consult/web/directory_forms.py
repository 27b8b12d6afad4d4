"""The forms of the directory: an agency, its end, a group, its members, a list to bring in."""

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, IntegerField, ValidationError
from wtforms.validators import DataRequired, NumberRange, Optional, Regexp
from wtforms.widgets import HiddenInput

from consult.domain.directory import (
    DEFAULT_RANK,
    LOWEST_RANK,
    MOST_ALIASES,
    MOST_NAME,
    AgencyEntry,
    GroupName,
    day_after,
    last_day,
    printed_kind,
    read_kind,
    split_list,
)
from consult.domain.directory_rows import FIRST_YEAR, LAST_YEAR
from consult.store.queries.directory import AgencyFacts, GroupFacts
from consult.web.form_fields import AtMost, DayField, LineField, OneAddress, PageForm, WordsField, seen_number
from consult.web.numbers import LARGEST
from consult.web.words import short_date


class VersionForm(PageForm):
    """A change of something; ``version`` is the one that was on the screen."""

    version = seen_number()

    def over(self, version: int) -> None:
        """Let the form, as it was typed, go over what stands now."""
        self.version.process_data(version)
        self.version.raw_data = None


class _DayOfBody(DayField):
    """A day on which a body begins or ends."""

    def pre_validate(self, form: object) -> None:
        super().pre_validate(form)
        if self.day and not FIRST_YEAR <= self.day.year <= LAST_YEAR:
            raise ValidationError(_("Write the date as day/month/year, for example 27/4/2020."))


class AgencyForm(VersionForm):
    """An agency of the directory; its groups are kept on their own pages."""

    name = LineField(_("Name of the agency"), [DataRequired(_("Write the full name.")), AtMost(MOST_NAME)])
    short_name = LineField(_("Short name"), [AtMost(MOST_NAME)])
    aliases = WordsField(_("Other names"), [AtMost(MOST_ALIASES)])
    kind = LineField(_("Kind"), [AtMost(MOST_NAME)])
    rank = IntegerField(
        _("Order"),
        [
            Optional(),
            NumberRange(0, LOWEST_RANK, _("Write a whole number from 0 to %(most)s.", most=LOWEST_RANK)),
        ],
        default=DEFAULT_RANK,
    )
    email = LineField(_("Official mailbox"), [AtMost(254), OneAddress()])
    valid_from = _DayOfBody(_("Exists from"), [AtMost(40)])
    last_day = _DayOfBody(_("Exists to the end of"), [AtMost(40)])
    successor = LineField(_("Successor"), [AtMost(MOST_NAME)])

    def entry(self, successor: str, before: AgencyEntry | None = None) -> AgencyEntry:
        """Return the agency as typed, with the code of its successor; code and groups are those before."""
        return AgencyEntry(
            code=before.code if before else "",
            name=self.name.data or "",
            short_name=self.short_name.data or self.name.data or "",
            aliases=split_list(self.aliases.data or ""),
            kind=read_kind(self.kind.data or ""),
            rank=DEFAULT_RANK if self.rank.data is None else self.rank.data,
            email=self.email.data or "",
            valid_from=self.valid_from.day,
            valid_to=day_after(self.last_day.day),
            successor=successor,
            groups=before.groups if before else (),
        )


class NewAgencyForm(AgencyForm):
    """A new agency, with a code if one is wanted."""

    code = LineField(_("Code"), [AtMost(MOST_NAME)])


class EndForm(VersionForm):
    """The last day of a body, and who takes its place."""

    last_day = _DayOfBody(_("Last day"), [DataRequired(_("Write its last day.")), AtMost(40)])
    successor = LineField(_("Successor"), [AtMost(MOST_NAME)])


class GroupForm(VersionForm):
    """A group by its names."""

    name = LineField(_("Name of the group"), [DataRequired(_("Write the full name.")), AtMost(MOST_NAME)])
    aliases = WordsField(_("Other names"), [AtMost(MOST_ALIASES)])

    def group(self) -> GroupName:
        """Return the group as typed; the code is not the form's."""
        return GroupName("", self.name.data or "", split_list(self.aliases.data or ""))


class MemberForm(PageForm):
    """What is done with one agency in a group: it comes in, goes out, or takes another place."""

    agency = IntegerField(widget=HiddenInput(), validators=[NumberRange(min=1, max=LARGEST)])
    do = HiddenField(validators=[Regexp("^(add|remove|move)$")])
    place = IntegerField(_("Place"), [Optional(), NumberRange(min=1, max=LOWEST_RANK)])


class ListForm(PageForm):
    """A list of agencies to bring in."""

    file = FileField(_("List of agencies"), [FileRequired(_("Choose the file with the list of agencies."))])


class ConfirmForm(PageForm):
    """Bringing in what was shown: which file, against which state of the directory."""

    file = HiddenField(validators=[DataRequired(), AtMost(2_000)])
    seen = HiddenField(validators=[DataRequired(), Regexp("^[0-9a-f]{64}$")])


def shown_agency(facts: AgencyFacts) -> AgencyForm:
    """Return the form filled with an agency as it stands."""
    entry = facts.entry
    until = last_day(entry.valid_to)
    return AgencyForm(
        formdata=None,
        version=facts.version,
        name=entry.name,
        short_name=entry.short_name,
        aliases="\n".join(entry.aliases),
        kind=printed_kind(entry.kind),
        rank=entry.rank,
        email=entry.email,
        valid_from=short_date(entry.valid_from) if entry.valid_from else "",
        last_day=short_date(until) if until else "",
        successor=entry.successor,
    )


def shown_group(facts: GroupFacts) -> GroupForm:
    """Return the form filled with a group as it stands."""
    return GroupForm(
        formdata=None, version=facts.version, name=facts.group.name, aliases="\n".join(facts.group.aliases)
    )
