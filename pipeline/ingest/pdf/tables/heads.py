"""Column heads, with the columns that each of them spans."""

from collections.abc import Sequence
from itertools import pairwise

from ..lines import Row, Word
from ..strokes import Rule
from .cells import NEAR, Grid, GridCell, Piece, clusters, column_at, is_column_number, middle, pieces_of, said


def add_heads(grid: Grid, rows: Sequence[Row], rules: Sequence[Rule]) -> int:
    """Add the column heads to the grid; their number of rows."""
    edges = grid.edges
    columns = len(edges) - 1
    cells: dict[tuple[int, int, int], list[list[Word]]] = {}
    for row in rows:
        pieces = _head_pieces(row, edges, rules)
        if all(is_column_number(said(piece.words)) or piece.first == 0 for piece in pieces) and any(
            piece.first > 0 for piece in pieces
        ):
            pieces = [piece for piece in pieces if piece.first == 0 and not is_column_number(said(piece.words))]
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
        centre = (min(line[0].x0 for line in lines) + max(line[-1].x1 for line in lines)) / 2
        foot = max(line[0].baseline for line in lines) - 1
        under = next((r for r in rules if r.y > foot and any(a <= centre <= b for a, b in r.runs)), None)
        if under is not None and (under.runs[0][0] > edges[0] + NEAR or len(under.runs) > 1):
            run = next((a, b) for a, b in under.runs if a <= centre <= b)
            wide = [i for i, (a, b) in enumerate(pairwise(edges)) if run[0] - 1 <= (a + b) / 2 <= run[1] + 1]
            others = [key for key in cells if key[0] == level and key != (level, first, last)]
            alone = not any(key[1] <= wide[-1] and wide[0] <= key[2] for key in others) if wide else False
            below = any(key[0] > level and wide[0] <= key[1] <= wide[-1] for key in cells) if wide else False
            if alone and below and len(wide) > 1:
                first, last = min(first, wide[0]), max(last, wide[-1])
        found[level, first, last] = lines
    return found


def _head_pieces(row: Row, edges: list[float], rules: Sequence[Rule]) -> list[Piece]:
    """As for rows of the body, but words that stand close are one head even where they touch two columns."""
    found: list[Piece] = []
    parts = clusters(row, 0.9)
    for cluster in parts:
        x0, x1 = cluster[0].x0, cluster[-1].x1
        pieces = pieces_of(Row(cluster, row.baseline), edges)
        if len(pieces) > 1 and _alone_over_run(cluster, parts, row, edges, rules):
            pieces = [Piece(pieces[0].first, pieces[-1].last, cluster)]
        elif len(pieces) > 1 and any(
            right.words[0].x0 - left.words[-1].x1 < 0.5 * row.size for left, right in pairwise(pieces)
        ):
            inner = [x for x in edges[1:-1] if x0 < x < x1]
            if not all(_between(cluster, x) for x in inner) or _centred(x0, x1, edges):
                pieces = [Piece(pieces[0].first, pieces[-1].last, cluster)]
        found.extend(pieces)
    return found


def _alone_over_run(
    cluster: Sequence[Word], parts: Sequence[Sequence[Word]], row: Row, edges: Sequence[float], rules: Sequence[Rule]
) -> bool:
    """Whether words are all that stands over a stretch of the rule under them, which some columns share."""
    under = next((r for r in rules if r.y > row.baseline - 1), None)
    if under is None or (under.x0 <= edges[0] + NEAR and len(under.runs) == 1):
        return False
    run = next((run for run in under.runs if run[0] - NEAR <= cluster[0].x0 and cluster[-1].x1 <= run[1] + NEAR), None)
    return run is not None and not any(
        other is not cluster and run[0] - NEAR <= other[0].x0 and other[-1].x1 <= run[1] + NEAR for other in parts
    )


def _between(words: Sequence[Word], x: float) -> bool:
    """Whether a border passes through a gap between words."""
    return any(left.x1 <= x + 1.5 and x - 1.5 <= right.x0 for left, right in pairwise(words))


def _centred(x0: float, x1: float, edges: Sequence[float]) -> bool:
    first, last = column_at(x0 + 1, edges), column_at(x1 - 1, edges)
    left, right = x0 - edges[first], edges[last + 1] - x1
    return abs(left - right) < 0.1 * (edges[last + 1] - edges[first])


def _level(piece: Piece, row: Row, edges: Sequence[float], rules: Sequence[Rule]) -> int:
    """How many rules pass above a head within the column heads: heads under a spanning head are deeper."""
    centre = (max(piece.words[0].x0, edges[piece.first]) + min(piece.words[-1].x1, edges[piece.last + 1])) / 2
    return sum(
        1 for rule in rules[1:] if rule.y < middle(row) and any(x0 - 1 <= centre <= x1 + 1 for x0, x1 in rule.runs)
    )
