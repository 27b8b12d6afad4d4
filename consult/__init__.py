"""Consult: ask agencies what they think of a draft, clause by clause, and merge their answers into the synthesis.

This package module holds the version and nothing else; the parts meet in ``consult.app``.
"""

__version__ = "0.1.0"
