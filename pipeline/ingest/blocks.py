"""Blocks of a format with markup (Word, HTML) and the text that they make.

A reader gives paragraphs and tables in reading order; `assemble` writes them out with the place of everything:
a paragraph is one line (line breaks of its own kept) with an empty line after it, a table one line a row with tabs
between cells. What precedes a table as its title, and the notes in its last rows, are told here for all formats.
"""

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from ..model import Cell, Line, Markup, MarkupKind, Span, Table


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one look; `mark` is a reference to a note, or the note's own mark at a paragraph's start."""

    text: str
    bold: bool = False
    italic: bool = False
    mark: bool = False


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph: its kind if declared, the level of a heading or item, a note's number, its indent in points."""

    runs: tuple[Run, ...]
    kind: MarkupKind | None = None
    level: int | None = None
    number: str | None = None
    indent: float = 0.0

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class GridCell:
    row: int
    column: int
    blocks: tuple["Block", ...]
    row_span: int = 1
    column_span: int = 1
    header: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table on its grid of columns, their widths in any unit (none: all alike), and the caption declared."""

    cells: tuple[GridCell, ...]
    widths: tuple[float, ...] = ()
    caption: tuple[Para, ...] = ()


Block = Para | Grid


@dataclass(slots=True)
class Assembled:
    """The text and what is known about it, as `Report` wants it."""

    text: str = ""
    lines: list[Line] = field(default_factory=list)
    markup: list[Markup] = field(default_factory=list)
    furniture: list[Span] = field(default_factory=list)
    note_marks: list[Span] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)


TYPED_MARK = re.compile(r"(\*{1,4}|[†‡§])[\t\u00a0 ]+(?=\S)")
BRACKETED = re.compile(r"\([^()]*(?:\([^()]*\)[^()]*)*\)")
DIGITS = re.compile(r"[(\[]?[-−–+]?\s*[$€£¥]?\s*\d[\d\s.,'’]*\s*%?[)\]]?[a-z*]{0,2}")
NUMERIC = re.compile(rf"{DIGITS.pattern}|[-–—…]|\.{{2,3}}")
ROW_LABEL = re.compile(r"\d{1,3}(?:\.\d{1,3})+\.?(?=\s+[^\W\d_])|\d{1,3}[.)](?=\s)|[-–•]\s*\d{1,3}\s*[-–](?=\s)")
HAS_DIGIT = re.compile(r"\d")
LABEL = re.compile(r"[^\W\d]{3,12}\s+(?:[\w.]{0,8}\d\w{0,3}|[IVXA-Z]{1,5})")
SUBTITLE = re.compile(r"\([1-9a-z]\)\s")
COUNTED = re.compile(r"\d+(?:\.\d+)*[.\t ]")
COLUMN_NUMBER = re.compile(r"\([\da-z]{1,2}\)[\s\d()=+÷/×*–a-z-]{0,30}")
LONGEST_HEAD = 400


def assemble(blocks: Sequence[Block]) -> Assembled:
    """Text, lines, markup and tables of `blocks` in their order; empty paragraphs leave nothing."""
    writer = _Writer()
    for block in _flat(blocks):
        if isinstance(block, Para):
            writer.paragraph(block)
        else:
            writer.table(block)
    return writer.done()


def _flat(blocks: Iterable[Block]) -> Iterable[Block]:
    """Blocks in order, tables that only lay out the page (one column, tables inside, prose, contents) taken apart."""
    for block in blocks:
        if isinstance(block, Para):
            yield block
            continue
        filled = [cell for cell in block.cells if any(_filled(inner) for inner in cell.blocks)]
        nested = any(isinstance(inner, Grid) for cell in filled for inner in cell.blocks)
        if nested or len({cell.column for cell in filled}) < 2 or _is_prose(filled):
            yield from block.caption
            prose = len({cell.column for cell in filled}) > 1
            for cell in filled:
                yield from _flat([_labelled(inner) for inner in cell.blocks] if prose else cell.blocks)
        elif _is_contents(filled):
            yield from _contents(filled)
        else:
            yield block


def _filled(block: Block) -> bool:
    if isinstance(block, Para):
        return bool(block.text.strip())
    return any(_filled(inner) for cell in block.cells for inner in cell.blocks)


def cell_text(cell: GridCell) -> str:
    return "\n".join(block.text.strip() for block in cell.blocks if isinstance(block, Para)).strip()


def _labelled(block: Block) -> Block:
    """A paragraph of a cell: it is an item of its row, and a number that opens it is its own ("140.7", "- 10 -")."""
    if not isinstance(block, Para) or block.kind:
        return block
    label = ROW_LABEL.match(block.text.lstrip())
    number = label.group() if label else None
    return replace(block, kind="item", level=1, number=number)


def _is_prose(cells: Sequence[GridCell]) -> bool:
    """A table that sets prose side by side: cells of several paragraphs, no number alone in a cell or in a head."""
    texts = [cell_text(cell) for cell in cells]
    several = any(sum(map(_filled, cell.blocks)) > 1 for cell in cells if not cell.header)
    heads = [text for cell, text in zip(cells, texts, strict=True) if cell.header or cell.row == cells[0].row]
    return several and not any(map(DIGITS.fullmatch, texts)) and not any(map(HAS_DIGIT.search, heads))


def by_row(cells: Iterable[GridCell]) -> dict[int, list[GridCell]]:
    """The cells of each row, rows and cells in order."""
    rows: dict[int, list[GridCell]] = {}
    for cell in sorted(cells, key=lambda cell: (cell.row, cell.column)):
        rows.setdefault(cell.row, []).append(cell)
    return rows


def _is_contents(cells: Sequence[GridCell]) -> bool:
    """A table of contents: titles that end in a tab (its dots), and page numbers that never fall in the last column."""
    last = max(cell.column for cell in cells)
    numbers = [int(text) for cell in cells if cell.column == last and (text := cell_text(cell)).isdecimal()]
    titles = [cell for cell in cells if cell.column < last]
    dotted = sum(1 for cell in titles if cell.blocks and _raw(cell).rstrip(" ").endswith(("\t", "....")))
    return len(numbers) >= 3 and numbers == sorted(numbers) and dotted >= 0.6 * len(numbers)


def _raw(cell: GridCell) -> str:
    return next((block.text for block in reversed(cell.blocks) if isinstance(block, Para)), "")


def _contents(cells: Sequence[GridCell]) -> Iterable[Para]:
    for inside in by_row(cells).values():
        yield Para((Run("\t".join(" ".join(cell_text(cell).split()) for cell in inside)),))


class _Writer:
    def __init__(self) -> None:
        self.out = Assembled()
        self.parts: list[str] = []
        self.at = 0
        # Paragraphs since the last table with their places in the markup, and that table's caption.
        self.before: list[tuple[Para, int]] = []
        self.last: list[Span] = []

    def done(self) -> Assembled:
        self.out.text = "".join(self.parts)
        return self.out

    def put(self, text: str) -> None:
        self.parts.append(text)
        self.at += len(text)

    def paragraph(self, para: Para) -> None:
        para = noted(trimmed(para))
        if not para.runs:
            return
        start = self.runs(para)
        if para.kind == "furniture":
            self.out.furniture.append(Span(start, self.at))
        self.out.markup.append(Markup(para.kind or "paragraph", start, self.at, para.level, para.number))
        self.before.append((para, len(self.out.markup) - 1))
        self.put("\n\n")

    def runs(self, para: Para) -> int:
        """Write the characters of a paragraph with lines and note marks; the place where its words begin."""
        first = start = self.at
        words = False
        for at, run in enumerate(para.runs):
            if run.mark and at == 0 and para.kind == "note":
                self.put(run.text)
                start = self.at
                continue
            if run.mark:
                self.out.note_marks.append(Span(self.at, self.at + len(run.text)))
            if not words and para.kind == "note":
                start += len(run.text) - len(run.text.lstrip())
                words = bool(run.text.strip())
            self.put(run.text)
        shown = [run for run in para.runs if run.text.strip() and not run.mark]
        bold, italic = all(run.bold for run in shown) and bool(shown), all(run.italic for run in shown) and bool(shown)
        for match in re.finditer(r"[^\n]+", para.text):
            self.out.lines.append(Line(first + match.start(), first + match.end(), bold=bold, italic=italic))
        return start

    def table(self, grid: Grid) -> None:
        captions = self.captions()
        for para in grid.caption:
            at = len(self.out.markup)
            self.paragraph(replace(para, kind="caption"))
            captions += [Span(m.start, m.end) for m in self.out.markup[at:]]
        cells, notes = _split_notes([cell for cell in _columns(grid) if any(map(_filled, cell.blocks))])
        heads = _head_rows(cells)
        counted = _column_numbers(cells, heads)
        row_heads = _row_heads(cells, heads)
        start = self.at
        written: list[Cell] = []
        row = cells[0].row
        first = True
        for cell in cells:
            if not first:
                self.put("\n" if cell.row != row else "\t")
            row, first = cell.row, False
            at = self.at
            for inner in cell.blocks:
                para = trimmed(inner) if isinstance(inner, Para) else Para(())
                if para.runs:
                    if self.at > at:
                        self.put("\n")
                    self.runs(replace(para, kind=None))
            header = cell.header or cell.row in heads or (cell.row, cell.column) in row_heads
            place = (cell.row, cell.column, cell.row_span, cell.column_span)
            if not (cell.row in counted and COLUMN_NUMBER.fullmatch(cell_text(cell))):
                written.append(Cell(at, self.at, *place, header, _indent(cell)))
        self.out.tables.append(Table(start, self.at, tuple(written), tuple(captions)))
        self.put("\n\n")
        self.before, self.last = [], captions
        for note in notes:
            self.paragraph(note)

    def captions(self) -> list[Span]:
        """Title and units before a table: captions, bracketed lines, a title on two lines ("Table 3", its words).

        A second table under one title ("(1) Regular budget", "(2) Extrabudgetary") has the first one's caption too.
        """
        found = [at for _, at in itertools.takewhile(lambda one: _is_caption(one[0]), reversed(self.before))][::-1]
        labels = [
            at for at, (para, _) in enumerate(self.before) if para.kind == "heading" and LABEL.fullmatch(para.text)
        ]
        after = self.before[labels[-1] :] if labels else []
        others = [para for para, _ in after if para.kind != "heading" and not _is_caption(para)]
        inherited: list[Span] = []
        if 1 < len(after) <= 6 and len(others) <= 1 and not any(COUNTED.match(para.text) for para in others):
            found = [at for para, at in after if para not in others]
        elif self.before and all(SUBTITLE.match(para.text) or _is_caption(para) for para, _ in self.before):
            inherited = self.last
            found = [at for _, at in self.before] if inherited else found
        for at in found:
            self.out.markup[at] = replace(self.out.markup[at], kind="caption", level=None)
        return inherited + [Span(self.out.markup[at].start, self.out.markup[at].end) for at in found]


def _is_caption(para: Para) -> bool:
    return para.kind == "caption" or (para.kind is None and bool(BRACKETED.fullmatch(para.text)))


def trimmed(para: Para) -> Para:
    """Without space at both ends, neighbouring runs of one look joined."""
    runs: list[Run] = []
    for run in para.runs:
        if not runs:
            run = replace(run, text=run.text.lstrip())
        if not run.text:
            continue
        if runs and (runs[-1].bold, runs[-1].italic, runs[-1].mark) == (run.bold, run.italic, run.mark):
            runs[-1] = replace(runs[-1], text=runs[-1].text + run.text)
        else:
            runs.append(run)
    while runs:
        text = runs[-1].text.rstrip()
        if text:
            runs[-1] = replace(runs[-1], text=text)
            break
        runs.pop()
    return replace(para, runs=tuple(runs))


def noted(para: Para) -> Para:
    """A paragraph that opens with a note's mark is that note."""
    if not para.runs or para.kind not in (None, "note"):
        return para
    first, *others = para.runs
    if first.mark and others:
        return replace(para, kind="note", number=para.number or first.text.strip(" []()\t\n\u00a0"))
    match = TYPED_MARK.match(first.text)
    if match:
        mark, words = first.text[: match.end(1)], first.text[match.end(1) :]
        runs = (replace(first, text=mark, mark=True), replace(first, text=words), *others)
        return replace(para, runs=runs, kind="note", number=mark)
    return para


def _split_notes(cells: Sequence[GridCell]) -> tuple[list[GridCell], list[Para]]:
    """Cells, and the notes that stand in the last rows, each row a single cell that opens with a mark."""
    rows = by_row(cells)
    notes: list[Para] = []
    for row in sorted(rows)[:0:-1]:
        paras = [noted(trimmed(block)) for cell in rows[row] for block in cell.blocks if isinstance(block, Para)]
        paras = [para for para in paras if para.runs]
        if len(rows[row]) != 1 or not paras or paras[0].kind != "note":
            break
        notes = paras + notes
        del rows[row]
    return [cell for inside in rows.values() for cell in inside], notes


def _columns(grid: Grid) -> list[GridCell]:
    """Cells on the columns that the body really has: Word's grid also has the edges of spacers and of merged heads."""
    cells = grid.cells
    rows = {cell.row for cell in cells}
    edges: dict[int, int] = {}
    for cell in cells:
        edges[cell.column] = edges.get(cell.column, 0) + cell.row_span
    starts = [0, *(edge for edge in sorted(edges) if edge and edges[edge] >= 0.4 * len(rows))]
    end = max(cell.column + cell.column_span for cell in cells)
    bounds = [_width(grid, start) for start in [*starts, end]]
    moved = []
    for cell in cells:
        left, right = _width(grid, cell.column), _width(grid, cell.column + cell.column_span)
        inside = [
            at
            for at in range(len(starts))
            if min(right, bounds[at + 1]) - max(left, bounds[at])
            >= 0.45 * min(right - left, bounds[at + 1] - bounds[at])
        ] or [max(at for at in range(len(starts)) if bounds[at] <= left)]
        moved.append(replace(cell, column=inside[0], column_span=inside[-1] - inside[0] + 1))
    return sorted(moved, key=lambda cell: (cell.row, cell.column))


def _width(grid: Grid, column: int) -> float:
    return sum(grid.widths[:column]) if len(grid.widths) >= column and grid.widths else float(column)


def _head_rows(cells: Sequence[GridCell]) -> set[int]:
    """Rows of column heads: those declared; else the first rows that are set apart by type, or free of numbers."""
    rows = by_row(cells)
    declared = {cell.row + extra for cell in cells if cell.header for extra in range(cell.row_span)}
    full = {row for row in declared if all(cell.header for cell in rows.get(row, ()))}
    if full:
        return full
    heads: list[int] = []
    for row, inside in rows.items():
        if (len(inside) < 2 and not heads) or not all(map(_set_apart, inside)):
            break
        heads.append(row)
    if heads and len(heads) < len(rows):
        return set(heads)
    top, *below = rows.values()
    numbers = any(NUMERIC.fullmatch(cell_text(cell)) for inside in below for cell in inside)
    if len(top) > 1 and numbers and not any(NUMERIC.fullmatch(cell_text(cell)) for cell in top):
        return {top[0].row}
    return set()


def _column_numbers(cells: Sequence[GridCell], heads: set[int]) -> set[int]:
    """Rows of heads that number the columns, "(1)", "(6)=(5)-(3)": no words, so they are left out of the cells."""
    rows = {row: inside for row, inside in by_row(cells).items() if row in heads}
    return {row for row, inside in rows.items() if all(COLUMN_NUMBER.fullmatch(cell_text(cell)) for cell in inside)}


def _indent(cell: GridCell) -> float:
    """Of the first line, in points; a space counts as a quarter of type of 12 points."""
    first = next((block for block in cell.blocks if isinstance(block, Para) and block.text.strip()), Para(()))
    spaces = len(first.text.lstrip("\t\n")) - len(first.text.lstrip())
    return first.indent + 3.0 * spaces


def _set_apart(cell: GridCell) -> bool:
    """All words of the cell are bold, or all are in italics."""
    runs = [
        run
        for block in cell.blocks
        if isinstance(block, Para)
        for run in block.runs
        if run.text.strip() and not run.mark
    ]
    return bool(runs) and (all(run.bold for run in runs) or all(run.italic for run in runs))


def _row_heads(cells: Sequence[GridCell], heads: set[int]) -> set[tuple[int, int]]:
    """Words left of the first column of numbers are row heads, in tables that have numbers."""
    body = [cell for cell in cells if cell.row not in heads]
    numeric = [cell for cell in body if DIGITS.fullmatch(cell_text(cell))]
    if not numeric:
        return set()
    counts: dict[int, int] = {}
    for cell in numeric:
        counts[cell.column] = counts.get(cell.column, 0) + 1
    rows = len({cell.row for cell in body})
    first = min((column for column, count in counts.items() if column and count >= 0.25 * rows), default=1)
    return {
        (cell.row, cell.column)
        for cell in body
        if cell.column < first and not NUMERIC.fullmatch(text := cell_text(cell)) and len(text) <= LONGEST_HEAD
    }
