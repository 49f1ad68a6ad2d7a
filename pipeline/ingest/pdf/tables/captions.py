"""The rows above a table that name it and its units."""

import re
from collections.abc import Sequence

from ..glyphs import BOLD
from ..lines import Row
from .cells import LABEL

CAPTION_ROWS = 5


def captions(rows: Sequence[Row], first: int, top: float, highest: float, free: int) -> list[int]:
    """The rows between `highest` and `top` above a table that name it: bold type, or units in brackets."""
    found: list[int] = []
    below = top
    for i in range(first - 1, max(free, first - 1 - CAPTION_ROWS) - 1, -1):
        row = rows[i]
        words = [word for word in row.words if not word.mark]
        text = row.text
        units = text.startswith("(") and text.rstrip(" *0123456789abc").endswith(")")
        bold = bool(words) and all(word.style & BOLD for word in words)
        near = (2.8 if units else 1.7 if below == top else 2.2) * row.size
        if not words or row.baseline < highest or below - row.baseline > near or LABEL.fullmatch(words[0].text):
            break
        if not (bold or units or _TABLE.match(text)):
            break
        found.append(i)
        below = row.baseline - row.size
    return found[::-1]


_TABLE = re.compile(r"(?:Table|Tableau|Cuadro|Таблица|表|الجدول)\b", re.IGNORECASE)
