"""Where the table of a synthesis is cut, and what stands above each piece.

Above a few hundred rows there is a table a top heading of the draft, and none of them is long, since word processors
open one huge table badly. It knows rows and words, no XML.
"""

from consult.documents.synthesis_forms import CONTINUED, GENERAL, OTHER, words
from consult.domain.synthesis import Row, Summary

ONE_TABLE_UP_TO = 500
_ROWS_IN_A_TABLE = 200


class Cuts:
    """Follows the rows of one synthesis; ``rows`` counts those of the table that is open."""

    def __init__(self, summary: Summary) -> None:
        """``summary`` tells how many rows will come and in which form."""
        self._long = summary.expected > ONE_TABLE_UP_TO
        self._by_agency = summary.form.by_agency
        self._table = words(summary).table
        self._section = ""
        self.rows = 0

    def opens(self, row: Row) -> bool:
        """Count a row in; tell whether a table begins with it."""
        begins = row.starts_draft or (self._long and (row.starts_section or self.rows >= _ROWS_IN_A_TABLE))
        self.rows = 1 if begins else self.rows + 1
        return begins

    def heading(self, row: Row) -> str:
        """Return what stands above the table that begins with this row; "" where the table is not long."""
        if not self._long:
            return ""
        if row.starts_section:
            self._section = self._table if self._by_agency else _named(row)
            return self._section
        return f"{self._section} {CONTINUED}"


def _named(row: Row) -> str:
    return row.opinion.section or (GENERAL if row.starts_draft else OTHER)
