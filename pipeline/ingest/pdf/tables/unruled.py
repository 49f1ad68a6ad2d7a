"""Tables without rules: rows of numbers that stand under one another."""

import re
from collections.abc import Sequence

from ..lines import Row
from ..strokes import Rule
from .cells import LABEL, NEAR, NUMBER, TIME, close, clusters, said
from .groups import in_several_places

LEADERS = re.compile(r"\.{4,}|(?:\. ){4,}|…{2,}")

FEWEST = 3
"""Fewer rows of numbers than this without rules are no table."""

HEAD_ROWS = 6


def number_rows(rows: Sequence[Row], taken: set[int]) -> list[tuple[int, int]]:
    """(first, last) of the stretches of rows with two numbers or more that stand under one another."""
    ends: dict[int, list[float]] = {}
    starts: dict[int, list[float]] = {}
    for index, row in enumerate(rows):
        if index not in taken and not LEADERS.search(row.text):
            parts = clusters(row, 0.9)
            numbers = [c for c in parts[1:] if NUMBER.fullmatch(said(c)) and not TIME.fullmatch(said(c))]
            if len(numbers) >= 2 and sum(c.isdigit() for c in row.text) >= 2 and not LABEL.fullmatch(said(parts[0])):
                ends[index] = [cluster[-1].x1 for cluster in numbers]
                starts[index] = [cluster[0].x0 for cluster in numbers]
    found: list[list[int]] = []
    for index, here in ends.items():
        above = found[-1][-1] if found else None
        together = (
            above is not None
            and index - above <= 3
            and max(_aligned(here, ends[above], 2 * NEAR), _aligned(starts[index], starts[above], 0.5)) >= 0.6
            and not taken & set(range(above, index))
        )
        if together:
            found[-1].append(index)
        else:
            found.append([index])
    return [(run[0], run[-1]) for run in found if len(run) >= FEWEST]


def _aligned(here: Sequence[float], above: Sequence[float], by: float) -> float:
    return sum(close(x, above, by) for x in here) / len(here)


def around(rows: Sequence[Row], first: int, last: int) -> list[Rule]:
    """Rules where there are none: over the heads of a stretch of rows and under its last row."""
    x0 = min(rows[i].x0 for i in range(first, last + 1))
    x1 = max(rows[i].x1 for i in range(first, last + 1))
    top = first
    for index in range(first - 1, max(-1, first - 1 - HEAD_ROWS), -1):
        row, below = rows[index], rows[index + 1]
        short = row.x1 - row.x0 < 0.35 * (x1 - x0)
        if (
            below.baseline - row.baseline > 2.2 * below.size
            or row.x1 > x1 + 4 * NEAR
            or not (short or in_several_places(row))
        ):
            break
        top = index
    while top < first and not in_several_places(rows[top]) and rows[top].x0 < x0 + 0.3 * (x1 - x0):
        top += 1
    ends = (rows[top].baseline - rows[top].size, rows[first].baseline - 0.95 * rows[first].size)
    foot = rows[last].baseline + 0.3 * rows[last].size
    return [Rule(y, 0.5, [(x0 - 1, x1 + 1)], [x0 - 1, x1 + 1]) for y in (*dict.fromkeys(ends), foot)]
