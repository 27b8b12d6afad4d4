"""How one synthesis is wanted: its form, its part of the whole, and what its cells and rows show. Values only."""

import hashlib
from dataclasses import dataclass, fields
from datetime import date
from enum import Enum

from consult.domain.terms import SynthesisForm


class ClauseText(Enum):
    """How much of the draft's own words stands beside a comment."""

    OPENING = "opening"
    FULL = "full"


class SameWords(Enum):
    """What becomes of the same words of several agencies at one place, answered alike."""

    APART = "apart"
    MERGED = "merged"


class Proposal(Enum):
    """How proposed wording is printed: the changed passage alone, or what is struck out and put in."""

    PASSAGE = "passage"
    REDLINE = "redline"


@dataclass(frozen=True)
class AnnexOf:
    """The letter that a synthesis goes with: "(Kèm theo Văn bản số … ngày … của …)"; what is not known stays blank."""

    issuer: str
    number: str = ""
    on: date | None = None


@dataclass(frozen=True)
class Options:
    """All that is asked of one synthesis; the default is the whole in the consultation's own form.

    ``form`` and ``clause_text`` of None are the consultation's and the form's own. ``draft`` is the position of one
    draft of the round, 0 for all; ``anchor`` narrows to a clause or heading of it with all below it. ``asked`` adds the
    annex that lists every agency with what became of its answer.
    """

    form: SynthesisForm | None = None
    clause_text: ClauseText | None = None
    draft: int = 0
    anchor: str = ""
    names: bool = True
    same: SameWords = SameWords.APART
    proposal: Proposal = Proposal.PASSAGE
    annex_of: AnnexOf | None = None
    asked: bool = False

    @property
    def partial(self) -> bool:
        """Whether something of the whole is left out."""
        return bool(self.draft or self.anchor)

    def key(self) -> str:
        """Return 64 hexadecimal digits, the same for equal options in every process and after every restart."""
        told = [f"{field.name}={_plain(getattr(self, field.name))}" for field in fields(self)]
        return hashlib.sha256("\x1f".join(told).encode()).hexdigest()


def _plain(value: object) -> str:
    if isinstance(value, Enum):
        return value.name
    if isinstance(value, AnnexOf):
        return "\x1e".join((value.issuer, value.number, value.on.isoformat() if value.on else ""))
    return repr(value)


WHOLE = Options()


def described(options: Options, part: str, *, provisional: bool) -> str:
    """Return in Vietnamese what was asked for: "Tạm tổng hợp; trích mục 2.2; gộp ý kiến trùng"."""
    letter = options.annex_of
    told = (
        "Tạm tổng hợp" if provisional else "Chính thức",
        f"trích {part}" if part else "toàn bộ",
        {None: "", ClauseText.OPENING: "trích đầu nội dung", ClauseText.FULL: "đủ nội dung"}[options.clause_text],
        "gộp ý kiến trùng" if options.same is SameWords.MERGED else "",
        "không nêu tên cơ quan" if not options.names else "",
        "nêu chữ bỏ, chữ thêm" if options.proposal is Proposal.REDLINE else "",
        f"kèm theo Văn bản số {letter.number or '…'}" if letter else "",
        "có phụ lục cơ quan được lấy ý kiến" if options.asked else "",
    )
    return "; ".join(words for words in told if words)
