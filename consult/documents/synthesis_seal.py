"""What a written synthesis says of itself in its properties, never on its pages: the proof in figures and digests.

A synthesis of the record has its number and the journal's head besides (``numbered``); one that is only looked at, such
as a form filled with an invented round, has not (``unnumbered``).
"""

from pathlib import Path

from consult.documents.docx_custom import stamp
from consult.domain.control import NAMES, Made
from consult.domain.synthesis import Tally
from consult.domain.window import local

_DIGEST = "Mã băm dữ liệu (SHA-256)"


def unnumbered(path: Path, tally: Tally) -> None:
    """Finish a file that stands in no record."""
    stamp(path, {_DIGEST: tally.digest, NAMES["in_force"]: tally.rows})


def numbered(path: Path, made: Made) -> None:
    """Finish a file of the record with number, moment, the journal's head, the digest of the data and the counts."""
    values: dict[str, str | int] = {
        "Số bảng tổng hợp": made.number,
        "Thời điểm lập": local(made.at).isoformat(timespec="seconds"),
        "Nhật ký - số mục": made.journal_entries,
        "Nhật ký - mã băm mục cuối (SHA-256)": made.journal_digest,
        _DIGEST: made.data_digest,
    }
    stamp(path, values | {NAMES[name]: number for name, number in made.counts.items()})
