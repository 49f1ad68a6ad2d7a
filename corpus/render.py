"""Reports as PDF, DOCX and HTML: page furniture, notes at the page's foot, ruled tables, side boxes."""

import html
import io
import re
import zipfile
from pathlib import Path
from typing import Any

FONTS = Path("/usr/share/fonts/truetype/dejavu")  # Debian's fonts-dejavu-core
WIDTH, HEIGHT = 595.28, 841.89
LEFT, RIGHT, TOP, FOOT = 72.0, 523.0, 760.0, 70.0


def as_pdf(blocks: list[Any], head: dict[str, Any]) -> bytes:
    """One PDF; `page` blocks end a page, and what does not fit on a page is an error of the source."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    for name, file in (("Serif", "DejaVuSerif"), ("Bold", "DejaVuSerif-Bold")):
        pdfmetrics.registerFont(TTFont(name, str(FONTS / f"{file}.ttf")))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT), invariant=1)
    canvas.setTitle(head["about"]["title"])
    pages: list[list[Any]] = [[]]
    for block in blocks:
        if block.kind == "page":
            pages.append([])
        else:
            pages[-1].append(block)
    for number, page in enumerate(pages, 1):
        furniture(canvas, head, number)
        draw(canvas, page, number)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def furniture(canvas: Any, head: dict[str, Any], number: int) -> None:
    """The symbol at the top (right on odd pages), the job number and the page number at the bottom."""
    symbol, job = head["about"].get("symbol"), head.get("job")
    canvas.setFont("Bold", 9)
    if symbol:
        (canvas.drawRightString if number % 2 else canvas.drawString)(RIGHT if number % 2 else LEFT, 800, symbol)
        canvas.line(LEFT, 794, RIGHT, 794)
    canvas.setFont("Serif", 8)
    if job:
        canvas.drawString(LEFT, 40, job)
    canvas.drawRightString(RIGHT, 40, str(number) if not job else f"{number}")


def draw(canvas: Any, page: list[Any], number: int) -> None:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    def style(size: float, bold: bool = False, indent: float = 0) -> Any:
        return ParagraphStyle(
            "s", fontName="Bold" if bold else "Serif", fontSize=size, leading=size * 1.32, leftIndent=indent
        )

    def put(text: str, kind: Any, left: float, width: float, y: float) -> float:
        made = Paragraph(text, kind)
        _, height = made.wrap(width, 2000)
        if y - height < FOOT:
            raise ValueError(f"page {number} is too full at {text[:60]!r}")
        made.drawOn(canvas, left, y - height)
        return y - height

    notes = [b for b in page if b.kind == "note"]
    boxes = [b for b in page if b.kind == "box"]
    width = RIGHT - LEFT - (170 if boxes else 0)
    y = TOP
    for block in boxes:
        top = TOP
        canvas.setFillGray(0.93)
        canvas.rect(RIGHT - 158, TOP - 250, 158, 256, stroke=1, fill=1)
        canvas.setFillGray(0)
        for line in block.marked.text.split("\n"):
            top = put(rich(line), style(8.5), RIGHT - 150, 142, top) - 3
    for block in page:
        if block.kind == "heading":
            shown = f"{dotted(block.number)}&nbsp;&nbsp;" if block.number else ""
            size = {1: 14, 2: 12, 3: 10.5}.get(block.level, 10)
            y = put(shown + rich(block.marked.text), style(size, True), LEFT, width, y - 6) - 5
        elif block.kind in ("para", "more"):
            item = re.match(r"\([a-z]\)", block.marked.text)
            y = put(rich(block.marked.text), style(9.5, indent=18 if item else 0), LEFT, width, y) - 6
        elif block.kind == "table":
            y = table(canvas, block, y, style, put) - 8
    bottom = FOOT
    for block in reversed(notes):
        made = Paragraph(f"<super>{block.number}</super>&nbsp;" + rich(block.marked.text), style(7.5))
        _, height = made.wrap(RIGHT - LEFT, 2000)
        made.drawOn(canvas, LEFT, bottom)
        bottom += height + 2
    if notes:
        canvas.line(LEFT, bottom + 3, LEFT + 90, bottom + 3)
        if y < bottom + 8:
            raise ValueError(f"page {number}: text runs into the notes")


def table(canvas: Any, block: Any, y: float, style: Any, put: Any) -> float:
    """A table with horizontal rules only: under its caption, under the heads and at its end."""
    heads = int(block.options.get("heads", "1"))
    columns = max(len(row) for row in block.rows)
    first = 190.0 if columns < 5 else 120.0
    step = (RIGHT - LEFT - first) / (columns - 1)
    for line in filter(None, (block.options.get("caption"), block.options.get("note"))):
        y = put(rich(line), style(9.5, line == block.options.get("caption")), LEFT, RIGHT - LEFT, y) - 2
    canvas.line(LEFT, y - 2, RIGHT, y - 2)
    y -= 14
    for index, row in enumerate(block.rows):
        canvas.setFont("Bold" if index < heads else "Serif", 8)
        canvas.drawString(LEFT, y, row[0].text)
        for at, cell in enumerate(row[1:], 1):
            canvas.drawRightString(LEFT + first + at * step, y, cell.text)
        y -= 12
        if index == heads - 1:
            canvas.line(LEFT, y + 8, RIGHT, y + 8)
            y -= 4
    canvas.line(LEFT, y + 8, RIGHT, y + 8)
    return y


def dotted(number: str) -> str:
    """A heading's number as it is printed: `II.`, `A.`, but `1.2.1` and «أولاً-»."""
    if re.match(r"[\u0600-\u06ff]", number):
        return f"{number}-"
    return number if "." in number else f"{number}."


def rich(text: str) -> str:
    """Text as ReportLab's paragraphs want it, note marks raised."""
    escaped = "<br/>".join(html.escape(" ".join(line.split()), quote=False) for line in text.split("\n"))
    return re.sub(r"\^\[(\d+)\]", r'<super size="6.5" rise="3.5">\1</super>', escaped)


def as_docx(blocks: list[Any], head: dict[str, Any]) -> bytes:
    """A Word document: headings by style, tables as tables, the symbol in the page header."""
    import datetime

    from docx import Document
    from docx.oxml import OxmlElement

    document = Document()
    core = document.core_properties
    core.author, core.title = "reportfacts", head["about"]["title"]
    core.created = core.modified = datetime.datetime(2024, 1, 1)
    document.sections[0].header.paragraphs[0].text = head["about"].get("symbol") or ""
    for block in blocks:
        if block.kind == "heading":
            shown = f"{dotted(block.number)} " if block.number else ""
            document.add_heading(shown + " ".join(block.marked.text.split()), block.level)
        elif block.kind == "table":
            for line in filter(None, (block.options.get("caption"), block.options.get("note"))):
                document.add_paragraph(line)
            grid = document.add_table(len(block.rows), max(len(row) for row in block.rows))
            for i, row in enumerate(block.rows):
                if i < int(block.options.get("heads", "1")):
                    grid.rows[i]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
                for j, cell in enumerate(row):
                    grid.cell(i, j).text = cell.text
        elif block.kind != "page":
            document.add_paragraph(re.sub(r"\^\[\d+\]", "", block.marked.text))
    out = io.BytesIO()
    document.save(out)
    return frozen(out.getvalue())


def frozen(data: bytes) -> bytes:
    """A ZIP with the same members and no times."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in sorted(given.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            made.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), given.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def as_html(blocks: list[Any], head: dict[str, Any]) -> bytes:
    """A web page of the report, with navigation around it."""
    lines = [
        "<!DOCTYPE html>",
        '<html lang="en"><head><meta charset="utf-8">',
        f"<title>{html.escape(head['about']['title'])}</title></head><body>",
        "<main>",
    ]
    for block in blocks:
        if block.kind == "heading":
            shown = f"{dotted(block.number)} " if block.number else ""
            lines.append(f"<h{block.level}>{shown}{html.escape(' '.join(block.marked.text.split()))}</h{block.level}>")
        elif block.kind == "table":
            lines.append(f"<table><caption>{html.escape(block.options.get('caption', ''))}</caption>")
            for i, row in enumerate(block.rows):
                tag = "th" if i < int(block.options.get("heads", "1")) else "td"
                cells = "".join(f"<{tag}>{html.escape(cell.text)}</{tag}>" for cell in row)
                lines.append(f"<tr>{cells}</tr>")
            lines.append("</table>")
        elif block.kind != "page":
            text = html.escape(block.marked.text, quote=False)
            raised = re.sub(r"\^\[(\d+)\]", r"<sup>\1</sup>", text)
            lines.append(f"<p>{raised}</p>")
    return "\n".join([*lines, "</main>", "</body></html>", ""]).encode()
