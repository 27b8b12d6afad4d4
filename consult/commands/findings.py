"""What a draft's file holds besides its words, and how far its labels can be trusted, in sentences for the terminal.

It knows English words. What is counted is a matter of the readers (``documents``).
"""

from collections.abc import Mapping, Sequence

from consult.domain.findings import Finding, Found
from consult.domain.outline_nodes import Origin, SourceText

_Words = Mapping[tuple[str, int], str]

_MOST_PLACES = 5
_MOST_WORDS = 8
# One, several, what was made of them.
_WORDS = {
    Found.TRACKED_CHANGE: ("tracked change", "tracked changes", "read as if accepted"),
    Found.COMMENT: ("comment", "comments", "left out"),
    Found.PICTURE: ("picture", "pictures", "left out"),
    Found.EQUATION: ("equation", "equations", "read as plain characters"),
    Found.EMBEDDED_OBJECT: ("embedded object", "embedded objects", "left out"),
    Found.HIDDEN_FILE: ("embedded file that no page shows", "embedded files that no page shows", "left out"),
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
    """Return a sentence a kind: "3 tracked changes, read as if accepted, the first in paragraph 14, at: “2.2. …”; …".

    Paragraphs of the text are counted from 1, those in tables and those without words too.
    """
    words = _opening_words(source)
    by_kind = {what: [each for each in source.findings if each.what is what] for what in Found}
    return [_sentence(found, words) + _places(found, words) for found in by_kind.values() if found]


def _sentence(findings: Sequence[Finding], words: _Words) -> str:
    one, several, made = _WORDS[findings[0].what]
    count = sum(each.count for each in findings)
    told, first = f"{count} {one if count == 1 else several}, {made}", findings[0]
    if first.part != next((part for part, _ in words), ""):
        return told
    return f"{told}, {'' if count == 1 else 'the first '}in paragraph {first.paragraph + 1}"


def _places(findings: Sequence[Finding], words: _Words) -> str:
    """Return where the findings stand: the first words of paragraphs, or the part of the file that is no text."""
    texts = {part for part, _ in words}
    wordless = ((each, "a paragraph without words" if each.part in texts else each.part) for each in findings)
    places = list(dict.fromkeys(words.get((each.part, each.paragraph), otherwise) for each, otherwise in wordless))
    return f", at: {'; '.join([*places[:_MOST_PLACES], *(['…'] if len(places) > _MOST_PLACES else [])])}"


def _opening_words(source: SourceText) -> _Words:
    """Return the first words of each paragraph, by part and number."""
    found: dict[tuple[str, int], str] = {}
    for line in source.lines:
        if line.text:
            found.setdefault((line.part, line.paragraph), _opening(line.text))
    return found


def _opening(text: str) -> str:
    words = text.split()
    return f"“{' '.join(words[:_MOST_WORDS])}{' …' if len(words) > _MOST_WORDS else ''}”"
