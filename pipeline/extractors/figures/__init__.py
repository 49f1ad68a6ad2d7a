"""Figures: numbers that measure something, with unit, comparator, measure and period."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ...model import Article, Date, Figure, Outline, Passage, Penalty, Register, Report
from ...rules import Rules, unspaced
from . import han, prose, tables
from .claims import Claims, claims


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
    found.sort(key=lambda figure: (figure.at.passage, figure.at.start, figure.at.end))
    return tuple(_sourced(found, passages, claimed))


BRACKETS = re.compile(r"\([^()]*\)")


def _sourced(found: Sequence[Figure], passages: Sequence[Passage], claimed: Sequence[Claims]) -> list[Figure]:
    """Labelled figures with the dates of their sources where these follow all of them, one in brackets for each:
    "Population: 90,800 Internet users: 63% (source: census, 2012) (source: survey, 2013)"."""
    dated = list(found)
    for i, figure in enumerate(found):
        if figure.rule != "figure.label" or (i + 1 < len(found) and _beside(figure, found[i + 1])):
            continue
        first = i
        while first and _beside(found[first - 1], found[first]):
            first -= 1
        text, dates = passages[figure.at.passage].text, claimed[figure.at.passage].dates
        held = [
            [date for date in dates if match.start() < date.start < match.end()]
            for match in BRACKETS.finditer(text, figure.at.end)
        ]
        if i > first and len(held) == i + 1 - first and all(len(inside) == 1 for inside in held):
            for j, (date,) in zip(range(first, i + 1), held, strict=True):
                dated[j] = replace(found[j], period=date.edtf)
    return dated


def _beside(figure: Figure, following: Figure) -> bool:
    both = figure.rule == following.rule == "figure.label"
    return both and following.at.passage - figure.at.passage <= 1
