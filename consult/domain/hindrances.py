"""Why an act of the office does not fit what stands there, as members of closed lists; the refusals carry them."""

from enum import Enum


class ScanFault(Enum):
    """Why a file is not taken as a scan of a letter."""

    EMPTY = "the file is empty"
    TOO_LARGE = "the file is larger than 50 MB"
    OTHER_KIND = "the file is no PDF, PNG, JPEG or TIFF"
    CUT_OFF = "the file did not arrive whole"
    TOO_MANY = "the answer has its ten files already"
    CLASSIFIED = "an answer marked secret takes no file"
    TWICE = "this very file is there already"


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


class Hindrance(Enum):
    """Why a published round, or one of its agencies, cannot be changed in that way."""

    WITHDRAWN = "the consultation was withdrawn"
    CONCLUDED = "the result is public; take it back first"
    NOT_LATER = "the new close is not later than the one that holds and than now"
    NOT_EARLIER = "the round is not open, or the new close does not end it sooner"
    LATE_NOT_LATER = "late answers are taken until then already, or that moment has passed"
    NOT_AHEAD = "the agency would have no time: give it a close that is ahead"
    ON_THE_LIST = "the agency is on the list already"
    HAS_SENT = "the agency has sent an answer; what was sent stays"
    NOBODY = "no agency was chosen"
    NO_LINE = "the list has no such line for several agencies"
    NO_REASON = "the reason is missing"


class Uncorrectable(Enum):
    """Why a published draft cannot be corrected as it stands."""

    WITHDRAWN = "the round was withdrawn"
    RESULT = "the result of the round is published"
    PREPARED = "a correction of this draft is in preparation"
    UNCHANGED = "nothing in it is changed"
    LOST = "lines of its file stand in no clause"
    EMPTY = "nothing in it can be commented on"
    LABELS = "its labels were not compared with the original"


class Unprintable(Enum):
    """Why words for a form of the synthesis cannot be printed; ``{about}`` is a mark, or the number of columns."""

    EMPTY = "it may not be empty"
    BRACE = "a brace stands without its partner"
    UNKNOWN = "{about} is no mark of this field"
    MISSING = "{about} is missing"
    WIDTHS = "{about} whole numbers of at least 4 that make 100 together are wanted"
