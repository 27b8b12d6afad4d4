"""The door for drafts: kinds are told by content, and what is unsafe or unreadable is refused by name and reason."""

import io
import sys
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.documents.file_kinds import LARGEST_FILE, FileKind, kind_of
from consult.documents.intake import read_draft
from consult.documents.parse import read_file
from consult.domain.errors import UnreadableDraft
from consult.domain.outline import Outline, outline
from tests.documents.bad_files import OLE, external, open_document, with_relations
from tests.documents.word_files import paragraph, word_file, zipped

_GOOD = word_file(paragraph("1. Sở Y tế:") + paragraph("Chủ trì."))


def test_the_suffix_does_not_matter() -> None:
    assert [line.text for line in read_draft("draft.txt", _GOOD).lines] == ["1. Sở Y tế:", "Chủ trì."]
    assert [line.text for line in read_draft("draft.docx", b"1. A\n2. B").lines] == ["1. A", "2. B"]


def test_the_largest_file_that_is_read() -> None:
    assert LARGEST_FILE == 50_000_000
    assert kind_of("d", b"a" * LARGEST_FILE) is FileKind.PLAIN
    with pytest.raises(UnreadableDraft, match="larger than 50 MB, the most that a draft may have; take"):
        kind_of("d", b"a" * (LARGEST_FILE + 1))


@pytest.mark.parametrize("target", ["file:///C:\\Mau\\CongVan.dotx", "C:\\Mau.dotm", "Mau/CongVan.dotx"])
def test_a_template_on_the_own_disk_and_a_hyperlink_are_no_fault(target: str) -> None:
    related = external("attachedTemplate", target) + external("hyperlink", "https://chinhphu.vn")
    assert [line.text for line in read_draft("d", with_relations(related)).lines] == ["1. Sở Y tế."]


@pytest.mark.parametrize("kind", ["DOC", "ODT", "RTF"])
def test_without_libreoffice_the_message_names_what_to_install(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    content = {"DOC": OLE + "WordDocument".encode("utf-16-le"), "ODT": open_document("Sở Y tế"), "RTF": b"{\\rtf1 a}"}
    with pytest.raises(UnreadableDraft, match=r"^d: it is .*LibreOffice.*install libreoffice-writer or save .*\.docx"):
        read_draft("d", content[kind])


def test_without_the_extra_the_message_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pdfplumber", None)
    with pytest.raises(
        UnreadableDraft, match=r"^d: it is a PDF file.*send the draft as .*or have the extra “pdf” installed"
    ):
        read_draft("d", b"%PDF-1.7\n")


_PARTS = {name: zipfile.ZipFile(io.BytesIO(_GOOD)).read(name) for name in zipfile.ZipFile(io.BytesIO(_GOOD)).namelist()}
_PIECES = [
    b"<w:p>",
    b"</w:p>",
    b"<w:tbl>",
    b'<w:numId w:val="-1"/>',
    b"\x00",
    b"\xff",
    b"<!DOCTYPE a>",
    b"&a;",
    b"<",
    b'"',
]


@st.composite
def _mutated(draw: st.DrawFn) -> bytes:
    """Return the good file with noise at a place of its bytes, or with a part cut, doubled, swapped or sprinkled."""
    if draw(st.booleans()):
        place, noise = draw(st.integers(0, len(_GOOD) - 1)), draw(st.binary(min_size=1, max_size=12))
        return _GOOD[:place] + noise + _GOOD[place + len(noise) :]
    parts = dict(_PARTS)
    name = draw(st.sampled_from(sorted(parts)))
    place, piece = draw(st.integers(0, len(parts[name]))), draw(st.sampled_from(_PIECES) | st.binary(max_size=9))
    parts[name] = parts[name][:place] + piece + parts[name][place + draw(st.integers(0, 40)) :]
    if draw(st.booleans()):
        del parts[draw(st.sampled_from(sorted(parts)))]
    return zipped(parts)


@pytest.mark.slow
@given(_mutated())
@settings(max_examples=300, deadline=None)
def test_a_damaged_file_is_read_or_refused_and_never_breaks(content: bytes) -> None:
    try:
        outline(read_file("draft.docx", content))
    except UnreadableDraft as refusal:
        assert str(refusal).startswith("draft.docx: ")


@pytest.mark.slow
@given(_mutated())
@settings(max_examples=60, deadline=None)
def test_the_door_gives_an_outline_or_a_refusal_in_one_line(content: bytes) -> None:
    try:
        assert isinstance(outline(read_draft("draft.docx", content)), Outline)
    except UnreadableDraft as refusal:
        assert str(refusal).startswith("draft.docx: ") and "\n" not in str(refusal) and refusal.__cause__ is None
