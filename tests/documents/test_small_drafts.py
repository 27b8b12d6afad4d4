"""Small drafts of further kinds, each with a trap or two; the outline beside each was read against its source."""

from pathlib import Path

import pytest

from consult.documents.text_reader import read_text
from consult.domain.outline import Outline, outline
from tests.domain.drafts import assert_nothing_lost, assert_tree_holds

_SMALL = Path(__file__).parents[1] / "data" / "small-drafts"


def _listed(drafted: Outline) -> str:
    """Return a line a node: kind, anchor, label, text, two blanks deeper than the node it stands under."""
    depths: dict[str | None, int] = {None: -1}
    found = []
    for node in drafted.nodes:
        depths[node.anchor] = depths[node.parent] + 1
        words = node.text.replace("\n", " ⏎ ")
        found.append(f"{'  ' * depths[node.anchor]}{node.kind.value} {node.anchor} {node.label} | {words}")
    return "\n".join(found) + "\n"


@pytest.mark.parametrize("path", sorted(_SMALL.glob("*.txt")), ids=lambda path: path.stem)
def test_a_small_draft_gives_its_outline(path: Path) -> None:
    source = read_text(path.name, path.read_bytes())
    drafted = outline(source)
    assert_nothing_lost(source, drafted)
    assert_tree_holds(drafted)
    assert _listed(drafted) == path.with_suffix(".outline").read_text(encoding="utf-8")
