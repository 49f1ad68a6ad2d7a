"""Figures of running text."""

from ...model import Figure, Passage
from ...rules import Rules
from .claims import Claims

READ = frozenset({"paragraph", "item", "note", "cell", "other"})


def find(passage: Passage, claimed: Claims, rules: Rules, country: str | None) -> list[Figure]:
    """The figures of one passage, in reading order."""
    return []
