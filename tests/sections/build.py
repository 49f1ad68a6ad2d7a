"""Reports made of a few lines, and what tests say of their outlines."""

from pipeline import language, rules, sections
from pipeline.ingest import text as reader
from pipeline.model import Block, Line, Markup, Outline, Page, Report, Source, Span, Table

RULES = rules.load()


def read(text: str) -> Report:
    """A text file that holds this."""
    return reader.read(text.encode(), "report.txt", "0" * 64)


def outline(report: Report) -> Outline:
    return sections.outline(report, language.detect(report, RULES), RULES)


def words(report: Report, block: Block) -> str:
    """The words of a block, its pieces joined by " / "."""
    return " / ".join(" ".join(report.text[p.start : p.end].split()) for p in block.pieces)


def kinds(text: str) -> list[tuple[str, str | None, str]]:
    """(kind, number, words) of each block of a text file, furniture left out."""
    report = read(text)
    return [(b.kind, b.number, words(report, b)) for b in outline(report).blocks if b.kind != "furniture"]


def headings(text: str) -> list[tuple[int, str | None, str]]:
    return [(s.level, s.number, s.title) for s in outline(read(text)).sections]


def numbers(text: str) -> list[str]:
    return [paragraph.number for paragraph in outline(read(text)).paragraphs]


Printed = tuple[str, float, float, float, bool]


def printed(*pages: list[Printed], furniture: tuple[str, ...] = (), marks: tuple[str, ...] = ()) -> Report:
    """A report with geometry: pages of lines (text, x0, top, size, bold), 5 points a character at size 10."""
    text, lines, numbered = "", [], []
    for number, page in enumerate(pages, 1):
        begin = len(text)
        for said, x0, top, size, bold in page:
            width = len(said) * size * 0.5
            lines.append(Line(len(text), len(text) + len(said), number, x0, top, x0 + width, top + size, size, bold))
            text += said + "\n"
        numbered.append(Page(number, begin, len(text), 595, 842))
    spans = [Span(i, i + len(word)) for word in furniture for i in _places(text, word)]
    notes = [Span(text.index(mark) + len(mark) - 1, text.index(mark) + len(mark)) for mark in marks]
    source = Source("report.pdf", "0" * 64, "application/pdf", 1, len(pages))
    return Report(source, text, tuple(numbered), tuple(lines), None, tuple(spans), tuple(notes))


def _places(text: str, word: str) -> list[int]:
    return [i for i in range(len(text)) if text.startswith(word, i)]


def marked(*blocks: Markup | str, tables: tuple[Table, ...] = ()) -> Report:
    """A report as Word or HTML gives it: strings are text, a Markup's start and end are set to the text before it."""
    text = ""
    found: list[Markup] = []
    last = (0, 0)
    for block in blocks:
        if isinstance(block, str):
            last = (len(text), len(text) + len(block))
            text += block + "\n\n"
        else:
            found.append(Markup(block.kind, *last, block.level, block.number))
    return Report(Source("report.docx", "0" * 64, "x", 1, None), text, markup=tuple(found), tables=tables)
