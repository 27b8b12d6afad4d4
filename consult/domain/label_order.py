"""Which label may follow which, on one level under one parent.

It refuses to know how labels are written (``labels``) and under which parent one stands (``outline_places``).
"""

from consult.domain.label_levels import Label, Level

_WIDEST_STEP = 3
"""From A to B over Ă and Â: capital letters count by the Latin or by the Vietnamese alphabet."""


def follows(label: Label, last: Label | None) -> bool:
    """Whether ``label`` may come after ``last``, the one before it on its level under the same parent.

    Numbers go up by one, or repeat (a slip; its anchor gets "~2"). Letters only go up: which letters of the Vietnamese
    alphabet are used differs from office to office. A level begins at its first number; an excerpt may begin at any
    Điều or Chương.
    """
    if label.level >= Level.DASH:
        return True
    if label.level is Level.CAPITAL and last is not None:
        return 0 <= label.path[0] - last.path[0] <= _WIDEST_STEP
    if label.level is Level.LETTER:
        return label.path == (1,) if last is None else label.path >= last.path
    if last is None:
        return label.path[-1] == 1 or label.level <= Level.ARTICLE
    if label.level is Level.ARTICLE:
        return label.path in (last.path, (last.path[0] + 1,)) or _is_inserted_article(label, last)
    return label.path in (last.path, (*last.path[:-1], last.path[-1] + 1))


def stands_out_of_order(label: Label) -> bool:
    """Whether a paragraph that begins so is a clause even out of order: Điều, Chương and their like.

    A gap or a slip in their numbers is the draft's, and shown to the person who looks it through.
    """
    return label.level <= Level.ARTICLE


def begins_again(label: Label) -> bool:
    """Whether this is the first Điều or the first part of its kind: what an attached text begins with."""
    return label.level <= Level.ARTICLE and label.path == (1,)


def is_next_letter(label: Label, last: Label | None) -> bool:
    """Whether a point comes soon after ``last`` in any of the alphabets that offices use: "i)" after "h)" or "g)"."""
    return last is not None and 0 < label.path[0] - last.path[0] <= _WIDEST_STEP


def _is_inserted_article(label: Label, last: Label) -> bool:
    """Whether this is "Điều 5b." after "Điều 5a." or "Điều 5."; inserted letters only go up, as those of points."""
    return label.level is Level.ARTICLE and label.path[0] == last.path[0] and label.path > last.path
