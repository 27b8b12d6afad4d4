"""The refusals that a person can meet; each says what is wrong and what to do next.

The message is English, for the command line. ``consult.web.errors`` gives every class its page, status and words in the
reader's language. Nothing here knows HTTP.
"""

from collections.abc import Mapping, Sequence
from enum import Enum

from consult.domain.directory import Problem
from consult.domain.hindrances import Hindrance, ScanFault, Uncorrectable, Unfit, Unprintable
from consult.domain.template_marks import Objection
from consult.domain.unreadable import Fault
from consult.domain.unreadable_sheet import SheetFault


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


class RoundWithdrawn(RoundClosed):
    """The consultation was withdrawn: nothing is taken any more, in time or late."""


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


class AlreadyRecorded(Refusal):
    """Nothing is recorded for this round any more: it was withdrawn, or its result is public."""


class ScanRefused(Refusal):
    """A file cannot be kept as a scan of a letter; nothing was stored."""

    def __init__(self, why: ScanFault) -> None:
        super().__init__(why.value)
        self.why = why


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


class CannotConclude(Refusal):
    """The result cannot be made public yet: somebody may still answer, or a comment has no response."""


class Concluded(Refusal):
    """The result is public: nothing that stands in it changes until its publication is taken back."""


class NotReady(Refusal):
    """A draft cannot be published or mended as it stands; names it and what to do first."""


class StillMissing(Refusal):
    """A round in preparation cannot be published as it stands; ``gaps`` are what it lacks (``readiness.Gap``)."""

    def __init__(self, message: str, gaps: Sequence[Enum]) -> None:
        super().__init__(message)
        self.gaps = tuple(gaps)


class PartTaken(Refusal):
    """Two drafts of one round cannot bear the same name of a part."""


class FolderRefused(Refusal):
    """A folder under ``drafts/`` cannot be loaded: names the file, the line or field, and what to do."""


class UnreadableDraft(Refusal):
    """A draft file cannot be read: names the file, the fault, and the details that belong into its sentence."""

    def __init__(self, name: str, fault: Fault, **details: object) -> None:
        self.name, self.fault = name, fault
        self.details = {key: str(detail) for key, detail in details.items()}
        super().__init__(f"{name}: {fault.value.format(**self.details)}")


class UnreadableSheet(Refusal):
    """A list of agencies cannot be read: names the file, the fault, and the details that belong into its sentence."""

    def __init__(self, name: str, fault: SheetFault, **details: object) -> None:
        self.name, self.fault = name, fault
        self.details = {key: str(detail) for key, detail in details.items()}
        super().__init__(f"{name}: {fault.value.format(**self.details)}")


class UnfitEntry(Refusal):
    """An agency or a group cannot be kept so; carries why, nothing was changed."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(f"{problem.why.value}: {problem.detail}".removesuffix(": "))


class TemplateRefused(Refusal):
    """A file cannot serve as a form of the synthesis; carries all that is wrong with it, nothing was kept."""

    def __init__(self, objections: Sequence[Objection]) -> None:
        self.objections = tuple(objections)
        super().__init__("; ".join(_objected(each) for each in self.objections))


def _objected(objection: Objection) -> str:
    return objection.fault.value.replace("{names}", objection.told)


class LastAdministrator(Refusal):
    """Nobody would be left to keep the directory and the officials; nothing was changed."""


class IncompleteSynthesis(Refusal):
    """The written document does not hold every comment in force exactly once; it was not put in place."""


class WordsRefused(Refusal):
    """Words for a form of the synthesis that could not be printed; ``faults`` says of each field what is wrong."""

    def __init__(self, faults: Mapping[str, tuple[Unprintable, str]]) -> None:
        """``faults`` are fields of ``domain.synthesis_words.Words``, each with what is wrong and what it is about."""
        told = (f"{field}: {fault.value.replace('{about}', about)}" for field, (fault, about) in faults.items())
        super().__init__("; ".join(told))
        self.faults = faults


class UnknownSchema(Refusal):
    """The database has a schema that this version does not know."""


class BusyStore(Refusal):
    """The database could not be written in time or is full; nothing was stored, trying again is safe."""


class NotSupported(Refusal):
    """A value or file that a later version may take; named, never guessed."""


class CannotAdjust(Refusal):
    """An act of the office about a published round does not fit how it stands; nothing was changed."""

    def __init__(self, why: Hindrance, about: str) -> None:
        super().__init__(f"{about}: {why.value}")
        self.why = why


class CannotCorrect(Refusal):
    """A correction that cannot be prepared or issued as it stands; nothing was changed."""

    def __init__(self, why: Uncorrectable) -> None:
        super().__init__(why.value)
        self.why = why


class CannotMend(Refusal):
    """An edit of a draft's reading does not fit what stands there; nothing was changed."""

    def __init__(self, why: Unfit, message: str) -> None:
        super().__init__(message)
        self.why = why
