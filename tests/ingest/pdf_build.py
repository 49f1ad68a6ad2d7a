"""PDF files drawn word by word, so that a test shows the layout that it is about."""

import io
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from pipeline.ingest import pdf
from pipeline.model import Report, Span, Table

PAGE = (595.0, 842.0)
Draw = Callable[["Paper"], None]


class Paper:
    """A canvas measured from the top left, in points."""

    def __init__(self, canvas: Canvas, size: tuple[float, float]) -> None:
        self.canvas, self.width, self.height = canvas, size[0], size[1]

    def text(self, x: float, y: float, words: str, size: float = 10, font: str = "Times-Roman") -> None:
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, self.height - y, words)

    def right(self, x: float, y: float, words: str, size: float = 10, font: str = "Times-Roman") -> None:
        self.canvas.setFont(font, size)
        self.canvas.drawRightString(x, self.height - y, words)

    def lines(self, x: float, y: float, lines: Sequence[str], size: float = 10, font: str = "Times-Roman") -> None:
        for number, words in enumerate(lines):
            self.text(x, y + 1.2 * size * number, words, size, font)

    def raised(self, x: float, y: float, words: str, size: float = 6) -> None:
        self.text(x, y - 4, words, size)

    def rule(self, y: float, edges: Sequence[float], thick: float = 0.5) -> None:
        """A rule in one piece for each column, as word processors draw it."""
        for left, right in pairwise(edges):
            self.canvas.rect(left, self.height - y, right - left, thick, stroke=0, fill=1)

    def wide(self, words: str, size: float = 10, font: str = "Times-Roman") -> float:
        return float(self.canvas.stringWidth(words, font, size))


def made(*pages: Draw, size: tuple[float, float] = PAGE, **options: Any) -> bytes:
    """The bytes of a PDF with these pages."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=size, **options)
    for draw in pages:
        draw(Paper(canvas, size))
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def report(*pages: Draw, backend: pdf.Backend = "pdfium", **options: Any) -> Report:
    return pdf.read(made(*pages, **options), "made.pdf", "0" * 64, backend)


def said(report: Report, spans: Sequence[Span]) -> list[str]:
    return [report.text[span.start : span.end] for span in spans]


def grid(report: Report, table: Table) -> dict[tuple[int, int], str]:
    return {(c.row, c.column): " ".join(report.text[c.start : c.end].split()) for c in table.cells}


def marked(report: Report, kind: str) -> list[str]:
    return [report.text[m.start : m.end] for m in report.markup if m.kind == kind]
