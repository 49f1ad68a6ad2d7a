"""Blocks of a PDF by their type and place: footnotes, headings, captions of tables.

A PDF declares none of them: they are read from type size, bold and italic type, spacing and rules. A
heading has no level here, for its number tells that better than its type. Paragraphs are left to the
stage that reads the structure, since only it can join them over page ends.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ...model import Markup, Span
from .glyphs import BOLD, ITALIC
from .page import PageText, Printed

SMALLER = 0.95
"""Notes are set at most at this share of the size of the body."""
SHORT, INDENT = 0.25, 60.0
"""A rule of at most this share of the page's width, this near (in points) to the text's left edge, parts notes."""
LARGER = 1.08
NOTE_START = re.compile(r"(\d{1,3}|\*{1,4}|[a-z]|[†‡§])(?=[.)]?/?\s)")
TYPED_RULE = re.compile(r"_{5,}")
TYPED_MARK = re.compile(r"(?<=\s)(\d{1,2}|[a-z]|\*{1,3})/(?=[\s,.;:)]|$)")
LABEL = re.compile(
    r"(?:\d{1,3}(?:\.\d{1,3})+\.?|\d{1,3}\.|[IVXLC]{1,6}\.|[A-Z]\.|\(?(?:[a-z]{1,2}|[ivx]{1,5}|\d{1,2})\)|[•●▪◦○■–—-])(?=\s|$)"
)
CLOSED = re.compile(r"[.;:!?…][\"'”’»)\]]*\s*$")
HEADING_LINES, HEADING_CHARACTERS = 6, 300


@dataclass(slots=True)
class _Block:
    """Lines of one paragraph, heading or note, with its place in the report's text."""

    lines: list[Printed]
    start: int
    end: int
    page: int
    note: str | None = None


def markup(pages: Sequence[PageText], starts: Sequence[int]) -> list[Markup]:
    """Markup of all pages; `starts` are the places of the pages in the report's text."""
    body = body_size(pages)
    notes: list[_Block] = []
    found: list[Markup] = []
    for page, start in zip(pages, starts, strict=True):
        in_notes = _notes(page, start, body, notes)
        for block in _blocks(page, start, in_notes):
            if block.lines[0].caption:
                found.append(Markup("caption", block.start, block.end))
            elif _is_heading(block, body):
                found.append(Markup("heading", block.start, block.end))
    if not any(note.note and note.note.isdigit() for note in notes):
        notes += _listed(pages, starts)
    found += [Markup("note", note.start, note.end, number=note.note) for note in notes]
    return sorted(found, key=lambda m: (m.start, -m.end))


def body_size(pages: Sequence[PageText]) -> float:
    """The largest type size in which at least a fifth of the text is set, or else the commonest."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            if not line.aside and not line.table:
                sizes[round(line.size * 2) / 2] += line.end - line.start
    total = sum(sizes.values())
    large = [size for size, count in sizes.items() if count >= 0.2 * total]
    return max(large) if large else (sizes.most_common(1)[0][0] if sizes else 10.0)


# ── notes ────────────────────────────────────────────────────────────────────────────────


def _notes(page: PageText, start: int, body: float, notes: list[_Block]) -> set[int]:
    """Add the page's notes to `notes`; the lines (by id) that belong to notes."""
    lines = [line for line in page.lines if not line.aside and not line.table]
    zone = _zone(page, lines, body)
    typed = next((line for line in lines if TYPED_RULE.fullmatch(line.text) and line.top > 0.3 * page.height), None)
    if typed is not None:
        zone = typed.baseline
        typed.aside = True
    taken: set[int] = set()
    current: _Block | None = None
    before: Printed | None = None
    first = True
    for line in lines:
        if line is typed:
            continue
        small = line.size <= SMALLER * body
        number = line.mark if line.mark is not None and small else None
        below = zone is not None and line.baseline > zone
        if number is None and below and (match := NOTE_START.match(line.text)):
            number = match.group(1)
        if number is not None:
            current = _Block([line], start + line.start, start + line.end, page.number, number)
            notes.append(current)
        elif current is not None and before is not None and _same_note(current, before, line):
            current.end = start + line.end
        elif current is None and _goes_on(notes, page, line, body, below, first):
            current = _Block([line], start + line.start, start + line.end, page.number, notes[-1].note)
            notes.append(current)
        else:
            current = None
        first = False
        before = line
        if current is not None:
            taken.add(id(line))
    if typed is not None:
        page.marks += [
            Span(line.start + m.start(), line.start + m.end())
            for line in lines
            if line.baseline < typed.baseline
            for m in TYPED_MARK.finditer(line.text)
        ]
    return taken


LISTED = re.compile(r"(\d{1,3})\.(?=\s)")


def _listed(pages: Sequence[PageText], starts: Sequence[int]) -> list[_Block]:
    """Endnotes set as a numbered list in the type of the text: as many as the marks, after the last of them."""
    marks = [
        (start + mark.start, page.text[mark.start : mark.end])
        for page, start in zip(pages, starts, strict=True)
        for mark in page.marks
    ]
    numbers = {int(text) for _, text in marks if text.isdigit()}
    if len(numbers) < 3 or numbers != set(range(1, len(numbers) + 1)):
        return []
    last = max(place for place, _ in marks)
    found: list[_Block] = []
    for page, start in zip(pages, starts, strict=True):
        for line in page.lines:
            if line.aside or line.table or start + line.start <= last:
                continue
            match = LISTED.match(line.text)
            if match and int(match.group(1)) == len(found) + 1:
                found.append(_Block([line], start + line.start, start + line.end, page.number, match.group(1)))
            elif found and found[-1].page == page.number and _same_list(found[-1].lines[-1], line):
                found[-1].lines.append(line)
                found[-1].end = start + line.end
    return found if len(found) >= 0.9 * len(numbers) else []


def _same_list(before: Printed, line: Printed) -> bool:
    return line.baseline - before.baseline < 2.2 * line.size and abs(line.size - before.size) < 1


def _zone(page: PageText, lines: Sequence[Printed], body: float) -> float | None:
    """Where the notes under a short rule begin, if the page has one: small type stands under it, or a note's number."""
    for rule in page.rules:
        if not (30 <= rule.x1 - rule.x0 <= 0.45 * page.width and rule.thickness < 2 and rule.y > 0.2 * page.height):
            continue
        under = [line for line in lines if line.top > rule.y - 2]
        if not under or any(line.table and line.top > rule.y - 2 for line in page.lines):
            continue
        first = min(under, key=lambda line: line.baseline)
        short = rule.x1 - rule.x0 <= SHORT * page.width and abs(rule.x0 - min(line.x0 for line in lines)) < INDENT
        small = all(line.size <= SMALLER * body for line in under)
        if small or (short and (first.mark is not None or NOTE_START.match(first.text))):
            return rule.y
    return None


def _same_note(note: _Block, before: Printed, line: Printed) -> bool:
    pitch = line.baseline - before.baseline
    return line.size <= 1.06 * note.lines[0].size and -1 < pitch < 1.9 * line.size and not _styled_apart(note, line)


def _styled_apart(note: _Block, line: Printed) -> bool:
    return bool(line.style & BOLD) and not note.lines[0].style & BOLD


def _goes_on(notes: Sequence[_Block], page: PageText, line: Printed, body: float, below: bool, first: bool) -> bool:
    """Whether the note that ended the page before goes on with this line."""
    if not notes or notes[-1].page != page.number - 1 or line.size > 1.06 * notes[-1].lines[0].size:
        return False
    return (below or first) and line.size <= SMALLER * body and not LABEL.match(line.text)


# ── blocks ───────────────────────────────────────────────────────────────────────────


def _blocks(page: PageText, start: int, in_notes: set[int]) -> list[_Block]:
    found: list[_Block] = []
    for flow in _flows(page, in_notes):
        right = max(line.x1 for line in flow)
        pitch = _pitch(flow)
        before: Printed | None = None
        for line in flow:
            if before is None or _begins(before, line, right, pitch):
                found.append(_Block([line], start + line.start, start + line.end, page.number))
            else:
                found[-1].lines.append(line)
                found[-1].end = start + line.end
            before = line
    return found


def _flows(page: PageText, in_notes: set[int]) -> Iterator[list[Printed]]:
    """Runs of lines of text in one column, without tables, notes and furniture."""
    flow: list[Printed] = []
    for line in page.lines:
        if line.table or line.aside or id(line) in in_notes:
            if line.table and flow:
                yield flow
                flow = []
            continue
        if flow and flow[-1].flow != line.flow:
            yield flow
            flow = []
        flow.append(line)
    if flow:
        yield flow


def _pitch(flow: Sequence[Printed]) -> float:
    """The commonest distance between baselines, as a share of the type size."""
    steps = Counter(
        round((lower.baseline - upper.baseline) / lower.size, 1)
        for upper, lower in pairwise(flow)
        if 0.9 * lower.size < lower.baseline - upper.baseline < 2.2 * lower.size
    )
    return min(step for step, count in steps.items() if count >= 0.5 * max(steps.values())) if steps else 1.2


def _begins(before: Printed, line: Printed, right: float, pitch: float) -> bool:
    """Whether a line begins a new block."""
    if before.caption or line.caption:
        return before.caption != line.caption
    step = (line.baseline - before.baseline) / line.size
    if step > max(1.0, pitch) + 0.22 or step < 0.2:
        return True
    if not 0.93 < line.size / before.size < 1.07:
        return True
    labelled = LABEL.match(line.text) is not None
    indented = line.x0 > before.x0 + 0.8 * line.size
    heading = _headlike(before)
    if heading != _headlike(line) and (heading or CLOSED.search(before.text)) and _room(before, line, right):
        return True
    if labelled and (line.x0 < before.x0 - 2 or indented or _room(before, line, right) or CLOSED.search(before.text)):
        return True
    if heading and _headlike(line):
        return False
    return _room(before, line, right) and (CLOSED.search(before.text) is not None or indented)


def _room(before: Printed, line: Printed, right: float) -> bool:
    """Whether the first word of a line would have fitted on the line before it."""
    return before.x1 + 0.3 * line.size + line.first_width < right - 0.5 * line.size


def _headlike(line: Printed) -> bool:
    return bool(line.style & (BOLD | ITALIC))


# ── headings ─────────────────────────────────────────────────────────────────────────────


def _is_heading(block: _Block, body: float) -> bool:
    """Large, bold or italic type throughout, few lines, no sentence's end."""
    size = max(line.size for line in block.lines)
    style = BOLD | ITALIC
    for line in block.lines:
        style &= line.style
    if not (size >= LARGER * body or style) or size < 0.85 * body:
        return False
    text = " ".join(line.text for line in block.lines)
    if len(block.lines) > HEADING_LINES or len(text) > HEADING_CHARACTERS or sum(c.isalpha() for c in text) < 3:
        return False
    return not CLOSED.search(text) or text.rstrip().endswith((":", "?")) or size >= 1.15 * body
