"""An agency's letter of reply as a Word document in the form of Nghị định 30/2020/NĐ-CP, number and date blank.

It knows the layout of a letter and refuses to know its words (``domain.reply_letter``). Nothing on the page says how it
was made; that it is a working copy stands in the properties alone.
"""

from dataclasses import replace
from typing import IO

from docx.document import Document as DocumentObject

from consult.documents.blank_document import About, new_document
from consult.documents.masthead import ON_PORTRAIT, Masthead, add_masthead, add_plain_table
from consult.documents.typography import BODY, PORTRAIT, Align, Look, Span, add_paragraph, fill
from consult.domain.reply_letter import ReplyLetter

_WIDTH = PORTRAIT.text_width
_TO = Look(align=Align.CENTER, before=18, after=12)
_HEADING = replace(BODY, bold=True, keep_with_next=True)
_COPIES_HEAD = Look(points=12, bold=True, italic=True)
_COPIES = Look(points=11)
_SIGNER = Look(bold=True, align=Align.CENTER)
_ROOM_TO_SIGN = Look(before=70)
_COPIES_TO = ("- Như trên;", "- Lưu: VT.")


def write_reply(letter: ReplyLetter, file: IO[bytes], *, working_copy: bool) -> None:
    """Write the letter to an open binary file."""
    state = "Bản soạn từ ý kiến đang soạn, chưa gửi" if working_copy else "Bản soạn từ ý kiến đã gửi"
    document = new_document(PORTRAIT, About(letter.about, letter.issuer.replace("\n", " "), subject=state))
    when = f"{letter.place}, ngày … tháng … năm …" if letter.place else "……, ngày … tháng … năm …"
    head = Masthead(letter.superior, letter.issuer, when, "Số:        /", letter.about)
    add_masthead(document, head, _WIDTH, ON_PORTRAIT)
    add_paragraph(document, _TO, f"Kính gửi: {letter.to}")
    for paragraph in letter.body:
        add_paragraph(document, _HEADING if paragraph.heading else BODY, paragraph.text)
    _add_back(document, letter)
    document.save(file)


def _add_back(document: DocumentObject, letter: ReplyLetter) -> None:
    """Add Nơi nhận at the left and the signature at the right, level with each other and never apart."""
    add_paragraph(document, Look(points=6, keep_with_next=True))
    half = _WIDTH // 2
    table = add_plain_table(document, 1, (half, _WIDTH - half))
    left, right = table.cell(0, 0), table.cell(0, 1)
    fill(left.paragraphs[0], _COPIES_HEAD, Span("Nơi nhận:"))
    for line in _COPIES_TO:
        add_paragraph(left, _COPIES, line)
    first, *more = filter(None, (letter.authority, letter.title))
    fill(right.paragraphs[0], _SIGNER, first)
    for line in more:
        add_paragraph(right, _SIGNER, line)
    add_paragraph(right, _ROOM_TO_SIGN)
