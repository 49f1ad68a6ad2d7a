"""Plain text and Markdown, exactly as they are: offsets count the decoded text, line ends are kept."""

import re

from ..errors import ReadError
from ..model import Line, Page, Report, Source, Span
from .encoding import decode
from .markdown import Marked, is_markdown, marks

LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+|\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
ENDS = frozenset("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029")
# References to notes that plain text spells out: `[[fn:4]]`, `[fn 4]`.
NOTE_MARK = re.compile(r"\[\[(?:fn|footnote|note|endnote)[: ]?\s*\w{1,6}\]\]|\[(?:fn|footnote|endnote)[: ]\s?\w{1,6}\]")


def read(data: bytes, name: str, sha256: str) -> Report:
    """A text file; a form feed ends a page. ReadError where it is empty, NotAReport where it is no text."""
    text, encoding, repaired = decode(data, name)
    if not text.strip():
        raise ReadError(f"{name}: empty; give a report that has text")
    markdown = is_markdown(text)
    pages = page_spans(text)
    media_type = "text/markdown" if markdown else "text/plain"
    source = Source(name, sha256, media_type, len(data), len(pages) or None, encoding, repaired)
    found = marks(text) if markdown else Marked(note_marks=note_marks(text))
    return Report(
        source,
        text,
        pages,
        lines(text),
        furniture=found.furniture,
        note_marks=found.note_marks,
        markup=found.markup,
        tables=found.tables,
    )


def lines(text: str) -> tuple[Line, ...]:
    """All lines without their ends (`\\n`, `\\r`, `\\r\\n`, form feed, U+2028 and the like), empty ones included."""
    found: list[Line] = []
    start = 0
    for match in LINE.finditer(text):
        if match.group()[0] in ENDS:
            found.append(Line(start, match.start()))
            start = match.end()
    if start < len(text):
        found.append(Line(start, len(text)))
    return tuple(found)


def page_spans(text: str) -> tuple[Page, ...]:
    """Pages where form feeds part the text, none where it has no form feed; a page holds the form feed that ends it."""
    if "\f" not in text:
        return ()
    ends = [match.end() for match in re.finditer("\f", text)]
    if text[ends[-1] :].strip():
        ends.append(len(text))
    ends[-1] = len(text)
    starts = [0, *ends[:-1]]
    return tuple(Page(number, start, end) for number, (start, end) in enumerate(zip(starts, ends, strict=True), 1))


def note_marks(text: str) -> tuple[Span, ...]:
    """Spelt-out references to notes, in order."""
    if "[" not in text:
        return ()
    return tuple(Span(*match.span()) for match in NOTE_MARK.finditer(text))
