"""Lines of a draft → its clauses, without losing a character.

It knows in which order the steps are taken. It refuses to know files, and how any one step is done.
"""

from consult.domain.outline_nodes import Furniture, Line, LineKind, Node, NodeKind, Outline, SourceText, Span

__all__ = ["Furniture", "Line", "LineKind", "Node", "NodeKind", "Outline", "SourceText", "Span", "outline"]


def outline(source: SourceText) -> Outline:
    """Read the clauses, the frame and the page furniture of a draft."""
    raise NotImplementedError
