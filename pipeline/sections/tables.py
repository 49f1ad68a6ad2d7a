"""Tables that a text file flattens: one cell a line, each behind a tab, a blank line between table rows."""

import re
from collections.abc import Sequence

from ..model import Cell, Line, Report, Span, Table

NUMBER = re.compile(r"[\s\d.,()%‰$€£+–—-]*$")
FEWEST = 6
"""Fewer tabbed lines than this are indented text, not a table."""


def flattened(report: Report) -> tuple[Table, ...]:
    """The tables among the lines that begin with a tab; those that the reader knows already are left to it."""
    text = report.text
    if "\t" not in text:
        return ()
    known = [(table.start, table.end) for table in report.tables]
    found = []
    for run in _runs(report.lines, text):
        start, end = run[0][0].start, run[-1][-1].end
        if any(start < stop and begin < end for begin, stop in known):
            continue
        table = _table(text, run)
        if table is not None:
            found.append(table)
    return tuple(found)


def _runs(lines: Sequence[Line], text: str) -> list[list[list[Span]]]:
    """Runs of table rows, a row being the cells between two blank lines."""
    runs: list[list[list[Span]]] = []
    row: list[Span] = []
    run: list[list[Span]] = []
    for line in lines:
        raw = text[line.start : line.end]
        if raw.startswith("\t") and "\t" not in raw[1:].strip():
            words = raw.strip()
            start = line.start + raw.index(words) if words else line.start + 1
            row.append(Span(start, start + len(words)))
        elif not raw.strip():
            if row:
                run.append(row)
            row = []
        else:
            if row:
                run.append(row)
            if sum(map(len, run)) >= FEWEST:
                runs.append(run)
            row, run = [], []
    if row:
        run.append(row)
    if sum(map(len, run)) >= FEWEST:
        runs.append(run)
    return runs


def _table(text: str, run: list[list[Span]]) -> Table | None:
    def numeric(span: Span) -> bool:
        return NUMBER.match(text[span.start : span.end]) is not None

    def body(row: Sequence[Span]) -> bool:
        filled = [span for span in row if span.end > span.start]
        return bool(filled) and all(map(numeric, filled[min(len(filled) - 1, 2) :])) and numeric(filled[-1])

    first = next((i for i, row in enumerate(run) if body(row)), None)
    if not first:
        return None
    width = max(len(row) for row in run[first:])
    heads = _joined(run[:first], width)
    cells = _heads(heads, width)
    if cells is None:
        return None
    depth = len(heads)
    for index, row in enumerate(run[first:], depth):
        missing = width - len(row)
        column = 0
        for place, span in enumerate(row):
            wide = 1 + missing if place == 0 and 0 < missing < width - 1 else 1
            head = (column == 0 and not _counts(text, run[first:], width)) or (column < 2 and not numeric(span))
            if span.end > span.start:
                cells.append(
                    Cell(
                        span.start,
                        span.end,
                        index,
                        column,
                        1,
                        wide,
                        head or (column == 0 and _label(text, run[first:], width)),
                    )
                )
            column += wide
    return Table(run[0][0].start, run[-1][-1].end, tuple(cells))


def _label(text: str, rows: Sequence[Sequence[Span]], width: int) -> bool:
    """The first column names its row: by a word somewhere, or by years or a running number throughout."""
    return is_label([text[row[0].start : row[0].end] for row in rows if len(row) == width])


def is_label(firsts: Sequence[str]) -> bool:
    """Words somewhere, years throughout, or a running number."""
    if any(NUMBER.match(word) is None for word in firsts):
        return True
    if len(firsts) < 2:
        return False
    return (
        all(re.fullmatch(r"(?:1[89]|20)\d\d(?:[-–/]\d{2,4})?", word) for word in firsts)
        or [str(n) for n in range(1, len(firsts) + 1)] == firsts
    )


def _counts(text: str, rows: Sequence[Sequence[Span]], width: int) -> bool:
    return not _label(text, rows, width)


def _joined(heads: Sequence[Sequence[Span]], width: int) -> list[list[Span]]:
    """Header rows; two that are only together as wide as the table are one that a blank line cut."""
    found: list[list[Span]] = []
    for row in heads:
        if len(found) > 1 and len(found[-1]) < width and len(found[-1]) + len(row) == width:
            found[-1] = [*found[-1], *row]
        else:
            found.append(list(row))
    return found


def _heads(heads: Sequence[Sequence[Span]], width: int) -> list[Cell] | None:
    """Header cells with their spans: in a lower row an empty cell keeps the head above, others share one out."""
    cells: list[Cell] = []
    if not heads:
        return cells
    leaves: list[list[int]] = [[]]  # for each leaf of the row above, the indexes into `tree` from the top
    tree: list[tuple[int, Span]] = []
    paths: list[list[int]] = []
    for place, span in enumerate(heads[0]):
        tree.append((0, span))
        paths.append([place])
    for depth, row in enumerate(heads[1:], 1):
        shares = _shares([span.end > span.start for span in row], len(paths))
        if shares is None:
            return None
        below: list[list[int]] = []
        at = 0
        for path, share in zip(paths, shares, strict=True):
            for span in row[at : at + share]:
                if span.end > span.start:
                    tree.append((depth, span))
                    below.append([*path, len(tree) - 1])
                else:
                    below.append(path)
            at += share
        paths = below
    del leaves
    if len(paths) != width:
        extra = width - len(paths)
        if extra < 0:
            return None
        paths = [*([[]] * extra), *paths]
    for node, (depth, span) in enumerate(tree):
        columns = [column for column, path in enumerate(paths) if node in path]
        if not columns:
            continue
        lowest = all(paths[column][-1] == node for column in columns)
        if span.end > span.start:
            cells.append(
                Cell(span.start, span.end, depth, columns[0], len(heads) - depth if lowest else 1, len(columns), True)
            )
    return cells


def _shares(filled: Sequence[bool], leaves: int) -> list[int] | None:
    """How many cells of a lower header row stand under each leaf above: one empty, or equal shares of the filled."""
    runs: list[tuple[bool, int]] = []
    for value in filled:
        if runs and runs[-1][0] == value:
            runs[-1] = (value, runs[-1][1] + 1)
        else:
            runs.append((value, 1))
    empty = sum(length for value, length in runs if not value)
    full = sum(length for value, length in runs if value)
    split = leaves - empty
    if split <= 0 or full % split:
        return [1] * leaves if len(filled) == leaves else None
    each = full // split
    shares: list[int] = []
    for value, length in runs:
        if not value:
            shares += [1] * length
        elif length % each:
            return None
        else:
            shares += [each] * (length // each)
    return shares if len(shares) == leaves else None
