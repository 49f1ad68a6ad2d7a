"""Tables of text files: cells between tabs, in columns of spaces, or one a line with a blank line after each row."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ..model import Cell, Report, Span, Table
from .tables import is_label
from .words import Words

NUMBER = re.compile(
    r"[(\[+–−-]?\s?(?:[$€£]\s?)?\d[\d.,   \u202f]*\s?%?[)\]]?[a-z*]?|[-–—−]{1,3}|\.{2,3}|…|n\.?/?a\.?", re.IGNORECASE
)
GAP = re.compile(r"\t+| {2,}")
YEAR = re.compile(r"(?:1[89]|20)\d\d(?:[-–/]\d{2,4})?")
STEP = 2
"""Numbers of one column end within so many characters."""
FEWEST, HEADS, HEAD = 2, 4, 60
"""A table has at least so many rows of numbers; its heads stand in at most so many lines, each so short."""

Placed = tuple[int, int, Span]
"""(first column, last column, words) of a cell."""


class _Line(NamedTuple):  # one for each line of a report: a dataclass would take twice as long to make
    """A line's cells as spans of the text, none where it is blank; `at` is where it begins, `columns` count tabs."""

    at: int
    cells: tuple[Span, ...]
    tabs: bool = False
    columns: tuple[int, ...] = ()


def found(report: Report, words: Words) -> tuple[Table, ...]:
    """The tables of a text file, contents left out."""
    if report.source.media_type not in ("text/plain", "text/markdown"):
        return ()
    text = report.text
    lines = [_line(text, line.start, line.end) for line in report.lines]
    taken = [(table.start, table.end) for table in report.tables]
    made: list[Table] = []
    at = 0
    while at < len(lines):
        table, end = _at(text, lines, at, words) if lines[at].cells else (None, at)
        if table is None:
            at += 1
            continue
        if not any(start < table.end and table.start < stop for start, stop in taken):
            made.append(table)
        at = max(end, at + 1)
    return tuple(made)


def _line(text: str, start: int, end: int) -> _Line:
    raw = text[start:end]
    stripped = raw.strip()
    if not stripped:
        return _Line(start, ())
    lead = start + raw.index(stripped)
    if "\t" not in stripped and "  " not in stripped:
        return _Line(start, (Span(lead, lead + len(stripped)),), "\t" in raw, (0,))
    tabs = "\t" in stripped
    cells: list[Span] = []
    columns: list[int] = []
    at, column = 0, len(raw) - len(raw.lstrip("\t"))
    for gap in [*GAP.finditer(stripped), None]:
        stop = gap.start() if gap else len(stripped)
        if stop > at:
            cells.append(Span(lead + at, lead + stop))
            columns.append(column)
        if gap:
            column += gap.group().count("\t") if tabs else 1
            at = gap.end()
    return _Line(start, tuple(cells), tabs, tuple(columns))


def _at(text: str, lines: Sequence[_Line], at: int, words: Words) -> tuple[Table | None, int]:
    """The table whose first row (of numbers, if its cells stand side by side) is the line `at`, and the line after."""
    line = lines[at]
    if len(line.cells) > 1 and _numeric(text, line):
        rows, end = _rows(text, lines, at)
        heads, first = _heads(text, lines, at, rows)
        numbers = sum(len(row.cells) > 1 for row in rows)
        if numbers >= FEWEST and heads and not _contents(text, lines, first, at, words):
            return (_tabbed if line.tabs else _spaced)(text, heads, rows), end
    elif len(line.cells) == 1 and at and not lines[at - 1].cells:
        return _stacked(text, lines, at)
    return None, at


def _said(text: str, span: Span) -> str:
    return text[span.start : span.end]


def _is_number(text: str, span: Span) -> bool:
    return NUMBER.fullmatch(_said(text, span)) is not None


def _numeric(text: str, line: _Line) -> bool:
    """All cells after the first are numbers or signs that stand for none."""
    rest = line.cells[1:]
    return all(_is_number(text, span) for span in rest) and any(c.isdigit() for s in rest for c in _said(text, s))


def _rows(text: str, lines: Sequence[_Line], at: int) -> tuple[list[_Line], int]:
    """Rows of numbers from `at`, with single lines of words between them, and the line after the last."""
    rows: list[_Line] = []
    end = at
    waiting: list[_Line] = []
    for place in range(at, len(lines)):
        line = lines[place]
        if not line.cells:
            if place and not lines[place - 1].cells:
                break
        elif len(line.cells) > 1 and line.tabs == lines[at].tabs and _numeric(text, line):
            rows += [*waiting, line]
            waiting, end = [], place + 1
        elif len(line.cells) == 1 and not waiting and _size(line.cells[0]) <= HEAD:
            waiting.append(line)
        else:
            break
    return rows, end


def _size(span: Span) -> int:
    return span.end - span.start


def _heads(text: str, lines: Sequence[_Line], at: int, rows: Sequence[_Line]) -> tuple[list[_Line], int]:
    """The lines right above the rows that hold heads, several or one over a column of numbers, and where they begin."""
    heads: list[_Line] = []
    left = min(row.cells[1].start - row.at for row in rows if len(row.cells) > 1)
    first = at
    for place in range(at - 1, -1, -1):
        line = lines[place]
        if not line.cells:
            if not (place and lines[place - 1].cells):
                break
            continue
        over = len(line.cells) > 1 or line.cells[0].start - line.at >= left - 2 * STEP
        short = all(_size(cell) <= HEAD for cell in line.cells)
        unit = len(line.cells) == 1 and _said(text, line.cells[0]).startswith("(")
        if not over or not short or unit or len(heads) == HEADS or (line.tabs != rows[0].tabs and len(line.cells) > 1):
            break
        heads.insert(0, line)
        first = place
    return heads, first


def _contents(text: str, lines: Sequence[_Line], first: int, at: int, words: Words) -> bool:
    """The heads or a line before them say that these are contents."""
    above = [line for line in lines[max(first - 4, 0) : at] if line.cells]
    return any(words.contents.fullmatch(" ".join(_said(text, c) for c in line.cells).strip(" *:")) for line in above)


def _tabbed(text: str, heads: Sequence[_Line], rows: Sequence[_Line]) -> Table | None:
    """Cells between tabs: the tabs before a cell count its column; a row of heads may lack the one of the rows."""
    head = heads[-1]
    width = max(column for line in rows for column in line.columns) + 1
    shift = width - 1 - max(head.columns)
    if shift not in (0, 1) or len(head.cells) < width - 1:
        return None
    grid: list[list[Placed]] = [
        [(c + shift, c + shift, span) for c, span in zip(head.columns, head.cells, strict=True)]
    ]
    grid += [[(c, c, span) for c, span in zip(row.columns, row.cells, strict=True)] for row in rows]
    return _table(text, grid, 1)


def _spaced(text: str, heads: Sequence[_Line], rows: Sequence[_Line]) -> Table | None:
    """Columns of spaces: the numbers of one end at one place, and heads stand over every one."""
    ends = sorted(cell.end - row.at for row in rows for cell in row.cells[1:])
    rights: list[int] = []
    for end in ends:
        if rights and end - rights[-1] <= STEP:
            rights[-1] = end
        else:
            rights.append(end)
    lefts = [1 << 30] * len(rights)
    grid: list[list[Placed]] = []
    for row in rows:
        cells: list[Placed] = [(0, 0, row.cells[0])]
        for cell in row.cells[1:]:
            place = bisect_left(rights, cell.end - row.at)
            lefts[place] = min(lefts[place], cell.start - row.at)
            cells.append((place + 1, place + 1, cell))
        if len({place for place, _, _ in cells}) < len(cells):
            return None
        grid.append(cells)
    above = [_over(line, lefts, rights, place < len(heads) - 1) for place, line in enumerate(heads)]
    covered = {column for line in above for first, last, _ in line for column in range(first, last + 1)}
    if not covered >= set(range(1, len(rights) + 1)):
        return None
    return _table(text, [*above, *grid], len(above))


def _over(line: _Line, lefts: Sequence[int], rights: Sequence[int], upper: bool) -> list[Placed]:
    """The heads of a line over the columns that they stand above; one that is over none heads the rows.

    One head alone in an upper line, in the middle of the columns and of none of them, spans them all.
    """
    found: list[Placed] = []
    if upper and len(line.cells) == 1 and len(rights) > 1:
        middle = (line.cells[0].start + line.cells[0].end) / 2 - line.at
        single = min(abs(middle - (left + right) / 2) for left, right in zip(lefts, rights, strict=True)) <= STEP
        if not single and lefts[0] - STEP < middle < rights[-1] + STEP:
            return [(1, len(rights), line.cells[0])]
    for cell in line.cells:
        start, end = cell.start - line.at, cell.end - line.at
        under = [
            i for i, (left, right) in enumerate(zip(lefts, rights, strict=True), 1) if start <= right and left <= end
        ]
        if not under:
            near = [abs(end - right) for right in rights]
            under = [near.index(min(near)) + 1] if min(near) <= 2 * STEP else [0]
        found.append((under[0], under[-1], cell))
    return found


def _stacked(text: str, lines: Sequence[_Line], at: int) -> tuple[Table | None, int]:
    """One cell a line, a blank line after each row: a group of heads, then groups as long of words and numbers."""
    groups: list[list[Span]] = []
    group: list[Span] = []
    end = place = at
    while place < len(lines):
        line = lines[place]
        place += 1
        if line.cells:
            if len(line.cells) > 1 or _size(line.cells[0]) > HEAD or (groups and len(group) == len(groups[0])):
                break
            group.append(line.cells[0])
            if place < len(lines):
                continue
        if len(group) < 3 or (groups and (len(group) != len(groups[0]) or not _data(text, group))):
            break
        groups.append(group)
        group, end = [], place
    if len(groups) <= FEWEST or (_data(text, groups[0]) and not _years(text, groups[0])):
        return None, at
    if any(_said(text, span)[-1] in ".;:," for span in groups[0]):
        return None, at
    return _table(text, [[(i, i, span) for i, span in enumerate(group)] for group in groups], 1), end


def _data(text: str, group: Sequence[Span]) -> bool:
    return all(_is_number(text, span) for span in group[1:]) and not _is_number(text, group[0])


def _years(text: str, group: Sequence[Span]) -> bool:
    return all(YEAR.fullmatch(_said(text, span)) for span in group[1:])


def _table(text: str, grid: Iterable[Sequence[Placed]], depth: int) -> Table | None:
    """The table of these rows of cells, the first `depth` of them heads."""
    rows = list(grid)
    labelled = is_label([_said(text, row[0][2]) for row in rows[depth:] if row[0][0] == 0 and len(row) > 1])
    made = [
        Cell(span.start, span.end, place, first, 1, last - first + 1, place < depth or (first == 0 and labelled))
        for place, row in enumerate(rows)
        for first, last, span in row
    ]
    return Table(made[0].start, made[-1].end, tuple(made))
