"""From characters to words and printed rows, by geometry alone: the order of drawing does not count."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from .sheet import Floats, Sheet

SAME_BASELINE = 0.12
"""Baselines that differ by less than this share of the font size are one."""
WORD_GAP, SPACED_GAP = 0.16, 0.04
"""Shares of the font size: a wider gap parts words, the second where the file has a space there."""
OVERHANG = -0.4
"""The same where the file draws a space between: slanted letters reach over it."""

TIGHT_GAP, USUAL_GAP = 0.07, 0.22
"""Shares of the font size: the least gap between words on a line set tight, which has no gap of the usual width."""
TIGHT_LINE, LONGEST_WORD = 25, 16
"""Fewer characters do not show how a line is set; no line of words has so many letters a word on the mean."""

Ints = NDArray[np.intp]
Flags = NDArray[np.bool_]
Codes = NDArray[np.uint32]


@dataclass(slots=True, eq=False)
class Word:
    """Characters without a gap on one baseline; `chars` are indexes into the sheet's characters.

    `glued` where no space stands before it on its line, `mark` where it is a raised reference to a note.
    """

    chars: Ints
    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    baseline: float
    size: float
    style: int
    glued: bool = False
    mark: bool = False


@dataclass(slots=True, eq=False)
class Row:
    """Words on one baseline with the raised and lowered words beside them, from left to right."""

    words: list[Word]
    baseline: float
    size: float = field(init=False)

    def __post_init__(self) -> None:
        self.size = max(word.size for word in self.words)

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return self.words[-1].x1

    @property
    def text(self) -> str:
        return "".join([word.text if word.glued else " " + word.text for word in self.words]).strip()


def rows(sheet: Sheet) -> list[Row]:
    """The upright text of a page: a row for each baseline, from the top."""
    chars = np.flatnonzero((sheet.turn == 0) & _on_page(sheet))
    if not len(chars):
        return []
    boxes = sheet.boxes[chars]
    row = _baselines(sheet.baseline[chars], sheet.size[chars])
    codes = np.frombuffer(sheet.text.encode("utf-32-le", "surrogatepass"), np.uint32)[chars]
    order = np.lexsort((_reach(codes, boxes), boxes[:, 0], row))
    chars, codes, boxes, row = chars[order], codes[order], boxes[order], row[order]
    single = ~_doubled(codes, boxes, row, sheet.size[chars])
    if not single.all():
        chars, boxes, row = chars[single], boxes[single], row[single]
    size = sheet.size[chars]
    least = np.where(sheet.spaced[chars][1:], SPACED_GAP, WORD_GAP)
    least[sheet.spaced[chars][1:] & (np.diff(chars) == 1)] = OVERHANG
    smaller, new_row = np.minimum(size[1:], size[:-1]), np.diff(row) > 0
    _tighten(least, (boxes[1:, 0] - boxes[:-1, 2]) / smaller, row, new_row)
    least *= smaller
    starts = np.flatnonzero(np.concatenate(([True], new_row | (boxes[1:, 0] - boxes[:-1, 2] > least))))
    found: list[Row] = []
    last = -1
    for number, word in zip(row[starts].tolist(), _words(sheet, chars, boxes, starts), strict=True):
        if number == last:
            found[-1].words.append(word)
        else:
            found.append(Row([word], word.baseline))
            last = number
    for each in found:
        each.__post_init__()
    return found


def _reach(codes: Codes, boxes: Floats) -> Floats:
    """How far letters read from the right reach: of two that begin at one place the wider one is read first (لا)."""
    return np.where((codes >= 0x590) & (codes < 0x900), boxes[:, 2], np.float32(0))


def _tighten(least: NDArray[np.floating], gaps: NDArray[np.floating], row: Ints, new_row: Flags) -> None:
    """Lower the least gap between words (shares of the size) on lines that are set too tight for it.

    Such a line has no gap of the usual width, but many that are clearly wider than those between its letters.
    """
    inside = ~new_row
    count = np.bincount(row)

    def per_row(which: Flags) -> Ints:
        return np.bincount(row[1:], which, minlength=len(count)).astype(np.intp)

    narrow = inside & (gaps > TIGHT_GAP) & (gaps <= least)
    words, wide = per_row(narrow), per_row(inside & (gaps > least))
    tight = (count >= TIGHT_LINE) & (words > 1) & (words * 3 < count) & (per_row(inside & (gaps > USUAL_GAP)) <= 1)
    tight &= (words + wide) * LONGEST_WORD > count
    if not tight.any():
        return
    tight &= per_row(inside & (gaps > TIGHT_GAP / 2) & (gaps <= TIGHT_GAP)) * 5 <= words
    least[narrow & tight[row[1:]]] = TIGHT_GAP


def _on_page(sheet: Sheet) -> Flags:
    """Characters that show: of some size, and with their middle on the page."""
    x = (sheet.boxes[:, 0] + sheet.boxes[:, 2]) / 2
    y = sheet.baseline - 0.3 * sheet.size
    inside = (x > -1) & (x < sheet.width + 1) & (y > -1) & (y < sheet.height + 1)  # false for NaN, too
    return inside & (sheet.size > 0.2) & np.isfinite(sheet.boxes).all(axis=1)


def _baselines(baseline: Floats, size: Floats) -> Ints:
    """The number of its baseline for each character, counted from the top."""
    order = np.argsort(baseline, kind="stable")
    steps = np.diff(baseline[order]) > np.maximum(0.5, SAME_BASELINE * size[order][1:])
    row = np.empty(len(order), np.intp)
    row[order] = np.concatenate(([0], np.cumsum(steps)))
    return row


def _doubled(codes: Codes, boxes: Floats, row: Ints, size: Floats) -> Flags:
    """Characters printed again over the same ones, as some files do for bold type."""
    doubled = np.zeros(len(codes), np.bool_)
    for step in (1, 2, 3):
        if len(codes) > step:
            near = np.abs(boxes[step:, 0] - boxes[:-step, 0]) < 0.15 * size[step:]
            doubled[step:] |= near & (codes[step:] == codes[:-step]) & (row[step:] == row[:-step])
    return doubled


def _words(sheet: Sheet, chars: Ints, boxes: Floats, starts: Ints) -> list[Word]:
    low = np.minimum.reduceat(boxes, starts, axis=0)
    high = np.maximum.reduceat(boxes, starts, axis=0)
    size = np.maximum.reduceat(sheet.size[chars], starts)
    style = np.bitwise_and.reduceat(sheet.style[chars], starts)
    text = "".join(map(sheet.text.__getitem__, chars.tolist()))
    edges = [*starts.tolist(), len(chars)]
    columns = zip(
        edges,
        edges[1:],
        low[:, 0].tolist(),
        low[:, 1].tolist(),
        high[:, 2].tolist(),
        high[:, 3].tolist(),
        sheet.baseline[chars[starts]].tolist(),
        size.tolist(),
        style.tolist(),
        strict=False,
    )
    return [Word(chars[start:end], text[start:end], *rest) for start, end, *rest in columns]
