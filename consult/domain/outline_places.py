"""Below which clause a label stands, and in which reading: "i)" after "h)" is a letter, after "a)" a Roman number.

Levels go from wide to narrow, but offices nest them in their own ways: "1)" under "a)", "-" under "*". A level that is
open above a clause is never opened again below it. It refuses to know lines and how clauses grow (``outline_tree``).
"""

from collections.abc import Mapping

from consult.domain.label_order import follows, is_next_letter
from consult.domain.labels import Label, Level, as_small_roman
from consult.domain.outline_clause import Clause

Series = tuple[Clause | None, tuple[int, int]]
Opened = Mapping[Series, Label]
"""The last label of each series: of a level below its parent."""

_NUMBERED_UNDER = (Level.NUMBER, Level.ROMAN, Level.ARTICLE)
_MAY_BE_INTRODUCED = (Level.NUMBER, Level.COUNTED, Level.LETTER, Level.BRACKETED, Level.SMALL_ROMAN)
_NESTED_FREELY = {(Level.LETTER, Level.COUNTED), (Level.STAR, Level.DASH), (Level.STAR, Level.PLUS)}
_HYPHENS = str.maketrans("–—", "--")


def series(label: Label, parent: Clause | None) -> Series:
    """Return what ``label`` is counted in: its level below its parent; Điều are counted through the whole part."""
    return None if label.level is Level.ARTICLE else parent, label.rank


def parent_of(label: Label, innermost: Clause | None, opened: Opened) -> Clause | None:
    """Return the nearest clause, from ``innermost`` up, that may hold ``label``."""
    above = innermost
    while above is not None and not _may_hold(above, label, opened):
        above = above.parent
    return above


def reading_of(label: Label, innermost: Clause | None, opened: Opened) -> Label:
    """Return the label as it is meant: "i)", "v)" and "x)" are letters where the letter before them is near."""
    roman = as_small_roman(label)
    if roman is None:
        return label
    last = opened.get(series(label, parent_of(label, innermost, opened)))
    if is_next_letter(label, last):
        return label
    return roman if follows(roman, opened.get(series(roman, parent_of(roman, innermost, opened)))) else label


def list_above(holder: Clause | None) -> Clause | None:
    """Return where a bare title stands whose list begins anew: beside the bare title of the list before."""
    return holder.parent if holder is not None and holder.holds is not None else holder


def _may_hold(above: Clause, label: Label, opened: Opened) -> bool:
    """Whether ``label`` may stand below ``above``; "2.3." only below "2." (or Điều 2, or II)."""
    if above.label is None:
        return above.holds is not None and label.rank >= above.holds
    if label.level is Level.NUMBER and len(label.path) > 1:
        return above.label.level in _NUMBERED_UNDER and above.label.path == label.path[:-1]
    if any(_alike(each, label) for each in _line_up(above)):
        return False
    if above.label.rank < label.rank:
        return not _rises(above, label)
    return _nests(above, label, opened)


def _nests(above: Clause, label: Label, opened: Opened) -> bool:
    """Whether a wider level stands below a narrower one here: by habit, or since the clause introduces it."""
    assert above.label is not None
    if (above.label.level, label.level) in _NESTED_FREELY:
        return True
    introduced = above.text.endswith(":") and len(above.paragraphs) == 1
    if label.level >= Level.DASH:
        return introduced and above.label.level >= Level.DASH
    if label.level not in _MAY_BE_INTRODUCED or above.label.level < Level.LETTER:
        return False
    return (introduced and label.path == (1,)) or series(label, above) in opened


def _rises(above: Clause, label: Label) -> bool:
    """Whether a starred heading comes after a finished item, above whose kind it stands."""
    heading = label.level is Level.STAR and label.rest.endswith(":")
    return heading and above.label is not None and above.label.level >= Level.DASH and not above.text.endswith(":")


def _line_up(clause: Clause | None) -> list[Label]:
    found = []
    while clause is not None:
        if clause.label is not None:
            found.append(clause.label)
        clause = clause.parent
    return found


def _alike(one: Label, other: Label) -> bool:
    """Whether two labels are of one kind; marks are told by their sign, "-" and "–" being the same."""
    if one.level >= Level.DASH and other.level >= Level.DASH:
        return one.printed.translate(_HYPHENS) == other.printed.translate(_HYPHENS)
    return one.rank == other.rank
