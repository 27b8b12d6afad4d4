"""The annex of the asked: every agency in one table, with its letter, its answer and what is peculiar about it."""

from collections.abc import Iterator

from consult.documents.synthesis_forms import annex_goes_with, annex_words, letter_words
from consult.documents.synthesis_rows import head_row, table_start, text_row, widths_of
from consult.documents.wordml import ITALIC, paragraph, run
from consult.domain.synthesis import Body, Summary
from consult.domain.terms import Channel

ANNEX, ANNEX_LINE = "AnnexHeading", "AnnexLine"
_TITLE = "DANH SÁCH CƠ QUAN, ĐƠN VỊ ĐƯỢC LẤY Ý KIẾN VÀ KẾT QUẢ GÓP Ý"
_HEADS = ["STT", "CƠ QUAN, ĐƠN VỊ", "SỐ, NGÀY VĂN BẢN", "KẾT QUẢ", "GHI CHÚ"]
_SHARES = [5, 35, 22, 20, 18]
_CAME = {
    Channel.PAPER: "Văn bản giấy",
    Channel.EXCHANGE: "Qua trục liên thông văn bản",
    Channel.EMAIL: "Qua thư điện tử",
}


def annex(summary: Summary) -> Iterator[str]:
    """Yield heading, title, what it goes with, and the table."""
    yield paragraph(ANNEX, run(annex_words(summary)[1]))
    yield paragraph(ANNEX, run(_TITLE))
    yield paragraph(ANNEX_LINE, run(annex_goes_with(summary), ITALIC))
    widths = widths_of(_SHARES)
    yield table_start(widths) + head_row(widths, _HEADS)
    for number, (body, result) in enumerate(_everybody(summary), start=1):
        notes = "; ".join(_notes(body))
        # Its head says what it is the number of.
        letter = letter_words(body.letter_number, body.letter_date).removeprefix("Công văn ").removeprefix("số ")
        yield text_row(widths, (str(number), body.name, letter, result, notes))
    yield "</w:tbl>" + paragraph(ANNEX_LINE, run("./."))


def _everybody(summary: Summary) -> Iterator[tuple[Body, str]]:
    silent = "Không gửi văn bản góp ý" if summary.provisional_at is None else "Chưa gửi văn bản góp ý"
    lists = (
        (summary.agrees, "Thống nhất"),
        (summary.no_opinion, "Không có ý kiến"),
        (summary.commenting, "Có ý kiến góp ý"),
        (summary.silent, silent),
        (summary.uninvited, "Ngoài danh sách lấy ý kiến"),
    )
    for bodies, result in lists:
        for body in bodies:
            yield body, "Không thống nhất" if body.disagrees else result


def _notes(body: Body) -> Iterator[str]:
    yield from body.notes
    if body.late:
        yield "Gửi sau thời hạn"
    if body.awaiting_letter:
        yield "Chờ văn bản chính thức"
    if body.secret:
        yield "Văn bản Mật"
    if came := _CAME.get(body.channel):
        yield came
    if body.stated:
        yield body.stated.value[:1].upper() + body.stated.value[1:]
