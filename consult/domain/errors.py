"""The refusals that a person can meet; each says what is wrong and what to do next.

The message is English, for the command line. ``consult.web.errors`` gives every class its page, status and words in the
reader's language. Nothing here knows HTTP.
"""

from enum import Enum

from consult.domain.unreadable import Fault


class Refusal(Exception):
    """A request that cannot be carried out as it stands; the message says why and what to do."""


class NotFound(Refusal):
    """What was asked for does not exist, or this person may not know that it does."""


class NoAccess(Refusal):
    """The session holds no grant for this page (never held, ended or revoked)."""


class LinkRefused(Refusal):
    """A link that is used, expired, revoked or made up; these four are not told apart to its holder."""


class NotInvited(Refusal):
    """The agency is not on the list of this round."""


class AlreadyListed(Refusal):
    """An agency stands on the list of the round already; carries its id."""

    def __init__(self, message: str, *, agency_id: int) -> None:
        super().__init__(message)
        self.agency_id = agency_id


class UnfitClose(Refusal):
    """A close that does not lie after the opening of the round."""


class RoundNotOpen(Refusal):
    """The window of this agency has not opened yet."""


class RoundClosed(Refusal):
    """The window of this agency has closed; its words are kept by the person and may be given to the office."""


class StaleVersion(Refusal):
    """Somebody else saved first; carries what they saved so that the person can see both and choose."""

    def __init__(self, message: str, *, stored: object, version: int) -> None:
        super().__init__(message)
        self.stored = stored
        self.version = version


class KeyReused(Refusal):
    """One form was sent twice with different content."""


class StanceMismatch(Refusal):
    """The stance does not fit the comments (agreement with comments, or disagreement without)."""


class NothingToSend(Refusal):
    """There is no answer to send, recall or complete."""


class ReasonMissing(Refusal):
    """A disposition that needs a sentence has none."""


class TextTooLong(Refusal):
    """A text is longer than the record takes."""


class Throttled(Refusal):
    """Too many requests of one kind; nothing was done."""


class NotPublished(Refusal):
    """The consultation has no published round."""


class AlreadyPublished(Refusal):
    """The round is published; what it froze can no longer be changed in this way."""


class NotReady(Refusal):
    """A draft cannot be published or mended as it stands; names it and what to do first."""


class FolderRefused(Refusal):
    """A folder under ``drafts/`` cannot be loaded: names the file, the line or field, and what to do."""


class UnreadableDraft(Refusal):
    """A draft file cannot be read: names the file, the fault, and the details that belong into its sentence."""

    def __init__(self, name: str, fault: Fault, **details: object) -> None:
        self.name, self.fault = name, fault
        self.details = {key: str(detail) for key, detail in details.items()}
        super().__init__(f"{name}: {fault.value.format(**self.details)}")


class IncompleteSynthesis(Refusal):
    """The written document does not hold every comment in force exactly once; it was not put in place."""


class UnknownSchema(Refusal):
    """The database has a schema that this version does not know."""


class BusyStore(Refusal):
    """The database could not be written in time or is full; nothing was stored, trying again is safe."""


class NotSupported(Refusal):
    """A value or file that a later version may take; named, never guessed."""


class Unfit(Enum):
    """Why an edit does not fit the place that it names."""

    GONE = "there is no such place"
    NOTHING_BEFORE = "nothing stands before it"
    WHOLE = "a table or footnote stays whole"
    OTHER_PART = "what stands before belongs to another text"
    KIND = "it cannot be of that kind"
    NO_LABEL = "that kind needs a label"
    LABEL = "no such label is used"
    LEVEL = "it cannot move further that way"
    NO_WORDS = "no words on one side of the cut"
    MARK = "the place of the cut is not marked, or more than once"
    OTHER_WORDS = "the words were changed and not only marked"


class CannotMend(Refusal):
    """An edit of a draft's reading does not fit what stands there; nothing was changed."""

    def __init__(self, why: Unfit, message: str) -> None:
        super().__init__(message)
        self.why = why
