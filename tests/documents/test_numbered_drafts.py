"""Random drafts written to Word with automatic labels, some of their levels typed, and read back the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.documents.docx_reader import read_docx
from consult.domain.outline import Outline, SourceText, outline
from tests.documents.word_files import paragraph, word_file
from tests.documents.word_lists import abstract, item, level, numbered_list, override
from tests.domain.drafts import assert_nothing_lost, assert_tree_holds

_ROMAN = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV"]
_MOST = 15
# The letters that Word counts by, and those that offices type.
_LETTERS = "abcdefghijklmno"
_OFFICE_LETTERS = "abcdđeghiklmnop"

_NORMATIVE = (
    level(0, "upperRoman", "Chương %1"),
    level(1, "decimal", "Điều %2.", '<w:lvlRestart w:val="0"/>'),
    level(2, "decimal", "%3."),
    level(3, "lowerLetter", "%4)"),
    level(4, "bullet", "\uf02d"),
)
_ADMINISTRATIVE = (
    level(0, "upperRoman", "%1."),
    level(1, "decimal", "%2."),
    level(2, "decimal", "%2.%3."),
    level(3, "lowerLetter", "%4)"),
    level(4, "bullet", "-"),
)


_BARE = "Đoạn không đánh số đứng sau."
_TABLE = (
    '<w:tbl><w:tblPr><w:tblBorders><w:top w:val="single"/></w:tblBorders></w:tblPr>'
    + "".join(
        f"<w:tr>{''.join(f'<w:tc>{paragraph(words)}</w:tc>' for words in row)}</w:tr>"
        for row in (("STT", "Nội dung"), ("1", "Việc một"))
    )
    + "</w:tbl>"
)
_TABLE_TEXT = "STT\tNội dung\n1\tViệc một"


@dataclass(frozen=True)
class _Item:
    """One labelled paragraph of a draft: its depth, its parent's place in the draft, its numbers down to itself."""

    depth: int
    parent: int | None
    numbers: tuple[int, ...]
    words: str


@dataclass(frozen=True)
class _More:
    """What stands with an item: its title in a paragraph of its own, and after it a bare paragraph, a table."""

    title_below: bool = False
    bare: bool = False
    table: bool = False


def _labels(levels: tuple[str, ...], drafted: list[_Item], letters: str = _LETTERS) -> list[str]:
    """Return the labels that a reader of the printed draft sees; Điều count through the chapters."""
    found, articles = [], 0
    for each in drafted:
        number = each.numbers[-1]
        articles += each.depth == 1
        if levels is _NORMATIVE:
            printed = (f"Chương {_ROMAN[number]}", f"Điều {articles}.", f"{number}.")
        else:
            printed = (f"{_ROMAN[number]}.", f"{number}.", ".".join(map(str, each.numbers[1:])) + ".")
        found.append((*printed, f"{letters[number - 1]})", "-")[each.depth])
    return found


@st.composite
def _drafts(draw: st.DrawFn) -> list[_Item]:
    """Draw the depths of the paragraphs; each is at most one deeper than the one before."""
    wanted = [0, *draw(st.lists(st.integers(0, 4), max_size=40))]
    line: list[int] = []
    counts: list[int] = []
    drafted: list[_Item] = []
    for place, want in enumerate(wanted):
        depth = min(want, len(line))
        counts = [*counts[:depth], (counts[depth] if depth < len(counts) else 0) + 1]
        if counts[-1] > _MOST:
            break
        words = "QUY ĐỊNH CHUNG" if depth == 0 else f"Sở Y tế  báo cáo\u00a0việc {place};"
        drafted.append(_Item(depth, line[depth - 1] if depth else None, tuple(counts), words))
        line = [*line[:depth], place]
    return drafted


def _begin_anew(typed: frozenset[int], levels: tuple[str, ...], each: _Item) -> bool:
    """Whether a list begins at an item as people do it under typed labels: by a new list with its own start."""
    runs_on = each.numbers[-1] > 1 or (each.depth == 1 and levels is _NORMATIVE)
    return not runs_on and any(depth < each.depth for depth in typed)


def _file(
    levels: tuple[str, ...],
    drafted: list[_Item],
    labels: list[str],
    typed: frozenset[int],
    more: Sequence[_More] = (),
) -> bytes:
    """Write a draft whose levels in ``typed`` have typed labels."""
    lists = [numbered_list(1, 1)]
    body = ""
    for each, label, with_it in zip(drafted, labels, more or [_More()] * len(drafted), strict=True):
        words = "" if with_it.title_below else each.words
        if each.depth in typed:
            body += paragraph(f"{label} {words}")
        elif not _begin_anew(typed, levels, each):
            body += item(1, each.depth, words)
        else:
            lists.append(numbered_list(len(lists) + 1, 1, override(each.depth, 1)))
            body += item(len(lists), each.depth, words)
        body += paragraph(each.words) * with_it.title_below + paragraph(_BARE) * with_it.bare + _TABLE * with_it.table
    return word_file(body, numbering=abstract(1, *levels) + "".join(lists))


def _read_back(drafted: Outline) -> list[tuple[str, str, int | None]]:
    places = {node.anchor: place for place, node in enumerate(drafted.nodes)}
    return [(node.label, node.text, None if node.parent is None else places[node.parent]) for node in drafted.nodes]


def _assert_spans_hold_the_words(source: SourceText, drafted: list[_Item]) -> None:
    for line, each in zip(source.lines, drafted, strict=True):
        printed = line.text[line.computed :]
        assert printed.endswith(each.words)
        assert (line.span.start, line.span.end) == (0, len(printed))


@pytest.mark.slow
@given(_drafts(), st.sampled_from([_NORMATIVE, _ADMINISTRATIVE]), st.frozensets(st.integers(0, 4), max_size=3))
@settings(max_examples=300, deadline=None)
def test_random_drafts_are_read_back_the_same(
    drafted: list[_Item], levels: tuple[str, ...], typed: frozenset[int]
) -> None:
    # "1.1." can only be automatic where "1." is.
    typed = typed | ({2} if 1 in typed and levels is _ADMINISTRATIVE else frozenset())
    labels = _labels(levels, drafted)
    source = read_docx("draft.docx", _file(levels, drafted, labels, typed))
    _assert_spans_hold_the_words(source, drafted)
    tree = outline(source)
    assert_nothing_lost(source, tree)
    assert_tree_holds(tree)
    expected = zip(labels, drafted, strict=True)
    assert _read_back(tree) == [(label, each.words, each.parent) for label, each in expected]


def _lettered(drafted: list[_Item]) -> list[str]:
    """Return the labels of a report: A., I., 1), đ), + (its letters are those that offices use, đ among them)."""
    found = []
    for each in drafted:
        number = each.numbers[-1]
        capital = "ABCDĐEGH"[each.numbers[0] - 1]
        small = _OFFICE_LETTERS[number - 1]
        found.append((f"{capital}.", f"{_ROMAN[number]}.", f"{number})", f"{small})", "+")[each.depth])
    return found


@pytest.mark.slow
@given(_drafts())
@settings(max_examples=200, deadline=None)
def test_random_reports_with_typed_labels_are_read_back_the_same(drawn: list[_Item]) -> None:
    # After H. comes I., which is a Roman number.
    drafted = list(takewhile(lambda each: each.numbers[0] <= len("ABCDĐEGH"), drawn))
    labels = _lettered(drafted)
    body = "".join(paragraph(f"{label} {each.words}") for label, each in zip(labels, drafted, strict=True))
    source = read_docx("draft.docx", word_file(body))
    tree = outline(source)
    assert_nothing_lost(source, tree)
    assert_tree_holds(tree)
    assert _read_back(tree) == [(label, each.words, each.parent) for label, each in zip(labels, drafted, strict=True)]


@st.composite
def _furnished(draw: st.DrawFn) -> tuple[tuple[str, ...], list[_Item], list[_More]]:
    """Draw a draft and what stands with its paragraphs; only a chapter has its title on the next line."""
    levels = draw(st.sampled_from([_NORMATIVE, _ADMINISTRATIVE]))
    drafted = draw(_drafts())
    may_stand_below = [levels is _NORMATIVE and each.depth == 0 for each in drafted]
    flags = st.tuples(st.booleans(), st.booleans(), st.booleans())
    drawn = draw(st.lists(flags, min_size=len(drafted), max_size=len(drafted)))
    more = [_More(may and below, bare, table) for may, (below, bare, table) in zip(may_stand_below, drawn, strict=True)]
    return levels, drafted, more


def _expected(drafted: list[_Item], labels: list[str], more: list[_More]) -> list[tuple[str, str, int | None]]:
    """Return the nodes as ``_read_back``: a bare paragraph goes on with a clause and stands below a heading."""
    expected: list[tuple[str, str, int | None]] = []
    places: list[int] = []
    for each, label, with_it in zip(drafted, labels, more, strict=True):
        places.append(len(expected))
        goes_on = with_it.bare and each.depth > 0
        parent = None if each.parent is None else places[each.parent]
        expected.append((label, f"{each.words}\n{_BARE}" if goes_on else each.words, parent))
        expected += [("", _BARE, places[-1])] * (with_it.bare and not goes_on)
        expected += [("", _TABLE_TEXT, places[-1])] * with_it.table
    return expected


@pytest.mark.slow
@given(_furnished(), st.frozensets(st.integers(0, 4)))
@settings(max_examples=300, deadline=None)
def test_bare_paragraphs_titles_below_and_tables_stay_with_their_clause(
    draft: tuple[tuple[str, ...], list[_Item], list[_More]], typed: frozenset[int]
) -> None:
    levels, drafted, more = draft
    typed = typed | ({2} if 1 in typed and levels is _ADMINISTRATIVE else frozenset())
    labels = _labels(levels, drafted, _OFFICE_LETTERS if 3 in typed else _LETTERS)
    source = read_docx("draft.docx", _file(levels, drafted, labels, typed, more))
    tree = outline(source)
    assert_nothing_lost(source, tree)
    assert_tree_holds(tree)
    assert _read_back(tree) == _expected(drafted, labels, more)
