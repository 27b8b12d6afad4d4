"""The words on pages for members of the closed lists and for moments, in the reader's language.

It knows English msgids and the catalogue; documents and letters do not pass here, they are Vietnamese.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import Enum
from types import MappingProxyType

from flask_babel import format_date, get_locale
from flask_babel import lazy_gettext as _

from consult.domain import dates
from consult.domain.board import Shown
from consult.domain.directory import Column
from consult.domain.directory_import import Verdict
from consult.domain.terms import (
    ActorKind,
    AgencyState,
    Basis,
    Channel,
    CommentKind,
    CommentsVisible,
    ConsultationKind,
    Disposition,
    LetterKind,
    LetterState,
    NoticeKind,
    OfficialRole,
    Readers,
    SilenceRule,
    Stance,
    SynthesisForm,
)
from consult.domain.window import Phase, Window, local
from consult.store.queries.directory import Order, Validity

LANGUAGES = ("vi", "en")

WORDS: Mapping[Enum, str] = MappingProxyType(
    {
        Phase.UPCOMING: _("coming"),
        Phase.OPEN: _("open for comment"),
        Phase.LATE: _("past the deadline, late answers taken"),
        Phase.CLOSED: _("closed"),
        ConsultationKind.ADMINISTRATIVE: _("administrative document"),
        ConsultationKind.NORMATIVE: _("normative legal document"),
        Readers.PUBLIC: _("everybody may read"),
        Readers.INVITED: _("only those who were asked may read"),
        CommentsVisible.NEVER: _("comments are not shown to others"),
        CommentsVisible.AFTER_CLOSE: _("comments are shown after the close"),
        CommentsVisible.ALWAYS: _("comments are shown at once"),
        SilenceRule.NO_ANSWER: _("silence is not counted as agreement"),
        SilenceRule.AGREES: _("silence counts as agreement, as the letter said"),
        Stance.AGREES: _("agrees with the draft"),
        Stance.AGREES_WITH_COMMENTS: _("agrees in the main, with comments"),
        Stance.DISAGREES: _("does not agree"),
        Stance.NO_OPINION: _("no opinion / not within its functions"),
        CommentKind.AMEND: _("amend"),
        CommentKind.ADD: _("add"),
        CommentKind.DELETE: _("leave out"),
        CommentKind.CLARIFY: _("make clear"),
        CommentKind.FORM: _("form – spelling"),
        CommentKind.OTHER: _("other"),
        Disposition.ACCEPTED: _("accepted"),
        Disposition.PARTLY_ACCEPTED: _("accepted in part"),
        Disposition.NOT_ACCEPTED: _("not accepted (kept as it is)"),
        Disposition.EXPLAINED: _("explained, made clear"),
        Disposition.NOTED: _("noted"),
        SynthesisForm.ADMINISTRATIVE: _("form for administrative documents"),
        SynthesisForm.QPPL: _("form for normative legal documents"),
        SynthesisForm.PRACTICE: _("form as departments issue it, a table for each draft"),
        SynthesisForm.FIVE_COLUMN: _("form of five columns, with the words of the draft"),
        SynthesisForm.BY_AGENCY: _("form by agency"),
        AgencyState.SILENT: _("no answer sent yet"),
        AgencyState.OPENED: _("has opened the request"),
        AgencyState.DRAFTING: _("is drafting its answer"),
        AgencyState.SENT: _("answer sent"),
        Shown.ALL: _("All"),
        Shown.SENT: _("Sent"),
        Shown.SILENT: _("Not sent"),
        Shown.COMMENTING: _("With comments"),
        Shown.LATE: _("Late"),
        Shown.AWAITING: _("Waiting for the official letter"),
        Shown.REFUSED: _("Letter refused"),
        Shown.NO_MAILBOX: _("No mailbox"),
        LetterState.DUE: _("letter waiting to be sent"),
        LetterState.SENT: _("letter sent"),
        LetterState.FAILED: _("letter not delivered"),
        LetterState.CANCELLED: _("letter cancelled"),
        LetterKind.INVITATION: _("request for comments"),
        LetterKind.REMINDER: _("reminder"),
        LetterKind.RECEIPT: _("receipt"),
        LetterKind.RECALLED: _("notice of a recalled answer"),
        LetterKind.ENTERED: _("notice that the page was entered"),
        LetterKind.LINK_AGAIN: _("link sent again"),
        LetterKind.SIGN_IN: _("sign-in link"),
        LetterKind.APPOINTED: _("welcome to an official"),
        LetterKind.WINDOW_CHANGED: _("notice of a changed deadline"),
        LetterKind.WITHDRAWN: _("notice of withdrawal"),
        LetterKind.CORRECTED: _("notice of a corrected draft"),
        LetterKind.RESULT: _("result of the consultation"),
        LetterKind.CLOSED: _("notice of the close"),
        LetterKind.DIGEST: _("digest for officials"),
        LetterKind.UNDELIVERED: _("undelivered letters, for officials"),
        LetterKind.CLOSING_SOON: _("round about to close, for officials"),
        OfficialRole.OFFICIAL: _("official"),
        OfficialRole.ADMINISTRATOR: _("administrator"),
        Basis.LISTED: _("asked"),
        Basis.ADDED: _("asked later"),
        Basis.UNASKED: _("answered without being asked"),
        Channel.ONLINE: _("on this site"),
        Channel.PAPER: _("on paper"),
        Channel.EXCHANGE: _("by the document exchange"),
        Channel.EMAIL: _("by e-mail"),
        NoticeKind.ADDED: _("agency asked later"),
        NoticeKind.REMOVED: _("request to an agency taken back"),
        NoticeKind.EXTENDED: _("deadline extended"),
        NoticeKind.LATE_ALLOWED: _("late answers taken"),
        NoticeKind.CLOSED_EARLY: _("closed early"),
        NoticeKind.WITHDRAWN: _("consultation withdrawn"),
        NoticeKind.CORRECTED: _("draft corrected"),
        NoticeKind.REPLACED: _("draft replaced"),
        NoticeKind.RESULT: _("result made public"),
        NoticeKind.RESULT_TAKEN_BACK: _("publication of the result taken back"),
        ActorKind.AGENCY: _("agency"),
        ActorKind.OFFICIAL: _("official in charge"),
        ActorKind.COMMAND: _("command line"),
        ActorKind.READER: _("reader"),
        Column.CODE: _("Code"),
        Column.NAME: _("Name of the agency"),
        Column.SHORT_NAME: _("Short name"),
        Column.ALIASES: _("Other names"),
        Column.KIND: _("Kind"),
        Column.RANK: _("Order"),
        Column.EMAIL: _("Official mailbox"),
        Column.VALID_FROM: _("Exists from"),
        Column.LAST_DAY: _("Exists to the end of"),
        Column.SUCCESSOR: _("Successor"),
        Column.GROUPS: _("Groups"),
        Verdict.REFUSED: _("refused"),
        Verdict.DOUBLED: _("doubled"),
        Verdict.CHANGED: _("changed"),
        Verdict.ADDED: _("added"),
        Verdict.UNCHANGED: _("unchanged"),
        Validity.TODAY: _("existing today"),
        Validity.NOT_TODAY: _("ended or not begun"),
        Validity.ALL: _("all"),
        Order.NAME: _("by name"),
        Order.RANK: _("by rank"),
    }
)


def words(member: Enum) -> str:
    """Return the words of a member of a closed list in the reader's language; ``KeyError`` for an unknown one."""
    return str(WORDS[member])


def page_language() -> str:
    """Return the code of the reader's language: "vi" or "en"."""
    locale = get_locale()
    return locale.language if locale else "vi"


def printed_deadline(window: Window) -> str:
    """Return the deadline as people read it: "đến hết Chủ nhật, 26/4/2020 (24 giờ 00)" or its English counterpart."""
    if page_language() == "vi":
        return dates.printed_deadline(window)
    closes = local(window.closes_at)
    if closes.time().isoformat() == "00:00:00":
        return f"to the end of {_english_day(window.last_day())} (24:00)"
    return f"before {closes:%H:%M} on {_english_day(closes.date())}"


def printed_close(moment: datetime) -> str:
    """Return a closing moment as people read it: "đến hết Chủ nhật, 26/4/2020 (24 giờ 00)"."""
    return printed_deadline(Window(moment - timedelta(days=1), moment))


def printed_moment(moment: datetime) -> str:
    """Return a moment in Vietnamese time: "Chủ nhật, 26/4/2020, 17 giờ 05" or "Sunday, 26 April 2020, 17:05"."""
    if page_language() == "vi":
        return dates.printed_moment(moment)
    at = local(moment)
    return f"{_english_day(at.date())}, {at:%H:%M}"


def short_date(day: date) -> str:
    """Return a date: 27/4/2020 or "27 April 2020"."""
    if page_language() == "vi":
        return dates.short_date(day)
    return str(format_date(day, "d MMMM yyyy"))


def _english_day(day: date) -> str:
    return str(format_date(day, "EEEE, d MMMM yyyy"))
