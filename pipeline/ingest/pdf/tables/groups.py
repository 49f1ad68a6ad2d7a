"""Which rules belong to one table: the same borders, and rows of cells in between."""

from collections.abc import Sequence
from itertools import pairwise, zip_longest

from ..lines import Row
from ..strokes import Rule
from .cells import LABEL, NEAR, close, clusters, inner_edges, said

HEAD_HEIGHT = 60.0
"""Points: two rules that are nearer than this may hold the column heads between them."""


def groups(rows: Sequence[Row], rules: Sequence[Rule], width: float) -> list[list[Rule]]:
    """Rules of one table each: the same borders, and rows of cells in between."""
    groups: list[list[Rule]] = []
    for rule, following in zip_longest(rules, rules[1:]):
        home = groups[-1] if groups else None
        if home is not None and (_fits(rule, home) or _under_heads(home, rule)) and _tabular(rows, home, rule):
            home.append(rule)
        elif rule.length >= 0.2 * width or (
            following is not None and following.y - rule.y < HEAD_HEIGHT and _under_heads([rule], following)
        ):
            groups.append([rule])
    found = [group for group in groups if len(group) > 1 or len(inner_edges(group[0])) >= 2]
    return [_with_top(rows, group) for group in found]


def _under_heads(group: Sequence[Rule], rule: Rule) -> bool:
    """Whether a table's first rule stands under column heads only, and this one goes on to the row heads."""
    first = group[0]
    known = rule.edges
    return (
        len(group) == 1
        and first.x0 > rule.x0 + NEAR
        and first.x1 <= rule.x1 + NEAR
        and len(inner_edges(rule)) >= 2
        and all(close(x, known, 2 * NEAR) for x in first.edges)
    )


def _with_top(rows: Sequence[Row], group: list[Rule]) -> list[Rule]:
    """The group with a rule over the heads, where the first one drawn is under the heads of some columns."""
    first = group[0]
    widest = max(group, key=lambda r: r.x1 - r.x0)
    if first.x0 <= widest.x0 + NEAR or first is widest:
        return group
    top = None
    below = first.y
    for row in reversed([row for row in rows if row.baseline < first.y]):
        parts = clusters(row, 0.9)
        near = below - row.baseline < (1.3 if top is None else 1.5) * row.size
        if not near or not all(_over_run(part[0].x0, part[-1].x1, first) for part in parts):
            break
        top, below = row, row.baseline
    if top is None:
        return group
    return [Rule(top.baseline - top.size, first.thickness, [(widest.x0, widest.x1)], list(widest.edges)), *group]


def _over_run(x0: float, x1: float, rule: Rule) -> bool:
    return any(left - NEAR <= x0 and x1 <= right + NEAR for left, right in rule.runs)


def _fits(rule: Rule, group: Sequence[Rule]) -> bool:
    """Whether a rule lies within a table's borders and its pieces meet where the table's do."""
    widest = max(group, key=lambda r: r.x1 - r.x0)
    if rule.x0 < widest.x0 - 2 * NEAR or rule.x1 > widest.x1 + 2 * NEAR:
        return False
    ours, theirs = inner_edges(rule), inner_edges(widest)
    partial = rule.x1 - rule.x0 < 0.9 * (widest.x1 - widest.x0)
    if not ours or not theirs:
        return partial or abs(rule.x0 - widest.x0) + abs(rule.x1 - widest.x1) < 2 * NEAR
    known = [x for r in group for x in r.edges]
    if partial:
        return all(close(x, known, 2 * NEAR) for x in (rule.x0, rule.x1))
    both = sum(close(x, known) for x in ours) / len(ours), sum(close(x, rule.edges) for x in theirs) / len(theirs)
    return min(both) >= 0.5 and max(both) >= 0.75


def _tabular(rows: Sequence[Row], group: Sequence[Rule], rule: Rule) -> bool:
    """Whether what stands between the table's last rule and this one are rows of it."""
    above = group[-1]
    between = [row for row in rows if above.y < row.baseline - 0.3 * row.size < rule.y]
    if not between:
        return rule.y - above.y < (60 if rule.length < 0.9 * above.length else 8)
    edges = sorted({x for r in (*group, rule) for x in inner_edges(r)})
    size = max(row.size for row in between)
    wide = max(r.x1 for r in group) - min(r.x0 for r in group)
    several = [row for row in between if in_several_places(row) and not is_prose(row, edges, wide)]
    if len(several) < (1 if edges or rule.y - above.y < HEAD_HEIGHT else max(1, 0.4 * len(between))):
        return rule.y - above.y < 2.8 * size and len(between) < 3
    prose = sum(is_prose(row, edges, wide) for row in between)
    return 2 * prose <= len(between) and not (prose and rule.length < 0.9 * above.length)


def in_several_places(row: Row) -> bool:
    """Whether a row has words in more than one place, the number of a paragraph or heading not counted."""
    parts = clusters(row, 0.9)
    return len(parts) - (LABEL.fullmatch(said(parts[0])) is not None) > 1


def is_prose(row: Row, edges: Sequence[float], width: float) -> bool:
    """Whether a row runs across the columns' borders as a sentence does."""
    inside = [x for x in edges if row.x0 < x < row.x1]
    if not inside:
        return False
    crossed = sum(_crossed(row, x) for x in inside)
    return crossed >= max(1, 0.6 * len(inside)) and row.x1 - row.x0 > max(150, 0.6 * width)


def _crossed(row: Row, x: float) -> bool:
    for left, right in pairwise(row.words):
        if left.x1 <= x <= right.x0:
            return right.x0 - left.x1 < 0.6 * row.size
    return any(word.x0 + 1.5 < x < word.x1 - 1.5 for word in row.words)
