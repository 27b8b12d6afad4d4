"""An agreed wording as tracked changes: runs cut at the words that change, wrapped in ``w:del``, followed by ``w:ins``.

Only plain runs of a paragraph are cut; what stands in a link, a field of one element, a formula or another's tracked
change is left alone, and ``track`` says that it could not be done. Each cut run keeps its looks, and what is put in
takes those of the run beside it (ECMA-376, part 1, 17.13.5).
"""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

from consult.documents.annotations import Wording
from consult.documents.docx_letters import Letter, Sign, signs_of
from consult.documents.docx_places import Found
from consult.documents.docx_properties import W
from consult.documents.docx_runs import LOOKS, RUN, TEXT, pieces, run_of, text_of
from consult.documents.typography import printable
from consult.domain.redline import Change, Op, redline

Element = etree._Element


@dataclass
class _Edits:
    """What happens to the letters of a clause; ``ends`` are the paragraphs whose ends go, ``more`` new ones behind."""

    gone: set[Letter] = field(default_factory=set)
    after: dict[Letter, str] = field(default_factory=dict)
    before: dict[Letter, str] = field(default_factory=dict)
    ends: list[Element] = field(default_factory=list)
    more: dict[Letter, list[str]] = field(default_factory=dict)

    @property
    def letters(self) -> list[Letter]:
        """The letters at which something is cut."""
        return [*self.gone, *self.after, *self.before, *self.more]


class Tracker:
    """Writes tracked changes, each with an id of its own from ``first_id`` on."""

    def __init__(self, first_id: int) -> None:
        self._next = first_id

    def track(self, found: Found, old: str, wording: Wording) -> bool:
        """Write the wording as changes of ``old``; False, with nothing changed, where that cannot be done."""
        edits = _edits(found, old, printable(wording.text))
        if edits is None or not all(_is_plain(letter) for letter in edits.letters):
            return False
        for letter, words in edits.more.items():
            self._add_paragraphs(letter, words, wording)
        for run in dict.fromkeys(letter.element.getparent() for letter in edits.letters):
            assert run is not None
            self._rewrite(run, edits, wording)
        for paragraph in edits.ends:
            self._mark_end(paragraph, "del", wording)
        return True

    def _rewrite(self, run: Element, edits: _Edits, wording: Wording) -> None:
        looks = run.find(LOOKS)
        for kind, children in _grouped(_cut(run, edits)):
            made = run_of(looks, children)
            made = made if kind is Op.KEEP else self._change(kind, made, wording)
            run.addprevious(made)
        parent = run.getparent()
        assert parent is not None
        parent.remove(run)

    def _change(self, kind: Op, run: Element, wording: Wording) -> Element:
        change = self._mark("del" if kind is Op.DELETE else "ins", wording)
        if kind is Op.DELETE:
            for text in run.iter(TEXT):
                text.tag = f"{W}delText"
        change.append(run)
        return change

    def _mark(self, tag: str, wording: Wording) -> Element:
        by = wording.by
        values = {f"{W}id": str(self._next), f"{W}author": printable(by.author), f"{W}date": by.moment}
        self._next += 1
        return etree.Element(f"{W}{tag}", values)

    def _add_paragraphs(self, letter: Letter, words: Sequence[str], wording: Wording) -> None:
        """Put paragraphs behind the one of a letter: its own end and all but the last new one's are put in."""
        run, paragraph = letter.element.getparent(), _paragraph_of(letter)
        looks, properties = (None if run is None else run.find(LOOKS)), paragraph.find(f"{W}pPr")
        for text in reversed(words):
            made = etree.Element(f"{W}p")
            if properties is not None:
                made.append(deepcopy(properties))
            made.append(self._change(Op.INSERT, run_of(looks, list(pieces(text))), wording))
            paragraph.addnext(made)
            if text is not words[-1]:
                self._mark_end(made, "ins", wording)
        self._mark_end(paragraph, "ins", wording)

    def _mark_end(self, paragraph: Element, tag: str, wording: Wording) -> None:
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            properties = etree.Element(f"{W}pPr")
            paragraph.insert(0, properties)
        looks = properties.find(LOOKS)
        if looks is None:
            looks = etree.Element(LOOKS)
            later = (f"{W}sectPr", f"{W}pPrChange")
            place = next((at for at, child in enumerate(properties) if child.tag in later), len(properties))
            properties.insert(place, looks)
        looks.insert(0, self._mark(tag, wording))


def _is_plain(letter: Letter) -> bool:
    run = letter.element.getparent()
    holder = run.getparent() if run is not None else None
    return run is not None and run.tag == RUN and holder is not None and holder.tag == f"{W}p"


def _edits(found: Found, old: str, new: str) -> _Edits | None:
    """Return what happens to which letter; None where the clause has no letter that words could stand beside."""
    edits, at = _Edits(), 0
    words = found.words or ()
    for change in _slid(redline(old, new)):
        if change.op is Op.INSERT:
            if not _put_in(edits, words, at, old, change.text):
                return None
            continue
        if change.op is Op.DELETE:
            for signs in words[at : at + len(change.text)]:
                edits.gone.update(letter for sign in signs for letter in sign.letters)
            edits.ends += _ends_in(found, words, at, at + len(change.text))
        at += len(change.text)
    return edits


def _slid(changes: Sequence[Change]) -> Sequence[Change]:
    """Let paragraphs that are added at the end begin behind the last mark: not "…|.¶ Mới|." but "….|¶ Mới.|"."""
    *before, added, last = (*changes, Change(Op.KEEP, "")) if len(changes) < 2 else changes
    ends = added.op is Op.INSERT and last.op is Op.KEEP and "\n" in added.text
    if not ends or not last.text or not added.text.startswith(last.text):
        return changes
    rest = added.text.removeprefix(last.text)
    return (*before, last, Change(Op.INSERT, f"{rest}{last.text}"))


def _put_in(edits: _Edits, words: Sequence[tuple[Sign, ...]], at: int, old: str, text: str) -> bool:
    """Put words after the letter before, or before the next one at the beginning of a clause or a paragraph of it."""
    behind = _last_letter(words[:at])
    if behind is not None and old[at - 1] == text[-1] == "\n":
        # A paragraph between two others is one behind the first.
        text = f"\n{text[:-1]}"
    elif behind is not None and old[at - 1] == "\n":
        behind = None
    if behind is not None:
        first, *more = text.split("\n") if _takes_paragraphs(behind) else [text]
        edits.after.update({behind: first} if first else {})
        edits.more.update({behind: more} if more else {})
        return True
    behind = _last_letter(words[:at])
    ahead = _last_letter([signs[:1] for signs in reversed(words[at:]) if signs])
    if ahead is not None:
        edits.before[ahead] = text
    elif behind is not None:
        edits.after[behind] = text
    return ahead is not None or behind is not None


def _paragraph_of(letter: Letter) -> Element:
    return next(letter.element.iterancestors(f"{W}p"))


def _takes_paragraphs(letter: Letter) -> bool:
    """Whether new paragraphs can stand behind a letter: the last of one without a number or a section."""
    paragraph = _paragraph_of(letter)
    properties = paragraph.find(f"{W}pPr")
    bound = properties is not None and any(properties.find(f"{W}{tag}") is not None for tag in ("numPr", "sectPr"))
    signs = signs_of((paragraph,), 0)
    return not bound and bool(signs) and letter in signs[-1].letters


def _last_letter(words: Sequence[Sequence[Sign]]) -> Letter | None:
    for signs in reversed(words):
        for sign in reversed(signs):
            if sign.letters:
                return sign.letters[-1]
    return None


def _ends_in(found: Found, words: Sequence[tuple[Sign, ...]], first: int, past: int) -> Iterator[Element]:
    """Yield the paragraphs that end within these characters: the joint stands nowhere, its neighbours in two."""
    for at in range(first, past):
        before = next((signs[-1] for signs in reversed(words[:at]) if signs), None)
        after = next((signs[0] for signs in words[at:] if signs), None)
        if words[at] or before is None or after is None or before.paragraph == after.paragraph:
            continue
        yield _paragraph_of(before.letters[-1])


def _cut(run: Element, edits: _Edits) -> Iterator[tuple[Op, Element]]:
    """Yield the children of a run in pieces, each with what happens to it."""
    for child in run:
        if child.tag == LOOKS:
            continue
        if child.tag != TEXT:
            yield from _around(Letter(child, 0), deepcopy(child), edits)
            continue
        for at, char in enumerate(child.text or ""):
            yield from _around(Letter(child, at), text_of(char), edits)


def _around(letter: Letter, piece: Element, edits: _Edits) -> Iterator[tuple[Op, Element]]:
    if letter in edits.before:
        yield from ((Op.INSERT, each) for each in pieces(edits.before[letter]))
    yield (Op.DELETE if letter in edits.gone else Op.KEEP), piece
    if letter in edits.after:
        yield from ((Op.INSERT, each) for each in pieces(edits.after[letter]))


def _grouped(parts: Iterator[tuple[Op, Element]]) -> Iterator[tuple[Op, list[Element]]]:
    """Join neighbours with which the same happens, and single characters to one text."""
    kind, held = Op.KEEP, list[Element]()
    for op, piece in parts:
        if op is not kind and held:
            yield kind, held
            held = []
        kind = op
        if held and piece.tag == TEXT and held[-1].tag == TEXT:
            held[-1].text = (held[-1].text or "") + (piece.text or "")
        else:
            held.append(piece)
    if held:
        yield kind, held
