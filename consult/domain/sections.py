"""Cuts a long draft into the sections that pages show, at its widest places first.

It knows the shape of a draft (how deep each clause stands, where a draft begins) and how much one page holds. It
refuses to know words, pages and addresses.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

# What one page shows: sections are joined up to MOST; a draft, or a chapter, of up to WHOLE is not cut.
MOST = 120
WHOLE = 150
# What is too little for a page of its own: a preamble, the signature.
_TINY = 20


def cut(levels: Sequence[int]) -> tuple[range, ...]:
    """Return the sections of a round in order; each clause, by its index, stands in exactly one.

    ``levels`` has an entry a clause: 0 at the top of a draft, -1 for the first clause of each draft, so that a text
    attached to another one begins a section where it can.
    """
    return tuple(_cut(levels, range(len(levels)), -1)) if levels else ()


def _cut(levels: Sequence[int], span: range, level: int) -> Iterator[range]:
    if len(span) <= WHOLE:
        yield span
        return
    pages = _joined(_pieces(levels, span, level), lambda one, other: one + other <= MOST)
    for joined in _joined(pages, lambda one, other: one + other <= WHOLE and min(one, other) < _TINY):
        yield from _cut(levels, joined, level + 1)


def _pieces(levels: Sequence[int], span: range, level: int) -> Iterator[range]:
    """Cut before each place that stands at this level or higher."""
    inside = (index for index in span[1:] if levels[index] <= level)
    return (range(start, stop) for start, stop in pairwise([span.start, *inside, span.stop]))


def _joined(pieces: Iterator[range], fit: Callable[[int, int], bool]) -> Iterator[range]:
    """Join neighbours whose lengths fit; one that is too long for a page stays alone, to be cut further."""
    held = next(pieces)
    for piece in pieces:
        if fit(len(held), len(piece)):
            held = range(held.start, piece.stop)
        else:
            yield held
            held = piece
    yield held
