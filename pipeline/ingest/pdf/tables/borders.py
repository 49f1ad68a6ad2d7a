"""The borders of a table's columns: where the pieces of its rules meet, or the gaps that its rows share."""

from collections.abc import Sequence
from itertools import pairwise

from ..lines import Row
from ..strokes import Rule
from .cells import NEAR, clusters, inner_edges


def borders(rows: Sequence[Row], group: Sequence[Rule], inside: Sequence[int]) -> list[float]:
    """Borders of the columns, the outer ones included."""
    x0, x1 = min(r.x0 for r in group), max(r.x1 for r in group)
    drawn: list[float] = []
    for x in sorted(x for r in group for x in inner_edges(r)):
        if x - x0 > NEAR and x1 - x > NEAR and (not drawn or x - drawn[-1] > NEAR):
            drawn.append(x)
    return [x0, *(drawn or _gaps([rows[i] for i in inside], x0, x1)), x1]


def _gaps(rows: Sequence[Row], x0: float, x1: float) -> list[float]:
    """Middles of the upright strips that almost no row prints on."""
    if len(rows) < 2:
        return []
    size = sorted(row.size for row in rows)[len(rows) // 2]
    width = int(x1 - x0) + 2
    covered = [0] * (width + 1)
    for row in rows:
        for left, right in ((cluster[0].x0, cluster[-1].x1) for cluster in clusters(row, 0.45)):
            if right - left < 0.8 * (x1 - x0):
                for x in range(max(0, int(left - x0)), min(width, int(right - x0) + 1)):
                    covered[x] += 1
    least = max(1, len(rows) // 20) if len(rows) > 8 else 0
    found: list[float] = []
    start = None
    seen = False
    for x in range(width):
        if covered[x] <= least:
            start = x if start is None else start
        else:
            if start is not None and seen and x - start >= 0.5 * size:
                found.append(x0 + (start + x) / 2)
            start, seen = None, True
    return found


def used(rows: Sequence[Row], inside: Sequence[int], edges: Sequence[float]) -> list[float]:
    """The borders without columns that hold no word (Word's spacers)."""
    middles = [(word.x0 + word.x1) / 2 for i in inside for word in rows[i].words]
    kept = [edges[0]]
    for left, right in pairwise(edges):
        if any(left <= x < right for x in middles):
            kept.append(right)
        elif len(kept) > 1:
            kept[-1] = right
    return kept
