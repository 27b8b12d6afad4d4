"""Names of persons and bodies that a Word file keeps beside its text: its properties, and who commented or changed it.

It knows where Word writes them (ECMA-376, part 1, 17.13.4 and 22.2 to 22.3; part 2, 11; [MS-DOCX] 2.5.1.36). It refuses
to know names that stand in the text.
"""

from collections.abc import Iterator

from lxml import etree

from consult.documents.docx_package import PACKAGE, Package
from consult.documents.docx_properties import W

AUTHOR = f"{W}author"
"""The attribute that tells who made a comment or a tracked change."""

# A property that the office added may hold anything that is text; whether it is a name cannot be told.
_PROPERTIES = {
    "core-properties": ("{*}creator", "{*}lastModifiedBy"),
    "extended-properties": ("{*}Manager", "{*}Company"),
    "custom-properties": ("{*}lpwstr", "{*}lpstr", "{*}bstr"),
}
_PEOPLE = {"comments": f"{W}comment", "people": "{*}person"}


def names_beside(package: Package) -> Iterator[tuple[str, str]]:
    """Yield (part, name) for each name in the file's properties, of its commentators and of those who worked on it."""
    stored = {*package.names}
    for kind, tags in _PROPERTIES.items():
        for part in stored.intersection(package.related(kind, PACKAGE)):
            yield from ((part, each.text or "") for each in package.root(part).iter(*tags))
    for kind, tag in _PEOPLE.items():
        for part in stored.intersection(package.related(kind)):
            yield from ((part, name) for each in package.root(part).iter(tag) for name in _authors(each))


def _authors(element: etree._Element) -> Iterator[str]:
    return (str(value) for key, value in element.items() if etree.QName(key).localname == "author")
