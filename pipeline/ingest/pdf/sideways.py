"""Text that is not upright: heads and labels set sideways, stamps set aslant. They follow the upright text."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from .lines import Row, Word, rows
from .sheet import ASLANT, Floats, Sheet, turned_upright

FAR = 2.5
"""Characters set aslant that are farther apart than this, in font sizes, belong to different lines."""


def sideways(sheet: Sheet) -> list[tuple[Row, bool]]:
    """The lines that are not upright, each with whether it stands aside: in the margin of the text, or aslant.

    Geometry is of the sheet, but for the order of the words.
    """
    if not sheet.turn.any():
        return []
    hull = _hull(sheet)
    found: list[tuple[Row, bool]] = []
    for turn in (3, 1, 2):
        if (sheet.turn == turn).any():
            for row in rows(turned_upright(sheet, turn)):
                placed = _placed(sheet, row.words)
                found.append((placed, _outside(placed, hull)))
    return found + [(row, True) for row in _aslant(sheet)]


def _hull(sheet: Sheet) -> Floats:
    """The box around the upright text."""
    boxes = sheet.boxes[sheet.turn == 0]
    if not len(boxes):
        return np.zeros(4, np.float32)
    return np.concatenate((boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)))


def _outside(row: Row, hull: Floats) -> bool:
    x0, top, x1, bottom = hull.tolist()
    across = (min(word.x0 for word in row.words) + max(word.x1 for word in row.words)) / 2
    down = (min(word.top for word in row.words) + max(word.bottom for word in row.words)) / 2
    return not (x0 < across < x1 and top < down < bottom)


def _placed(sheet: Sheet, words: Sequence[Word]) -> Row:
    """The words with their boxes on the sheet."""
    found = []
    for word in words:
        boxes = sheet.boxes[word.chars]
        (x0, top), (x1, bottom) = boxes[:, :2].min(axis=0).tolist(), boxes[:, 2:].max(axis=0).tolist()
        found.append(replace(word, x0=x0, top=top, x1=x1, bottom=bottom, baseline=bottom))
    return Row(found, found[0].baseline)


def _aslant(sheet: Sheet) -> list[Row]:
    """Lines set at any other angle, in the order of drawing."""
    lines: list[list[list[int]]] = []
    before = None
    for at in np.flatnonzero((sheet.turn == ASLANT) & (sheet.size > 0.2)).tolist():
        apart = before is None or _distance(sheet, before, at) > FAR
        if apart:
            lines.append([[]])
        elif sheet.spaced[at]:
            lines[-1].append([])
        lines[-1][-1].append(at)
        before = at
    return [_placed(sheet, [_word(sheet, chars) for chars in line]) for line in lines]


def _distance(sheet: Sheet, left: int, right: int) -> float:
    middles = (sheet.boxes[[left, right], :2] + sheet.boxes[[left, right], 2:]) / 2
    return float(np.hypot(*(middles[1] - middles[0])) / sheet.size[right])


def _word(sheet: Sheet, chars: list[int]) -> Word:
    text = "".join(sheet.text[at] for at in chars)
    style = int(np.bitwise_and.reduce(sheet.style[chars]))
    return Word(np.array(chars, np.intp), text, 0.0, 0.0, 0.0, 0.0, 0.0, float(sheet.size[chars].max()), style)
