"""The words of the journal for readers: each act as a phrase, each particular with its label, values readable.

An act that is not known here is shown by its code: the journal hides nothing because nobody gave it words.
"""

from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from types import MappingProxyType

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from consult.domain.terms import (
    Channel,
    ConsultationKind,
    Disposition,
    NoticeKind,
    OfficialRole,
    Readers,
    Stance,
    SynthesisForm,
)
from consult.web.words import WORDS, printed_moment, short_date, words

ACTS: Mapping[str, str] = MappingProxyType(
    {
        "load": _("loaded the consultation's folder"),
        "publish": _("opened the round and asked the agencies"),
        "extend": _("extended the deadline of all"),
        "set reminders": _("set when agencies are reminded"),
        "remind": _("reminded agencies that have not sent"),
        "tell_close": _("told agencies that the time for answers is over"),
        "respond": _("answered a comment"),
        "send": _("sent the agency's answer"),
        "recall": _("recalled the agency's answer"),
        "letter": _("added number and date of the official letter"),
        "enter": _("entered the agency's page by its link"),
        "state_person": _("stated who is at work"),
        "revoke_link": _("revoked the agency's link"),
        "ask_link": _("asked for the agency's link again"),
        "print_link": _("printed the link of an agency"),
        "print_links": _("printed links of agencies"),
        "send_link": _("sent an agency a fresh link"),
        "send_again": _("sent a letter again that was not delivered"),
        "note_bounce": _("noted that a letter came back"),
        "mend_address": _("corrected an agency's address and sent the letter again"),
        "sign_in": _("signed in"),
        "link": _("had a sign-in link printed"),
        "add_official": _("added an official"),
        "change_official": _("changed an official"),
        "end_official": _("ended an official's access"),
        "invite_official": _("invited an official"),
        "take_back_official": _("gave an official access again"),
        "replace draft": _("replaced the file of a draft"),
        "put draft back": _("put the earlier file of a draft back"),
        "add draft": _("added a draft"),
        "move draft": _("moved a draft"),
        "remove draft": _("took a draft out"),
        "rename draft": _("renamed a draft"),
        "enclose": _("enclosed a file to read along"),
        "move enclosure": _("moved an enclosed file"),
        "retitle enclosure": _("retitled an enclosed file"),
        "take out enclosure": _("took an enclosed file out"),
        "schedule": _("set the moment of publishing"),
        "cancel schedule": _("cancelled the moment of publishing"),
        "not published": _("publishing at the set moment failed"),
        "ask again": _("prepared another round"),
        "make synthesis": _("wrote a synthesis"),
        "keep form": _("kept a form of the synthesis"),
        "word form": _("changed the words of a form of the synthesis"),
        "retire form": _("took a form of the synthesis out of use"),
        "begin": _("made the consultation"),
        "prepare": _("changed the particulars in preparation"),
        "keep cover letter": _("kept the cover letter"),
        "take from cover letter": _("took particulars from the cover letter"),
        "add to list": _("added agencies to the list"),
        "remove from list": _("took agencies off the list"),
        "move on list": _("moved an agency on the list"),
        "word line of list": _("worded a line of the list"),
        "put successor": _("put the successor of an agency on the list"),
        "copy list": _("took over the list of another round"),
        "prepare correction": _("prepared a correction of the draft"),
        "drop correction": _("dropped a correction in preparation"),
        "key_in": _("recorded an answer that came by letter"),
        "join_letter": _("joined a letter to the agency's answer"),
        "take_back": _("took an answer that was keyed in back"),
        "scan": _("kept a scan of the official letter"),
        "scan_removed": _("took a scan off an answer"),
        "add_agency": _("added an agency to the directory"),
        "change_agency": _("changed an agency of the directory"),
        "end_agency": _("ended an agency of the directory"),
        "add_group": _("added a group"),
        "change_group": _("changed a group"),
        "add_member": _("added a member to a group"),
        "move_member": _("moved a member of a group"),
        "remove_member": _("took a member out of a group"),
        "import_directory": _("imported the directory"),
    }
    | {kind.name.lower(): WORDS[kind] for kind in NoticeKind}
)
LABELS: Mapping[str, str] = MappingProxyType(
    {
        "reason": _("Reason"),
        "letter_number": _("Number of the letter"),
        "letter_date": _("Date of the letter"),
        "number": _("Number"),
        "date": _("Date"),
        "closed_at": _("Deadline before"),
        "closes_at": _("Deadline since"),
        "closes": _("Deadline"),
        "late_until": _("Late answers until"),
        "invitation": _("Agency"),
        "agency": _("Agency"),
        "agencies": _("Agencies"),
        "codes": _("Agencies"),
        "code": _("Code"),
        "invited": _("Agencies asked"),
        "stance": _("General opinion"),
        "disposition": _("Result"),
        "comments": _("Comments"),
        "comment": _("Comment"),
        "late": _("After the deadline"),
        "digest": _("Digest (SHA-256)"),
        "file_digest": _("Digest of the file (SHA-256)"),
        "synthesis": _("Number of the synthesis"),
        "form": _("Form of the synthesis"),
        "words": _("Digest of the words answered"),
        "approved_by": _("Approved by"),
        "position": _("Position"),
        "approved_on": _("Date of approval"),
        "rows": _("Rows"),
        "letters": _("Letters"),
        "draft": _("Draft"),
        "file": _("File"),
        "before": _("Before"),
        "done": _("Done"),
        "slug": _("Consultation"),
        "title": _("Title"),
        "channel": _("Way"),
        "received_on": _("Date received"),
        "role": _("Role"),
        "name": _("Name"),
        "email": _("E-mail address"),
        "official": _("Official"),
        "lead_agency": _("Lead agency"),
        "line": _("Line of the letter"),
        "missing": _("Still missing"),
        "days": _("Working days before the last day"),
        "tells_close": _("Letter about the close"),
        "at": _("Moment"),
        "drafted": _("What is drafted"),
        "changed": _("Changed words"),
        "no_state_secret": _("Declared free of state secrets"),
    }
)
_LISTS: Mapping[str, type[Enum]] = MappingProxyType(
    {
        "stance": Stance,
        "disposition": Disposition,
        "role": OfficialRole,
        "channel": Channel,
        "readers": Readers,
        "drafted": ConsultationKind,
        "form": SynthesisForm,
    }
)


def act_words(act: str) -> str:
    """Return an act as a phrase in the reader's language, its code when it has none."""
    return str(ACTS.get(act, act))


def label(name: str) -> str:
    """Return the label of a particular, its own name when it has none."""
    return str(LABELS.get(name, name))


def value_words(name: str, value: object, bodies: Mapping[object, str]) -> str:
    """Return a particular as people read it: moments local, days short, members of closed lists in words.

    ``bodies`` names agencies by their code and by the id of their invitation.
    """
    if isinstance(value, list):
        return "; ".join(value_words(name, each, bodies) for each in value)
    if isinstance(value, dict):
        return "; ".join(f"{label(key)}: {value_words(key, each, bodies)}" for key, each in value.items())
    if isinstance(value, bool):
        return str(gettext("yes") if value else gettext("no"))
    if name == "invitation" or (name in ("agencies", "codes", "agency", "code") and value in bodies):
        return bodies.get(value, str(value))
    if name in _LISTS:
        return _member(_LISTS[name], str(value))
    return _moment(str(value))


def _member(kind: type[Enum], told: str) -> str:
    """Return the words of a member told by its name, with or without its list's."""
    found = kind.__members__.get(told.rpartition(".")[2])
    return words(found) if found else told


def _moment(told: str) -> str:
    """Return a moment or a day as people read it, anything else as it is."""
    try:
        if len(told) == len("2020-04-21"):
            return short_date(date.fromisoformat(told))
        at = datetime.fromisoformat(told) if told[:4].isdigit() and told[4:5] == "-" else None
    except ValueError:
        return told
    return printed_moment(at) if at and at.tzinfo else told
