"""What a Word file holds besides its words, gathered while it is read, each thing at the paragraph where it stands.

It knows which elements stand outside paragraphs and which parts outside the text, and are no words either. It refuses
to know what is made of them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from lxml import etree

from consult.documents.docx_blocks import TABLE
from consult.documents.docx_names import AUTHOR, names_beside
from consult.documents.docx_package import Package
from consult.documents.docx_properties import CHANGES, Thing, W, changes_in
from consult.domain.findings import Finding, Found

_IN_TABLES = tuple(f"{W}{tag}" for tag in ("tblPr", "tblGrid", "tblPrEx", "trPr", "tcPr"))
_ID = f"{W}id"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_EMBEDDED = "/embeddings/"


class Findings:
    """The findings of one package; what nothing in the text refers to is known once all of it was read."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._found: list[Finding] = []
        self._named: set[tuple[str, str]] = set()
        self._comments: set[str] = set()
        self._objects: set[tuple[str, str]] = set()

    def add(self, things: Iterable[Thing], part: str, paragraph: int) -> None:
        """Note what stands at one paragraph, and the names of those who put it there."""
        counts: Counter[Found] = Counter()
        for what, element in things:
            counts[what] += what is not Found.NAME
            counts[Found.NAME] += self._is_new_name(part, element.get(AUTHOR, ""))
            if what is Found.COMMENT:
                self._comments.add(element.get(_ID, ""))
            elif what is Found.EMBEDDED_OBJECT:
                self._objects.update((part, each.get(_RELATION, "")) for each in element.iter())
        self._found += (Finding(what, part, paragraph, count) for what, count in counts.items() if count)

    def all(self) -> tuple[Finding, ...]:
        """Return the findings of the text, then those of what stands beside it."""
        names = Counter(part for part, name in names_beside(self._package) if self._is_new_name(part, name))
        beside = {Found.COMMENT: self._unmarked_comments(), Found.HIDDEN_FILE: self._unshown_files(), Found.NAME: names}
        found = (Finding(what, part, 0, count) for what, counts in beside.items() for part, count in counts.items())
        return (*self._found, *found)

    def _is_new_name(self, part: str, name: str) -> bool:
        """Whether this is a name that was not met in the part before."""
        named = part, name.strip()
        is_new = bool(named[1]) and named not in self._named
        self._named.add(named)
        return is_new

    def _unmarked_comments(self) -> Counter[str]:
        """Count the comments, by part, that no mark in the text leads to."""
        stored = {*self._package.names}.intersection(self._package.related("comments"))
        parts = ((part, self._package.root(part)) for part in stored)
        return Counter(part for part, root in parts for each in root if each.get(_ID, "") not in self._comments)

    def _unshown_files(self) -> Counter[str]:
        """Count the embedded files that no object in the text shows, the tables of numbers behind charts among them."""
        relations = {part: self._package.relations(part) for part, _ in self._objects}
        shown = {each.target for part, key in self._objects for each in relations[part] if each.key == key}
        return Counter(name for name in self._package.names if _EMBEDDED in name and name not in shown)


def changes_around(block: etree._Element) -> list[Thing]:
    """Return the tracked changes of a table with its rows and cells, of a section, or of a whole block, itself one.

    Those of a table inside a cell and those of paragraphs are their own.
    """
    if block.tag in CHANGES:
        return [(CHANGES[block.tag], block)]
    holders = _of_table(block) if block.tag == TABLE else [block]
    return [change for holder in holders for change in changes_in(holder)]


def _of_table(table: etree._Element) -> Iterator[etree._Element]:
    """Yield the properties of a table, its rows and cells, as they are now."""
    for holder in table.iter(*_IN_TABLES):
        above = holder.getparent()
        if next(holder.iterancestors(TABLE)) is table and above is not None and above.tag not in CHANGES:
            yield holder
