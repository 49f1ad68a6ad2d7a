"""PDF reports: characters with their boxes → text in reading order with pages, lines, notes and tables."""

from array import array
from dataclasses import replace
from itertools import accumulate

import numpy as np
import pypdfium2

from ...errors import ReadError
from ...model import Boxes, Line, Page, Report, Source, Span, Table
from . import furniture
from . import pdfium as fast
from .blocks import markup
from .glyphs import BOLD, ITALIC
from .page import PageText, Printed, lay_out


def read(data: bytes, name: str, sha256: str) -> Report:
    """Read a PDF file; ReadError where it is damaged beyond repair, encrypted or empty."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise ReadError(f"{name}: not readable as PDF: {error}") from error
    pages = []
    for index in range(len(document)):
        page = document[index]
        pages.append(lay_out(fast.read(page, index + 1)))
        page.close()
    return _report(pages, Source(name, sha256, "application/pdf", len(data), len(pages)))


def _report(texts: list[PageText], source: Source) -> Report:
    furniture.mark(texts)
    starts = [0, *accumulate(len(text.text) for text in texts)]
    pages, lines, aside, marks, tables = [], [], [], [], []
    for text, at in zip(texts, starts, strict=False):
        width, height = (text.height, text.width) if text.turned % 2 else (text.width, text.height)
        pages.append(Page(text.number, at, at + len(text.text), width, height))
        lines += [_line(line, at) for line in text.lines]
        aside += [Span(at + line.start, at + line.end) for line in text.lines if line.aside]
        marks += [Span(at + mark.start, at + mark.end) for mark in text.marks]
        tables += [_moved(table, at) for table in text.tables]
    columns = np.concatenate([text.boxes for text in texts] or [np.zeros((0, 4), np.float32)])
    return Report(
        source,
        "".join(text.text for text in texts),
        tuple(pages),
        tuple(lines),
        Boxes(*(array("f", np.ascontiguousarray(columns[:, side]).tobytes()) for side in range(4))),
        tuple(aside),
        tuple(marks),
        tuple(markup(texts, starts[:-1])),
        tuple(tables),
    )


def _line(line: Printed, at: int) -> Line:
    bold, italic = bool(line.style & BOLD), bool(line.style & ITALIC)
    sides = line.x0, line.top, line.x1, line.bottom
    return Line(at + line.start, at + line.end, line.page, *sides, round(line.size, 1), bold, italic)


def _moved(table: Table, by: int) -> Table:
    return replace(
        table,
        start=table.start + by,
        end=table.end + by,
        cells=tuple(replace(cell, start=cell.start + by, end=cell.end + by) for cell in table.cells),
        caption=tuple(Span(span.start + by, span.end + by) for span in table.caption),
    )
