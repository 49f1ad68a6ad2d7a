"""Cells of tables in the making, and how the words of a row fall into columns."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ..lines import Row, Word
from ..strokes import Rule

NUMBER = re.compile(r"[(\[−–-]?[$€£¥]?\d[\d.,  ]*(?: ?[–-] ?\d[\d.,]*)?%?[)\]]?|[–—-]|\.\.\.?|…")

TIME = re.compile(r"\(?(?:19|20)\d\d(?: ?[-–/] ?\d{2,4})?\)?|\d{1,2}\.\d{1,2}\.(?:\d{2}|\d{4})")

COLUMN_NUMBER = re.compile(r"\(?[\d a-z]{1,2}\)?(?:[=+\-–−/÷×*x(]+\(?[\da-z]{1,3}\)*%?)*")

LABEL = re.compile(r"(?:\d{1,3}(?:\.\d+)*|[A-Z]|[IVX]+)\.?|\(?(?:[a-z]|[ivx]+)\)|[•–—-]")

NEAR = 3.0
"""Points by which borders of one column may differ."""


@dataclass(slots=True)
class GridCell:
    """A cell with its printed lines, each a list of words; rows and columns count from 0."""

    row: int
    column: int
    lines: list[list[Word]]
    column_span: int = 1
    row_span: int = 1
    header: bool = False


@dataclass(slots=True)
class Grid:
    """A table on a page: the rows `first` to `last` (inclusive) of the page, and its columns' borders."""

    first: int
    last: int
    edges: list[float]
    cells: list[GridCell] = field(default_factory=list)
    captions: list[int] = field(default_factory=list)
    drawn: bool = False
    """Whether the pieces of its rules show the borders of its columns."""


@dataclass(slots=True)
class Piece:
    """Neighbouring words of a row in one cell: columns `first` to `last`, inclusive."""

    first: int
    last: int
    words: list[Word]


def middle(row: Row) -> float:
    return row.baseline - 0.3 * row.size


def close(x: float, edges: Sequence[float], by: float = NEAR) -> bool:
    return any(abs(x - edge) <= by for edge in edges)


def inner_edges(rule: Rule) -> list[float]:
    return [x for x in rule.edges if rule.x0 + NEAR < x < rule.x1 - NEAR]


def clusters(row: Row, gap: float) -> list[list[Word]]:
    """The words of a row, parted at gaps wider than this share of the type size."""
    found = [[row.words[0]]]
    for left, right in pairwise(row.words):
        if right.x0 - left.x1 > gap * row.size:
            found.append([])
        found[-1].append(right)
    return found


def pieces_of(row: Row, edges: list[float]) -> list[Piece]:
    """The words of a row by column; text that runs over a border spans the columns on both sides."""
    spans = any(straddles(word, edges) for word in row.words)
    found: list[Piece] = []
    before: Word | None = None
    for word in row.words:
        column = column_at((word.x0 + word.x1) / 2, edges)
        first, last = column, column
        if spans and straddles(word, edges):
            first, last = column_at(word.x0 + 1, edges), column_at(word.x1 - 1, edges)
        here = found[-1] if found else None
        tight = before is not None and word.x0 - before.x1 < 0.6 * row.size
        together = here is not None and (
            first <= here.last or word.glued or (spans and tight and not NUMBER.fullmatch(word.text))
        )
        if here is not None and together:
            here.words.append(word)
            here.last = max(here.last, last)
        else:
            found.append(Piece(first, last, [word]))
        before = word
    return found


def straddles(word: Word, edges: Sequence[float]) -> bool:
    return any(word.x0 + 2.5 < x < word.x1 - 2.5 for x in edges[1:-1])


def column_at(x: float, edges: Sequence[float]) -> int:
    for index in range(len(edges) - 2):
        if x < edges[index + 1]:
            return index
    return len(edges) - 2


def said(words: Sequence[Word]) -> str:
    return "".join([w.text if w.glued else " " + w.text for w in words if not w.mark]).strip()


def is_column_number(text: str) -> bool:
    return text.startswith("(") and len(text) < 24 and COLUMN_NUMBER.fullmatch(text.replace(" ", "")) is not None


def has_numbers(row: Row, edges: list[float]) -> bool:
    """Whether a row has a number beyond its first column that is neither a year or date nor a column's number."""
    for piece in pieces_of(row, edges):
        text = said(piece.words)
        if piece.first > 0 and NUMBER.fullmatch(text) and not TIME.fullmatch(text) and not is_column_number(text):
            return True
    return False
