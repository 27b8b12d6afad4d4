"""What a Word file holds besides its words, each thing at the paragraph where it stands.

It knows which elements stand outside paragraphs and are no words either. It refuses to know what is made of them.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from lxml import etree

from consult.documents.docx_blocks import TABLE
from consult.documents.docx_paragraph import Thing
from consult.documents.docx_properties import CHANGES, W, changes_in
from consult.domain.findings import Finding, Found

_IN_TABLES = tuple(f"{W}{tag}" for tag in ("tblPr", "tblGrid", "tblPrEx", "trPr", "tcPr"))


def findings_of(things: Sequence[Thing], part: str, paragraph: int) -> Iterator[Finding]:
    """Yield a finding for each kind of the things that stand at one paragraph."""
    for what, count in Counter(what for what, _ in things).items():
        yield Finding(what, part, paragraph, count)


def changes_around(block: etree._Element) -> list[Thing]:
    """Return the tracked changes of a table with its rows and cells, of a section, or of a whole block, itself one.

    Those of a table inside a cell and those of paragraphs are their own.
    """
    holders = _of_table(block) if block.tag == TABLE else [block]
    changes = [block] if block.tag in CHANGES else [change for holder in holders for change in changes_in(holder)]
    return [(Found.TRACKED_CHANGE, change) for change in changes]


def _of_table(table: etree._Element) -> Iterator[etree._Element]:
    """Yield the properties of a table, its rows and cells, as they are now."""
    for holder in table.iter(*_IN_TABLES):
        above = holder.getparent()
        if next(holder.iterancestors(TABLE)) is table and above is not None and above.tag not in CHANGES:
            yield holder
