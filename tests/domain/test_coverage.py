"""The proof that nothing is lost: it must see what is missing, what is doubled and what is cut."""

from dataclasses import replace

from consult.domain.coverage import Kept, coverage
from consult.domain.outline import Furniture, Line, LineKind, Node, NodeKind, Outline, Span, outline
from tests.domain.drafts import wrapped

LINE = Line("1. Một câu dài.", LineKind.PARAGRAPH, "text", 3, start=2)


def node(*spans: Span, kind: NodeKind = NodeKind.PLAIN) -> Node:
    return Node("p1", "", None, kind, "", spans)


def kept(*spans: Span) -> Kept:
    counts = coverage([LINE], Outline((node(*spans),), ())).counts
    return next(where for where, count in counts.items() if count)


def test_a_draft_is_told_line_by_line() -> None:
    source = wrapped("KẾ HOẠCH\nTriển khai\n\n1. Một câu.\n\n2\n\n2. Hai câu.\n")
    told = coverage(source.lines, outline(source))
    assert (told.lines, told.whole) == (5, True)
    assert (told.counts[Kept.FRAME], told.counts[Kept.CLAUSE], told.counts[Kept.ASIDE]) == (2, 2, 1)


def test_whole_cut_at_a_blank_missing_and_doubled() -> None:
    assert kept(Span("text", 3, 2, 17)) is Kept.CLAUSE
    assert kept(Span("text", 3, 2, 8), Span("text", 3, 9, 17)) is Kept.CLAUSE
    assert kept(Span("text", 3, 2, 8), Span("text", 3, 10, 17)) is Kept.MISSING
    assert kept(Span("text", 3, 3, 17)) is Kept.MISSING
    assert kept(Span("text", 3, 2, 16)) is Kept.MISSING
    assert kept(Span("text", 4, 2, 17)) is Kept.MISSING
    assert kept(Span("text", 3, 2, 9), Span("text", 3, 8, 17)) is Kept.DOUBLED
    assert kept(Span("text", 3, 2, 17), Span("text", 3, 2, 17)) is Kept.DOUBLED


def test_faulty_lines_are_named() -> None:
    told = coverage([LINE, replace(LINE, text="")], Outline((), ()))
    assert (told.faulty, told.whole, told.lines) == ((LINE,), False, 1)


def test_a_label_that_is_computed_stands_nowhere_in_the_source() -> None:
    computed = Line("1. Một", LineKind.PARAGRAPH, "text", 0, computed=3)
    alone = Line("2.", LineKind.PARAGRAPH, "text", 1, computed=2)
    nodes = (node(Span("text", 0, 0, 3)), node(Span("text", 1, 0, 0)))
    assert coverage([computed, alone], Outline(nodes, ())).whole
    assert coverage([computed, alone], Outline(nodes[:1], ())).faulty == (alone,)


def test_what_is_set_aside_is_placed() -> None:
    told = coverage([LINE], Outline((), (Furniture("1. Một câu dài.", LINE.span),)))
    assert told.counts[Kept.ASIDE] == 1
