"""PDF reports: characters with their boxes → text in reading order with pages, lines, notes and tables."""

import re
from array import array
from dataclasses import replace
from itertools import accumulate
from typing import Literal

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
from .plumber import Plumber
from .scan import UNREADABLE, Scanner, needs_ocr, unreadable
from .sheet import Sheet, empty

Backend = Literal["pdfium", "pdfplumber"]


def read(data: bytes, name: str, sha256: str, backend: Backend = "pdfium") -> Report:
    """Read a PDF file; ReadError where it is damaged beyond repair, encrypted or without pages.

    `backend` says which library gives the characters of the text layer; the text and its tables, notes
    and headings are the same with both.
    """
    document = _open(data, name)
    try:
        return _Reader(document, data, name, backend).report(sha256)
    finally:
        document.close()


CATALOG = re.compile(rb"(\d+)\s+(\d+)\s+obj\s*<<(?:(?!endobj).){0,2000}?/Type\s*/Catalog\b", re.DOTALL)


def _open(data: bytes, name: str) -> pypdfium2.PdfDocument:
    try:
        document = _load(data)
    except pypdfium2.PdfiumError as error:
        said = str(error)
        if "assword" in said:
            raise ReadError(f"{name}: the PDF is encrypted; remove its password and read it again") from error
        if "ecurity" in said:
            raise ReadError(f"{name}: the PDF is encrypted in an unknown way; save it without protection") from error
        raise ReadError(
            f"{name}: the PDF is damaged beyond repair or has no pages; download or export it again"
        ) from error
    return document


def _load(data: bytes) -> pypdfium2.PdfDocument:
    """Open a PDF; where its end is lost or damaged, with a trailer that leads to its catalogue."""
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        catalogs = CATALOG.findall(data)
        if not catalogs:
            raise
        root, generation = catalogs[-1]
        trailer = b"\nendobj\ntrailer\n<</Root %s %s R>>\nstartxref\n0\n%%%%EOF\n" % (root, generation)
        return pypdfium2.PdfDocument(data + trailer)


class _Reader:
    """Reads a PDF page by page; each page's objects are released before the next is read."""

    def __init__(self, document: pypdfium2.PdfDocument, data: bytes, name: str, backend: Backend) -> None:
        self.document, self.data, self.name, self.backend = document, data, name, backend
        self.scanner = Scanner(name)
        self.confidence: dict[int, float] = {}
        self.lost: list[int] = []
        self.plumber: Plumber | None = None

    def report(self, sha256: str) -> Report:
        try:
            texts = [lay_out(self.sheet(number)) for number in range(1, len(self.document) + 1)]
        finally:
            if self.plumber is not None:
                self.plumber.close()
        if len(self.lost) == len(texts):
            raise ReadError(f"{self.name}: no page of the PDF can be read; download or export it again")
        repaired = _repaired(self.document, self.data, self.lost)
        source = Source(self.name, sha256, "application/pdf", len(self.data), len(texts), repaired=repaired)
        return _report(texts, source, self.confidence)

    def sheet(self, number: int) -> Sheet:
        """One page: its text layer by the wanted backend, by the other one where that is bad, or by OCR."""
        try:
            page = self.document[number - 1]
        except pypdfium2.PdfiumError:
            self.lost.append(number)
            return empty(number)
        try:
            sheet = fast.read(page, number) if self.backend == "pdfium" else self.plumbed(number)
            if self.backend == "pdfium" and unreadable(sheet.text) >= UNREADABLE:
                other = self.plumbed(number)
                sheet = other if unreadable(other.text) < unreadable(sheet.text) else sheet
            if needs_ocr(sheet):
                scan = self.scanner.read(page, number)
                sheet, self.confidence[number] = scan.sheet, scan.confidence
            return sheet
        finally:
            page.close()

    def plumbed(self, number: int) -> Sheet:
        if self.plumber is None:
            self.plumber = Plumber(self.data)
        return self.plumber.read(number)


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
    blocks = markup(texts, starts[:-1])
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
        tuple(blocks),
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
