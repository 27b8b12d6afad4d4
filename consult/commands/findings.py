"""What a draft's file holds besides its words, and how far its labels can be trusted, in sentences for the terminal.

It knows English words. What is counted is a matter of the readers (``documents``).
"""

from collections.abc import Mapping, Sequence

from consult.domain.findings import Finding, Found
from consult.domain.outline_nodes import Origin, SourceText

_MOST_PLACES = 5
_MOST_WORDS = 8
# One, several, what was made of them.
_WORDS = {
    Found.TRACKED_CHANGE: ("tracked change", "tracked changes", "read as if accepted"),
    Found.COMMENT: ("comment", "comments", "left out"),
    Found.PICTURE: ("picture", "pictures", "left out"),
    Found.EQUATION: ("equation", "equations", "read as plain characters"),
    Found.EMBEDDED_OBJECT: ("embedded object", "embedded objects", "left out"),
    Found.HIDDEN_FILE: ("hidden file", "hidden files", "left out"),
    Found.NAME: ("name beside the text", "names beside the text", "left out"),
    Found.HIDDEN_TEXT: ("piece of hidden text", "pieces of hidden text", "read as text"),
}


# What the way in which a file was read leaves for a person to compare.
_DOUBTS = {
    Origin.CONVERTED: "its labels come out of a conversion by LibreOffice, which may restart or renumber automatic"
    " numbers; compare each label with the draft before you go on",
    Origin.PDF: "it was read from printed pages, whose paragraphs and tables are told by their place alone; compare the"
    " clauses with the draft before you go on",
}


def doubts(source: SourceText) -> list[str]:
    """Return what must be compared with the draft before its clauses are relied on: a sentence or none."""
    return [_DOUBTS[source.origin]] if source.origin in _DOUBTS else []


def sentences(source: SourceText) -> list[str]:
    """Return a sentence a kind: "3 tracked changes, read as if accepted, at: “2.2. Tăng cường …”; …"."""
    words = _opening_words(source)
    by_kind = {what: [each for each in source.findings if each.what is what] for what in Found}
    return [_sentence(what, found, words) for what, found in by_kind.items() if found]


def _sentence(what: Found, findings: Sequence[Finding], words: Mapping[tuple[str, int], str]) -> str:
    one, several, made = _WORDS[what]
    count = sum(each.count for each in findings)
    places = dict.fromkeys(words.get((each.part, each.paragraph), "a paragraph without words") for each in findings)
    shown = "; ".join([*list(places)[:_MOST_PLACES], *(["…"] if len(places) > _MOST_PLACES else [])])
    return f"{count} {one if count == 1 else several}, {made}, at: {shown}"


def _opening_words(source: SourceText) -> Mapping[tuple[str, int], str]:
    """Return the first words of each paragraph, by part and number."""
    found: dict[tuple[str, int], str] = {}
    for line in source.lines:
        if line.text:
            found.setdefault((line.part, line.paragraph), _opening(line.text))
    return found


def _opening(text: str) -> str:
    words = text.split()
    return f"“{' '.join(words[:_MOST_WORDS])}{' …' if len(words) > _MOST_WORDS else ''}”"
