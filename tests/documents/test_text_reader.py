"""Lines of text files: encodings, line ends, wrapped or not."""

import unicodedata

import pytest

from consult.documents.text_reader import read_text
from consult.domain.errors import UnreadableDraft
from consult.domain.outline import LineKind

TEXT = "Điều 1. Phạm vi\r\n  1. Ủy ban \n\n\x0c2"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_lines_are_counted_and_cleaned_in_every_encoding(encoding: str) -> None:
    lines = read_text("draft.txt", TEXT.encode(encoding)).lines
    assert [(line.text, line.paragraph, line.start) for line in lines] == [
        ("Điều 1. Phạm vi", 0, 0),
        ("1. Ủy ban", 1, 2),
        ("", 2, 0),
        ("", 3, 0),
        ("2", 4, 0),
    ]


def test_decomposed_text_is_composed() -> None:
    assert read_text("d", unicodedata.normalize("NFD", "Điều 1. Ủy").encode()).lines[0].text == "Điều 1. Ủy"


def test_long_lines_are_whole_paragraphs() -> None:
    assert read_text("d", ("Điều 1.\n" + "rất dài " * 30).encode()).lines[0].kind is LineKind.PARAGRAPH
    assert read_text("d", ("Điều 1.\n" + "ngắn " * 10).encode()).lines[0].kind is LineKind.WRAPPED


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("Điều 1".encode("cp1258", "ignore") + b"\xd0\xff\xfe", "not text in UTF-8 or UTF-16"),
        (b"abc\x00def", "zero bytes"),
        ("Céng hoµ x· héi chñ nghÜa ViÖt Nam".encode(), "old Vietnamese encoding"),
        ("COÄNG HOØA XAÕ HOÄI".encode(), "old Vietnamese encoding"),
    ],
)
def test_what_is_no_readable_text_is_refused_with_advice(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableDraft, match=rf"^draft\.txt: .*{reason}.*(save|convert)"):
        read_text("draft.txt", content)
