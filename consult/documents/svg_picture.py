"""A plot of pygal as a plain picture: shapes and words alone.

No script, style sheet, address, description for tips or random name stays, so that the picture stands under the site's
Content-Security-Policy and the same values always give the same bytes. It knows nothing of what is plotted.
"""

import sys

import pygal
from lxml import etree

# pygal hooks every later import, for plug-ins that are not used here, in a way that Python gave up (find_module).
sys.meta_path[:] = [finder for finder in sys.meta_path if not isinstance(finder, pygal.PluginImportFixer)]

SVG = "{http://www.w3.org/2000/svg}"
INK, _SOFT, _LINE = "#16283a", "#46586a", "#d9d4c7"
_FONTS = "'Segoe UI', 'Noto Sans', 'Liberation Sans', 'DejaVu Sans', Arial, sans-serif"
_HIDDEN = ("tooltip-overlay", "text-overlay")


def drawn(chart: pygal.Graph, title: str) -> etree._Element:
    """Return the picture that pygal lays out, without all that is not a shape or a word, under a title of ours.

    Classes are still there, to tell the parts apart: ``written`` takes them out.
    """
    root = etree.fromstring(chart.render(), etree.XMLParser(remove_comments=True, resolve_entities=False))
    for element in list(root.iter(*(f"{SVG}{name}" for name in ("defs", "desc", "title", "script", "style")))):
        remove(element)
    for element in list(root.iter(f"{SVG}g", f"{SVG}rect")):
        last = (element.get("class") or "").split()[-1:]
        if last and last[0] in (*_HIDDEN, "background"):
            remove(element)
    if "id" in root.attrib:
        del root.attrib["id"]
    heading = etree.Element(f"{SVG}title")
    heading.text = title
    root.insert(0, heading)
    _plain_looks(root)
    return root


def _plain_looks(root: etree._Element) -> None:
    """Give axes and their words the looks that pygal's style sheet would."""
    root.attrib.update({"role": "img", "font-family": _FONTS, "font-size": "13", "fill": INK})
    for axis in [group for group in root.iter(f"{SVG}g") if (group.get("class") or "").startswith("axis")]:
        anchor = "end" if "axis y" in (axis.get("class") or "") else "middle"
        for words in axis.iter(f"{SVG}text"):
            words.attrib.update({"text-anchor": anchor, "fill": _SOFT})
        for line in axis.iter(f"{SVG}path"):
            line.attrib.update({"stroke": _LINE, "stroke-width": "1", "fill": "none"})


def written(root: etree._Element) -> bytes:
    """Return the finished picture as XML."""
    for element in root.iter():
        for name in ("class", "style"):
            if name in element.attrib:
                del element.attrib[name]
    etree.cleanup_namespaces(root)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def above(element: etree._Element) -> etree._Element:
    """Return the element around another, which is not the root."""
    parent = element.getparent()
    assert parent is not None
    return parent


def remove(element: etree._Element) -> None:
    """Take an element out with all that stands in it."""
    above(element).remove(element)
