"""PDF reports: characters with their boxes → text in reading order with pages, lines, notes and tables."""

from array import array
from dataclasses import replace
from itertools import accumulate

import numpy as np
import pypdfium2
import pypdfium2.raw as raw

from ...errors import ReadError
from ...model import Boxes, Line, Page, ReadBy, Report, Source, Span, Table
from . import furniture
from . import pdfium as fast
from .blocks import markup
from .glyphs import BOLD, ITALIC
from .page import PageText, Printed, lay_out
from .scan import Scanner, needs_ocr
from .sheet import empty


def read(data: bytes, name: str, sha256: str) -> Report:
    """Read a PDF file; ReadError where it is damaged beyond repair, encrypted or without pages."""
    document = _open(data, name)
    try:
        return _read(document, data, name, sha256)
    finally:
        document.close()


def _open(data: bytes, name: str) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        said = str(error)
        if "assword" in said:
            raise ReadError(f"{name}: the PDF is encrypted; remove its password and read it again") from error
        if "ecurity" in said:
            raise ReadError(f"{name}: the PDF is encrypted in an unknown way; save it without protection") from error
        raise ReadError(f"{name}: the PDF is damaged beyond repair; download or export it again") from error
    if not len(document):
        document.close()
        raise ReadError(f"{name}: the PDF has no pages; download or export it again")
    return document


def _read(document: pypdfium2.PdfDocument, data: bytes, name: str, sha256: str) -> Report:
    scanner = Scanner(name)
    texts: list[PageText] = []
    confidence: dict[int, float] = {}
    lost: list[int] = []
    for index in range(len(document)):
        try:
            page = document[index]
        except pypdfium2.PdfiumError:
            lost.append(index + 1)
            texts.append(lay_out(empty(index + 1)))
            continue
        try:
            sheet = fast.read(page, index + 1)
            if needs_ocr(sheet):
                scan = scanner.read(page, index + 1)
                sheet, confidence[index + 1] = scan.sheet, scan.confidence
            texts.append(lay_out(sheet))
        finally:
            page.close()
    if len(lost) == len(texts):
        raise ReadError(f"{name}: no page of the PDF can be read; download or export it again")
    source = Source(name, sha256, "application/pdf", len(data), len(texts), repaired=_repaired(document, data, lost))
    return _report(texts, source, confidence)


def _repaired(document: pypdfium2.PdfDocument, data: bytes, lost: list[int]) -> str | None:
    """What had to be mended or given up to read the file."""
    said = []
    if not raw.FPDF_DocumentHasValidCrossReferenceTable(document):
        said.append("the table of objects was damaged and has been rebuilt")
    if b"%%EOF" not in data[-2048:]:
        said.append("the file has no end, it may be truncated")
    if lost:
        said.append(f"pages that could not be read: {', '.join(map(str, lost))}")
    return "; ".join(said) or None


def _report(texts: list[PageText], source: Source, confidence: dict[int, float]) -> Report:
    furniture.mark(texts)
    starts = [0, *accumulate(len(text.text) for text in texts)]
    pages, lines, aside, marks = [], [], [], []
    tables: list[Table] = []
    for text, at in zip(texts, starts, strict=False):
        width, height = (text.height, text.width) if text.turned % 2 else (text.width, text.height)
        by: ReadBy = "ocr" if text.number in confidence else "text layer"
        pages.append(Page(text.number, at, at + len(text.text), width, height, by))
        lines += [_line(line, at) for line in text.lines]
        aside += [Span(at + line.start, at + line.end) for line in text.lines if line.aside]
        marks += [Span(at + mark.start, at + mark.end) for mark in text.marks]
        moved = [_moved(table, at) for table in text.tables]
        if moved and not moved[0].caption and tables and _goes_on(texts, text, tables[-1], moved[0]):
            moved[0] = replace(moved[0], caption=tables[-1].caption)
        tables += moved
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
        confidence,
    )


def _line(line: Printed, at: int) -> Line:
    bold, italic = bool(line.style & BOLD), bool(line.style & ITALIC)
    sides = line.x0, line.top, line.x1, line.bottom
    return Line(at + line.start, at + line.end, line.page, *sides, round(line.size, 1), bold, italic)


def _goes_on(texts: list[PageText], text: PageText, above: Table, table: Table) -> bool:
    """Whether a table at the top of a page continues the one that ends the page before: its heads are repeated."""
    before = texts[text.number - 2]
    first = next((line for line in text.lines if not line.aside), None)
    last = next((line for line in reversed(before.lines) if not line.aside), None)
    if above.page != before.number or not (first and first.table and last and last.table):
        return False
    return _columns(above) == _columns(table)


def _columns(table: Table) -> int:
    return max(cell.column + cell.column_span for cell in table.cells)


def _moved(table: Table, by: int) -> Table:
    return replace(
        table,
        start=table.start + by,
        end=table.end + by,
        cells=tuple(replace(cell, start=cell.start + by, end=cell.end + by) for cell in table.cells),
        caption=tuple(Span(span.start + by, span.end + by) for span in table.caption),
    )
