"""The rows of a table: printed rows that continue a cell are joined to it."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from ..glyphs import BOLD
from ..lines import Row
from .cells import NEAR, NUMBER, Grid, GridCell, Piece, close, pieces_of, said


def add_rows(grid: Grid, rows: Sequence[Row], rules: Sequence[float], depth: int) -> None:
    """Add the rows to the grid: printed rows that continue a cell are joined to it."""
    edges = grid.edges
    columns = len(edges) - 1
    parsed = [pieces_of(row, edges) for row in rows]
    rows, parsed, spans = _spanning(rows, parsed, rules)
    ends = [x - 4 for x in edges[1:]] if grid.drawn else _ends(parsed, columns)
    banded = _bands(rows, parsed, rules)
    sure = _row_starts(parsed)
    logical: list[list[Piece]] = []
    wide: dict[int, int] = {}
    open_row: dict[int, list[Piece]] = {}
    before: Row | None = None
    for row, pieces in zip(rows, parsed, strict=True):
        band = bisect_right(rules, row.baseline)
        cut = before is None or band != bisect_right(rules, before.baseline)
        if not cut and before is not None and (band in banded or _continues(open_row, pieces, before, row, ends, sure)):
            logical[-1].extend(pieces)
        else:
            logical.append(list(pieces))
            open_row = {}
            if id(row) in spans:
                wide[len(logical) + depth - 1] = spans[id(row)]
        for piece in pieces:
            open_row.setdefault(piece.first, []).append(piece)
        before = row
    for number, found in enumerate(logical, depth):
        by_column: dict[int, list[Piece]] = {}
        for piece in found:
            by_column.setdefault(piece.first, []).append(piece)
        alone = list(by_column) == [0] and columns > 1
        for column, parts in sorted(by_column.items()):
            span = columns if alone else max(part.last for part in parts) - column + 1
            head = column == 0 and not (alone and parts[0].last > 0 and len(parts) > 1)
            lines = [part.words for part in parts]
            high = wide.get(number, 1) if column == 0 else 1
            grid.cells.append(GridCell(number, column, lines, span, high, header=head))


def _spanning(
    rows: Sequence[Row], parsed: list[list[Piece]], rules: Sequence[float]
) -> tuple[list[Row], list[list[Piece]], dict[int, int]]:
    """Row heads over several rows, between two rules: their lines joined to the first of the rows.

    Returns the rows and their pieces without the lines that were joined, and for the row (by id) with such a
    head how many rows it spans.
    """
    bands: dict[int, list[int]] = {}
    for i, row in enumerate(rows):
        bands.setdefault(bisect_right(rules, row.baseline), []).append(i)
    joined: set[int] = set()
    spans: dict[int, int] = {}
    for band in bands.values() if len(bands) > 1 else ():
        heads = [i for i in band if parsed[i][0].first == 0]
        under = [i for i in band if parsed[i][0].first > 0 and _numbers(parsed[i])]
        lone = heads[1:]
        if not heads or heads[0] != band[0] or not under or not _numbers(parsed[band[0]]):
            continue
        if len(under) + len(heads) != len(band) or any(len(parsed[i]) > 1 for i in lone):
            continue
        lines = [rows[i] for i in heads]
        near = all(b.baseline - a.baseline <= 1.5 * b.size and abs(b.x0 - a.x0) <= NEAR for a, b in pairwise(lines))
        if near and (not lone or lone[0] < under[-1]):
            parsed[band[0]] = [*parsed[band[0]], *(parsed[i][0] for i in lone)]
            joined.update(lone)
            spans[id(rows[band[0]])] = 1 + len(under)
    kept = [i for i in range(len(rows)) if i not in joined]
    return [rows[i] for i in kept], [parsed[i] for i in kept], spans


def _numbers(pieces: Sequence[Piece]) -> bool:
    return any(piece.first > 0 and NUMBER.fullmatch(said(piece.words)) for piece in pieces)


def _ends(parsed: Sequence[Sequence[Piece]], columns: int) -> list[float]:
    """How far the text of each column goes."""
    ends = [0.0] * columns
    for piece in (piece for pieces in parsed for piece in pieces):
        ends[piece.last] = max(ends[piece.last], piece.words[-1].x1 + 1)
    return ends


def _row_starts(parsed: Sequence[Sequence[Piece]]) -> list[float]:
    """Where labels begin that certainly begin a row: those with numbers, under a row with numbers."""
    found: list[float] = []
    numbered = False
    for pieces in parsed:
        has = any(p.first > 0 and NUMBER.fullmatch(said(p.words)) for p in pieces)
        if has and numbered and pieces[0].first == 0 and not close(pieces[0].words[0].x0, found, 1.0):
            found.append(pieces[0].words[0].x0)
        numbered = has
    return found


def _bands(rows: Sequence[Row], parsed: Sequence[Sequence[Piece]], rules: Sequence[float]) -> set[int]:
    """The bands between two rules that are one row each: where rules part the rows and no numbers stand in them."""
    found: dict[int, bool] = {}
    for row, pieces in zip(rows, parsed, strict=True):
        band = bisect_right(rules, row.baseline)
        words = all(p.first == 0 or not NUMBER.fullmatch(said(p.words)) or said(p.words) in "–—-" for p in pieces)
        found[band] = found.get(band, True) and words
    return {band for band, words in found.items() if words} if len(found) > 1 else set()


def _continues(
    above: dict[int, list[Piece]],
    pieces: Sequence[Piece],
    before: Row,
    row: Row,
    ends: Sequence[float],
    sure: Sequence[float],
) -> bool:
    """Whether a printed row goes on with the cells of the row above it; `ends` is how far each column's text goes."""
    numbers = {p.first for p in pieces if p.first > 0 and NUMBER.fullmatch(said(p.words))}
    others = {c for c, ps in above.items() if c > 0 and any(NUMBER.fullmatch(said(p.words)) for p in ps)}
    if numbers & others:
        return False
    label = next((p for p in pieces if p.first == 0), None)
    if label is None:
        return not numbers or row.baseline - before.baseline <= 1.75 * row.size
    if 0 not in above or row.baseline - before.baseline > (1.45 if others and not numbers else 1.75) * row.size:
        return False  # the lines of a label that goes on below its numbers are set tight
    left = label.words[0].x0
    if numbers and not others and left > above[0][0].words[0].x0 + NEAR and close(left, sure, 1.0):
        return False  # an entry under its group's head, set in like the other entries
    return _wraps(above[0][-1], label, ends[label.last])


def _wraps(upper: Piece, lower: Piece, right: float) -> bool:
    """Whether the second line had to start because its first word did not fit on the first line."""
    first, word = upper.words[-1], lower.words[0]
    if (upper.words[-1].style ^ word.style) & BOLD or lower.words[0].x0 < upper.words[0].x0 - NEAR:
        return False
    if word.text[:1].islower() and not word.mark:
        return True
    return first.x1 + 0.25 * word.size + (word.x1 - word.x0) > right
