"""How people cite a place in a draft: small unit first, khoản and điểm in lower case.

"điểm a khoản 2 Điều 5", "mục 2.3 (Công an tỉnh)", "gạch đầu dòng thứ 3 mục 1". It works on finished nodes and refuses
to know how they were read.
"""

import re
from collections.abc import Mapping, Sequence

from consult.domain.labels import Label, Level, find_label
from consult.domain.outline import Node, NodeKind

WHOLE = "Ý kiến chung"
"""The place of an opinion on the draft as a whole."""

_CHANGED_SINCE = "{} (đã thay đổi sau khi góp ý)"

_FRAME = {
    NodeKind.MASTHEAD: "tiêu đề, số và ký hiệu",
    NodeKind.SUBJECT: "trích yếu",
    NodeKind.RECIPIENTS: "phần Kính gửi",
    NodeKind.DISTRIBUTION: "phần Nơi nhận",
    NodeKind.SIGNATURE: "phần ký",
}
_POINTS = (Level.LETTER, Level.COUNTED, Level.BRACKETED, Level.SMALL_ROMAN)
_MARKS = {Level.DASH: "gạch đầu dòng", Level.PLUS: "dấu cộng", Level.STAR: "dấu sao"}
_COUNTED = {
    NodeKind.PREAMBLE: "đoạn mở đầu thứ {}",
    NodeKind.PLAIN: "đoạn {}",
    NodeKind.TABLE: "bảng {}",
    NodeKind.NOTE: "chú thích {}",
}
_LAST_NUMBER = re.compile(r"(\d+)(?:~\d+)?$")
_MOST_WORDS_OF_TITLE = 16


def citations(nodes: Sequence[Node]) -> dict[str, str]:
    """Return anchor → place as people cite it, for every node of one draft."""
    by_anchor = {node.anchor: node for node in nodes}
    closings = sum(node.kind is NodeKind.CLOSING for node in nodes)
    return {node.anchor: _cite(node, by_anchor, closings) for node in nodes}


def changed_since(cited: str) -> str:
    """Return a cited place that a correction has changed, or taken out, after it was commented on."""
    return _CHANGED_SINCE.format(cited)


def titles_above(nodes: Sequence[Node]) -> dict[str, tuple[str, ...]]:
    """Return anchor → titles of the headings that a node stands under, the nearest first, its own included.

    The colon at the end is gone, so that a title can be compared with an agency's name: "Công an tỉnh".
    """
    by_anchor = {node.anchor: node for node in nodes}
    return {node.anchor: tuple(_titles(node, by_anchor)) for node in nodes}


def top_titles(nodes: Sequence[Node]) -> dict[str, str]:
    """Return anchor → title of the topmost heading over a node (its own for a top heading), "" where there is none."""
    return {anchor: titles[-1] if titles else "" for anchor, titles in titles_above(nodes).items()}


def title_of(heading: Node) -> str:
    """Return a heading's title on one line, without the colon at its end."""
    return " ".join(heading.text.split()).rstrip(":").rstrip()


def _cite(node: Node, by_anchor: Mapping[str, Node], closings: int) -> str:
    if node.kind in _FRAME:
        return _FRAME[node.kind] + _part(node, by_anchor)
    if node.kind is NodeKind.CLOSING:
        which = f" thứ {_count(node)}" if closings > 1 else ""
        return f"đoạn kết thúc{which}{_part(node, by_anchor)}"
    steps = [_step(each, by_anchor) for each in _cited_line(node, by_anchor)]
    return " ".join(steps) + _part(node, by_anchor) + _bracketed_title(node, by_anchor)


def _line_up(node: Node, by_anchor: Mapping[str, Node]) -> list[Node]:
    """Return the node and what it stands under, the nearest first."""
    line = [node]
    while line[-1].parent is not None:
        line.append(by_anchor[line[-1].parent])
    return line


def _cited_line(node: Node, by_anchor: Mapping[str, Node]) -> list[Node]:
    """Return the nodes that are named: up to the Điều, which is counted through the text; "2.3" holds the "2"."""
    named: list[Node] = []
    below: Label | None = None
    for each in _line_up(node, by_anchor):
        label = _label(each)
        if label and below and below.level is label.level is Level.NUMBER:
            continue
        named.append(each)
        if label and label.level is Level.ARTICLE:
            break
        below = label
    return named


def _step(node: Node, by_anchor: Mapping[str, Node]) -> str:
    label = _label(node)
    if label is None:
        return _COUNTED.get(node.kind, "đoạn {}").format(_count(node))
    if label.level in _POINTS:
        return f"điểm {label.bare if label.level is Level.LETTER else label.printed}"
    if label.level is Level.NUMBER:
        return f"{_number_word(node, by_anchor)} {label.bare}"
    if label.level in (Level.CAPITAL, Level.ROMAN):
        return f"phần {label.bare}"
    if label.level in _MARKS:
        return f"{_MARKS[label.level]} thứ {_count(node)}"
    return _structural(label)


def _structural(label: Label) -> str:
    """Return "Chương II" for "CHƯƠNG II." too, and "Phần thứ nhất" for "PHẦN THỨ NHẤT"."""
    *words, number = label.printed.rstrip(".:-– ").split()
    return f"{' '.join(words).capitalize()} {number if number.isascii() else number.lower()}"


def _number_word(node: Node, by_anchor: Mapping[str, Node]) -> str:
    under_article = any(
        label is not None and label.level is Level.ARTICLE for label in map(_label, _line_up(node, by_anchor)[1:])
    )
    return "khoản" if under_article else "mục"


def _bracketed_title(node: Node, by_anchor: Mapping[str, Node]) -> str:
    """Return the title of the nearest numbered heading, which in administrative drafts names the agency it binds."""
    for each in _line_up(node, by_anchor):
        label = _label(each)
        if label is None or each.kind is not NodeKind.HEADING:
            continue
        if label.level not in (Level.NUMBER, Level.ROMAN) or _number_word(each, by_anchor) == "khoản":
            return ""
        title = title_of(each)
        return f" ({title})" if title and len(title.split()) <= _MOST_WORDS_OF_TITLE else ""
    return ""


def _part(node: Node, by_anchor: Mapping[str, Node]) -> str:
    """Return the name of the attached text that the node stands in, " Quy chế"; "" in the draft itself."""
    slug, dot, rest = node.anchor.partition(".")
    subject = by_anchor.get(f"{slug}.trich-yeu-1") if dot and rest else None
    return f" {subject.text.splitlines()[0].capitalize()}" if subject else ""


def _titles(node: Node, by_anchor: Mapping[str, Node]) -> list[str]:
    return [title_of(each) for each in _line_up(node, by_anchor) if each.kind is NodeKind.HEADING and each.text]


def _label(node: Node) -> Label | None:
    """Read a node's label again; what follows it does not matter here."""
    return find_label(f"{node.label} X") or find_label(node.label) if node.label else None


def _count(node: Node) -> str:
    found = _LAST_NUMBER.search(node.anchor)
    return found[1] if found else "1"
