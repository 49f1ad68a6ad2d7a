"""Drafts: rows that belong together, with the label that opens them, before their kind is settled."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..model import BlockKind, Span
from . import labels
from .labels import Label
from .rows import Layout, Row, joins

LONGEST_HEADING = 260
MEMORY = 12
"""So many lines back the label before one in running text is looked for."""
DASHES = ("—", "–")
"""Marks of an item that stand within sentences too."""


@dataclass(slots=True)
class Draft:
    """A block in the making. `kind` is empty until it is settled; `weak` where a row may be none of its own."""

    rows: list[Row]
    label: Label | None = None
    kind: BlockKind | None = None
    number: str | None = None
    level: int | None = None
    weak: bool = False
    declared: bool = False
    title: bool = False
    table: int | None = None
    cell: int | None = None
    spans: list[Span] = field(default_factory=list)

    @property
    def start(self) -> int:
        return self.rows[0].start

    @property
    def first(self) -> Row:
        return self.rows[0]

    @property
    def last(self) -> Row:
        return self.rows[-1]

    @property
    def alone(self) -> bool:
        """Its label stands on a line of its own."""
        return self.label is not None and self.label.length >= len(self.first.text)

    @property
    def waits(self) -> bool:
        """Only its label has been read."""
        return len(self.rows) == 1 and self.alone

    @property
    def bullet(self) -> bool:
        return self.label is not None and self.label.kind == "bullet"

    def words(self) -> str:
        """Its text without the label, on one line."""
        text = " ".join(row.text for row in self.rows)
        return (
            text[self.label.length :].strip()
            if self.label and not self.alone
            else (" ".join(row.text for row in self.rows[1:]) if self.alone else text)
        )

    @property
    def size(self) -> int:
        return sum(len(row.text) + 1 for row in self.rows) - (self.label.length if self.label else 0)

    @property
    def headlike(self) -> bool:
        """Short, without a final stop, beginning with a capital: a heading by its form."""
        if (
            self.size > LONGEST_HEADING
            or len(self.rows) > 5
            or self.last.ended
            or self.last.running
            or self.last.text[-1] in ",-–"
        ):
            return False
        words = self.words()
        return bool(words) and (
            words[0].isupper()
            or words[0].isdigit()
            or words[0] in "“\"'‘«"
            or (words[0].isalpha() and not words[0].islower())
        )

    def pieces(self) -> tuple[Span, ...]:
        """The spans of its rows without its label; rows that nothing separates make one span."""
        if self.spans:
            first = self.spans[0]
            start = min(first.start + (self.label.length if self.label else 0), first.end)
            return tuple(span for span in (Span(start, first.end), *self.spans[1:]) if span.end > span.start)
        found: list[Span] = []
        for index, row in enumerate(self.rows):
            start = row.start
            if index == 0 and self.label is not None:
                start += self.label.length
                if start >= row.end:
                    continue
            if found and not row.cut:
                found[-1] = Span(found[-1].start, row.end)
            else:
                found.append(Span(start, row.end))
        return tuple(found)


def group(rows: Sequence[Row], how: Layout) -> list[Draft]:
    """Rows → drafts: a row opens a draft where it bears a label or does not go on with the row before."""
    found: list[Draft] = []
    current: Draft | None = None
    count = 0
    for place, row in enumerate(rows):
        if current is not None and current.waits and not (current.bullet and _bulleted(row)):
            current.rows.append(row)
            continue
        label = labels.parse(row.text)
        before = current.last if current else None
        goes_on = before is not None and joins(before, row, how)
        if goes_on and before is not None and before.ended and place + 1 < len(rows):
            goes_on = not _stands_alone(row, rows[place + 1], how)
        weak = False
        if label is not None:
            opens, weak = _opens(label, row, current, goes_on, count)
            if not opens:
                label = None
        if label is None and goes_on and current is not None:
            current.rows.append(row)
            continue
        current = Draft([row], label, weak=weak)
        found.append(current)
        if label is not None and label.kind == "number" and not weak and label.value[0] == count + 1:
            count += 1
    return found


def _bulleted(row: Row) -> bool:
    label = labels.parse(row.text)
    return label is not None and label.kind == "bullet"


def _stands_alone(row: Row, following: Row, how: Layout) -> bool:
    """A short line without a stop with which the next one does not go on: a heading without a blank line before."""
    return not (row.ended or row.running or row.lower or following.lower) and (
        following.blanks > how.spacing or not joins(row, following, how)
    )


def _follows(label: Label, current: Draft) -> bool:
    """The label before this one stands in the midst of the running text: so does this one."""
    sign = label.number.strip("().")
    if len(sign) != 1 or not sign.isascii() or not sign.isalpha() or sign == "a":
        return False
    before = re.escape(label.text.replace(sign, chr(ord(sign) - 1)))
    return any(re.search(rf"(?:[:;,.]|\band|\bor)\s+{before}\s", row.text) for row in current.rows[-MEMORY:])


def _opens(label: Label, row: Row, current: Draft | None, goes_on: bool, count: int) -> tuple[bool, bool]:
    """(the row opens a draft of its own, it is not sure that it does)."""
    if current is None or (not goes_on and not label.bare):
        return True, False
    if label.bare:
        return label.value[0] == count + 1 and (not goes_on or current.last.ended), goes_on
    if label.kind in ("small", "inner") and _follows(label, current):
        return False, False
    if label.text in DASHES:
        return current.last.text.endswith((":", ";", "：", "；", "؛")), False
    if current.last.ended:
        return True, False
    if current.label is not None and row.bold and current.first.bold and current.headlike:
        return True, False
    if label.kind in ("small", "inner", "bullet"):
        last = current.last.text.rsplit(None, 1)[-1].lower()
        return last.endswith((",", "-", "–", "—")) or last in ("and", "or", "и", "или"), False
    if label.kind == "number" and label.text[-1] == ".":
        headed = current.label is not None and current.label.kind != "number" and current.headlike
        return headed or label.value[0] == count + 1, not headed
    return False, False
