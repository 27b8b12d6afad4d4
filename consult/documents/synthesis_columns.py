"""The synthesis as columns of a sheet: a row a comment in force, and a row a body that was asked or answered unasked.

The first columns are those of the printed table; the further ones serve sorting and filtering, the last one holds the
comment's id, by which a written file is proved.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from consult.documents.typography import printable
from consult.domain.synthesis import Body, Row, Summary

Value = str | int | date | None


class Column(NamedTuple):
    """A column: its head and its width in characters."""

    head: str
    width: int


COLUMNS = (
    Column("TT", 5),
    Column("Vị trí trong dự thảo", 20),
    Column("Cơ quan, đơn vị góp ý", 24),
    Column("Nội dung góp ý", 46),
    Column("Đề nghị sửa thành", 36),
    Column("Lý do", 26),
    Column("Kết quả xử lý", 14),
    Column("Ý kiến tiếp thu, giải trình", 42),
    Column("Dự thảo", 24),
    Column("Phần, mục", 26),
    Column("Trích nội dung dự thảo", 36),
    Column("Loại ý kiến", 14),
    Column("Nhóm tại mục Kính gửi", 24),
    Column("Số văn bản", 18),
    Column("Ngày văn bản", 12),
    Column("Gửi sau thời hạn", 10),
    Column("Hình thức gửi", 18),
    Column("Mã ý kiến", 34),
)
PRINTED = 8
BODY_COLUMNS = (
    Column("TT", 5),
    Column("Cơ quan, đơn vị", 44),
    Column("Nhóm tại mục Kính gửi", 30),
    Column("Kết quả", 30),
    Column("Số văn bản", 20),
    Column("Ngày văn bản", 12),
    Column("Gửi sau thời hạn", 10),
    Column("Hình thức gửi", 20),
)


def row_values(row: Row) -> tuple[Value, ...]:
    """Return the values of a comment in the order of ``COLUMNS``; None where there is nothing to say."""
    opinion, body = row.opinion, row.opinion.body
    texts = (opinion.content, opinion.proposed_passage, opinion.reason)
    return (
        row.number,
        _capital(opinion.place),
        printable(body.name),
        *(printable(text) or None for text in texts),
        _capital(opinion.disposition.value) if opinion.disposition else None,
        printable(opinion.response or "") or None,
        printable(opinion.draft),
        printable(opinion.section) or None,
        printable(opinion.opening) or None,
        _capital(opinion.kind.value),
        *_letter(body),
        opinion.id,
    )


def body_values(summary: Summary) -> Iterator[tuple[Value, ...]]:
    """Yield the values of each body in the order of ``BODY_COLUMNS``: those that answered first, then the silent."""
    number = 0
    for result, bodies in standings(summary):
        for body in bodies:
            number += 1
            said = f"{result}: {body.stated.value}" if body.stated else result
            group, *rest = _letter(body)
            yield number, printable(body.name), group, "Không thống nhất" if body.disagrees else said, *rest


def standings(summary: Summary) -> tuple[tuple[str, tuple[Body, ...]], ...]:
    """Return the lists of bodies under the words for how they stand."""
    return (
        ("Thống nhất với nội dung dự thảo", summary.agrees),
        ("Có ý kiến góp ý", summary.commenting),
        ("Không có ý kiến", summary.no_opinion),
        ("Không gửi" if summary.provisional_at is None else "Chưa gửi", summary.silent),
        ("Ngoài danh sách lấy ý kiến", summary.uninvited),
    )


def _letter(body: Body) -> tuple[str | None, str | None, date | None, str | None, str]:
    late = "Có" if body.late else None
    number = printable(body.letter_number or "") or None
    return printable(body.group_line) or None, number, body.letter_date, late, _capital(body.channel.value)


def _capital(words: str) -> str:
    words = printable(words)
    return words[:1].upper() + words[1:]
