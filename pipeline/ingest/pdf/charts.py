"""Charts: drawn areas whose words are labels and numbers of axes and bars, not text."""

import re
from collections.abc import Sequence

from .lines import Row
from .sheet import Rect, Sheet

NUMBER = re.compile(r"[(\[+−–-]?[$€£]?\d[\d., ]*%?[)\]]?|[–—-]")
WIDTH, HEIGHT = 100.0, 60.0
"""Points: smaller areas hold no chart."""
LARGEST = 0.9
"""Share of the page: a larger area is its background."""
NUMBERS = 0.35
"""Least share of numbers among the words of a chart."""
LONGEST = 9
"""Words on a line: a longer line is text, but for one legend in small type."""
SHAPES = 3
SMALL = 0.9
"""Labels are set at most at this share of the size of the page's text."""
REACH = 24.0
"""Points between a chart and its labels."""


def charts(sheet: Sheet, rows: Sequence[Row], tables: Sequence[tuple[int, int]]) -> list[Rect]:
    """The charts of a page; `tables` are the first and last rows of its tables."""
    areas = [s for s in (*sheet.strokes, *sheet.images) if _large(s, sheet)]
    if not areas:
        return []
    in_tables = {i for first, last in tables for i in range(first, last + 1)}
    found: list[Rect] = []
    for area in sorted(set(areas), key=lambda a: -(a.x1 - a.x0) * (a.bottom - a.top)):
        if not any(_holds(other, area, 3.0) for other in found) and _is_chart(area, sheet, rows, in_tables):
            found.append(_with_labels(area, rows, in_tables))
    return found


def _with_labels(area: Rect, rows: Sequence[Row], in_tables: set[int]) -> Rect:
    """The area with the labels around it: small type next to it, axes on the left."""
    small = SMALL * _text_size(rows)
    top, bottom = area.top, area.bottom
    near = [
        row for index, row in enumerate(rows) if index not in in_tables and row.size <= small and not row.words[0].mark
    ]
    for row in near:
        if row.baseline > bottom and row.baseline - row.size - bottom < REACH:
            bottom = row.baseline + 0.3 * row.size
    for row in reversed(near):
        if row.baseline < top and top - row.baseline < REACH:
            top = row.baseline - row.size
    return Rect(area.x0 - 2 * REACH, top, area.x1 + REACH, bottom)


def _text_size(rows: Sequence[Row]) -> float:
    """The largest type in which at least a fifth of the page is set."""
    count: dict[float, int] = {}
    for row in rows:
        count[round(row.size)] = count.get(round(row.size), 0) + len(row.text)
    total = sum(count.values())
    return max((size for size, letters in count.items() if 5 * letters >= total), default=max(count))


def _large(area: Rect, sheet: Sheet) -> bool:
    width, height = area.x1 - area.x0, area.bottom - area.top
    return width >= WIDTH and height >= HEIGHT and width * height <= LARGEST * sheet.width * sheet.height


def _holds(outer: Rect, inner: Rect, slack: float) -> bool:
    return (
        outer.x0 - slack <= inner.x0
        and inner.x1 <= outer.x1 + slack
        and outer.top - slack <= inner.top
        and inner.bottom <= outer.bottom + slack
    )


def _is_chart(area: Rect, sheet: Sheet, rows: Sequence[Row], in_tables: set[int]) -> bool:
    """Labels and numbers only, over drawn shapes or a picture."""
    words: list[str] = []
    count = legends = 0
    small = SMALL * _text_size(rows)
    for index, row in enumerate(rows):
        middle = row.baseline - 0.3 * row.size
        if not area.top < middle < area.bottom:
            continue
        inside = [word.text for word in row.words if area.x0 - 2 < word.x0 and word.x1 < area.x1 + 2]
        if not inside:
            continue
        if index in in_tables:
            return False
        if len(inside) > LONGEST:
            legends += 1
            if legends > 1 or row.size > small:
                return False
        else:
            words += inside
        count += 1
    shapes = sum(
        1 for s in sheet.strokes if s is not area and s.x1 - s.x0 > 3 and s.bottom - s.top > 3 and _holds(area, s, 3.0)
    )
    numbers = sum(NUMBER.fullmatch(word) is not None for word in words)
    return count >= 3 and numbers >= NUMBERS * len(words) and (shapes >= SHAPES or area in sheet.images)
