"""Figures: numbers that measure something, with unit, comparator, measure and period."""

from collections.abc import Sequence

from ...model import Article, Date, Figure, Outline, Passage, Penalty, Register, Report
from ...rules import Rules, unspaced
from . import han, prose, tables
from .claims import claims


def find(
    passages: Sequence[Passage],
    outline: Outline,
    report: Report,
    dates: Sequence[Date],
    articles: Sequence[Article],
    penalties: Sequence[Penalty],
    register: Register,
    rules: Rules,
    country: str | None = None,
) -> tuple[Figure, ...]:
    """All figures, in text and in table cells, in reading order."""
    claimed = claims(passages, dates, articles, penalties, register, rules)
    found = tables.find(passages, outline, claimed, rules, report.boxes, country)
    in_tables = {figure.at.passage for figure in found}
    for passage in passages:
        if passage.index not in in_tables and passage.block.kind in prose.READ:
            read = han.find if unspaced(passage.language, rules) else prose.find
            found.extend(read(passage, claimed[passage.index], rules, country))
    return tuple(sorted(found, key=lambda figure: (figure.at.passage, figure.at.start, figure.at.end)))
