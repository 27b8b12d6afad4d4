"""Drafts of ten kinds and of real length, from Word and as text; each has a tree that was written by hand."""

import io
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.documents.docx_reader import read_docx
from consult.documents.draft_docx import write_draft
from consult.documents.intake import read_draft
from consult.domain.outline import LineKind, Outline, SourceText, outline
from tests.documents.built_drafts import WordForm, built
from tests.documents.planned_drafts import Planned, anchored, clauses, framed, planned, read_clauses
from tests.documents.printed_drafts import Layout, printed
from tests.documents.word_lists import level
from tests.domain.drafts import assert_nothing_lost, assert_tree_holds, ink

_DRAFTS = Path(__file__).parents[1] / "data" / "drafts"
_LEGAL = "<w:isLgl/>"
_FORMS = {
    "nghi-dinh": WordForm(
        ("Chương", "Điều", "1.", "a)", "-"),
        (
            level(0, "upperRoman", "Chương %1", '<w:pStyle w:val="Muc0"/>'),
            level(1, "decimal", "Điều %2.", '<w:pStyle w:val="Muc1"/><w:lvlRestart w:val="0"/>'),
            level(2, "decimal", "%3.", '<w:pStyle w:val="Muc2"/>'),
            level(3, "lowerLetter", "%4)", '<w:pStyle w:val="Muc3"/>'),
            level(4, "bullet", "\uf02d", '<w:pStyle w:val="Muc4"/>'),
        ),
        styled=True,
    ),
    "thong-tu-phu-luc": WordForm(("1.",), (level(0, "decimal", "%1."),), anew=("1.",), control=2),
    "ke-hoach": WordForm(
        ("I.", "1.", "a)", "-", "+"),
        (
            level(0, "upperRoman", "%1."),
            level(1, "decimal", "%2."),
            level(2, "lowerLetter", "%3)"),
            level(3, "bullet", "-"),
            level(4, "bullet", "+"),
        ),
        anew=("1.", "a)"),
    ),
    "cong-van": WordForm(
        ("1.", "1.1.", "-"),
        (
            level(0, "upperRoman", "%1.", _LEGAL),
            level(1, "decimal", "%1.%2.", _LEGAL),
            level(2, "bullet", "\uf0b7"),
        ),
        twin=True,
    ),
    "de-an": WordForm(
        ("I.", "1.", "1.1.", "1.1.1."),
        (
            level(0, "upperRoman", "%1."),
            level(1, "decimal", "%2."),
            level(2, "decimal", "%2.%3."),
            level(3, "decimal", "%2.%3.%4."),
        ),
        anew=("I.", "1."),
    ),
}
_TEXTS = sorted(folder.name for folder in _DRAFTS.iterdir() if folder.name not in _FORMS)
_PLAIN_INDENT = 4
# Where neither an indent nor a blank line parts two paragraphs, nobody can tell.
_LAYOUTS = st.builds(
    Layout,
    width=st.integers(68, 96),
    indent=st.integers(0, 8),
    blanks=st.integers(0, 2),
    page=st.one_of(st.just(0), st.integers(25, 45)),
    head=st.sampled_from(["", "Dự thảo 2", "Hồ sơ lấy ý kiến - bản ngày 15/3/2026"]),
    columns=st.booleans(),
    decomposed=st.integers(0, 4),
).filter(lambda layout: layout.indent >= _PLAIN_INDENT or (layout.blanks and not layout.page))


def _plan(name: str) -> list[Planned]:
    return planned(_DRAFTS / name)


def _framed(drafted: Outline) -> list[tuple[str, str, str]]:
    return [
        (node.anchor.rpartition(".")[0], node.kind.value, node.text) for node in drafted.nodes if node.kind.in_frame
    ]


def _assert_as_planned(source: SourceText, plan: list[Planned]) -> None:
    drafted = outline(source)
    assert_nothing_lost(source, drafted)
    assert_tree_holds(drafted)
    blanks_at_ends_of_lines_are_lost = source.lines[0].kind is LineKind.WRAPPED
    tidy = _single_blanks if blanks_at_ends_of_lines_are_lost else str
    assert [(*place, tidy(text)) for *place, text in read_clauses(drafted)] == [
        (*place, tidy(text)) for *place, text in clauses(plan)
    ]
    assert sorted((*place, tidy(text)) for *place, text in _framed(drafted)) == sorted(
        (*place, tidy(text)) for *place, text in framed(plan)
    )
    texts = {node.anchor: tidy(node.text) for node in drafted.nodes}
    assert {anchor: texts.get(anchor) for anchor, _ in anchored(plan)} == {
        anchor: tidy(text) for anchor, text in anchored(plan)
    }


@pytest.mark.parametrize("name", sorted(_FORMS))
def test_a_draft_from_word_gives_the_clauses_that_were_planned(name: str) -> None:
    plan = _plan(name)
    source = read_docx("draft.docx", built(plan, _FORMS[name]))
    _assert_as_planned(source, plan)
    aside = [item.text for item in outline(source).furniture]
    assert aside == [each.text for each in plan if each.kind == "aside"]
    if _FORMS[name].shapes:
        assert sum(line.computed > 0 for line in source.lines) > 20


@pytest.mark.parametrize("name", sorted(_FORMS))
def test_a_draft_with_typed_labels_gives_the_same_clauses(name: str) -> None:
    plan = _plan(name)
    _assert_as_planned(read_docx("draft.docx", built(plan, WordForm((), ()))), plan)


@pytest.mark.parametrize("name", _TEXTS)
def test_a_draft_in_text_gives_the_clauses_that_were_planned(name: str) -> None:
    content = (_DRAFTS / name / "draft.txt").read_bytes()
    source = read_draft("draft.txt", content)
    _assert_as_planned(source, _plan(name))
    drafted = outline(source)
    told = [node.label + node.text for node in drafted.nodes] + [item.text for item in drafted.furniture]
    assert sorted(ink("".join(told))) == sorted(ink(unicodedata.normalize("NFC", content.decode())))


@pytest.mark.slow
@given(st.sampled_from(_TEXTS), _LAYOUTS)
@settings(max_examples=60, deadline=None)
def test_the_layout_of_a_text_changes_no_clause(name: str, layout: Layout) -> None:
    plan = _plan(name)
    _assert_as_planned(read_draft("draft.txt", printed(plan, layout).encode()), plan)


@pytest.mark.parametrize("folder", sorted(_DRAFTS.iterdir()), ids=lambda folder: folder.name)
def test_a_draft_that_is_written_clean_gives_the_same_clauses(folder: Path) -> None:
    # A clean document has no footnotes: they stand as paragraphs.
    plan = [each for each in planned(folder) if each.kind != "note"]
    content = built(plan, WordForm((), ()))
    drafted, file = outline(read_docx("draft.docx", content)), io.BytesIO()
    write_draft(drafted.nodes, file)
    again = outline(read_docx("draft.docx", file.getvalue()))
    assert read_clauses(again) == read_clauses(drafted)
    assert [node.anchor for node in again.nodes] == [node.anchor for node in drafted.nodes]


def test_the_drafts_are_of_real_length() -> None:
    lengths = {folder.name: len(clauses(planned(folder))) for folder in _DRAFTS.iterdir()}
    assert len(lengths) >= 10
    assert all(56 <= length <= 200 for length in lengths.values()), lengths


def _single_blanks(text: str) -> str:
    return re.sub(" +", " ", text)
