"""The words of the directory: why an entry cannot be kept, why a list cannot be read. English msgids, the catalogue."""

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from consult.domain.directory import Problem, Why
from consult.domain.errors import UnreadableSheet

# What stands in braces is what was found.
_TOLD: Mapping[Why, str] = {
    Why.NO_NAME: lazy_gettext("The name is missing; write the full name."),
    Why.TOO_LONG: lazy_gettext("The text is too long: “{detail}…”; shorten it."),
    Why.EMAIL: lazy_gettext("“{detail}” is no e-mail address; write one address such as vanthu@coquan.gov.vn."),
    Why.DATE: lazy_gettext("“{detail}” is no date; write day/month/year, for example 01/7/2025."),
    Why.DAYS: lazy_gettext("It ends before it begins ({detail}); mend one of the two dates."),
    Why.RANK: lazy_gettext("“{detail}” is no place in the order; write a whole number from 0 to 99999."),
    Why.GROUP: lazy_gettext("There is no group “{detail}”; make it under “Groups” first, or write the name of one."),
    Why.GROUP_ROW: lazy_gettext("This line is a group and no agency; groups are made under “Groups”."),
    Why.SUCCESSOR: lazy_gettext("The successor “{detail}” is unknown; write the code or the full name of an agency."),
    Why.CIRCLE: lazy_gettext("The successors of “{detail}” lead back to this agency; name another successor or none."),
    Why.OWN_SUCCESSOR: lazy_gettext("An agency cannot be its own successor; name another one or none."),
    Why.SEVERAL: lazy_gettext("Several agencies have this name ({detail}); write the code of the one that is meant."),
    Why.CODE_TWICE: lazy_gettext("The same agency stands in line {detail} already; that line holds."),
    Why.NAME_TWICE: lazy_gettext("The same name stands in line {detail} already; that line holds."),
    Why.CODE_KNOWN: lazy_gettext("The code “{detail}” is taken; write another one or leave it empty."),
    Why.NAME_KNOWN: lazy_gettext("The same name is in the directory already, under the code {detail}."),
    Why.ADDRESS_TAKEN: lazy_gettext(
        "An official with the address {detail} is in the list already; look them up there."
    ),
    Why.SHARED_MAILBOX: lazy_gettext("Same mailbox as {detail}; whoever reads it answers for each of them apart."),
}


def problem_told(problem: Problem) -> str:
    """Return a problem as a sentence that says what to do."""
    return str(_TOLD[problem.why]).format(detail=problem.detail)


def sheet_told(refusal: UnreadableSheet) -> str:
    """Return why a list cannot be read, with its name and what to do."""
    return f"{refusal.name}: {_(refusal.fault.value).format(**refusal.details)}"
