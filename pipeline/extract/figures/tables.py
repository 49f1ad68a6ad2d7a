"""Figures of tables: each number of a body, measured by its row's and its column's heads."""

from collections.abc import Sequence

from ...model import Figure, Outline, Passage
from ...rules import Rules
from .claims import Claims


def find(passages: Sequence[Passage], outline: Outline, claimed: Sequence[Claims], rules: Rules) -> list[Figure]:
    """The figures of all tables, in reading order."""
    return []
