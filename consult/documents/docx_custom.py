"""The properties of a Word file as parts of its package: the core ones, and custom ones that are added at the end.

It knows ECMA-376, part 2 (parts, relationships) and part 1, 22.3 (custom properties), and no word of any document. The
custom part is declared when the file is written and put in by ``stamp`` as its last one, since what it says is known
only then; a file without it is not finished.
"""

import zipfile
from collections.abc import Mapping
from html import escape
from pathlib import Path

from lxml import etree

from consult.documents.typography import printable
from consult.documents.zip_parts import timeless

CORE, CUSTOM = "docProps/core.xml", "docProps/custom.xml"
_TYPES, _RELATIONS = "[Content_Types].xml", "_rels/.rels"
_TYPES_NS = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONS_NS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_CORE_RELATION = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_CUSTOM_RELATION = f"{_OFFICE}/relationships/custom-properties"
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
# What a file tells about the one from which it was made; a thumbnail is a picture of that one.
_OF_THE_FORM = ("core-properties", "custom-properties", "extended-properties", "thumbnail")
_FOLDER = "docProps/"
_FIRST_NUMBER = 2
_SET = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_LONGEST = 255


def with_custom(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the parts of a package that declare custom properties; ``stamp`` brings these."""
    return _declaring(parts, {CUSTOM: (_CUSTOM_RELATION, _CUSTOM_TYPE)})


def with_own_properties(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the parts without what they tell about the file that they come from; core and custom ones are declared."""
    bare = _without_properties(parts)
    return _declaring(bare, {CORE: (_CORE_RELATION, _CORE_TYPE), CUSTOM: (_CUSTOM_RELATION, _CUSTOM_TYPE)})


def core(title: str, author: str) -> bytes:
    """Return the core properties: title, who issues it, the language; no person and no moment."""
    fields = {
        "dc:title": title,
        "dc:creator": author,
        "cp:lastModifiedBy": author,
        "dc:language": "vi-VN",
    }
    told = "".join(f"<{name}>{_text(text[:_LONGEST])}</{name}>" for name, text in fields.items())
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/">{told}</cp:coreProperties>'
    ).encode()


def stamp(path: Path, values: Mapping[str, str | int]) -> None:
    """Add the custom properties as the last part of a file that declares them."""
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(timeless(CUSTOM), _custom(values))


def _custom(values: Mapping[str, str | int]) -> bytes:
    told = "".join(
        f'<property fmtid="{_SET}" pid="{number}" name="{escape(name)}">{_value(value)}</property>'
        for number, (name, value) in enumerate(values.items(), start=_FIRST_NUMBER)
    )
    names = f'xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes"'
    return f"{_HEAD}<Properties {names}>{told}</Properties>".encode()


def _value(value: str | int) -> str:
    if isinstance(value, int):
        return f"<vt:i4>{value}</vt:i4>"
    return f"<vt:lpwstr>{_text(value)}</vt:lpwstr>"


def _text(words: str) -> str:
    return escape(printable(words), quote=False)


def _without_properties(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    relations = etree.fromstring(parts[_RELATIONS])
    gone = [each for each in relations if each.get("Type", "").rsplit("/", 1)[-1] in _OF_THE_FORM]
    dropped = {each.get("Target", "").lstrip("/") for each in gone}
    for each in gone:
        relations.remove(each)
    types = etree.fromstring(parts[_TYPES])
    for each in types.findall(f"{_TYPES_NS}Override"):
        name = each.get("PartName", "").lstrip("/")
        if name in dropped or name.startswith(_FOLDER):
            types.remove(each)
    kept = {name: content for name, content in parts.items() if name not in dropped and not name.startswith(_FOLDER)}
    return kept | {_RELATIONS: serialised(relations), _TYPES: serialised(types)}


def _declaring(parts: Mapping[str, bytes], added: Mapping[str, tuple[str, str]]) -> dict[str, bytes]:
    relations, types = etree.fromstring(parts[_RELATIONS]), etree.fromstring(parts[_TYPES])
    for number, (name, (relation, kind)) in enumerate(added.items(), start=1):
        etree.SubElement(
            relations, f"{_RELATIONS_NS}Relationship", {"Id": f"own{number}", "Type": relation, "Target": name}
        )
        etree.SubElement(types, f"{_TYPES_NS}Override", {"PartName": f"/{name}", "ContentType": kind})
    return dict(parts) | {_RELATIONS: serialised(relations), _TYPES: serialised(types)}


def serialised(root: etree._Element) -> bytes:
    """Return a part of the package as bytes."""
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
