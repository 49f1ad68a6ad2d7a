"""Printed lines as rows: what the eye sees of a line, before anything is known of its meaning."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from ..model import Line, Report, Span
from .words import Words

LINE = re.compile(r"[^\r\n\f\v\x85\u2028\u2029]*")
# A sentence's end at a line's end: its stop, closing quotes and brackets, a note's mark glued to it.
END = re.compile(
    r"(?:[.!?:;…。！？；：؟][)\"'”’»\]]*|[^\W\d][)\"”’»\]]*[.;:]\d{1,3}|\.?\[\[?\^?\w*:?\w+\]\]?|[.:;]\*+)$"
)
LAST = 20
"""So many characters hold a line's end: a letter, its stop, quotes, brackets and a mark."""
LOWER = re.compile(r"[\"'“‘«(\[]*[a-zß-ÿа-яё]")
HAN = re.compile(r"[\u3400-\u9fff]")
RTL = re.compile(r"[^A-Za-z\u00c0-\u024f\u0400-\u04ff]*[\u0590-\u08ff]")
SHORTEST_HAN, SHORTEST_RTL = 16, 40
"""A line of fewer characters may be a heading, in Chinese and in Arabic."""
URL = re.compile(r"<?(?:https?://|www\.)\S+$", re.IGNORECASE)
LEADERS = re.compile(r"\.{5,}|(?:\. ){5,}|…{2,}|_{4,}\s*\d+$")
"""The dots or the rule of a table of contents."""
RULE = re.compile(r"[-_=*—–.·•~\s]{5,}")
LONG = 160
"""A line of more characters than this was not wrapped by hand or by a printer."""


@dataclass(slots=True)
class Row:
    """A line without surrounding space; `blanks` counts the empty lines before it, `lead` its leading space."""

    start: int
    end: int
    text: str
    blanks: int = 0
    lead: int = 0
    tab: bool = False
    page: int | None = None
    x0: float | None = None
    x1: float | None = None
    top: float | None = None
    bottom: float | None = None
    size: float | None = None
    bold: bool = False
    italic: bool = False
    cut: bool = False
    """Something that does not belong to the running text (furniture, table, note, page end) stands before it."""
    ended: bool = False
    """It ends as a sentence or a clause ends: with a stop that is no abbreviation's."""
    running: bool = False
    """It ends with a word that nothing ends with: "of", "the", "в"."""

    @property
    def lower(self) -> bool:
        return LOWER.match(self.text) is not None

    @property
    def rtl(self) -> bool:
        """It is read from the right, so that it begins at `x1`."""
        return RTL.match(self.text) is not None

    @property
    def style(self) -> tuple[float, bool, bool]:
        return (round(self.size or 0, 0), self.bold, self.italic)


@dataclass(slots=True)
class Layout:
    """How the report sets its lines: `spacing` is the number of empty lines between two lines of a sentence."""

    width: int
    spacing: int
    wrapped: bool
    leading: dict[int, float]
    body: float
    rights: dict[tuple[int | None, int], float] = field(default_factory=dict)
    lefts: dict[tuple[int | None, int], float] = field(default_factory=dict)


class Spans:
    """Sorted spans with a fast answer to "does one of them hold this place?"."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self.spans = sorted(spans, key=lambda span: (span.start, span.end))
        self.starts = [span.start for span in self.spans]

    def at(self, offset: int) -> Span | None:
        index = bisect_right(self.starts, offset) - 1
        return self.spans[index] if index >= 0 and self.spans[index].end > offset else None


# A document symbol, a job number, a page number with its word or in dashes, alone on a line.
EDGE = re.compile(
    r"[A-Z]{1,6}(?:/[\w().*-]+){2,8}(?:\s+\d{1,3})?|(?:\d{1,3}\s+)?GE\.\s?\d\d-\d{4,6}(?:\s*\([A-Z]\))?(?:\s+\d{1,3})?"
    r"|(?:\d{1,3}/\d{1,3}\s+)?\d\d-\d{5}(?:\s+\([A-Z]\))?(?:\s+\d{1,3}/\d{1,3})?|\d{1,3}/\d{1,3}"
    r"|(?:page|стр\.?|страница)\s*\d{1,4}(?:\s*(?:of|/|из)\s*\d{1,4})?|[-–—]\s*\d{1,3}\s*[-–—]|\d{1,3}\s*\|\s*p\s*a\s*g\s*e",
    re.IGNORECASE,
)


def edges(found: Sequence[Row]) -> tuple[list[Row], list[Span]]:
    """(rows, page furniture) of a report without geometry: symbols, job and running page numbers on their own."""
    counted = [row for row in found if row.text.isdigit() and len(row.text) < 5]
    steps = sum(int(b.text) - int(a.text) == 1 for a, b in pairwise(counted))
    running = len(counted) > 2 and steps >= 0.8 * (len(counted) - 1)
    said = Counter(row.text for row in found if "/" in row.text)
    kept: list[Row] = []
    gone: list[Span] = []
    cut = False
    for row in found:
        if RULE.fullmatch(row.text):
            gone.append(Span(row.start, row.end))
            cut = True
            continue
        counts = running and row.top is None and row.text.isdigit() and len(row.text) < 5
        alone = kept and (counts or EDGE.fullmatch(row.text))
        if alone and not _within(kept[-1], row, cut, said[row.text]):
            gone.append(Span(row.start, row.end))
            cut = True
            continue
        row.cut = row.cut or cut
        cut = False
        kept.append(row)
    return kept, gone


def _within(before: Row, row: Row, cut: bool, times: int) -> bool:
    """A symbol that stands on a line of its own because a sentence wraps there; a running head stands there again."""
    if cut or row.cut or row.blanks or not row.text[0].isupper() or not times:
        return False
    return row.ended or (times == 1 and (before.running or (len(before.text) > WRAPS and not before.ended)))


WRAPS = 50
"""A line of more characters may be one that wraps."""


def rows(report: Report, taken: Iterable[Span], words: Words) -> list[Row]:
    """The rows of all that no span of `taken` (furniture, tables, declared blocks) holds, in order."""
    held = Spans(taken)
    closing = {mark.end: mark.start for mark in report.note_marks}
    numbers = {mark.start: mark.number for mark in report.markup if mark.kind == "note"}
    text = report.text
    found: list[Row] = []
    blanks, cut = 0, False
    page: int | None = None
    for line in report.lines or _lines(text):
        raw = text[line.start : line.end]
        if raw.isspace() or not raw:
            blanks += 1
            continue
        free = _free(text, line, held)
        if free is None or (free.until and _only_marks(text[free.start : free.end], numbers.get(free.until))):
            cut = True
            continue
        if line.page != page:
            cut, page = cut or page is not None, line.page
        said = text[free.start : closing.get(free.end, free.end)].rstrip() or text[free.start : free.end]
        row = Row(free.start, free.end, said, blanks, free.start - line.start, raw.startswith("\t"), line.page)
        row.x0, row.x1, row.top, row.bottom = line.x0, line.x1, line.top, line.bottom
        row.size, row.bold, row.italic, row.cut = line.size, line.bold, line.italic, cut
        mark_end(row, words)
        found.append(row)
        blanks, cut = 0, free.until > 0
    return found


SIGNS = re.compile(r"#{1,6}|\[\^[^\]]+\]:|[-*+•]")
"""What Markdown sets before a heading, a note or an item."""


def _only_marks(said: str, number: str | None) -> bool:
    """What stands before a declared block is its own mark."""
    return said.strip(" .)") == number or SIGNS.fullmatch(said) is not None


class _Free(NamedTuple):
    """The part of a line that is not taken; `until` is the start of what is taken after it, 0 if nothing is."""

    start: int
    end: int
    until: int


def _free(text: str, line: Line | Row, held: Spans) -> _Free | None:
    raw = text[line.start : line.end]
    start = line.start + len(raw) - len(raw.lstrip())
    end = line.start + len(raw.rstrip())
    inside = held.at(start)
    if inside is not None:
        start = inside.end
        while start < end and text[start].isspace():
            start += 1
        if start >= end:
            return None
    after = held.at(end - 1)
    if after is None or after.start <= start:
        return _Free(start, end, 0)
    return _Free(start, start + len(text[start : after.start].rstrip()), after.start)


def mark_end(row: Row, words: Words) -> None:
    """Say of a row whether it ends as a sentence ends."""
    said = row.text[row.text.rfind(" ") + 1 :].lstrip("(“\"'«[")
    last = said.lower()
    row.running = last in words.running and (len(said) > 1 or said.islower())
    row.ended = END.search(row.text, max(len(row.text) - LAST, 0)) is not None and last not in words.abbreviations


def _lines(text: str) -> list[Row]:
    return [Row(m.start(), m.end(), "") for m in LINE.finditer(text)]


SURE = 8
"""A step between lines of one size that is seen more often is that size's leading."""


def layout(found: Sequence[Row]) -> Layout:
    """Measure the rows: width, spacing, wrapping, leading, size of the body type."""
    lengths = sorted(len(row.text) for row in found if len(row.text) <= LONG) or [80]
    width = lengths[int(len(lengths) * 0.95) - 1 if len(lengths) > 1 else 0]
    between: Counter[int] = Counter()
    for before, row in pairwise(found):
        if (row.lower or _cut_amid(before, row)) and len(before.text) <= LONG and not before.ended:
            between[row.blanks] += 1
    sure = sum(between.values())
    wrapped = sure >= 0.04 * len(found) and sure >= 2
    spacing = 1 if wrapped and between[1] > between[0] else 0
    steps: dict[int, Counter[float]] = {}
    sizes: Counter[float] = Counter()
    for before, row in pairwise(found):
        if row.top is not None and before.top is not None and row.page == before.page and row.size and before.size:
            step = row.top - before.top
            if 0 < step < 4 * row.size and abs(row.size - before.size) < 0.6:
                steps.setdefault(round(row.size), Counter())[round(step, 1)] += 1
    for row in found:
        if row.size:
            sizes[round(row.size, 1)] += len(row.text)
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    leading = {size: counted.most_common(1)[0][0] for size, counted in steps.items() if counted.total() > SURE}
    usual = leading.get(round(body), 1.25 * body) / (body or 1)
    leading = {size: min(step, 1.1 * usual * size) if size > 1.15 * body else step for size, step in leading.items()}
    rights: dict[tuple[int | None, int], float] = {}
    lefts: dict[tuple[int | None, int], float] = {}
    for row in found:
        if row.x1 is not None and row.x0 is not None:
            key, end = (row.page, int(row.x0 // COLUMN)), (row.page, int(row.x1 // COLUMN))
            rights[key] = max(rights.get(key, 0.0), row.x1)
            lefts[end] = min(lefts.get(end, row.x0), row.x0)
    least = 20 if 2 * sum(HAN.match(row.text) is not None for row in found) > len(found) else 40
    return Layout(max(width, least), spacing, wrapped, leading, body, rights, lefts)


COLUMN = 150
"""Lines that begin within so many points are taken for those of one column."""


def _cut_amid(before: Row, row: Row) -> bool:
    """Whether a line end stands amid Chinese or Arabic words, which have no small letters to tell that it goes on."""
    if row.blanks:
        return False
    if HAN.match(row.text):
        return len(before.text) >= SHORTEST_HAN
    return len(before.text) >= SHORTEST_RTL and before.rtl and row.rtl and row.text[0].isalpha()


def full(row: Row, following: Row, how: Layout) -> bool:
    """The first word of the following row would not have fitted at the end of this one."""
    word = following.text[0] if HAN.match(following.text) else following.text.split(None, 1)[0]
    if row.x1 is not None and row.x0 is not None:
        room = (row.x1 - row.x0) / max(len(row.text), 1) * (len(word) + 1)
        if row.rtl:
            left = how.lefts[row.page, int(row.x1 // COLUMN)]
            wraps = not row.ended and row.x1 - row.x0 > 0.68 * (row.x1 - left)
            return wraps or row.x0 - room < left + 3
        return row.x1 + room > how.rights[row.page, int(row.x0 // COLUMN)] - 3
    if len(row.text) > LONG:
        return False
    return len(row.text) + 1 + len(word) > (0.86 if row.ended else 0.68) * how.width


def caps(text: str) -> bool:
    return text.upper() == text and text.lower() != text


def leads(text: str) -> bool:
    """The line leads over to a page number, as in a table of contents."""
    return ("..." in text or ". . " in text or "…" in text or "___" in text) and LEADERS.search(text) is not None


def joins(row: Row, following: Row, how: Layout) -> bool:
    """The following row (that bears no label) goes on with the paragraph of this one."""
    if URL.match(following.text) or URL.match(row.text) or leads(row.text):
        return False
    apart = following.blanks > how.spacing
    if row.running and not apart:
        return True
    if following.cut:
        return _joins_over(row, following, how)
    if row.top is not None and following.top is not None:
        return _joins_on_page(row, following, how)
    if following.lower and not row.ended:
        return not apart or following.blanks <= how.spacing + 2
    if apart or not how.wrapped:
        return False
    if following.lower:
        return True
    if following.blanks < how.spacing and not row.ended:
        return caps(row.text) == caps(following.text) or full(row, following, how)
    return full(row, following, how)


def _joins_over(row: Row, following: Row, how: Layout) -> bool:
    """Over a page end, a note or a table: a sentence that has not ended goes on, in the same type."""
    if abs((row.size or 0) - (following.size or 0)) > 1.2:
        return False
    if not row.ended and following.lower:
        return True
    alike = row.bold == following.bold and (row.top is not None or how.wrapped)
    return alike and full(row, following, how)


def _joins_on_page(row: Row, following: Row, how: Layout) -> bool:
    assert row.top is not None and following.top is not None
    step = following.top - row.top
    size = row.size or how.body
    usual = how.leading.get(round(size), how.leading.get(round(how.body), 1.25 * how.body) / how.body * size)
    near = -0.5 * size <= step <= max(1.25 * usual, usual + 2)
    if abs((following.size or size) - size) > 1.2 and not following.lower:
        return False
    if not near:
        return step < 2.2 * usual and not row.ended and following.lower
    fits = not full(row, following, how)
    large = size > 1.15 * how.body
    if not large and row.bold != following.bold and fits and not following.lower:
        return False
    if not row.ended:
        return following.lower or row.running or not fits or row.bold or large
    return not fits
