"""One page of characters with their geometry, the same from every backend.

Lengths are PDF points from the top left of the page, y downwards. A page whose text is set sideways is
turned so that it reads upright; `Sheet.turned` leads back to the page as it is shown.
"""

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .glyphs import letters

Floats = NDArray[np.float32]
Bytes = NDArray[np.uint8]
ASLANT = 4
BEARING = 0.15
"""A share of the font size: so much room at most stands between the ink of a letter and the next one of its word."""


class Rect(NamedTuple):
    """A rectangle in PDF points."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Frame:
    """From a file's coordinates (y upwards) to those of a sheet.

    `left`, `bottom`, `across`, `up` are the crop box, `quarters` the clockwise quarter turns to apply.
    """

    left: float
    bottom: float
    across: float
    up: float
    quarters: int

    @property
    def size(self) -> tuple[float, float]:
        return (self.up, self.across) if self.quarters % 2 else (self.across, self.up)

    def point(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        x, y = x - self.left, y - self.bottom
        match self.quarters:
            case 0:
                return x, self.up - y
            case 1:
                return y, x
            case 2:
                return self.across - x, y
            case _:
                return self.up - y, self.across - x

    def boxes(self, boxes: Floats) -> Floats:
        """n x 4 of x0, y0, x1, y1 (any two corners) as n x 4 of x0, top, x1, bottom."""
        xa, ya = self.point(boxes[:, 0], boxes[:, 1])
        xb, yb = self.point(boxes[:, 2], boxes[:, 3])
        columns = np.minimum(xa, xb), np.minimum(ya, yb), np.maximum(xa, xb), np.maximum(ya, yb)
        return np.stack(columns, axis=1).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The printed characters of one page (no spaces), each array as long as `text`, in drawing order.

    `boxes` (n x 4: x0, top, x1, bottom) are loose: from the advance width and the font's ascent and
    descent, hence equal for all characters of a font on a line. `baseline` is the y of the origin, `size`
    the font size in points. `style` holds BOLD and ITALIC bits. `spaced` is true where a space character of the
    file stands before. `turn` is 0 for upright text, 1 to 3 for clockwise quarter turns, ASLANT for any
    other angle. `strokes` are drawn lines and filled areas, `images` pictures. `turned` is the number of
    quarter turns that were added to the page's own rotation. `along` is the x of the origin, where it is known.
    """

    number: int
    width: float
    height: float
    text: str
    boxes: Floats
    baseline: Floats
    size: Floats
    style: Bytes
    spaced: NDArray[np.bool_]
    turn: Bytes
    strokes: tuple[Rect, ...] = ()
    images: tuple[Rect, ...] = ()
    turned: int = 0
    along: Floats | None = None


def empty(number: int) -> Sheet:
    """A page on which nothing is printed."""
    none = np.zeros(0, np.float32)
    flags, bits = np.zeros(0, np.bool_), np.zeros(0, np.uint8)
    return Sheet(number, 595.0, 842.0, "", np.zeros((0, 4), np.float32), none, none, bits, flags, bits)


def assemble(
    *,
    number: int,
    crop: tuple[float, float, float, float],
    rotation: int,
    text: list[str],
    boxes: Floats,
    origins: Floats,
    size: Floats,
    style: Bytes,
    spaced: NDArray[np.bool_],
    directions: Bytes,
    strokes: Floats,
    images: Floats,
    tight: NDArray[np.bool_] | None = None,
) -> Sheet:
    """A sheet from what a backend read in the file's own coordinates.

    `crop` is left, bottom, right, top, `rotation` the page's own in degrees, `origins` n x 2, boxes n x 4 of
    any two corners, `directions` the clockwise quarter turns of the characters in the file or ASLANT.
    `tight` marks boxes that hug the ink: they are widened to advance width and font size.
    """
    left, bottom, right, top = crop
    own = rotation // 90 % 4
    counts = np.bincount(directions[directions < ASLANT], minlength=4)
    extra = (8 - int(counts.argmax()) - own) % 4 if counts.sum() else 0
    frame = Frame(left, bottom, right - left, top - bottom, (own + extra) % 4)
    width, height = frame.size
    turn = np.where(directions < ASLANT, (directions + frame.quarters) % 4, ASLANT).astype(np.uint8)
    placed = frame.boxes(boxes)
    along, baseline = frame.point(origins[:, 0], origins[:, 1])
    if tight is not None and tight.any():
        placed = _loosened(placed, along, baseline, size, spaced, tight & (turn == 0))
    sheet = Sheet(
        number=number,
        width=float(width),
        height=float(height),
        text="".join(text),
        boxes=placed,
        baseline=baseline.astype(np.float32),
        size=size,
        style=style,
        spaced=spaced,
        turn=turn,
        strokes=tuple(Rect(*map(float, box)) for box in frame.boxes(strokes)),
        images=tuple(Rect(*map(float, box)) for box in frame.boxes(images)),
        turned=extra,
        along=along.astype(np.float32),
    )
    return _without_ligatures(sheet) if any(letters(ord(char)) for char in set(sheet.text)) else sheet


def _loosened(
    boxes: Floats, along: Floats, baseline: Floats, size: Floats, spaced: NDArray[np.bool_], which: NDArray[np.bool_]
) -> Floats:
    """Boxes from origin to origin: a letter reaches to the next one of its word, and is as high as its font.

    The next one to the right is the one before where letters are read from the right.
    """
    found = boxes.copy()
    right = boxes[:, 2].copy()
    step = np.diff(along)
    near = (np.abs(step) < 1.2 * size[:-1]) & ~spaced[1:] & (np.abs(np.diff(baseline)) < 0.1 * size[:-1])
    after = near & (step > 0) & (along[1:] - right[:-1] < BEARING * size[:-1])
    before = near & (step < 0) & (along[:-1] - right[1:] < BEARING * size[1:])
    right[1:][before] = along[:-1][before]
    right[:-1][after] = along[1:][after]
    found[:, 0], found[:, 2] = np.minimum(along, boxes[:, 0]), right
    found[:, 1], found[:, 3] = baseline - 0.89 * size, baseline + 0.22 * size
    return np.where(which[:, None], found, boxes).astype(np.float32)


def _without_ligatures(sheet: Sheet) -> Sheet:
    """The letters of a ligature side by side, each with its share of the width."""
    parts = [letters(ord(char)) or char for char in sheet.text]
    lengths = np.array([len(part) for part in parts])
    source = np.repeat(np.arange(len(parts)), lengths)
    first = np.repeat(np.cumsum(lengths) - lengths, lengths)
    step = np.arange(len(source)) - first
    boxes = sheet.boxes[source]
    width = (boxes[:, 2] - boxes[:, 0]) / lengths[source]
    boxes[:, 0] += width * step
    boxes[:, 2] = boxes[:, 0] + width
    return replace(
        sheet,
        text="".join(parts),
        boxes=boxes,
        baseline=sheet.baseline[source],
        size=sheet.size[source],
        style=sheet.style[source],
        spaced=sheet.spaced[source] & (step == 0),
        turn=sheet.turn[source],
        along=None if sheet.along is None else sheet.along[source],
    )


def turned_upright(sheet: Sheet, turn: int) -> Sheet:
    """The sheet turned so that its text of `turn` is upright, with `turn` 0, and all else is not."""
    frame = Frame(0.0, 0.0, sheet.width, sheet.height, (4 - turn) % 4)
    boxes = sheet.boxes.copy()
    boxes[:, 1], boxes[:, 3] = sheet.height - sheet.boxes[:, 3], sheet.height - sheet.boxes[:, 1]
    x = sheet.boxes[:, 0] if sheet.along is None else sheet.along
    along, baseline = frame.point(x, (sheet.height - sheet.baseline).astype(np.float32))
    which = sheet.turn == turn
    placed = _loosened(frame.boxes(boxes), along, baseline, sheet.size, sheet.spaced, which)
    width, height = frame.size
    return replace(
        sheet,
        width=width,
        height=height,
        boxes=placed,
        baseline=baseline.astype(np.float32),
        turn=np.where(which, 0, ASLANT).astype(np.uint8),
    )


def as_shown(boxes: Floats, sheet: Sheet) -> Floats:
    """Boxes of the sheet as boxes on the page as it is shown (without the turns that were added)."""
    if not sheet.turned:
        return boxes
    back = Frame(0.0, 0.0, sheet.width, sheet.height, (4 - sheet.turned) % 4)
    flipped = boxes.copy()
    flipped[:, 1], flipped[:, 3] = sheet.height - boxes[:, 1], sheet.height - boxes[:, 3]
    return back.boxes(flipped)
