"""From blocks to the text that they make, with the place of everything.

A paragraph is one line (line breaks of its own kept) with an empty line after it, a table one line a row with tabs
between cells. What precedes a table as its title is told here, for all formats with markup.
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ..model import Cell, Line, Markup, Span, Table
from . import grids
from .blocks import Block, Grid, Para, cell_text, filled, noted, trimmed

BRACKETED = re.compile(r"\([^()]*(?:\([^()]*\)[^()]*)*\)")
LABEL = re.compile(r"[^\W\d]{3,12}\s+(?:[\w.]{0,8}\d\w{0,3}|[IVXA-Z]{1,5})")
SUBTITLE = re.compile(r"\([1-9a-z]\)\s")
COUNTED = re.compile(r"\d+(?:\.\d+)*[.\t ]")


@dataclass(slots=True)
class Assembled:
    """The text and what is known about it, as `Report` wants it."""

    text: str = ""
    lines: list[Line] = field(default_factory=list)
    markup: list[Markup] = field(default_factory=list)
    furniture: list[Span] = field(default_factory=list)
    note_marks: list[Span] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)


def assemble(blocks: Sequence[Block]) -> Assembled:
    """Text, lines, markup and tables of `blocks` in their order; empty paragraphs leave nothing."""
    writer = _Writer()
    for block in grids.flat(blocks):
        if isinstance(block, Para):
            writer.paragraph(block)
        else:
            writer.table(block)
    return writer.done()


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
        cells, notes = grids.split_notes([cell for cell in grids.columns(grid) if any(map(filled, cell.blocks))])
        heads = grids.head_rows(cells)
        counted = grids.numbering_rows(cells, heads)
        row_heads = grids.row_heads(cells, heads)
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
            if not (cell.row in counted and grids.COLUMN_NUMBER.fullmatch(cell_text(cell))):
                written.append(Cell(at, self.at, *place, header, grids.indent(cell)))
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
