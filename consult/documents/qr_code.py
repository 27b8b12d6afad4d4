"""A QR code as a picture for a page: words in, the address of an SVG picture out. It knows no links and no agencies."""

import segno

# Two modules of white more than nothing; the sheet around it is white as well, and the standard asks for four.
_QUIET_ZONE = 4


def qr_picture(words: str) -> str:
    """Return a ``data:`` address of an SVG picture of the QR code for ``words`` (level M: 15 % may be damaged)."""
    return str(segno.make_qr(words, error="m").svg_data_uri(border=_QUIET_ZONE, scale=4, xmldecl=False, nl=False))
