"""The second backend: pdfplumber. Ten times slower, but another reading of fonts: asked where pdfium's is bad."""

import io
import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from .glyphs import plain, printed, style
from .sheet import ASLANT, Sheet, assemble

UNKNOWN = "\ufffd"


class Plumber:
    """A PDF opened with pdfplumber; pages are closed as they are read, for they keep all their objects."""

    def __init__(self, data: bytes) -> None:
        import pdfplumber  # a tenth of a second that few runs need

        self.document = pdfplumber.open(io.BytesIO(data))

    def close(self) -> None:
        self.document.close()

    def read(self, number: int) -> Sheet:
        """The page with this number, counted from 1."""
        page = self.document.pages[number - 1]
        try:
            return _sheet(page, number)
        finally:
            page.close()


def _sheet(page: Any, number: int) -> Sheet:
    text: list[str] = []
    boxes: list[tuple[float, float, float, float]] = []
    origins: list[tuple[float, float]] = []
    sizes: list[float] = []
    looks: list[int] = []
    spaced: list[bool] = []
    directions: list[int] = []
    space = False
    height = float(page.height)
    for char in page.chars:
        said = _said(char["text"])
        if not said:
            space = True
            continue
        a, b, c, d, e, f = char["matrix"]
        step = (char["x1"] - char["x0"]) / len(said)
        for at, letter in enumerate(said):
            text.append(letter)
            left = char["x0"] + step * at
            boxes.append((left, height - char["bottom"], left + step, height - char["top"]))
            origins.append((e + step * at, f))
            sizes.append(_size(char, c, d))
            looks.append(style(char["fontname"]))
            spaced.append(space)
            directions.append(_quarters(a, b))
            space = False
    left, top, right, bottom = page.bbox
    return assemble(
        number=number,
        crop=(left, height - bottom, right, height - top),
        rotation=0,  # pdfminer has applied the page's own
        text=text,
        boxes=np.array(boxes, np.float32).reshape(-1, 4),
        origins=np.array(origins, np.float32).reshape(-1, 2),
        size=np.array(sizes, np.float32),
        style=np.array(looks, np.uint8),
        spaced=np.array(spaced, np.bool_),
        directions=np.array(directions, np.uint8),
        strokes=_boxes([*page.rects, *page.lines, *page.curves], height),
        images=_boxes(page.images, height),
    )


def _said(text: str) -> str:
    """The printed letters of a character; empty for a space. What has no Unicode is a replacement character."""
    if text.startswith("(cid:"):
        return UNKNOWN
    return "".join(chr(plain(ord(letter))) for letter in text if printed(plain(ord(letter))))


def _size(char: Any, c: float, d: float) -> float:
    """The font size as shown; pdfminer's `size` is the height of the box, which it takes from the font size."""
    return float(char["size"]) if char["upright"] else float(char["width"]) if c and not d else float(char["size"])


def _quarters(a: float, b: float) -> int:
    quarters = -math.atan2(b, a) / (math.pi / 2)
    return round(quarters) % 4 if abs(quarters - round(quarters)) < 0.02 else ASLANT


def _boxes(things: Sequence[Any], height: float) -> Any:
    found = [(t["x0"], height - t["bottom"], t["x1"], height - t["top"]) for t in things]
    return np.array(found, np.float32).reshape(-1, 4)
