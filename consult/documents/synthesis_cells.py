"""The cells of the table of a synthesis as WordprocessingML text, one function a kind of column.

All that a person wrote is text of a run and nothing else. What a form needs of its row (place, body, number) comes from
the merge; which columns there are, from the words of the form.
"""

from collections.abc import Iterable

from consult.documents.synthesis_forms import CONTINUED, NO_RESPONSE, PROPOSED, REASON, body_details, cited_place
from consult.documents.wordml import BOLD, ITALIC, paragraph, run
from consult.domain.redline import Change, Op
from consult.domain.synthesis import Body, Opinion, Row, Summary
from consult.domain.synthesis_proof import NAMED
from consult.domain.wording import counted

TEXT, WORDS = "TableText", "TableWords"
BOOKMARK = "c_"
_NAMES_FROM = 10_000_000
_STRUCK = "<w:rPr><w:strike/></w:rPr>"
_PUT_IN = '<w:rPr><w:b/><w:u w:val="single"/></w:rPr>'
_LOOKS = {Op.KEEP: "", Op.DELETE: _STRUCK, Op.INSERT: _PUT_IN}
_LABELS = {label: run(label, ITALIC) for label in (PROPOSED, REASON)}
_NO_RESPONSE = run(NO_RESPONSE, ITALIC)
_FULL_STOPS = (".", "!", "?", "…", ":", ";")
_NAMELESS = "Đơn vị góp ý {number}"


class Bodies:
    """Prints who said it: with the letter, or without names as numbers that stay the same through one document."""

    def __init__(self, *, names: bool) -> None:
        """``names`` tells whether the bodies are named."""
        self._names = names
        self._numbers: dict[str, int] = {}
        self._named: dict[tuple[str, str], str] = {}

    def cell(self, row: Row, keep: str) -> str:
        """Return the paragraphs of all bodies that this row speaks for, each once."""
        if not row.others:
            return self._one(row.opinion.body, keep)
        speakers: dict[str, list[Row]] = {}
        for each in (row, *row.others):
            speakers.setdefault(each.opinion.body.identity, []).append(each)
        return "".join(self._one(theirs[0].opinion.body, keep, theirs) for theirs in speakers.values())

    def _one(self, body: Body, keep: str, marked: Iterable[Row] = ()) -> str:
        """Return name and letter; a mark of each comment of a row of several is put around the name."""
        if self._names and not marked:
            key = (body.identity, keep)
            return self._named.get(key) or self._named.setdefault(key, _named(body, keep))
        name = run(body.name if self._names else self._number(body))
        for each in marked:
            name = _marked(_NAMES_FROM + each.number, NAMED + each.opinion.id, name)
        return paragraph(TEXT, name, keep) + (_letter(body, keep) if self._names else "")

    def _number(self, body: Body) -> str:
        number = self._numbers.setdefault(body.identity, len(self._numbers) + 1)
        return _NAMELESS.format(number=counted(number))


def _named(body: Body, keep: str) -> str:
    return paragraph(TEXT, run(body.name), keep) + _letter(body, keep)


def _letter(body: Body, keep: str) -> str:
    details = body_details(body)
    return paragraph(TEXT, run(f"({details})"), keep) if details else ""


def place(row: Row, keep: str) -> str:
    """Return the place and the words of the draft there, or that the place goes on."""
    name = cited_place(row.opinion) if row.starts_place else f"{cited_place(row.opinion)} {CONTINUED}"
    opening = row.opinion.opening if row.starts_place else ""
    words = paragraph(TEXT, run(f"“{opening}”", ITALIC), keep) if opening else ""
    return paragraph(TEXT, run(name, BOLD), keep) + words


def place_in_content(summary: Summary, opinion: Opinion, keep: str) -> str:
    """Return the place above a comment, where the form has no column of it; with its draft where there are several."""
    name = cited_place(opinion) + (f", {opinion.draft}" if len(summary.drafts) > 1 else "")
    opening = f" “{opinion.opening}”" if opinion.opening else ""
    return paragraph(TEXT, run(name, BOLD) + (run(opening, ITALIC) if opening else ""), keep)


def said(opinion: Opinion) -> tuple[tuple[str, str], ...]:
    """Return content, proposed wording and reason with their labels; a wording alone stands where the content would."""
    alone = not opinion.content and opinion.proposed_passage
    parts = [] if alone else [("", opinion.content)]
    if opinion.proposed_passage:
        parts.append((PROPOSED, _quoted(opinion.proposed_passage)))
    if opinion.reason:
        stop = "" if opinion.reason.endswith(_FULL_STOPS) else "."
        parts.append((REASON, f"{opinion.reason}{stop}"))
    return tuple(parts)


def content(row: Row, keep: str) -> str:
    """Return what was said; the first paragraph carries the marks of all comments that the row speaks for."""
    parts = [_label_and(label, words, row.opinion.changes) for label, words in said(row.opinion)]
    parts[0] = _mark(row, parts[0]) + "".join(map(_mark, row.others))
    return "".join([paragraph(WORDS, part, keep) for part in parts])


def _mark(row: Row, words: str = "") -> str:
    return _marked(row.number, BOOKMARK + row.opinion.id, words)


def _marked(number: int, name: str, words: str) -> str:
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{words}<w:bookmarkEnd w:id="{number}"/>'


def response(opinion: Opinion, keep: str) -> str:
    """Return the officer's sentence, or that there is none yet."""
    return paragraph(WORDS, run(opinion.response) if opinion.response else _NO_RESPONSE, keep)


def _quoted(passage: str) -> str:
    return f"“{passage}”" if passage.endswith((".", "!", "?")) else f"“{passage}”."


def _label_and(label: str, words: str, changes: Iterable[Change]) -> str:
    if label == PROPOSED and changes:
        pieces = "".join(run(change.text, _LOOKS[change.op]) for change in changes)
        return f"{_LABELS[label]}{run(' “')}{pieces}{run('”.')}"
    return f"{_LABELS[label]}{run(f' {words}')}" if label else run(words)
