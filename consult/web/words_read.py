"""The mark of a place's words in a form: tells whether the draft was corrected while somebody was writing."""

import hashlib

from consult.store.queries.places import Place


def words_mark(text: str) -> str:
    """Return a short digest of words."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def read_mark(place: Place | None) -> str:
    """Return the mark of a place's words, "" for the draft as a whole."""
    return words_mark(place.text) if place else ""
