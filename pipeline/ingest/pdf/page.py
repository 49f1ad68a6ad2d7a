"""One page: from a sheet of characters to text in reading order, with its lines, note marks and tables."""

from dataclasses import dataclass, field

import numpy as np

from ...model import Cell, Span, Table
from .charts import charts
from .columns import flows
from .glyphs import BOLD, ITALIC
from .lines import Row, Word, rows
from .marks import settle
from .rtl import beside_letters, has_rtl, logical, mostly_rtl, reads_from_right
from .sheet import Floats, Rect, Sheet, as_shown
from .sideways import sideways
from .strokes import Rule, rules
from .tables import find
from .tables.cells import Grid


@dataclass(slots=True, eq=False)
class Printed:
    """A printed line: characters `start` to `end` of the page's text, and what its place and type tell.

    Geometry is of the sheet. `flow` numbers the columns of text in reading order, `first_width` is the
    width of its first word, `mark` the raised reference with which it begins, `table` whether it is part
    of a table, `caption` whether it names one, `aside` whether it is page furniture or part of a chart.
    """

    start: int
    end: int
    page: int
    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    baseline: float
    size: float
    style: int
    flow: int
    first_width: float
    mark: str | None = None
    table: bool = False
    caption: bool = False
    aside: bool = False


@dataclass(slots=True)
class PageText:
    """The text of one page; spans count from the page's start. `separators` are the rules on it."""

    number: int
    width: float
    height: float
    turned: int
    text: str
    boxes: Floats
    lines: list[Printed] = field(default_factory=list)
    marks: list[Span] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)


def lay_out(sheet: Sheet) -> PageText:
    """The text of a page in reading order."""
    sheet = beside_letters(sheet) if has_rtl(sheet.text) else sheet
    printed = settle(rows(sheet))
    drawn = rules(sheet)
    grids = find(printed, drawn, sheet.width)
    writer = _Writer(sheet)
    writer.charts = charts(sheet, printed, [(grid.first, grid.last) for grid in grids])
    at = 0
    for grid in grids:
        writer.prose(printed[at : grid.first], {id(printed[i].words[0]) for i in grid.captions})
        writer.table(grid)
        at = grid.last + 1
    writer.prose(printed[at:], set())
    for row, aside in sideways(sheet):
        writer.apart(row, aside)
    return writer.page(drawn)


class _Writer:
    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.rtl = has_rtl(sheet.text)
        self.mostly_rtl = self.rtl and mostly_rtl(sheet.text)
        self.parts: list[str] = []
        self.chars: list[np.ndarray] = []
        self.at = 0
        self.flow = 0
        self.lines: list[Printed] = []
        self.marks: list[Span] = []
        self.tables: list[Table] = []
        self.captions: list[Span] = []
        self.charts: list[Rect] = []

    def prose(self, rows: list[Row], captions: set[int]) -> None:
        for flow in flows(rows):
            for row in flow:
                self.line(row.words, "\n", caption=id(row.words[0]) in captions, aside=self.in_chart(row))
            self.flow += 1
        self.captions = (
            [Span(line.start, line.end) for line in self.lines[-len(rows) :] if line.caption] if rows else []
        )

    def apart(self, row: Row, aside: bool) -> None:
        """A line that does not stand in the run of the text."""
        self.line(row.words, "\n", aside=aside or self.in_chart(row))
        self.flow += 1

    def in_chart(self, row: Row) -> bool:
        middle = row.baseline - 0.3 * row.size
        return any(c.top < middle < c.bottom and c.x0 - 2 < row.x0 and row.x1 < c.x1 + 2 for c in self.charts)

    def table(self, grid: Grid) -> None:
        start = self.at
        cells: list[Cell] = []
        ordered = sorted(grid.cells, key=lambda cell: (cell.row, cell.column))
        for index, cell in enumerate(ordered):
            following = ordered[index + 1] if index + 1 < len(ordered) else None
            end = "\t" if following is not None and following.row == cell.row else "\n"
            begin = self.at
            for number, words in enumerate(cell.lines, 1):
                self.line(words, "\n" if number < len(cell.lines) else end, table=True)
            cells.append(Cell(begin, self.at - 1, cell.row, cell.column, cell.row_span, cell.column_span, cell.header))
        self.tables.append(Table(start, self.at - 1, tuple(cells), tuple(self.captions), self.sheet.number))
        self.flow += 1

    def line(
        self, words: list[Word], end: str, *, table: bool = False, caption: bool = False, aside: bool = False
    ) -> None:
        if self.rtl and reads_from_right(words, self.mostly_rtl):
            words = logical(words)
        start, begun = self.at, len(self.parts)
        mark = None
        for index, word in enumerate(words):
            if index and not word.glued:
                self.put(" ")
            if word.mark and index == 0:
                mark = word.text.strip(",;")
            elif word.mark:
                self.marks.append(Span(self.at, self.at + len(word.text)))
            self.parts.append(word.text)
            self.chars.append(word.chars)
            self.at += len(word.text)
        plain = [word for word in words if not word.mark] or words
        style = BOLD | ITALIC
        for word in plain:
            style &= word.style
        self.lines.append(
            Printed(
                start,
                self.at,
                self.sheet.number,
                "".join(self.parts[begun:]),
                min(word.x0 for word in words),
                min(word.top for word in words),
                max(word.x1 for word in words),
                max(word.bottom for word in words),
                plain[0].baseline,
                _usual_size(plain),
                style,
                self.flow,
                words[0].x1 - words[0].x0,
                mark,
                table,
                caption,
                aside,
            )
        )
        self.put(end)

    def put(self, separator: str) -> None:
        self.parts.append(separator)
        self.chars.append(_NONE)
        self.at += 1

    def page(self, drawn: list[Rule]) -> PageText:
        sheet = self.sheet
        where = np.concatenate(self.chars) if self.chars else np.zeros(0, np.intp)
        shown = as_shown(sheet.boxes, sheet)
        boxes = np.where((where >= 0)[:, None], shown[where], np.float32(np.nan)) if len(shown) else np.zeros((0, 4))
        text = "".join(self.parts)
        return PageText(
            sheet.number,
            sheet.width,
            sheet.height,
            sheet.turned,
            text,
            boxes.astype(np.float32),
            self.lines,
            self.marks,
            self.tables,
            drawn,
        )


def _usual_size(words: list[Word]) -> float:
    """The size in which most of the characters are set."""
    if len({word.size for word in words}) == 1:
        return words[0].size
    count: dict[float, int] = {}
    for word in words:
        size = round(word.size, 1)
        count[size] = count.get(size, 0) + len(word.text)
    return max(count, key=lambda size: (count[size], size))


_NONE = np.full(1, -1, np.intp)
