"""PDF reports: characters with their boxes → text in reading order with pages, lines, notes and tables."""

from array import array
from dataclasses import replace

import numpy as np
import pypdfium2

from ...errors import ReadError
from ...model import Boxes, Cell, Line, Page, Report, Source, Span, Table
from . import pdfium as fast
from .glyphs import BOLD, ITALIC
from .page import PageText, lay_out


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
    pages, lines, marks, tables = [], [], [], []
    at = 0
    for text in texts:
        width, height = (text.height, text.width) if text.turned % 2 else (text.width, text.height)
        pages.append(Page(text.number, at, at + len(text.text), width, height))
        for line in text.lines:
            lines.append(
                Line(at + line.start, at + line.end, text.number, line.x0, line.top, line.x1, line.bottom, line.size,
                     bool(line.style & BOLD), bool(line.style & ITALIC))
            )
        marks += [Span(at + mark.start, at + mark.end) for mark in text.marks]
        tables += [_moved(table, at) for table in text.tables]
        at += len(text.text)
    columns = np.concatenate([text.boxes for text in texts] or [np.zeros((0, 4), np.float32)])
    boxes = Boxes(*(array("f", np.ascontiguousarray(columns[:, i]).tobytes()) for i in range(4)))
    return Report(source, "".join(text.text for text in texts), tuple(pages), tuple(lines), boxes,
                  note_marks=tuple(marks), tables=tuple(tables))


def _moved(table: Table, by: int) -> Table:
    return replace(
        table,
        start=table.start + by,
        end=table.end + by,
        cells=tuple(replace(cell, start=cell.start + by, end=cell.end + by) for cell in table.cells),
        caption=tuple(Span(span.start + by, span.end + by) for span in table.caption),
    )
