"""Drafts of several kinds, read through the door for files; their stored trees were read beside the sources."""

import json
import unicodedata
from pathlib import Path

import pytest

from consult.documents.intake import read_draft
from consult.domain.outline import outline, to_json_list
from tests.domain.drafts import assert_nothing_lost, assert_tree_holds, ink

_DRAFTS = Path(__file__).parents[1] / "data" / "drafts"
_FRAME = {"masthead", "subject", "recipients", "distribution", "signature"}


@pytest.mark.parametrize("folder", sorted(_DRAFTS.iterdir()), ids=lambda folder: folder.name)
def test_a_draft_gives_the_clauses_that_an_officer_expects(folder: Path) -> None:
    content = (folder / "draft.txt").read_bytes()
    source = read_draft("draft.txt", content)
    drafted = outline(source)
    assert_nothing_lost(source, drafted)
    assert_tree_holds(drafted)
    expected = json.loads((folder / "outline.json").read_text(encoding="utf-8"))
    assert [node for node in to_json_list(drafted) if node["kind"] not in _FRAME] == expected
    told = [node.label + node.text for node in drafted.nodes] + [item.text for item in drafted.furniture]
    assert sorted(ink("".join(told))) == sorted(ink(unicodedata.normalize("NFC", content.decode())))
