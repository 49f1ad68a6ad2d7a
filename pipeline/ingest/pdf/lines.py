"""From characters to words and printed lines, by geometry alone: the order of drawing does not count."""

from dataclasses import dataclass

import numpy as np

from .glyphs import BOLD, ITALIC
from .sheet import Sheet

SAME_BASELINE = 0.12
"""Baselines that differ by less than this share of the font size are one."""
WORD_GAP, SPACED_GAP = 0.16, 0.04
"""Shares of the font size: a wider gap parts words, the second where the file has a space there."""


@dataclass(slots=True)
class Word:
    """Characters without a gap on one baseline; `chars` index the sheet's characters."""

    chars: "np.ndarray"
    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    baseline: float
    size: float
    style: int


def words(sheet: Sheet) -> list[list[Word]]:
    """The upright words of a page: one list for each baseline, from the top, each from left to right."""
    upright = np.flatnonzero(sheet.turn == 0)
    if not len(upright):
        return []
    boxes = sheet.boxes[upright]
    baseline, size = sheet.baseline[upright], boxes[:, 3] - boxes[:, 1]
    order = np.argsort(baseline, kind="stable")
    steps = np.diff(baseline[order]) > np.maximum(0.5, SAME_BASELINE * size[order][1:])
    row = np.empty(len(order), np.int64)
    row[order] = np.concatenate(([0], np.cumsum(steps)))
    order = np.lexsort((boxes[:, 0], row))
    upright, boxes, row, size = upright[order], boxes[order], row[order], size[order]
    doubled = _doubled(sheet, upright, boxes, row, size)
    if doubled.any():
        upright, boxes, row, size = (values[~doubled] for values in (upright, boxes, row, size))
    gap = boxes[1:, 0] - boxes[:-1, 2]
    least = np.where(sheet.spaced[upright][1:], SPACED_GAP, WORD_GAP) * np.minimum(size[1:], size[:-1])
    new_row = np.diff(row) > 0
    breaks = np.flatnonzero(new_row | (gap > least)) + 1
    edges = [0, *breaks.tolist(), len(upright)]
    found: list[list[Word]] = []
    last = -1
    for start, end in zip(edges, edges[1:], strict=False):
        if row[start] != last:
            found.append([])
            last = int(row[start])
        found[-1].append(_word(sheet, upright[start:end], boxes[start:end], size[start:end]))
    return found


def _doubled(sheet: Sheet, chars: "np.ndarray", boxes: "np.ndarray", row: "np.ndarray", size: "np.ndarray") -> "np.ndarray":
    """Characters printed again over the same ones, as some files do for bold type."""
    codes = np.frombuffer(sheet.text.encode("utf-32-le"), np.uint32)[chars]
    doubled = np.zeros(len(chars), np.bool_)
    for distance in (1, 2, 3):
        if len(chars) > distance:
            near = np.abs(boxes[distance:, 0] - boxes[:-distance, 0]) < 0.15 * size[distance:]
            doubled[distance:] |= near & (codes[distance:] == codes[:-distance]) & (row[distance:] == row[:-distance])
    return doubled


def _word(sheet: Sheet, chars: "np.ndarray", boxes: "np.ndarray", size: "np.ndarray") -> Word:
    text = "".join([sheet.text[i] for i in chars])
    low, high = boxes.min(axis=0), boxes.max(axis=0)
    return Word(
        chars,
        text,
        float(low[0]),
        float(low[1]),
        float(high[2]),
        float(high[3]),
        float(sheet.baseline[chars[0]]),
        float(np.median(size)),
        int(np.bitwise_and.reduce(sheet.style[chars])) & (BOLD | ITALIC),
    )
