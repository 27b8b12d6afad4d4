"""Runs and paragraphs as WordprocessingML text, for parts that are streamed instead of built as a tree.

Everything a person wrote goes into ``w:t`` and nowhere else: no field and no link is ever made of it. Looks come from
named styles (``typography.add_style``).
"""

import re
from html import escape

from consult.documents.typography import printable

BOLD = "<w:rPr><w:b/></w:rPr>"
ITALIC = "<w:rPr><w:i/></w:rPr>"
KEEP = "<w:keepNext/>"
CENTERED = '<w:jc w:val="center"/>'

_BREAK = re.compile(r"([\t\n])")
_BREAKS = {"\t": "<w:tab/>", "\n": "<w:br/>"}


def paragraph(style: str, runs: str, keep: str = "") -> str:
    """Return a paragraph of the style with this id; ``keep`` is ``KEEP``, ``CENTERED``, both so, or nothing."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}</w:pPr>{runs}</w:p>'


def run(text: str, properties: str = "") -> str:
    """Return one run; line breaks and tabs become elements, all else is text and nothing but text."""
    if text.isprintable():
        return f'<w:r>{properties}<w:t xml:space="preserve">{escaped(text)}</w:t></w:r>'
    safe = escaped(printable(text))
    pieces = (_BREAKS.get(piece) or f'<w:t xml:space="preserve">{piece}</w:t>' for piece in _BREAK.split(safe) if piece)
    return f"<w:r>{properties}{''.join(pieces)}</w:r>"


def escaped(text: str) -> str:
    """Return ``text`` with the three signs of markup escaped; looking for them is faster than replacing none."""
    return escape(text, quote=False) if "&" in text or "<" in text or ">" in text else text
