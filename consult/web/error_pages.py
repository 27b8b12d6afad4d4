"""What a person reads when something could not be done: what happened, what to do next.

It knows words and statuses. Which refusal meets which page is decided in ``errors``; nothing here knows a request.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus

from flask_babel import lazy_gettext as _


@dataclass(frozen=True)
class ErrorPage:
    """One page: its status, its words, and what the person had typed, as pairs of label and text.

    ``link`` is a pair of words and address for the one best way on. The words are translated when they are shown.
    """

    status: HTTPStatus
    title: str
    what: str
    next_steps: Sequence[str] = ()
    typed: Sequence[tuple[str, str]] = ()
    link: tuple[str, str] | None = None

    def giving_back(self, typed: Sequence[tuple[str, str]]) -> "ErrorPage":
        """Return the same page with the words of the person on it; empty texts are left out."""
        return replace(self, typed=[(label, text) for label, text in typed if text.strip()])

    def saying(self, more: str) -> "ErrorPage":
        """Return the same page with one more sentence about what happened."""
        return replace(self, what=f"{self.what} {more}")

    def leading_to(self, words: str, address: str) -> "ErrorPage":
        """Return the same page with a link to go on with."""
        return replace(self, link=(words, address))


_LINK_IN_LETTER = _("Open the link in the letter to your agency's official mailbox once more.")
_LINK_AGAIN = _(
    "No letter to be found? Have the link sent to the official mailbox again from the page of the draft, "
    "if that is public, or turn to the office that asked your agency."
)
_SIGN_IN_AGAIN = _("If you are the official in charge: ask for a new sign-in link.")
_CALL_OFFICE = _("If that does not help, call the office that is named under Contact on the page of the draft.")

BAD_REQUEST = ErrorPage(
    HTTPStatus.BAD_REQUEST,
    _("The request could not be understood"),
    _("Something in the address or in the form is missing or damaged. Nothing was stored."),
    [_("Open the page again from its beginning."), _CALL_OFFICE],
)
FORM_REFUSED = ErrorPage(
    HTTPStatus.BAD_REQUEST,
    _("The form could not be accepted"),
    _("The sign-in has ended since the form was opened, or the form does not come from this site. Nothing was stored."),
    [
        _("Copy your words if they are shown on this page."),
        _("Open the page again, put your words in and send once more."),
        _LINK_IN_LETTER,
    ],
)
NO_ACCESS = ErrorPage(
    HTTPStatus.NOT_FOUND,
    _("This page opens by its link only"),
    _("This browser is not signed in for it, or the sign-in has ended."),
    [_LINK_IN_LETTER, _LINK_AGAIN, _SIGN_IN_AGAIN],
)
LINK_REFUSED = ErrorPage(
    HTTPStatus.NOT_FOUND,
    _("This link cannot be used"),
    _("It was used already, has expired, was replaced by a newer one, or was not copied whole."),
    [_("Use the link in the newest letter; copy it whole, to its last character."), _LINK_AGAIN, _SIGN_IN_AGAIN],
)
NOT_FOUND = ErrorPage(
    HTTPStatus.NOT_FOUND,
    _("There is no such page"),
    _("The address may be mistyped, or the page is only for those who were asked."),
    [_("Check the address."), _("If your agency was asked: open the link in the letter to its official mailbox.")],
)
NOT_OPEN = ErrorPage(
    HTTPStatus.FORBIDDEN,
    _("Answers are not taken yet"),
    _("The round has not opened. Nothing was stored."),
    [_("Copy your words if they are shown on this page."), _("Come back when the round has opened.")],
)
CLOSED = ErrorPage(
    HTTPStatus.GONE,
    _("The time for answers is over"),
    _(
        "What you sent just now came after the close and was not stored. "
        "If an answer was sent before, it stays as it is."
    ),
    [
        _("Copy your words if they are shown on this page."),
        _(
            "If your agency still wishes to comment, turn to the office that is named under Contact "
            "on your agency's page."
        ),
    ],
)
WITHDRAWN = ErrorPage(
    HTTPStatus.GONE,
    _("This consultation was withdrawn"),
    _("The office no longer asks for comments on this draft. What you sent just now was not stored."),
    [_("Copy your words if they are shown on this page."), _("Questions go to the office that asked your agency.")],
)
SENT_BEFORE = ErrorPage(
    HTTPStatus.CONFLICT,
    _("This form was sent before, with other content"),
    _("What was sent first counts. Nothing more was stored."),
    [_("Copy your words if they are shown on this page."), _("Open the page again and look at what stands.")],
)
TOO_LARGE = ErrorPage(
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    _("Too much was sent at once"),
    _("A comment holds at most 20,000 characters and a form 1 MB. Nothing was stored."),
    [
        _("Go back with your browser: in most cases your words still stand there."),
        _("Divide the comment among the places of the draft that it is about."),
        _("Send long annexes with your official letter."),
    ],
)
FILE_TOO_LARGE = ErrorPage(
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    _("The file is too large"),
    _("A file holds at most 50 MB. Nothing was stored."),
    [
        _("Scan in black and white, or at 200 dots an inch, and send the smaller file."),
        _("Divide a long scan into several files and send one after the other."),
    ],
)
NOT_RECORDED = ErrorPage(
    HTTPStatus.CONFLICT,
    _("No answer is recorded here any more"),
    _("The consultation was withdrawn, or its result is public. Nothing was stored."),
    [_("Copy your words if they are shown on this page."), _("Answer the letter outside this site.")],
)
PUBLISHED = ErrorPage(
    HTTPStatus.CONFLICT,
    _("This round is published"),
    _("Its draft is with the agencies and is no longer changed here. Nothing was stored."),
    [_("Go back to the desk: the comments on the draft are gathered there.")],
)
NOT_READY = ErrorPage(
    HTTPStatus.CONFLICT,
    _("The draft has to be handed in again"),
    _("It was loaded by an earlier version of this site, which did not keep its lines."),
    [_("Go back to the drafts of the round and hand in the file once more.")],
)
CONCLUDED = ErrorPage(
    HTTPStatus.CONFLICT,
    _("The result is public"),
    _("What stands in a published result is no longer changed. Nothing was stored."),
    [_("To change it, take the publication back first on the page for publishing the result; then publish it again.")],
)
THROTTLED = ErrorPage(
    HTTPStatus.TOO_MANY_REQUESTS,
    _("Too many requests in a short time"),
    _("To protect the mailboxes, this is limited for a while. Nothing was done."),
    [_("Look into the official mailbox: the letter may have arrived already."), _("Try again in an hour.")],
)
BROKEN = ErrorPage(
    HTTPStatus.INTERNAL_SERVER_ERROR,
    _("Something went wrong on our side"),
    _("The fault was recorded. What was saved or sent before is safe."),
    [_("Try again in a few minutes."), _CALL_OFFICE],
)
BUSY = ErrorPage(
    HTTPStatus.SERVICE_UNAVAILABLE,
    _("The site is busy at this moment"),
    _("Your words could not be stored just now. Sending the same again is safe: it counts once."),
    [_("Copy your words if they are shown on this page."), _("Go back and send again in a minute.")],
)
