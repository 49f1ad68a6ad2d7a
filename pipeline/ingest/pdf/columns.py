"""Reading order: where a page is set in columns, the left one is read before the right one."""

from collections.abc import Sequence
from itertools import pairwise

from .lines import Row, Word

GUTTER = 0.9
"""Least width of the gap between columns, as a share of the type size."""
LEAST_ROWS = 4
LEAST_WIDTH = 70.0
"""Points: a narrower side is no column but numbers, labels or page references beside the text."""


def flows(rows: list[Row]) -> list[list[Row]]:
    """The rows in reading order, as runs of rows that follow one another in one column."""
    found: list[list[Row]] = []
    rest = 0
    for start, end, x in _blocks(rows):
        if start > rest:
            found.append(rows[rest:start])
        for side in _sides(rows[start:end], x):
            found.extend(flows(side))
        rest = end
    if rest < len(rows):
        found.append(rows[rest:])
    return found


def _blocks(rows: Sequence[Row]) -> list[tuple[int, int, float]]:
    """Stretches of rows (start, end) that a gutter at x parts in two columns."""
    if len(rows) < LEAST_ROWS:
        return []
    spans = [_clusters(row) for row in rows]
    left, right = min(s[0][0] for s in spans), max(s[-1][1] for s in spans)
    if right - left < 2 * LEAST_WIDTH:
        return []
    for x in _candidates(spans, left, right):
        found = [block for block in _runs(spans, x) if _columns(spans[block[0] : block[1]], x)]
        if found:
            return [(start, end, x) for start, end in found]
    return []


def _clusters(row: Row) -> list[tuple[float, float]]:
    found = [(row.words[0].x0, row.words[0].x1)]
    least = GUTTER * row.size
    for word in row.words[1:]:
        if word.x0 - found[-1][1] > least:
            found.append((word.x0, word.x1))
        else:
            found[-1] = (found[-1][0], word.x1)
    return found


def _candidates(spans: Sequence[list[tuple[float, float]]], left: float, right: float) -> list[float]:
    """Places of gutters, those nearest to the middle first: few rows print there."""
    step = 3.0
    count = int((right - left) / step) + 2
    steps = [0] * (count + 1)
    for clusters in spans:
        for x0, x1 in clusters:
            steps[int((x0 - left) / step)] += 1
            steps[min(count, int((x1 - left) / step) + 1)] -= 1
    covered, total = [], 0
    for change in steps:
        total += change
        covered.append(total)
    low = min(covered[int(0.2 * count) : int(0.8 * count)], default=len(spans))
    if low > 0.5 * len(spans):
        return []
    found: list[float] = []
    start = None
    for at in range(int(0.15 * count), int(0.85 * count) + 2):
        if at <= int(0.85 * count) and covered[at] <= low + 0.05 * len(spans):
            start = at if start is None else start
        elif start is not None:
            found.append(left + (start + at) / 2 * step)
            start = None
    middle = (left + right) / 2
    return sorted(found, key=lambda x: abs(x - middle))[:3]


def _runs(spans: Sequence[list[tuple[float, float]]], x: float) -> list[tuple[int, int]]:
    """Maximal stretches of rows that do not cross x."""
    crossing = [any(x0 < x - 2 and x1 > x + 2 for x0, x1 in clusters) for clusters in spans]
    cuts = [-1, *(i for i, crosses in enumerate(crossing) if crosses), len(spans)]
    return [(before + 1, after) for before, after in pairwise(cuts) if after - before > LEAST_ROWS]


def _columns(spans: Sequence[list[tuple[float, float]]], x: float) -> bool:
    """Whether both sides hold running text of their own: enough lines, wide enough."""
    for side in (
        [clusters[0][0] for clusters in spans if clusters[0][0] < x],
        [clusters[-1][0] for clusters in spans if clusters[-1][1] > x],
    ):
        if len(side) < max(3, 0.3 * len(spans)):
            return False
    lefts = [c[1] - c[0] for clusters in spans for c in clusters if c[1] <= x + 2]
    rights = [c[1] - c[0] for clusters in spans for c in clusters if c[0] >= x - 2]
    return all(widths and sorted(widths)[len(widths) * 3 // 4] >= LEAST_WIDTH for widths in (lefts, rights))


def _sides(rows: Sequence[Row], x: float) -> tuple[list[Row], list[Row]]:
    return _part(rows, [[w for w in row.words if w.x1 <= x + 2] for row in rows]), _part(
        rows, [[w for w in row.words if w.x1 > x + 2] for row in rows]
    )


def _part(rows: Sequence[Row], words: Sequence[list[Word]]) -> list[Row]:
    return [Row(part, row.baseline) for row, part in zip(rows, words, strict=True) if part]
