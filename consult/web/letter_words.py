"""The words about a cover letter: how a deadline was read, what a printed line means, what a field is called."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _

from consult.domain.deadline_readings import ReadAs

READ_AS: Mapping[ReadAs, str] = {
    ReadAs.BEFORE_DAY: _("as it is written: the day named does not count any more"),
    ReadAs.WHOLE_DAY: _("the whole of the day named counts"),
    ReadAs.AT_HOUR: _("at the hour named"),
    ReadAs.OFFICE_HOURS: _("until offices close on the day named (17:00)"),
    ReadAs.OTHER_WEEKDAY: _("weekday and date do not fit; by the weekday it would be this day"),
    ReadAs.FROM_LETTER: _("computed: counted from the date of the letter, as if it were received on that day"),
    ReadAs.FROM_TODAY: _("computed: counted from today, as if it were received today"),
    ReadAs.FROM_DAY: _("computed: counted from the day that the letter names"),
}

FIELDS: Mapping[str, str] = {
    "number": _("Number and symbol"),
    "dated": _("Date of the cover letter"),
    "subject": _("Subject (V/v)"),
    "office": _("Contact: office"),
    "phone": _("Contact: telephone"),
    "email": _("Contact: e-mail"),
}
