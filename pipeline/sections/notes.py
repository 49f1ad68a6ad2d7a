"""Footnotes: the notes themselves and the marks in the text that call for them."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from ..model import Report, Span
from .drafts import Draft
from .labels import Label, parse
from .rows import Layout, Row, joins

NOTE = re.compile(
    r"(?:\[\[fn:(?P<fn>\w+)\]\]|\[\^(?P<md>\w+)\]:?|(?P<stars>\*{1,4})|(?P<number>\d{1,3}))(?=\s+\S|$)\s*"
)
# A mark glued to a word, its stop or its closing bracket; to a year; or set apart after a stop.
CLOSE = r"[)\]”’\"'»%]"
GLUED = re.compile(
    rf"(?=\d)(?:(?<=[^\W\d_])|(?<=[^\W\d_][.,;:!?])|(?<={CLOSE})|(?<={CLOSE}[.,;:!?])|(?<=\d{{4}}[.,;:])"
    r"|(?<=[.,;:]\s)(?=\d{1,3}\s+[\"“«]?[A-ZÀ-ÞА-ЯЁ]))(?P<mark>\d{1,3})(?![\d/.,:–-]\d|[\w/])"
)
SYMBOL = re.compile(
    r"(?:\b(?:No|Nos|Add|Rev|Corr|art|arts|para|paras|p|pp|vol|sect|chap|WG|CO|CRP|G|ст|ч|п|№)\.?\s?|/\S*)$",
    re.IGNORECASE,
)
STARS = re.compile(r"(?<=\S)\s?(?<!\*)(\*{1,4})(?![\w*])")


def split(report: Report, rows: list[Row], how: Layout) -> tuple[list[Row], list[Draft], list[Span]]:
    """(rows of the running text, notes, marks). Marks known to the reader are taken, others found by running count."""
    marks = sorted(report.note_marks, key=lambda span: span.start)
    starts = [span.start for span in marks]
    finder = _Finder(report.text)
    declared = {mark.number for mark in report.markup if mark.kind == "note"}
    wanting = {report.text[mark.start : mark.end] for mark in marks} - declared
    body: list[Row] = []
    notes: list[Draft] = []
    found: list[Span] = []
    current: Draft | None = None
    for row in rows:
        label = _note_label(row, marks, starts, finder, bool(body), wanting | _next(current))
        if label is not None:
            current = Draft([row], label, "note", label.number)
            notes.append(current)
            continue
        if current is not None and _goes_on(current, row, how):
            current.rows.append(row)
            continue
        if current is not None:
            row.cut = True
        current = None
        body.append(row)
    own = {note.first.start for note in notes}
    found = sorted({*(m for m in marks if m.start not in own), *finder.marks}, key=lambda span: span.start)
    return body, notes, found


def _next(note: Draft | None) -> set[str]:
    """The number of the note after this one."""
    return {str(int(note.number) + 1)} if note is not None and note.number and note.number.isdigit() else set()


def _note_label(
    row: Row, marks: Sequence[Span], starts: Sequence[int], finder: "_Finder", inside: bool, wanting: set[str]
) -> Label | None:
    """The label of a note that begins with this row; `wanting` are numbers that are called and not yet found."""
    at = bisect_left(starts, row.start)
    declared = marks[at] if at < len(marks) and marks[at].start == row.start else None
    if declared is not None and declared.end < row.end:
        number = row.text[: declared.end - row.start].strip("[]^:fn ") or row.text[0]
        match = NOTE.match(row.text)
        length = match.end() if match else declared.end - row.start
        while length < len(row.text) and row.text[length].isspace():
            length += 1
        return Label("number", row.text[:length].strip(), number, (), length)
    match = NOTE.match(row.text)
    if match is None or match.end() >= len(row.text) or not inside:
        return None
    number = match.group(match.lastgroup or 0)
    if match.lastgroup == "number":
        if marks:
            if number not in wanting:
                return None
        elif row.text[match.end()].islower() or not finder.claim(int(number), row.start):
            return None
    elif match.lastgroup == "stars" and not finder.stars(number, row.start):
        return None
    return Label("number", match.group().strip(), number, (), match.end())


def _goes_on(note: Draft, row: Row, how: Layout) -> bool:
    last = note.last
    if row.size is not None and note.first.size is not None:
        if abs(row.size - note.first.size) > 0.6:
            return False
        if row.page == last.page and row.top is not None and last.top is not None:
            return row.top - last.top < 2.2 * (last.size or 10)
        return not last.ended and row.page is not None and last.page is not None and row.page - last.page <= 1
    label = parse(row.text)
    if last.ended and ((label is not None and label.kind != "bullet") or row.lower or row.lead):
        return False
    if label is not None and label.kind in ("roman", "letter") and row.blanks > how.spacing:
        return False
    return joins(last, row, how)


class _Finder:
    """Finds the mark of each next note before the note, by running count."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.marks: list[Span] = []
        self.at = 0
        self.count = 0
        self._all: dict[int, list[tuple[int, int]]] | None = None
        self._stars: list[Span] | None = None

    def _candidates(self, number: int) -> list[tuple[int, int]]:
        if self._all is None:
            self._all = {}
            for match in GLUED.finditer(self.text):
                start, end = match.span()
                if not SYMBOL.search(self.text, max(0, match.start() - 12), start):
                    self._all.setdefault(int(match.group()), []).append((start, end))
        return self._all.get(number, [])

    def claim(self, number: int, before: int) -> bool:
        """The mark `number` stands between the last mark and the place `before`; it is kept."""
        if number != self.count + 1:
            return False
        for start, end in self._candidates(number):
            if self.at <= start < before:
                self.marks.append(Span(start, end))
                self.at, self.count = end, number
                return True
        return False

    def stars(self, sign: str, before: int) -> bool:
        """A run of asterisks of this length stands before the place; it is kept."""
        if self._stars is None:
            stars = STARS.finditer(self.text) if "*" in self.text else ()
            self._stars = [Span(m.start(1), m.end(1)) for m in stars]
        for span in self._stars:
            if span.start < before and span.end - span.start == len(sign) and span not in self.marks:
                self.marks.append(span)
                return True
        return False
