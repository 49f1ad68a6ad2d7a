"""Figures: numbers that measure something, with unit, comparator, measure and period."""

from collections.abc import Sequence

from ..model import Article, Date, Figure, Outline, Passage, Penalty, Register, Report
from ..rules import Rules


def find(
    passages: Sequence[Passage],
    outline: Outline,
    report: Report,
    dates: Sequence[Date],
    articles: Sequence[Article],
    penalties: Sequence[Penalty],
    register: Register,
    rules: Rules,
) -> tuple[Figure, ...]:
    """All figures, in text and in table cells, in reading order."""
    return ()
