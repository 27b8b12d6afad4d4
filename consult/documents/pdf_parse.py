"""The reading of one PDF file in a process of its own, like ``parse``; it needs the extra ``pdf``."""

from consult.documents.child import Bounds, tell
from consult.documents.pdf_reader import read_pdf

BOUNDS = Bounds(memory=768_000_000, seconds=60)
"""A page takes 0.05 to 0.1 s; a page of many drawings more."""


def main(bounds: Bounds = BOUNDS) -> None:
    """Tell the lines of the PDF file on standard input, or why it is refused."""
    tell(read_pdf, bounds)
