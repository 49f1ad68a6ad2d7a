"""Scanned pages: which pages need OCR, and what OCR reads as a sheet of characters."""

import re
from collections import defaultdict
from dataclasses import dataclass
from statistics import median

import numpy as np
import pypdfium2
import pypdfium2.raw as raw

from ...errors import ReadError
from .. import ocr
from .sheet import Rect, Sheet

FEW, MANY = 12, 200
"""Fewer characters than FEW are no text layer; up to MANY are none where a picture covers most of the page."""
PICTURE, WHOLE = 0.2, 0.6
"""Shares of the page that pictures cover."""
UNREADABLE = 0.08
"""Share of characters without a meaning (replacement, private use) from which a text layer is bad."""
IMPLAUSIBLE = 0.25
"""Share of implausible words from which the text layer under a scan is bad."""
MOST_PIXELS = 40_000_000
MOST_IMAGE_PIXELS = 400_000_000

MEANINGLESS = re.compile("[\ufffd\ue000-\uf8ff\U000f0000-\U0010ffff]")
# Letters with signs or digits between them, capitals after small letters, or no vowel at all.
ODD = re.compile(
    r"[^\W\d_]+[^\w\s.,;:'’‘\-–—/@&()\[\]]+[^\W\d_]|[a-zß-ÿа-яё]\d+[a-zß-ÿа-яё]|[a-zß-ÿа-яё]{2}[A-ZÀ-ÞА-ЯЁ][a-zß-ÿа-яё]?[A-ZÀ-ÞА-ЯЁ]"
    r"|^[b-df-hj-np-tv-xzб-джзй-нп-тф-щ]{5,}$"
)


@dataclass(frozen=True, slots=True)
class Scan:
    """A page as OCR read it."""

    sheet: Sheet
    confidence: float


def needs_ocr(sheet: Sheet) -> bool:
    """Whether a page has no text layer, or a bad one.

    None: hardly any characters, and pictures that cover a fifth of the page (with up to 200 characters,
    three fifths). Bad: 8 % of the characters mean nothing (replacement or private-use characters), or,
    over a picture of the page, a quarter of the words are implausible.
    """
    covered = _covered(sheet)
    if len(sheet.text) < FEW:
        return covered >= PICTURE
    if len(sheet.text) < MANY and covered >= WHOLE:
        return True
    if unreadable(sheet.text) >= UNREADABLE:
        return True
    return covered >= WHOLE and implausible(_words(sheet)) >= IMPLAUSIBLE


def unreadable(text: str) -> float:
    """Share of the characters that stand for nothing a reader knows."""
    return 0.0 if text.isascii() else len(MEANINGLESS.findall(text)) / len(text)


def implausible(words: list[str]) -> float:
    """Share of the words with three letters or more that no language writes so; 0 for fewer than 20 words."""
    long = [word for word in words if sum(c.isalpha() for c in word) >= 3]
    return sum(ODD.search(word) is not None for word in long) / len(long) if len(long) >= 20 else 0.0


def _words(sheet: Sheet) -> list[str]:
    starts = np.flatnonzero(sheet.spaced).tolist()
    return [sheet.text[a:b] for a, b in zip([0, *starts], [*starts, len(sheet.text)], strict=True) if b > a]


def _covered(sheet: Sheet) -> float:
    area = sum(
        max(0.0, _within(i.x0, i.x1, sheet.width)) * max(0.0, _within(i.top, i.bottom, sheet.height))
        for i in sheet.images
    )
    return area / max(1.0, sheet.width * sheet.height)


def _within(low: float, high: float, most: float) -> float:
    return min(high, most) - max(low, 0.0)


class Scanner:
    """Reads the scanned pages of one report; what the first one tells of script and language holds for the rest."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.languages: tuple[str, ...] = ()

    def read(self, page: pypdfium2.PdfPage, number: int) -> Scan:
        """Read one page; MissingProgram without tesseract, ReadError where the page cannot be pictured."""
        where = f"{self.name}, page {number}"
        _bounded(page, where)
        pixels, scale = _picture(page, 0)
        lies = ocr.posture(pixels, where)
        if lies.turn:
            pixels, scale = _picture(page, lies.turn)
        languages = self.languages or ocr.languages_of(lies.script)
        words = ocr.recognise(pixels, languages, where)
        if not self.languages and sum(len(word.text) for word in words) > 200:
            self.languages = ocr.narrowed(languages, " ".join(word.text for word in words))
        size = pixels.shape[1] / scale, pixels.shape[0] / scale
        return Scan(sheet_of(words, number, size, scale, lies.turn // 90), _confidence(words))


def _confidence(words: list[ocr.OcrWord]) -> float:
    letters = sum(len(word.text) for word in words)
    return round(sum(word.confidence * len(word.text) for word in words) / letters, 3) if letters else 0.0


def _bounded(page: pypdfium2.PdfPage, where: str) -> None:
    for image in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=2):
        width, height = image.get_px_size()
        if width * height > MOST_IMAGE_PIXELS:
            raise ReadError(
                f"{where}: a picture of {width} x {height} pixels is too large; scan the page at {ocr.DPI} dpi"
            )


def _picture(page: pypdfium2.PdfPage, turn: int) -> tuple[ocr.Pixels, float]:
    """The page in grey, and its pixels for a point: 200 dpi, less where the page is huge."""
    width, height = page.get_size()
    scale = min(ocr.DPI / 72, (MOST_PIXELS / max(1.0, width * height)) ** 0.5)
    bitmap = page.render(scale=scale, rotation=turn, grayscale=True)
    return np.asarray(bitmap.to_numpy()).reshape(bitmap.height, -1)[:, : bitmap.width].copy(), scale


def sheet_of(words: list[ocr.OcrWord], number: int, size: tuple[float, float], scale: float, turned: int) -> Sheet:
    """A sheet of the words: characters share a word's width evenly, and a line has one baseline and size."""
    lines: dict[tuple[int, int, int], list[ocr.OcrWord]] = defaultdict(list)
    for word in words:
        lines[word.line].append(word)
    heights = {key: median(w.bottom - w.top for w in line) for key, line in lines.items()}
    usual = median(heights.values()) if heights else 0.0
    text: list[str] = []
    boxes: list[tuple[float, float, float, float]] = []
    baseline: list[float] = []
    sizes: list[float] = []
    spaced: list[bool] = []
    for key, line in lines.items():
        height = usual if 0.6 * usual < heights[key] < 1.5 * usual else heights[key]
        foot = median(w.bottom for w in line)
        for word in line:
            step = (word.right - 0.1 * height - word.left) / len(word.text)  # words that touch stay apart
            for at, char in enumerate(word.text):
                text.append(char)
                left = word.left + step * at
                boxes.append((left / scale, word.top / scale, (left + step) / scale, word.bottom / scale))
                baseline.append((foot - 0.2 * height) / scale)
                sizes.append(1.1 * height / scale)
                spaced.append(at == 0)
    count = len(text)
    return Sheet(
        number=number,
        width=size[0],
        height=size[1],
        text="".join(text),
        boxes=np.array(boxes, np.float32).reshape(-1, 4),
        baseline=np.array(baseline, np.float32),
        size=np.array(sizes, np.float32),
        style=np.zeros(count, np.uint8),
        spaced=np.array(spaced, np.bool_),
        turn=np.zeros(count, np.uint8),
        images=(Rect(0.0, 0.0, *size),),
        turned=turned,
    )
