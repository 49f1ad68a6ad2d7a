"""PDF reports: characters with their boxes → text in reading order with pages, lines, notes and tables."""

from array import array

import numpy as np
import pypdfium2

from ...errors import ReadError
from ...model import Boxes, Line, Page, Report, Source
from . import pdfium as fast
from .glyphs import BOLD, ITALIC
from .lines import words
from .sheet import as_shown


def read(data: bytes, name: str, sha256: str) -> Report:
    """Read a PDF file; ReadError where it is damaged beyond repair, encrypted or empty."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise ReadError(f"{name}: not readable as PDF: {error}") from error
    parts: list[str] = []
    boxes: list[np.ndarray] = []
    pages, lines = [], []
    at = 0
    for index in range(len(document)):
        page = document[index]
        sheet = fast.read(page, index + 1)
        page.close()
        shown = as_shown(sheet.boxes, sheet)
        start = at
        for row in words(sheet):
            text = " ".join(word.text for word in row)
            where = [shown[word.chars] for word in row]
            blank = np.full((1, 4), np.nan, np.float32)
            joined = np.concatenate([piece for box in where for piece in (box, blank)])
            parts.append(text + "\n")
            boxes.append(joined)
            low, high = np.nanmin(joined, axis=0), np.nanmax(joined, axis=0)
            style = row[0].style
            for word in row:
                style &= word.style
            lines.append(
                Line(at, at + len(text), index + 1, float(low[0]), float(low[1]), float(high[2]), float(high[3]),
                     max(word.size for word in row), bool(style & BOLD), bool(style & ITALIC))
            )
            at += len(text) + 1
        width, height = (sheet.height, sheet.width) if sheet.turned % 2 else (sheet.width, sheet.height)
        pages.append(Page(index + 1, start, at, width, height))
    columns = np.concatenate(boxes or [np.zeros((0, 4), np.float32)])
    source = Source(name, sha256, "application/pdf", len(data), len(pages))
    all_boxes = Boxes(*(array("f", np.ascontiguousarray(columns[:, i]).tobytes()) for i in range(4)))
    return Report(source, "".join(parts), tuple(pages), tuple(lines), all_boxes)
