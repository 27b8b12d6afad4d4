"""What a cell of a workbook holds, what a value of a CSV may begin with, and a table as text with tabs."""

from collections.abc import Iterable, Sequence

MOST_IN_A_CELL = 32_767
_CUT = "… (cắt bớt)"
_BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def fitting(value: str | int) -> str | int:
    """Return a value as a cell of a workbook holds it: a longer text is cut and says so."""
    if isinstance(value, str) and len(value) > MOST_IN_A_CELL:
        return value[: MOST_IN_A_CELL - len(_CUT)] + _CUT
    return value


def harmless(value: str | int) -> str | int:
    """Return a value for a CSV: a text that a spreadsheet would take for a formula begins with an apostrophe."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_BEGINS_FORMULA) else value


def tabbed(rows: Iterable[Sequence[str]]) -> str:
    """Return rows as lines with tabs, to be pasted into a table: blanks for what would begin a cell or a line anew."""
    return "\n".join("\t".join(str(harmless(" ".join(cell.split()))) for cell in row) for row in rows)
