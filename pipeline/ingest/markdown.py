"""Markdown's own marks (CommonMark with front matter, pipe tables and footnotes) over an unchanged text."""

import re
from dataclasses import dataclass

from ..model import Cell, Markup, Span, Table

FRONT_MATTER = re.compile(r"\A---[ \t]*(?:\r\n|\r|\n)(?:.*?(?:\r\n|\r|\n))??---[ \t]*(?=\r|\n|\Z)", re.DOTALL)
HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+([^\r\n]*?\S)[ \t]*(?:#+[ \t]*)?$")
ITEM = re.compile(r"^([ \t]*)[-*+•][ \t]+(?=\S)")
NOTE = re.compile(r"^ {0,3}\[\^([^\]\s]{1,40})\]:[ \t]*")
MARK = re.compile(r"\[\^[^\]\s]{1,40}\](?!:)")
DIVIDER = re.compile(
    r"^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*$|^[ \t]*\|[ \t]*:?-+:?[ \t]*\|[ \t]*$"
)
RULE = re.compile(r"^ {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")


@dataclass(frozen=True, slots=True)
class Marked:
    """What the marks declare; spans hold words without the marks (`## `, `- `, `[^1]: `) before them."""

    furniture: tuple[Span, ...] = ()
    note_marks: tuple[Span, ...] = ()
    markup: tuple[Markup, ...] = ()
    tables: tuple[Table, ...] = ()


def is_markdown(text: str) -> bool:
    """Front matter with a key, or two headings, or a note's definition: signs that plain text does not have."""
    front = FRONT_MATTER.match(text)
    if front and re.search(r"^\w[\w-]*:", front.group(), re.MULTILINE):
        return True
    if "#" not in text and "[^" not in text:
        return False
    heads = notes = 0
    for match in LINE.finditer(text):
        line = match.group(1)
        if line.lstrip(" ").startswith("#") and HEADING.match(line):
            heads += 1
        elif line.lstrip(" ").startswith("[^") and NOTE.match(line):
            notes += 1
        if heads > 1 or notes:
            return True
    return False


def marks(text: str) -> Marked:
    """Headings with their level, list items, notes, references to notes, pipe tables, front matter."""
    markup: list[Markup] = []
    furniture: list[Span] = []
    tables: list[Table] = []
    front = FRONT_MATTER.match(text)
    if front:
        furniture.append(Span(0, front.end()))
        markup.append(Markup("furniture", 0, front.end()))
    rows = [match.span(1) for match in LINE.finditer(text, front.end() if front else 0)]
    at = 0
    while at < len(rows):
        start, end = rows[at]
        line = text[start:end]
        at += 1
        if match := HEADING.match(line):
            markup.append(Markup("heading", start + match.start(2), start + match.end(2), len(match.group(1))))
        elif match := NOTE.match(line):
            end = _last(text, rows, at, end)
            markup.append(Markup("note", start + match.end(), end, None, match.group(1)))
        elif not RULE.match(line) and (match := ITEM.match(line)):
            level = 1 + len(match.group(1).expandtabs(4)) // 2
            markup.append(Markup("item", start + match.end(), _last(text, rows, at, end), level))
        elif "|" in line and at < len(rows) and DIVIDER.match(text[slice(*rows[at])]):
            table, at = _table(text, rows, at - 1)
            tables.append(table)
    note_marks = tuple(Span(*match.span()) for match in MARK.finditer(text)) if "[^" in text else ()
    return Marked(tuple(furniture), note_marks, tuple(markup), tuple(tables))


def _last(text: str, rows: list[tuple[int, int]], at: int, end: int) -> int:
    """End of a block that goes on over lines that are not empty and open no block of their own."""
    for start, stop in rows[at:]:
        line = text[start:stop]
        if not line.strip() or HEADING.match(line) or NOTE.match(line) or ITEM.match(line):
            break
        end = stop
    return end


def _table(text: str, rows: list[tuple[int, int]], at: int) -> tuple[Table, int]:
    """The pipe table whose heads stand in line `at`, and the first line after it."""
    first, last = rows[at][0], rows[at + 1][1]
    cells = _cells(text, rows[at], 0)
    at += 2
    row = 1
    while at < len(rows) and "|" in text[slice(*rows[at])]:
        cells += _cells(text, rows[at], row)
        last = rows[at][1]
        at, row = at + 1, row + 1
    return Table(first, last, tuple(cells)), at


def _cells(text: str, span: tuple[int, int], row: int) -> list[Cell]:
    start, end = span
    line = text[start:end].rstrip()
    found = []
    at = len(line) - len(line.lstrip())
    if line[at : at + 1] == "|":
        at += 1
    for column, match in enumerate(re.finditer(r"((?:\\.|[^|\\])*)(?:\||$)", line[at:])):
        words = match.group(1)
        if at + match.start() >= len(line):
            break
        left = start + at + match.start() + len(words) - len(words.lstrip())
        found.append(Cell(left, left + len(words.strip()), row, column, header=row == 0 or column == 0))
    return found
