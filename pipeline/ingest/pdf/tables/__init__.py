"""Tables, found by their rules or their rows of numbers, and read cell by cell.

Word draws a rule as one piece for each cell, so the places where pieces meet are the borders of the
columns; where a rule is one line, the columns are the gaps that its rows share.
"""

from collections.abc import Sequence

from ..glyphs import BOLD
from ..lines import Row
from ..strokes import Rule
from .body import add_rows
from .borders import borders, used
from .captions import captions
from .cells import LABEL, NEAR, Grid, GridCell, has_numbers, inner_edges, middle, pieces_of, said
from .groups import groups, is_prose
from .heads import add_heads
from .unruled import around, number_rows

ONE_SIZE = 1.35
"""How much larger than the rest the largest type of a table may be: a masthead between rules is none."""


def find(rows: Sequence[Row], rules: Sequence[Rule], width: float) -> list[Grid]:
    """The ruled tables of a page, from the top; `width` is that of the page."""
    grids: list[Grid] = []
    for group in groups(rows, rules, width):
        grid = _grid(rows, group, rules, grids[-1].last + 1 if grids else 0)
        if grid is not None:
            grids.append(grid)
    taken = {i for grid in grids for i in range(grid.first, grid.last + 1)}
    for first, last in number_rows(rows, taken):
        box = around(rows, first, last)
        grid = _grid(rows, box, rules, max((g.last + 1 for g in grids if g.last < first), default=0))
        if grid is not None and not taken & set(range(grid.first, grid.last + 1)):
            grids.append(grid)
    return sorted(grids, key=lambda grid: grid.first)


def _grid(rows: Sequence[Row], group: list[Rule], rules: Sequence[Rule], free: int) -> Grid | None:
    """The table between these rules; rows before `free` belong to another one."""
    inside = [i for i in range(free, len(rows)) if group[0].y < middle(rows[i]) < group[-1].y]
    edges = borders(rows, group, inside)
    if len(edges) < 3:
        return None
    heads_end = _head_end(rows, group, inside, edges)
    body = [i for i in inside if middle(rows[i]) > heads_end]
    if not body:
        inside += _below(rows, group, inside, edges)
        heads_end = _head_end(rows, group, inside, edges)
        body = [i for i in inside if middle(rows[i]) > heads_end]
    elif group[-1].thickness <= 1.5 * min(rule.thickness for rule in group):
        more = _numbers_below(rows, group, inside, edges)
        inside, body = inside + more, body + more
    heads = [i for i in inside if middle(rows[i]) <= heads_end]
    if not heads:
        heads, body = _unruled_heads(rows, body, edges)
    if not body:
        return None
    edges = used(rows, inside, edges)
    if len(edges) < 3:
        return None
    grid = Grid(inside[0], inside[-1], edges, drawn=any(inner_edges(rule) for rule in group))
    depth = add_heads(grid, [rows[i] for i in heads], [r for r in group if r.y <= heads_end + 1])
    add_rows(grid, [rows[i] for i in body], [r.y for r in group if r.y > heads_end + 1], depth)
    if not is_sound(grid, depth):
        return None
    highest = max((rule.y for rule in rules if rule.y < group[0].y - 1), default=0.0)
    grid.captions = captions(rows, grid.first, group[0].y, highest, free)
    return grid


def is_sound(grid: Grid, depth: int) -> bool:
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
    labels = sum(LABEL.fullmatch(said(cells[0].lines[0])) is not None for cells in several)
    return not (columns == 2 and labels > 0.5 * len(several))


def _head_end(rows: Sequence[Row], group: Sequence[Rule], inside: Sequence[int], edges: list[float]) -> float:
    """Where the column heads end: at the thickest inner rule, else above the first row of numbers."""
    first_number = next((rows[i].baseline for i in inside if has_numbers(rows[i], edges)), None)
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
    parts = [r.y for r in group[1:] if first_number is not None and r.y < first_number]
    if parts:
        return _below_rule(rows, inside, edges, parts[-1], first_number or 0.0)
    bold = group[0].y
    for i in inside:
        if not all(word.style & BOLD for word in rows[i].words) or has_numbers(rows[i], edges):
            break
        bold = rows[i].baseline
    return bold


def _unruled_heads(rows: Sequence[Row], body: list[int], edges: list[float]) -> tuple[list[int], list[int]]:
    """Heads and body where no rule parts them: rows at the top with words over several columns and no row head."""
    count = 0
    for i in body:
        pieces = pieces_of(rows[i], edges)
        if len(pieces) < 2 or pieces[0].first == 0 or has_numbers(rows[i], edges):
            break
        count += 1
    return (body[:count], body[count:]) if count < len(body) else ([], body)


def _below_rule(rows: Sequence[Row], inside: Sequence[int], edges: list[float], y: float, number: float) -> float:
    """The foot of the column heads that stand under a rule over some of the columns, above the first number."""
    for i in inside:
        if y < rows[i].baseline < number:
            if pieces_of(rows[i], edges)[0].first == 0:
                break
            y = rows[i].baseline
    return y


def _below(rows: Sequence[Row], group: Sequence[Rule], inside: Sequence[int], edges: list[float]) -> list[int]:
    """The rows of a table that the page's end cuts: as long as they stand in its columns."""
    start = inside[-1] + 1 if inside else next((i for i, r in enumerate(rows) if middle(r) > group[-1].y), len(rows))
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
            or is_prose(row, edges[1:-1], edges[-1] - edges[0])
        ):
            break
        found.append(i)
        last = row.baseline
        if len(pieces_of(row, edges)) > 1:
            sure = len(found)
    return found[:sure]


def _numbers_below(rows: Sequence[Row], group: Sequence[Rule], inside: Sequence[int], edges: list[float]) -> list[int]:
    """Rows of numbers under a table's last rule, which is not its end: a page's end cuts the table there."""
    found = _below(rows, group, inside, edges)
    while found and not has_numbers(rows[found[-1]], edges):
        found.pop()
    words = [i for i in found if len(pieces_of(rows[i], edges)) > 1 and not has_numbers(rows[i], edges)]
    return [] if words else found
