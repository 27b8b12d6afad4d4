"""Drafts for the tests: lines of text as a reader would give them, and the invariant that every outline keeps."""

from collections import Counter
from collections.abc import Iterable

from consult.domain.outline import Line, LineKind, Outline, SourceText


def wrapped(text: str) -> SourceText:
    """Return ``text`` as lines of print."""
    return _source(text.split("\n"), LineKind.WRAPPED)


def paragraphs(*texts: str) -> SourceText:
    """Return each text as a whole paragraph of a Word document."""
    return _source(texts, LineKind.PARAGRAPH)


def told(drafted: Outline) -> list[tuple[str, str, str]]:
    """Return (kind, anchor, text) of every node."""
    return [(node.kind.value, node.anchor, node.text) for node in drafted.nodes]


def assert_nothing_lost(source: SourceText, drafted: Outline) -> None:
    """The spans of nodes and furniture cover each character with ink once, and say what the nodes say.

    A computed label has no characters in the source: it goes with the line that it stands before.
    """
    by_place = {line.span: line.text for line in source.lines if line.text}
    covered = [span for node in drafted.nodes for span in node.spans] + [item.span for item in drafted.furniture]
    assert Counter(covered) == Counter(list(by_place))
    for node in drafted.nodes:
        ink_of_source = "".join(by_place[span] for span in node.spans)
        assert ink(ink_of_source) == ink(node.label + node.text)
    for item in drafted.furniture:
        assert by_place[item.span] == item.text


def assert_tree_holds(drafted: Outline) -> None:
    """Anchors are unique, parents stand before their children, the nodes stand in the order of the source."""
    seen: set[str] = set()
    for node in drafted.nodes:
        assert node.anchor not in seen
        assert node.parent is None or node.parent in seen
        assert node.spans
        seen.add(node.anchor)


def _source(texts: Iterable[str], kind: LineKind) -> SourceText:
    lines = (
        Line(text.strip(), kind, "text", number, start=len(text) - len(text.lstrip()))
        for number, text in enumerate(texts)
    )
    return SourceText("draft", tuple(lines))


def ink(text: str) -> str:
    """Return the characters that are no blanks."""
    return "".join(text.split())
