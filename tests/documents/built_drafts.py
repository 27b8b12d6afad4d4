"""A planned draft as a Word file: labels that Word makes, head and signature in tables, notes, controls, split runs.

What a form does not number is typed. It refuses to say which draft has which form (``test_kinds_of_drafts``).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from xml.sax.saxutils import escape

from consult.domain.labels import STRUCTURAL, Label, find_label
from consult.domain.outline_marks import Mark, shows
from tests.documents.planned_drafts import FRAME, Planned
from tests.documents.word_files import word_file
from tests.documents.word_lists import abstract, numbered_list, override, points_at, style

_BORDERS = '<w:tblPr><w:tblBorders><w:top w:val="single"/><w:insideV w:val="single"/></w:tblBorders></w:tblPr>'
_CENTRED = '<w:jc w:val="center"/>'
_WORDS_OF_RUN = 5
_HEAD = ("masthead", "subject")
_BACK = ("distribution", "signature")


@dataclass(frozen=True)
class WordForm:
    """Which labels Word makes: ``shapes`` in the order of the list's ``levels`` (see ``shape_of``).

    ``anew`` are shapes whose lists people begin anew, by a list of their own; ``styled`` hangs the levels on styles;
    ``twin`` lets every second item use another list with the same counter; every ``control``-th paragraph stands in a
    content control.
    """

    shapes: tuple[str, ...]
    levels: tuple[str, ...]
    anew: tuple[str, ...] = ()
    styled: bool = False
    twin: bool = False
    control: int = 9


def shape_of(text: str) -> str:
    """Return the shape of a label: "Điều", "I.", "1.1.", "a)", "-"."""
    word = re.match(r"(Phần|Chương|Mục|Điều)", text)
    if word:
        return word[1]
    if text in ("-", "+", "*"):
        return text
    return re.sub(r"\d+", "1", re.sub(r"^[IVX]+", "I", re.sub(r"^[a-zđ](?=\))", "a", text)))


def built(plan: list[Planned], form: WordForm) -> bytes:
    """Return the file."""
    builder = _Builder(form)
    body = "".join(builder.blocks(plan))
    styles = "".join(style(f"Muc{level}", points_at(1, level)) for level in range(len(form.levels)) if form.styled)
    notes = "".join(f'<w:footnote w:id="{number}">{_paragraph(text)}</w:footnote>' for number, text in builder.notes)
    numbering = abstract(1, *form.levels) + numbered_list(1, 1) + numbered_list(2, 1) + "".join(builder.lists)
    return word_file(body, styles=styles, numbering=numbering, footnotes=notes)


@dataclass
class _Builder:
    form: WordForm
    lists: list[str] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)
    _list_of: dict[tuple[int, ...], int] = field(default_factory=dict)
    _path: list[int] = field(default_factory=list)
    _made: int = 0

    def blocks(self, plan: list[Planned]) -> Iterator[str]:
        """Yield the paragraphs and tables in their order."""
        for framed, run in groupby(enumerate(plan), key=lambda each: each[1].kind in FRAME):
            items = list(run)
            if framed:
                yield from _frame([each for _, each in items])
                continue
            for place, each in items:
                if each.kind != "note" and not _is_broken_off(each):
                    yield self._controlled(self._block(place, each, self._after(plan[place + 1 : place + 2])))

    def _after(self, following: list[Planned]) -> str:
        """Return what ends the paragraph before these: a mark of a note, a line break and the words that come then."""
        if following and following[0].kind == "note":
            self.notes.append((len(self.notes) + 1, following[0].text))
            return f'<w:r><w:footnoteReference w:id="{len(self.notes)}"/></w:r>'
        return _runs(following[0].paragraphs[0]) if following and _is_broken_off(following[0]) else ""

    def _controlled(self, block: str) -> str:
        self._made += 1
        if self._made % self.form.control:
            return block
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{block}</w:sdtContent></w:sdt>"

    def _block(self, place: int, each: Planned, note: str) -> str:
        self._path = [*self._path[: each.depth], place]
        if each.kind == "table":
            return _table(each.paragraphs, note)
        if each.kind == "aside":
            return _entry_of_contents(each.text)
        first, *more = each.paragraphs
        label = find_label(f"{each.label} X") or find_label(each.label) if each.label else None
        if label is None:
            head = _paragraph(first, after=note)
        elif shape_of(each.label) in self.form.shapes and not each.typed:
            head = _paragraph(first.removeprefix("⏎"), self._numbered(each, label), note)
        elif label.level in STRUCTURAL and not first.startswith("⏎"):
            head = _paragraph(each.label, _CENTRED) + _paragraph(first, _CENTRED, note)
        else:
            head = _paragraph(f"{each.label} {first}", after=note)
        return head + "".join(map(_paragraph, more))

    def _numbered(self, each: Planned, label: Label) -> str:
        """Return the properties of a paragraph whose label Word makes."""
        shape = shape_of(each.label)
        level = self.form.shapes.index(shape)
        if self.form.styled:
            return f'<w:pStyle w:val="Muc{level}"/>'
        if shape not in self.form.anew:
            return points_at(1 + (self.form.twin and self._made % 2), level)
        series = tuple(self._path[:-1])
        if series not in self._list_of or label.path[-1:] == (1,):
            number = 10 + len(self.lists)
            replaced = self.form.levels[level] if len(self.lists) % 3 == 0 else ""
            self.lists.append(numbered_list(number, 1, override(level, (label.path or (1,))[-1], replaced)))
            self._list_of[series] = number
        return points_at(self._list_of[series], level)


def _frame(lines: list[Planned]) -> Iterator[str]:
    """Yield the head of an act as a table with two columns, so Nơi nhận and the signature; the rest as paragraphs."""
    nation = next((place for place, each in enumerate(lines) if shows(Mark.NATION, each.text)), None)
    start = 0
    if nation is not None:
        start = next((at for at in range(nation, len(lines)) if lines[at].kind != "masthead"), len(lines))
        yield _columns(lines[:nation], lines[nation:start])
    copies = [each for each in lines[start:] if each.kind == "distribution"]
    for each in lines[start:]:
        if not (copies and each.kind in _BACK):
            yield _paragraph(each.text, _CENTRED if each.kind in ("subject", "signature") else "")
        elif each is copies[0]:
            yield _columns(copies, [other for other in lines if other.kind == "signature"])


def _columns(left: list[Planned], right: list[Planned]) -> str:
    cells = "".join(f"<w:tc>{''.join(_paragraph(each.text) for each in side)}</w:tc>" for side in (left, right))
    return f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"


def _table(rows: tuple[str, ...], note: str) -> str:
    cells = [[_paragraph(cell.strip()) for cell in row.split("¦")] for row in rows]
    cells[-1][-1] = cells[-1][-1].replace("</w:p>", f"{note}</w:p>")
    printed = "".join(f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in row)}</w:tr>" for row in cells)
    return f"<w:tbl>{_BORDERS}{printed}</w:tbl>"


def _entry_of_contents(text: str) -> str:
    words, tab, page = text.partition("\t")
    entry = f"<w:r><w:t>{escape(words)}</w:t></w:r>" + (f"<w:r><w:tab/><w:t>{page}</w:t></w:r>" if tab else "")
    return f'<w:p><w:hyperlink w:anchor="_Toc">{entry}</w:hyperlink></w:p>'


def _is_broken_off(each: Planned) -> bool:
    """Whether a bare paragraph stands in the Word paragraph of the clause above, after a line break."""
    return each.kind == "plain" and each.paragraphs[0].startswith("⏎")


def _paragraph(text: str, properties: str = "", after: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{_runs(text)}{after}</w:p>"


def _runs(text: str) -> str:
    """Return text as several runs, as Word leaves them, "⏎" and "↵" as its line break."""
    lines = []
    for line in re.split("[⏎↵]", text):
        words = re.findall(r"\s*\S+\s*?(?=\s|$)|\s+", line)
        pieces = ("".join(words[at : at + _WORDS_OF_RUN]) for at in range(0, len(words), _WORDS_OF_RUN))
        lines.append("".join(f'<w:r><w:t xml:space="preserve">{escape(piece)}</w:t></w:r>' for piece in pieces))
    return "<w:r><w:br/></w:r>".join(lines)
