"""The door for drafts: kinds are told by content, and what is unsafe or unreadable is refused by name and reason."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.documents.intake import read_draft
from consult.documents.parse import read_file
from consult.domain.errors import UnreadableDraft
from tests.documents.hostile_files import nested, zip_bomb
from tests.documents.word_files import paragraph, word_file, zipped
from tests.documents.word_lists import style

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504
_GOOD = word_file(paragraph("1. Sở Y tế:") + paragraph("Chủ trì."))


def test_the_suffix_does_not_matter() -> None:
    assert [line.text for line in read_draft("draft.txt", _GOOD).lines] == ["1. Sở Y tế:", "Chủ trì."]
    assert [line.text for line in read_draft("draft.docx", b"1. A\n2. B").lines] == ["1. A", "2. B"]


def _encrypted_zip() -> bytes:
    content = bytearray(_GOOD)
    for offset in range(len(content) - 10):
        if content[offset : offset + 4] == b"PK\x01\x02":
            content[offset + 8] |= 1
        if content[offset : offset + 4] == b"PK\x03\x04":
            content[offset + 6] |= 1
    return bytes(content)


def _with_declared_type(declaration: str) -> bytes:
    body = zipfile.ZipFile(io.BytesIO(_GOOD)).read("word/document.xml").decode()
    names = {name: zipfile.ZipFile(io.BytesIO(_GOOD)).read(name).decode() for name in ("_rels/.rels",)}
    return zipped({**names, "word/document.xml": declaration + body})


@pytest.mark.parametrize(
    ("content", "reason", "advice"),
    [
        (b"", "the file is empty", "choose"),
        (b" \n\t\n", "no text in it", "choose"),
        (word_file("<w:p/>"), "no text in it", "choose"),
        (b"%PDF-1.7\n", "a PDF file", r"save it as a Word document"),
        (b"\xef\xbb\xbf\n%PDF-1.4", "a PDF file", r"save it as a Word document"),
        (b"{\\rtf1 a}", "an RTF file", "save it as"),
        (b"\x89PNG\r\n\x1a\n", "a picture", "save it as"),
        (b"<!DOCTYPE html><p>a", "a web page", "save it as"),
        (_OLE + "WordDocument".encode("utf-16-le"), "old Word format", "save it as a Word document"),
        (_OLE + "EncryptedPackage".encode("utf-16-le"), "protected by a password", "take the password off"),
        (_encrypted_zip(), "protected by a password", "take the password off"),
        (_GOOD[: len(_GOOD) // 2], "damaged", "save it again"),
        (_GOOD.replace(b"PK\x01\x02", b"PK\x09\x09"), "damaged", "save it again"),
        (zipped({"a.txt": "a"}), "no Word document", "save the draft as"),
        (
            zipped({"xl/workbook.xml": "<a/>", "_rels/.rels": "<Relationships/>"}),
            "no Word document",
            "save the draft as",
        ),
        (word_file("<w:p>"), "damaged", "save it again"),
        (_with_declared_type("<!DOCTYPE a [<!ENTITY b 'c'>]>"), "declares a document type", "save it again"),
        (zipped({f"{number}.xml": "" for number in range(2_001)}), "more than any draft", "save it again"),
        (word_file("<w:p/>" * 100_002), "100001 lines are more than any draft", "send the draft alone"),
        (word_file(paragraph("a" * 20_000_000)), "more than any draft", "save it again"),
        (word_file(paragraph("a"), vbaProject="x").replace(b"vbaProject.xml", b"vbaProject.bin"), "macros", "save it"),
        (b"a" * 50_001, "a paragraph of 50001 characters", "break it up"),
        (word_file(paragraph("a" * 50_001)), "a paragraph of 50001 characters", "break it up"),
        (b"a\n" * 100_001, "100002 lines", "send the draft alone"),
        (b"a" * 50_000_001, "50 MB is more than", "take the pictures"),
    ],
)
def test_refusals_name_the_file_the_reason_and_what_to_do(content: bytes, reason: str, advice: str) -> None:
    with pytest.raises(UnreadableDraft, match=rf"^Dự thảo\.docx: .*{reason}.*{advice}"):
        read_draft("Dự thảo.docx", content)


def test_an_entity_is_never_expanded_nor_a_file_fetched() -> None:
    hostile = _with_declared_type('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>')
    with pytest.raises(UnreadableDraft, match="declares a document type"):
        read_draft("draft.docx", hostile)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (zip_bomb(300, *(f"word/{number}.xml" for number in range(4))), "unpacks to more than any draft"),
        (zip_bomb(60, "_rels/.rels", told=16_000_000), "damaged|holds more than any draft"),
        (word_file(paragraph("a")).replace(b"word/document.xml", b"word/documenz.xml"), "damaged"),
        (word_file(nested(200, "<w:sdt><w:sdtContent>", paragraph("a"), "</w:sdtContent></w:sdt>")), "is damaged"),
        (word_file(nested(200, "<w:tbl><w:tr><w:tc>", paragraph("a"), "</w:tc></w:tr></w:tbl>")), "is damaged"),
        (word_file("<w:tbl/>" * 100_001), "more than any draft"),
        (word_file(f"<w:p>{'<w:r/>' * 2_600_000}</w:p>" * 2), "more than any draft"),
    ],
    ids=["bomb", "bomb that lies", "missing part", "deep controls", "deep tables", "many tables", "many tags"],
)
def test_hostile_files_are_refused_in_one_sentence(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableDraft, match=rf"^draft\.docx: [^\n]*({reason})[^\n]*;[^\n]+$"):
        read_draft("draft.docx", content)


@pytest.mark.parametrize(
    "body",
    [
        "<w:p>" + nested(200, "<w:smartTag>", "<w:r><w:t>a</w:t></w:r>", "</w:smartTag>") + "</w:p>",
        nested(60, "<w:tbl><w:tr><w:tc>", paragraph("a"), "</w:tc></w:tr></w:tbl>"),
        paragraph("a", '<w:pStyle w:val="A"/>'),
        paragraph("a", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="9"/></w:numPr>'),
    ],
    ids=["deep run", "deep tables", "cyclic styles", "missing numbering"],
)
def test_odd_files_are_read(body: str) -> None:
    source = read_draft("draft.docx", word_file(body, styles=style("A", "", "B") + style("B", "", "A"), numbering=""))
    assert [line.text for line in source.lines if line.text] == ["a"]


@given(st.integers(0, len(_GOOD) - 1), st.binary(min_size=1, max_size=12))
@settings(max_examples=200, deadline=None)
def test_a_damaged_file_is_read_or_refused_and_never_breaks(place: int, noise: bytes) -> None:
    content = _GOOD[:place] + noise + _GOOD[place + len(noise) :]
    try:
        read_file("draft.docx", content)
    except UnreadableDraft as refusal:
        assert str(refusal).startswith("draft.docx: ")
