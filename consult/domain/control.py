"""The account of one written synthesis: its number and moment, digests, and counts that must equal the record's.

Values and their comparison alone. What the record holds comes from sums made by the database (``Recorded``), what was
written from the lists and rows of the document: two ways to the same numbers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from consult.domain.errors import IncompleteSynthesis
from consult.domain.synthesis import Summary, Tally
from consult.domain.terms import Channel, SynthesisForm

NAMES: Mapping[str, str] = {
    "invited": "Cơ quan, đơn vị được lấy ý kiến",
    "answered": "Cơ quan, đơn vị đã góp ý",
    "agrees": "Thống nhất với nội dung dự thảo",
    "no_opinion": "Không có ý kiến",
    "commenting": "Có ý kiến góp ý",
    "silent": "Không gửi hoặc chưa gửi văn bản góp ý",
    "unasked": "Góp ý ngoài danh sách lấy ý kiến",
    "late": "Gửi sau thời hạn",
    "on_paper": "Gửi bằng văn bản giấy, trục liên thông, thư điện tử",
    "sent": "Ý kiến nhận được qua mọi lần gửi",
    "superseded": "Ý kiến đã được thay bằng lần gửi sau",
    "recalled": "Ý kiến đã thu hồi",
    "in_force": "Ý kiến có hiệu lực",
    "in_table": "Ý kiến trong bảng",
    "joined": "Ý kiến đứng chung dòng với ý kiến khác",
    "rows": "Số dòng của bảng",
}
"""The counts by their names in the record, in the order of the control sheet, with what readers are told."""

FORMS: Mapping[SynthesisForm, str] = {
    SynthesisForm.ADMINISTRATIVE: "Mẫu dùng cho văn bản hành chính",
    SynthesisForm.QPPL: "Mẫu dùng cho văn bản quy phạm pháp luật",
    SynthesisForm.PRACTICE: "Mẫu thường dùng ở địa phương, mỗi dự thảo một bảng",
    SynthesisForm.FIVE_COLUMN: "Mẫu năm cột, có nội dung dự thảo",
    SynthesisForm.BY_AGENCY: "Mẫu theo từng cơ quan",
}


@dataclass(frozen=True)
class Recorded:
    """The sums of a round as the database makes them.

    ``agrees`` to ``silent`` count bodies that were asked, ``late`` and ``on_paper`` answers in force of these;
    ``in_force``, ``superseded`` and ``recalled`` count comments as sent.
    """

    agrees: int
    no_opinion: int
    commenting: int
    silent: int
    unasked: int
    late: int
    on_paper: int
    in_force: int
    superseded: int
    recalled: int

    @property
    def answered(self) -> int:
        """Who sent an answer of those asked."""
        return self.agrees + self.no_opinion + self.commenting


@dataclass(frozen=True)
class Made:
    """A synthesis of the record. ``number`` runs within its round; ``own_form`` names an office's own form.

    ``request`` is the key of the options and of the own form's file; ``described`` says the options in words.
    ``edition`` is above 1 where the same data were written by another version of the program, in other bytes.
    ``journal_entries`` and ``journal_digest`` are the journal's head as the data were read.
    """

    number: int
    at: datetime
    form: SynthesisForm
    own_form: str
    request: str
    described: str
    edition: int
    data_digest: str
    file_digest: str
    journal_entries: int
    journal_digest: str
    counts: Mapping[str, int]

    @property
    def form_name(self) -> str:
        """The form as people call it."""
        return f"Mẫu riêng: {self.own_form}" if self.own_form else FORMS[self.form]


def counted(summary: Summary, tally: Tally, recorded: Recorded) -> Mapping[str, int]:
    """Return the counts of a written table; those that both know are equal to the record's.

    Raises:
        IncompleteSynthesis: one differs; it says which, by how much.
    """
    written = {
        "agrees": len(summary.agrees),
        "no_opinion": len(summary.no_opinion),
        "commenting": len(summary.commenting),
        "silent": len(summary.silent),
        "unasked": len(summary.uninvited),
        "late": sum(body.late for body in summary.answered),
        "on_paper": sum(body.channel is not Channel.ONLINE for body in summary.answered),
        "in_force": summary.opinions,
    }
    apart = [
        f"{NAMES[name]}: {getattr(recorded, name)} in the record, {number} in the document"
        for name, number in written.items()
        if getattr(recorded, name) != number
    ]
    if apart:
        raise IncompleteSynthesis(f"the counts are not those of the record: {'; '.join(apart)}")
    sums = {
        "invited": summary.invited,
        "answered": recorded.answered,
        "superseded": recorded.superseded,
        "recalled": recorded.recalled,
        "sent": recorded.in_force + recorded.superseded + recorded.recalled,
        "in_table": tally.rows,
        "joined": tally.joined,
        "rows": tally.rows - tally.joined,
    }
    everything = written | sums
    return {name: everything[name] for name in NAMES}
