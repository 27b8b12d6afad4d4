"""Numbering definitions of Word for the tests, as XML."""

from tests.documents.word_files import paragraph


def level(at: int, number_format: str, text: str, more: str = "", start: int = 1) -> str:
    """Return a ``w:lvl``; ``more`` are further properties, in no particular order."""
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{number_format}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(abstract_id: int, *levels: str) -> str:
    """Return a ``w:abstractNum``."""
    return f'<w:abstractNum w:abstractNumId="{abstract_id}">{"".join(levels)}</w:abstractNum>'


def numbered_list(number: int, abstract_id: int, more: str = "") -> str:
    """Return a ``w:num`` on an abstract list."""
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract_id}"/>{more}</w:num>'


def override(at: int, start: int | None = None, replaced: str = "") -> str:
    """Return a ``w:lvlOverride`` that starts a level elsewhere, or replaces it."""
    begins = "" if start is None else f'<w:startOverride w:val="{start}"/>'
    return f'<w:lvlOverride w:ilvl="{at}">{begins}{replaced}</w:lvlOverride>'


def points_at(number: int | None, at: int | None = None) -> str:
    """Return a ``w:numPr``."""
    where = "" if at is None else f'<w:ilvl w:val="{at}"/>'
    which = "" if number is None else f'<w:numId w:val="{number}"/>'
    return f"<w:numPr>{where}{which}</w:numPr>"


def item(number: int, at: int, text: str = "x") -> str:
    """Return a paragraph on a level of a list."""
    return paragraph(text, points_at(number, at))


def style(style_id: str, properties: str = "", based_on: str = "", kind: str = "paragraph") -> str:
    """Return a ``w:style``."""
    above = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return f'<w:style w:type="{kind}" w:styleId="{style_id}">{above}<w:pPr>{properties}</w:pPr></w:style>'
