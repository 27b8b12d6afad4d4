"""The same words of several agencies in one row: rows of one place go in, one row for each different comment comes out.

A row holds the others that it speaks for, so that each is still proved by its identity. It remembers the rows of one
place, and of a place with very many comments no more than a block.
"""

from collections.abc import Iterable, Iterator

from consult.domain.synthesis import Row

_MOST = 2_000


def merged(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield rows in the order of the first of each; comments that were answered in other words stay apart."""
    held: Row | None = None
    for row in _groups(rows):
        if held is not None:
            yield held._replace(last=False)
        held = row
    if held is not None:
        yield held._replace(last=True)


def _groups(rows: Iterable[Row]) -> Iterator[Row]:
    found: dict[tuple[str, ...], list[Row]] = {}
    count = 0
    for row in rows:
        if found and (row.starts_place or count >= _MOST):
            yield from _closed(found)
            found, count = {}, 0
        found.setdefault(_same(row), []).append(row)
        count += 1
    yield from _closed(found)


def _closed(found: dict[tuple[str, ...], list[Row]]) -> Iterator[Row]:
    for first, *others in found.values():
        yield first._replace(others=tuple(others)) if others else first


def _same(row: Row) -> tuple[str, ...]:
    said = row.opinion
    words = (said.content, said.proposed_passage, said.reason)
    return (
        said.place,
        *(" ".join(text.split()) for text in words),
        "" if said.response is None else f"={said.response}",
        said.kind.name,
    )
