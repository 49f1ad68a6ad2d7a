"""Tables that go on over a page end under the same heads: one table, the heads said once."""

from collections.abc import Sequence
from dataclasses import replace

from ..model import Report, Span, Table
from .words import Words


def joined(report: Report, tables: Sequence[Table], words: Words) -> tuple[tuple[Table, ...], list[Span]]:
    """(tables, those that go on with the one before put to it; the heads that they repeat, page furniture)."""
    whole: list[Table] = []
    repeated: list[Span] = []
    last: Table | None = None
    for table in tables:
        if last is not None and _goes_on(report, last, table, words):
            depth = _depth(table)
            heads = [cell for cell in table.cells if cell.row < depth]
            shift = max(cell.row + cell.row_span for cell in whole[-1].cells) - depth
            body = tuple(replace(cell, row=cell.row + shift) for cell in table.cells if cell.row >= depth)
            whole[-1] = replace(whole[-1], end=table.end, cells=(*whole[-1].cells, *body))
            repeated += [Span(cell.start, cell.end) for cell in heads]
        else:
            whole.append(table)
        last = table
    return tuple(whole), repeated


def _goes_on(report: Report, last: Table, table: Table, words: Words) -> bool:
    """On the next page, with the same heads, and no title between."""
    if table.page is None or last.page is None or table.page != last.page + 1:
        return False
    if any(span.start >= last.end for span in table.caption):
        return False
    heads = _heads(report, table)
    if not heads or heads != _heads(report, last):
        return False
    between = report.text[last.end : table.start].splitlines()
    return not any(words.caption.match(line.strip()) for line in between)


def _depth(table: Table) -> int:
    """How many rows from the top hold heads alone."""
    body = min((cell.row for cell in table.cells if not cell.header), default=0)
    rows = [[cell for cell in table.cells if cell.row <= row < cell.row + cell.row_span] for row in range(body)]
    return next((i for i, inside in enumerate(rows) if len(inside) < 2), len(rows))


def _heads(report: Report, table: Table) -> list[tuple[int, int, int, str]]:
    depth = _depth(table)
    return [
        (cell.row, cell.column, cell.column_span, "".join(report.text[cell.start : cell.end].split()))
        for cell in table.cells
        if cell.row < depth
    ]
