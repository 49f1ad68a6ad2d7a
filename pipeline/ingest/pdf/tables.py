"""Tables with horizontal rules: found by the rules, read cell by cell.

Word draws a rule as one piece for each cell, so the places where pieces meet are the borders of the
columns; where a rule is one line, the columns are the gaps that its rows share.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from .glyphs import BOLD
from .lines import Row, Word
from .strokes import Rule

NUMBER = re.compile(r"[(\[−–-]?[$€£¥]?\d[\d.,  ]*%?[)\]]?|[–—-]|\.\.\.?|…")
TIME = re.compile(r"(?:19|20)\d\d(?:[-–/]\d{2,4})?|\d{1,2}\.\d{1,2}\.(?:\d{2}|\d{4})")
COLUMN_NUMBER = re.compile(r"\(?[\d a-z]{1,2}\)?(?:[=+\-–−/÷×*x(]+\(?[\da-z]{1,3}\)*%?)*")
_LABEL = re.compile(r"(?:\d{1,3}(?:\.\d+)*|[A-Z]|[IVX]+)\.?|\(?(?:[a-z]|[ivx]+)\)|[•–—-]")
ONE_SIZE = 1.35
"""How much larger than the rest the largest type of a table may be: a masthead between rules is none."""
HEAD_HEIGHT = 60.0
"""Points: two rules that are nearer than this may hold the column heads between them."""
NEAR = 3.0
"""Points by which borders of one column may differ."""


@dataclass(slots=True)
class GridCell:
    """A cell with its printed lines, each a list of words; rows and columns count from 0."""

    row: int
    column: int
    lines: list[list[Word]]
    column_span: int = 1
    row_span: int = 1
    header: bool = False


@dataclass(slots=True)
class Grid:
    """A table on a page: the rows `first` to `last` (inclusive) of the page, and its columns' borders."""

    first: int
    last: int
    edges: list[float]
    cells: list[GridCell] = field(default_factory=list)
    captions: list[int] = field(default_factory=list)
    drawn: bool = False
    """Whether the pieces of its rules show the borders of its columns."""


def find(rows: Sequence[Row], rules: Sequence[Rule], width: float) -> list[Grid]:
    """The ruled tables of a page, from the top; `width` is that of the page."""
    grids: list[Grid] = []
    for group in _groups(rows, rules, width):
        grid = _grid(rows, group, rules, grids[-1].last + 1 if grids else 0)
        if grid is not None:
            grids.append(grid)
    taken = {i for grid in grids for i in range(grid.first, grid.last + 1)}
    for first, last in _number_rows(rows, taken):
        box = _around(rows, first, last)
        grid = _grid(rows, box, rules, max((g.last + 1 for g in grids if g.last < first), default=0))
        if grid is not None and not taken & set(range(grid.first, grid.last + 1)):
            grids.append(grid)
    return sorted(grids, key=lambda grid: grid.first)


# ── tables without rules ─────────────────────────────────────────────────────────────────

LEADERS = re.compile(r"\.{4,}|(?:\. ){4,}|…{2,}")
FEWEST = 3
"""Fewer rows of numbers than this without rules are no table."""
HEAD_ROWS = 6


def _number_rows(rows: Sequence[Row], taken: set[int]) -> list[tuple[int, int]]:
    """(first, last) of the stretches of rows with two numbers or more that stand under one another."""
    ends: dict[int, list[float]] = {}
    for index, row in enumerate(rows):
        if index not in taken and not LEADERS.search(row.text):
            clusters = _clusters(row, 0.9)
            numbers = [c for c in clusters[1:] if NUMBER.fullmatch(_text(c)) and not TIME.fullmatch(_text(c))]
            if (
                len(numbers) >= 2
                and sum(c.isdigit() for c in row.text) >= 2
                and not _LABEL.fullmatch(_text(clusters[0]))
            ):
                ends[index] = [cluster[-1].x1 for cluster in numbers]
    found: list[list[int]] = []
    for index, here in ends.items():
        above = found[-1][-1] if found else None
        together = (
            above is not None
            and index - above <= 3
            and sum(_close(x, ends[above], 2 * NEAR) for x in here) >= 0.6 * len(here)
            and not taken & set(range(above, index))
        )
        if together:
            found[-1].append(index)
        else:
            found.append([index])
    return [(run[0], run[-1]) for run in found if len(run) >= FEWEST]


def _around(rows: Sequence[Row], first: int, last: int) -> list[Rule]:
    """Rules where there are none: over the heads of a stretch of rows and under its last row."""
    x0 = min(rows[i].x0 for i in range(first, last + 1))
    x1 = max(rows[i].x1 for i in range(first, last + 1))
    top = first
    for index in range(first - 1, max(-1, first - 1 - HEAD_ROWS), -1):
        row, below = rows[index], rows[index + 1]
        short = row.x1 - row.x0 < 0.35 * (x1 - x0)
        if below.baseline - row.baseline > 2.2 * below.size or row.x1 > x1 + 4 * NEAR or not (short or _several(row)):
            break
        top = index
    while top < first and not _several(rows[top]) and rows[top].x0 < x0 + 0.3 * (x1 - x0):
        top += 1
    ends = (rows[top].baseline - rows[top].size, rows[first].baseline - 0.95 * rows[first].size)
    foot = rows[last].baseline + 0.3 * rows[last].size
    return [Rule(y, 0.5, [(x0 - 1, x1 + 1)], [x0 - 1, x1 + 1]) for y in (*dict.fromkeys(ends), foot)]


# ── which rules belong together ──────────────────────────────────────────────────────────


def _groups(rows: Sequence[Row], rules: Sequence[Rule], width: float) -> list[list[Rule]]:
    """Rules of one table each: the same borders, and rows of cells in between."""
    groups: list[list[Rule]] = []
    for rule in rules:
        home = groups[-1] if groups else None
        if home is not None and _fits(rule, home) and _tabular(rows, home, rule):
            home.append(rule)
        elif rule.length >= 0.2 * width:
            groups.append([rule])
    return [group for group in groups if len(group) > 1 or len(_inner(group[0])) >= 2]


def _inner(rule: Rule) -> list[float]:
    return [x for x in rule.edges if rule.x0 + NEAR < x < rule.x1 - NEAR]


def _close(x: float, edges: Sequence[float], by: float = NEAR) -> bool:
    return any(abs(x - edge) <= by for edge in edges)


def _fits(rule: Rule, group: Sequence[Rule]) -> bool:
    """Whether a rule lies within a table's borders and its pieces meet where the table's do."""
    widest = max(group, key=lambda r: r.x1 - r.x0)
    if rule.x0 < widest.x0 - 2 * NEAR or rule.x1 > widest.x1 + 2 * NEAR:
        return False
    ours, theirs = _inner(rule), _inner(widest)
    partial = rule.x1 - rule.x0 < 0.9 * (widest.x1 - widest.x0)
    if not ours or not theirs:
        return partial or abs(rule.x0 - widest.x0) + abs(rule.x1 - widest.x1) < 2 * NEAR
    known = [x for r in group for x in r.edges]
    if partial:
        return all(_close(x, known, 2 * NEAR) for x in (rule.x0, rule.x1))
    both = sum(_close(x, known) for x in ours) / len(ours), sum(_close(x, rule.edges) for x in theirs) / len(theirs)
    return min(both) >= 0.5 and max(both) >= 0.75


def _tabular(rows: Sequence[Row], group: Sequence[Rule], rule: Rule) -> bool:
    """Whether what stands between the table's last rule and this one are rows of it."""
    above = group[-1]
    between = [row for row in rows if above.y < row.baseline - 0.3 * row.size < rule.y]
    if not between:
        return rule.y - above.y < (60 if rule.length < 0.9 * above.length else 8)
    edges = sorted({x for r in (*group, rule) for x in _inner(r)})
    size = max(row.size for row in between)
    wide = max(r.x1 for r in group) - min(r.x0 for r in group)
    several = [row for row in between if _several(row) and not _prose(row, edges, wide)]
    if len(several) < (1 if edges or rule.y - above.y < HEAD_HEIGHT else max(1, 0.4 * len(between))):
        return rule.y - above.y < 2.8 * size and len(between) < 3
    return 2 * len([row for row in between if _prose(row, edges, wide)]) <= len(between)


def _several(row: Row) -> bool:
    """Whether a row has words in more than one place, the number of a paragraph or heading not counted."""
    clusters = _clusters(row, 0.9)
    return len(clusters) - (_LABEL.fullmatch(_text(clusters[0])) is not None) > 1


def _prose(row: Row, edges: Sequence[float], width: float) -> bool:
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


def _clusters(row: Row, gap: float) -> list[list[Word]]:
    """The words of a row, parted at gaps wider than this share of the type size."""
    found = [[row.words[0]]]
    for left, right in pairwise(row.words):
        if right.x0 - left.x1 > gap * row.size:
            found.append([])
        found[-1].append(right)
    return found


# ── one table ────────────────────────────────────────────────────────────────────────────


@dataclass(slots=True)
class _Piece:
    """Neighbouring words of a row in one cell: columns `first` to `last`, inclusive."""

    first: int
    last: int
    words: list[Word]


def _grid(rows: Sequence[Row], group: list[Rule], rules: Sequence[Rule], free: int) -> Grid | None:
    """The table between these rules; rows before `free` belong to another one."""
    inside = [i for i in range(free, len(rows)) if group[0].y < _middle(rows[i]) < group[-1].y]
    edges = _edges(rows, group, inside)
    if len(edges) < 3:
        return None
    heads_end = _head_end(rows, group, inside, edges)
    body = [i for i in inside if _middle(rows[i]) > heads_end]
    if not body:
        inside += _below(rows, group, inside, edges)
        heads_end = _head_end(rows, group, inside, edges)
        body = [i for i in inside if _middle(rows[i]) > heads_end]
    elif group[-1].thickness <= 1.5 * min(rule.thickness for rule in group):
        more = _numbers_below(rows, group, inside, edges)
        inside, body = inside + more, body + more
    heads = [i for i in inside if _middle(rows[i]) <= heads_end]
    if not body:
        return None
    edges = _used(rows, inside, edges)
    if len(edges) < 3:
        return None
    grid = Grid(inside[0], inside[-1], edges, drawn=any(_inner(rule) for rule in group))
    depth = _heads(grid, [rows[i] for i in heads], [r for r in group if r.y <= heads_end + 1])
    _body(grid, [rows[i] for i in body], [r.y for r in group if r.y > heads_end + 1], depth)
    if not _sound(grid, depth):
        return None
    highest = max((rule.y for rule in rules if rule.y < group[0].y - 1), default=0.0)
    grid.captions = _captions(rows, grid.first, group[0].y, highest, free)
    return grid


def _sound(grid: Grid, depth: int) -> bool:
    """Whether what was read looks like a table: rows of several cells, few of them over a border, no list."""
    found: dict[int, list[GridCell]] = {}
    for cell in grid.cells:
        if cell.row >= depth:
            found.setdefault(cell.row, []).append(cell)
    several = [cells for cells in found.values() if len(cells) > 1]
    columns = len(grid.edges) - 1
    alone = sum(1 for cells in found.values() if len(cells) == 1 and cells[0].column_span < columns)
    if len(several) < (1 if grid.drawn and depth else 2) or len(several) < alone:
        return False
    sizes = sorted(word.size for cell in grid.cells for line in cell.lines for word in line if not word.mark)
    if sizes[-1] > ONE_SIZE * sizes[len(sizes) // 2]:
        return False
    flat = [cell for cells in several for cell in cells]
    if sum(cell.column_span > 1 for cell in flat) > 0.25 * len(flat):
        return False
    labels = sum(_LABEL.fullmatch(_text(cells[0].lines[0])) is not None for cells in several)
    return not (columns == 2 and labels > 0.5 * len(several))


def _middle(row: Row) -> float:
    return row.baseline - 0.3 * row.size


def _edges(rows: Sequence[Row], group: Sequence[Rule], inside: Sequence[int]) -> list[float]:
    """Borders of the columns, the outer ones included."""
    x0, x1 = min(r.x0 for r in group), max(r.x1 for r in group)
    drawn: list[float] = []
    for x in sorted(x for r in group for x in _inner(r)):
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
        for left, right in ((cluster[0].x0, cluster[-1].x1) for cluster in _clusters(row, 0.45)):
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


def _used(rows: Sequence[Row], inside: Sequence[int], edges: Sequence[float]) -> list[float]:
    """The borders without columns that hold no word (Word's spacers)."""
    middles = [(word.x0 + word.x1) / 2 for i in inside for word in rows[i].words]
    kept = [edges[0]]
    for left, right in pairwise(edges):
        if any(left <= x < right for x in middles):
            kept.append(right)
        elif len(kept) > 1:
            kept[-1] = right
    return kept


def _head_end(rows: Sequence[Row], group: Sequence[Rule], inside: Sequence[int], edges: list[float]) -> float:
    """Where the column heads end: at the thickest inner rule, else above the first row of numbers."""
    first_number = next((rows[i].baseline for i in inside if _numbers(rows[i], edges)), None)
    inner = group[1:-1] if len(group) > 2 else group[1:]
    thin = min(rule.thickness for rule in group)
    for rule in inner:
        if rule.thickness > 1.5 * thin and rule.length > 0.6 * (edges[-1] - edges[0]):
            if first_number is None or rule.y < first_number or group[0].y == rule.y:
                return rule.y
            break
    full = [r for r in group[1:] if r.length > 0.8 * (edges[-1] - edges[0])]
    before = [r.y for r in full if first_number is None or r.y < first_number]
    if before:
        return before[-1] if first_number is not None else before[0]
    bold = group[0].y
    for i in inside:
        if not all(word.style & BOLD for word in rows[i].words) or _numbers(rows[i], edges):
            break
        bold = rows[i].baseline
    return bold


def _numbers(row: Row, edges: list[float]) -> bool:
    """Whether a row has a number beyond its first column that is neither a year or date nor a column's number."""
    for piece in _pieces(row, edges):
        text = _text(piece.words)
        if piece.first > 0 and NUMBER.fullmatch(text) and not TIME.fullmatch(text) and not _column_number(text):
            return True
    return False


def _column_number(text: str) -> bool:
    return text.startswith("(") and len(text) < 24 and COLUMN_NUMBER.fullmatch(text.replace(" ", "")) is not None


def _text(words: Sequence[Word]) -> str:
    return "".join([w.text if w.glued else " " + w.text for w in words if not w.mark]).strip()


def _below(rows: Sequence[Row], group: Sequence[Rule], inside: Sequence[int], edges: list[float]) -> list[int]:
    """The rows of a table that the page's end cuts: as long as they stand in its columns."""
    start = inside[-1] + 1 if inside else next((i for i, r in enumerate(rows) if _middle(r) > group[-1].y), len(rows))
    found: list[int] = []
    sure = 0
    last = group[-1].y
    for i in range(start, len(rows)):
        row = rows[i]
        far = row.baseline - row.size - last > 2.2 * row.size
        if (
            far
            or row.x0 < edges[0] - 2 * NEAR
            or row.x1 > edges[-1] + 2 * NEAR
            or _prose(row, edges[1:-1], edges[-1] - edges[0])
        ):
            break
        found.append(i)
        last = row.baseline
        if len(_pieces(row, edges)) > 1:
            sure = len(found)
    return found[:sure]


def _numbers_below(rows: Sequence[Row], group: Sequence[Rule], inside: Sequence[int], edges: list[float]) -> list[int]:
    """Rows of numbers under a table's last rule, which is not its end: a page's end cuts the table there."""
    found = _below(rows, group, inside, edges)
    while found and not _numbers(rows[found[-1]], edges):
        found.pop()
    words = [i for i in found if len(_pieces(rows[i], edges)) > 1 and not _numbers(rows[i], edges)]
    return [] if words else found


def _pieces(row: Row, edges: list[float]) -> list[_Piece]:
    """The words of a row by column; text that runs over a border spans the columns on both sides."""
    spans = any(_straddles(word, edges) for word in row.words)
    found: list[_Piece] = []
    before: Word | None = None
    for word in row.words:
        column = _column((word.x0 + word.x1) / 2, edges)
        first, last = column, column
        if spans and _straddles(word, edges):
            first, last = _column(word.x0 + 1, edges), _column(word.x1 - 1, edges)
        here = found[-1] if found else None
        tight = before is not None and word.x0 - before.x1 < 0.6 * row.size
        together = here is not None and (
            first <= here.last or word.glued or (spans and tight and not NUMBER.fullmatch(word.text))
        )
        if here is not None and together:
            here.words.append(word)
            here.last = max(here.last, last)
        else:
            found.append(_Piece(first, last, [word]))
        before = word
    return found


def _straddles(word: Word, edges: Sequence[float]) -> bool:
    return any(word.x0 + 2.5 < x < word.x1 - 2.5 for x in edges[1:-1])


def _column(x: float, edges: Sequence[float]) -> int:
    for index in range(len(edges) - 2):
        if x < edges[index + 1]:
            return index
    return len(edges) - 2


# ── column heads ─────────────────────────────────────────────────────────────────────────


def _heads(grid: Grid, rows: Sequence[Row], rules: Sequence[Rule]) -> int:
    """Add the column heads to the grid; their number of rows."""
    edges = grid.edges
    columns = len(edges) - 1
    cells: dict[tuple[int, int, int], list[list[Word]]] = {}
    for row in rows:
        pieces = _head_pieces(row, edges)
        if all(_column_number(_text(piece.words)) or piece.first == 0 for piece in pieces) and any(
            piece.first > 0 for piece in pieces
        ):
            pieces = [piece for piece in pieces if piece.first == 0 and not _column_number(_text(piece.words))]
        for piece in pieces:
            level = _level(piece, row, edges, rules)
            key = next(
                (k for k in cells if k[0] == level and k[1] <= piece.last and piece.first <= k[2]),
                (level, piece.first, piece.last),
            )
            lines = cells.pop(key, [])
            merged = (level, min(key[1], piece.first), max(key[2], piece.last))
            cells[merged] = [*lines, piece.words]
    cells = _under_runs(cells, edges, rules)
    levels = sorted({key[0] for key in cells})
    for (level, first, last), lines in sorted(cells.items(), key=lambda item: item[0]):
        row_at = levels.index(level)
        last = min(last, columns - 1)
        grid.cells.append(GridCell(row_at, first, lines, last - first + 1, header=True))
    return len(levels)


def _under_runs(
    cells: dict[tuple[int, int, int], list[list[Word]]], edges: list[float], rules: Sequence[Rule]
) -> dict[tuple[int, int, int], list[list[Word]]]:
    """A head that stands alone over a stretch of a rule spans the columns under that stretch."""
    found: dict[tuple[int, int, int], list[list[Word]]] = {}
    for (level, first, last), lines in cells.items():
        middle = (min(line[0].x0 for line in lines) + max(line[-1].x1 for line in lines)) / 2
        foot = max(line[0].baseline for line in lines) - 1
        under = next((r for r in rules if r.y > foot and any(a <= middle <= b for a, b in r.runs)), None)
        if under is not None and (under.runs[0][0] > edges[0] + NEAR or len(under.runs) > 1):
            run = next((a, b) for a, b in under.runs if a <= middle <= b)
            wide = [i for i, (a, b) in enumerate(pairwise(edges)) if run[0] - 1 <= (a + b) / 2 <= run[1] + 1]
            others = [key for key in cells if key[0] == level and key != (level, first, last)]
            alone = not any(key[1] <= wide[-1] and wide[0] <= key[2] for key in others) if wide else False
            below = any(key[0] > level and wide[0] <= key[1] <= wide[-1] for key in cells) if wide else False
            if alone and below and len(wide) > 1:
                first, last = min(first, wide[0]), max(last, wide[-1])
        found[level, first, last] = lines
    return found


def _head_pieces(row: Row, edges: list[float]) -> list[_Piece]:
    """As for rows of the body, but words that stand close are one head even where they touch two columns."""
    found: list[_Piece] = []
    for cluster in _clusters(row, 0.9):
        x0, x1 = cluster[0].x0, cluster[-1].x1
        pieces = _pieces(Row(cluster, row.baseline), edges)
        if len(pieces) > 1 and any(
            right.words[0].x0 - left.words[-1].x1 < 0.5 * row.size for left, right in pairwise(pieces)
        ):
            inner = [x for x in edges[1:-1] if x0 < x < x1]
            if not all(_between(cluster, x) for x in inner) or _centred(x0, x1, edges):
                pieces = [_Piece(pieces[0].first, pieces[-1].last, cluster)]
        found.extend(pieces)
    return found


def _between(words: Sequence[Word], x: float) -> bool:
    """Whether a border passes through a gap between words."""
    return any(left.x1 <= x + 1.5 and x - 1.5 <= right.x0 for left, right in pairwise(words))


def _centred(x0: float, x1: float, edges: Sequence[float]) -> bool:
    first, last = _column(x0 + 1, edges), _column(x1 - 1, edges)
    left, right = x0 - edges[first], edges[last + 1] - x1
    return abs(left - right) < 0.1 * (edges[last + 1] - edges[first])


def _level(piece: _Piece, row: Row, edges: Sequence[float], rules: Sequence[Rule]) -> int:
    """How many rules pass above a head within the column heads: heads under a spanning head are deeper."""
    middle = (max(piece.words[0].x0, edges[piece.first]) + min(piece.words[-1].x1, edges[piece.last + 1])) / 2
    return sum(
        1 for rule in rules[1:] if rule.y < _middle(row) and any(x0 - 1 <= middle <= x1 + 1 for x0, x1 in rule.runs)
    )


# ── rows ─────────────────────────────────────────────────────────────────────────────────


def _body(grid: Grid, rows: Sequence[Row], rules: Sequence[float], depth: int) -> None:
    """Add the rows to the grid: printed rows that continue a cell are joined to it."""
    edges = grid.edges
    columns = len(edges) - 1
    parsed = [_pieces(row, edges) for row in rows]
    ends = [x - 4 for x in edges[1:]] if grid.drawn else _ends(parsed, columns)
    banded = _bands(rows, parsed, rules)
    sure = _row_starts(parsed)
    logical: list[list[_Piece]] = []
    open_row: dict[int, list[_Piece]] = {}
    before: Row | None = None
    for row, pieces in zip(rows, parsed, strict=True):
        band = bisect_right(rules, row.baseline)
        cut = before is None or band != bisect_right(rules, before.baseline)
        if not cut and before is not None and (band in banded or _continues(open_row, pieces, before, row, ends, sure)):
            logical[-1].extend(pieces)
        else:
            logical.append(list(pieces))
            open_row = {}
        for piece in pieces:
            open_row.setdefault(piece.first, []).append(piece)
        before = row
    for number, found in enumerate(logical, depth):
        by_column: dict[int, list[_Piece]] = {}
        for piece in found:
            by_column.setdefault(piece.first, []).append(piece)
        alone = list(by_column) == [0] and columns > 1
        for column, parts in sorted(by_column.items()):
            span = columns if alone else max(part.last for part in parts) - column + 1
            head = column == 0 and not (alone and parts[0].last > 0 and len(parts) > 1)
            lines = [part.words for part in parts]
            grid.cells.append(GridCell(number, column, lines, span, header=head))


def _ends(parsed: Sequence[Sequence[_Piece]], columns: int) -> list[float]:
    """How far the text of each column goes."""
    ends = [0.0] * columns
    for piece in (piece for pieces in parsed for piece in pieces):
        ends[piece.last] = max(ends[piece.last], piece.words[-1].x1 + 1)
    return ends


def _row_starts(parsed: Sequence[Sequence[_Piece]]) -> list[float]:
    """Where labels begin that certainly begin a row: those with numbers, under a row with numbers."""
    found: list[float] = []
    numbered = False
    for pieces in parsed:
        has = any(p.first > 0 and NUMBER.fullmatch(_text(p.words)) for p in pieces)
        if has and numbered and pieces[0].first == 0 and not _close(pieces[0].words[0].x0, found, 1.0):
            found.append(pieces[0].words[0].x0)
        numbered = has
    return found


def _bands(rows: Sequence[Row], parsed: Sequence[Sequence[_Piece]], rules: Sequence[float]) -> set[int]:
    """The bands between two rules that are one row each: where rules part the rows and no numbers stand in them."""
    found: dict[int, bool] = {}
    for row, pieces in zip(rows, parsed, strict=True):
        band = bisect_right(rules, row.baseline)
        words = all(p.first == 0 or not NUMBER.fullmatch(_text(p.words)) or _text(p.words) in "–—-" for p in pieces)
        found[band] = found.get(band, True) and words
    return {band for band, words in found.items() if words} if len(found) > 1 else set()


def _continues(
    above: dict[int, list[_Piece]],
    pieces: Sequence[_Piece],
    before: Row,
    row: Row,
    ends: Sequence[float],
    sure: Sequence[float],
) -> bool:
    """Whether a printed row goes on with the cells of the row above it; `ends` is how far each column's text goes."""
    numbers = {p.first for p in pieces if p.first > 0 and NUMBER.fullmatch(_text(p.words))}
    others = {c for c, ps in above.items() if c > 0 and any(NUMBER.fullmatch(_text(p.words)) for p in ps)}
    if numbers & others:
        return False
    label = next((p for p in pieces if p.first == 0), None)
    if label is None:
        return not numbers or row.baseline - before.baseline <= 1.75 * row.size
    if 0 not in above or row.baseline - before.baseline > 1.75 * row.size:
        return False
    left = label.words[0].x0
    if numbers and not others and left > above[0][0].words[0].x0 + NEAR and _close(left, sure, 1.0):
        return False  # an entry under its group's head, set in like the other entries
    return _wraps(above[0][-1], label, ends[label.last])


def _wraps(upper: _Piece, lower: _Piece, right: float) -> bool:
    """Whether the second line had to start because its first word did not fit on the first line."""
    first, word = upper.words[-1], lower.words[0]
    if (upper.words[-1].style ^ word.style) & BOLD or lower.words[0].x0 < upper.words[0].x0 - NEAR:
        return False
    if word.text[:1].islower() and not word.mark:
        return True
    return first.x1 + 0.25 * word.size + (word.x1 - word.x0) > right


# ── captions ─────────────────────────────────────────────────────────────────────────────

CAPTION_ROWS = 5


def _captions(rows: Sequence[Row], first: int, top: float, highest: float, free: int) -> list[int]:
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
        if not words or row.baseline < highest or below - row.baseline > near or _LABEL.fullmatch(words[0].text):
            break
        if not (bold or units or _TABLE.match(text)):
            break
        found.append(i)
        below = row.baseline - row.size
    return found[::-1]


_TABLE = re.compile(r"(?:Table|Tableau|Cuadro|Таблица|表|الجدول)\b", re.IGNORECASE)
