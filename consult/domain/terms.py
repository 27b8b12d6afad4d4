"""The closed lists of the trade: stances, dispositions, kinds. Stored by name; the printed words stand beside them.

The Vietnamese words are those of the forms and letters (see ``docs/architecture.md``, Words). English words for the
pages come from the translation catalogue.
"""

from enum import Enum


class ConsultationKind(Enum):
    """What is drafted: decides the form of the synthesis and what its sentences may say."""

    ADMINISTRATIVE = "administrative"
    NORMATIVE = "normative"


class Readers(Enum):
    """Who may read an open consultation."""

    PUBLIC = "public"
    INVITED = "invited"


class CommentsVisible(Enum):
    """When readers other than their author and the lead agency may see comments."""

    NEVER = "never"
    AFTER_CLOSE = "after_close"
    ALWAYS = "always"


class SilenceRule(Enum):
    """What the office's letter said beforehand about an agency that sends nothing."""

    NO_ANSWER = "no_answer"
    AGREES = "agrees"


class Stance(Enum):
    """An agency's general opinion on the draft ("ý kiến chung của cơ quan")."""

    AGREES = "thống nhất với nội dung dự thảo"
    AGREES_WITH_COMMENTS = "cơ bản thống nhất, có ý kiến góp ý"
    DISAGREES = "không thống nhất"
    NO_OPINION = "không có ý kiến / không thuộc chức năng, nhiệm vụ"

    @property
    def needs_comments(self) -> bool:
        """Whether this stance is sent with at least one comment; the other two are sent with none."""
        return self in (Stance.AGREES_WITH_COMMENTS, Stance.DISAGREES)


class CommentKind(Enum):
    """What a comment asks for."""

    AMEND = "sửa đổi"
    ADD = "bổ sung"
    DELETE = "bỏ"
    CLARIFY = "làm rõ"
    FORM = "thể thức – chính tả"
    OTHER = "khác"


class Disposition(Enum):
    """What the lead agency does with a comment ("kết quả xử lý")."""

    ACCEPTED = "tiếp thu"
    PARTLY_ACCEPTED = "tiếp thu một phần"
    NOT_ACCEPTED = "không tiếp thu (giữ nguyên)"
    EXPLAINED = "giải trình, làm rõ"
    NOTED = "ghi nhận"

    @property
    def needs_sentence(self) -> bool:
        """Whether the officer must give the reason that is printed."""
        return self in (Disposition.PARTLY_ACCEPTED, Disposition.NOT_ACCEPTED)


class SynthesisForm(Enum):
    """The layout of the synthesis document."""

    ADMINISTRATIVE = "administrative"
    QPPL = "qppl"
    PRACTICE = "practice"
    FIVE_COLUMN = "five-column"
    BY_AGENCY = "by-agency"

    @property
    def by_agency(self) -> bool:
        """Whether the rows come agency by agency and not in the order of the draft."""
        return self is SynthesisForm.BY_AGENCY


class AgencyState(Enum):
    """Where one invited agency stands, as the board shows it."""

    SILENT = "silent"
    OPENED = "opened"
    DRAFTING = "drafting"
    SENT = "sent"


class OfficialRole(Enum):
    """What an official may do beside the consultations of the own lead agency: an administrator keeps the directory."""

    OFFICIAL = "official"
    ADMINISTRATOR = "administrator"


class Basis(Enum):
    """How a body came to stand in a round: asked at its publishing, asked later, or answering without being asked."""

    LISTED = "listed"
    ADDED = "added"
    UNASKED = "unasked"


class Channel(Enum):
    """By which way an answer came ("kênh"); all but the first are keyed in by an official."""

    ONLINE = "trang lấy ý kiến"
    PAPER = "văn bản giấy"
    EXCHANGE = "trục liên thông văn bản"
    EMAIL = "thư điện tử"


class NoticeKind(Enum):
    """What changed about a published round, or about one of its agencies."""

    ADDED = "added"
    REMOVED = "removed"
    EXTENDED = "extended"
    LATE_ALLOWED = "late_allowed"
    CLOSED_EARLY = "closed_early"
    WITHDRAWN = "withdrawn"
    CORRECTED = "đính chính"
    REPLACED = "thay thế"
    RESULT = "result"
    RESULT_TAKEN_BACK = "result_taken_back"


class LetterState(Enum):
    """Where a letter stands in the outbox."""

    DUE = "due"
    SENT = "sent"
    FAILED = "failed"
    CANCELLED = "cancelled"


class LetterKind(Enum):
    """Which letter it is."""

    INVITATION = "invitation"
    REMINDER = "reminder"
    RECEIPT = "receipt"
    RECALLED = "recalled"
    ENTERED = "entered"
    LINK_AGAIN = "link_again"
    SIGN_IN = "sign_in"
    APPOINTED = "appointed"
    WINDOW_CHANGED = "window_changed"
    WITHDRAWN = "withdrawn"
    CORRECTED = "corrected"
    RESULT = "result"
    CLOSED = "closed"
    DIGEST = "digest"
    UNDELIVERED = "undelivered"
    CLOSING_SOON = "closing_soon"


class ActorKind(Enum):
    """Who acted, for the journal."""

    AGENCY = "agency"
    OFFICIAL = "official"
    COMMAND = "command"
    READER = "reader"
