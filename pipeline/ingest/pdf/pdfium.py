"""The fast backend: pypdfium2's raw interface, with as few foreign calls for a character as it allows.

A text object has one font, angle and baseline, so these are asked for once an object; a character costs
two calls, for its object and its loose box. Boxes are written straight into a numpy array.
"""

import ctypes
import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from numpy.typing import NDArray

from .glyphs import plain, printed, style
from .sheet import ASLANT, Floats, Sheet, assemble

_POINTER = ctypes.c_void_p


def _direct(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    """The same C function taking plain addresses: no object is made for a call."""
    address = ctypes.cast(function, _POINTER).value
    assert address is not None
    return ctypes.CFUNCTYPE(result, *arguments)(address)


_loose_box = _direct(raw.FPDFText_GetLooseCharBox, ctypes.c_int, _POINTER, ctypes.c_int, _POINTER)
_tight_box = _direct(raw.FPDFText_GetCharBox, ctypes.c_int, _POINTER, ctypes.c_int, *[_POINTER] * 4)
_object = _direct(raw.FPDFText_GetTextObject, _POINTER, _POINTER, ctypes.c_int)
_unicode = _direct(raw.FPDFText_GetUnicode, ctypes.c_uint, _POINTER, ctypes.c_int)
_text = _direct(raw.FPDFText_GetText, ctypes.c_int, _POINTER, ctypes.c_int, ctypes.c_int, _POINTER)
_origin = _direct(raw.FPDFText_GetCharOrigin, ctypes.c_int, _POINTER, ctypes.c_int, _POINTER, _POINTER)
_angle = _direct(raw.FPDFText_GetCharAngle, ctypes.c_float, _POINTER, ctypes.c_int)
_font = _direct(raw.FPDFTextObj_GetFont, _POINTER, _POINTER)
_font_name = _direct(raw.FPDFFont_GetBaseFontName, ctypes.c_size_t, _POINTER, _POINTER, ctypes.c_size_t)
_text_size = _direct(raw.FPDFTextObj_GetFontSize, ctypes.c_int, _POINTER, _POINTER)
_matrix = _direct(raw.FPDFPageObj_GetMatrix, ctypes.c_int, _POINTER, _POINTER)
_count_objects = _direct(raw.FPDFPage_CountObjects, ctypes.c_int, _POINTER)
_get_object = _direct(raw.FPDFPage_GetObject, _POINTER, _POINTER, ctypes.c_int)
_count_form_objects = _direct(raw.FPDFFormObj_CountObjects, ctypes.c_int, _POINTER)
_form_object = _direct(raw.FPDFFormObj_GetObject, _POINTER, _POINTER, ctypes.c_ulong)
_type = _direct(raw.FPDFPageObj_GetType, ctypes.c_int, _POINTER)
_bounds = _direct(raw.FPDFPageObj_GetBounds, ctypes.c_int, _POINTER, *[_POINTER] * 4)


def read(page: pdfium.PdfPage, number: int) -> Sheet:
    """The characters, strokes and images of one page; `number` counts from 1."""
    textpage = page.get_textpage()
    try:
        return _sheet(page, ctypes.cast(textpage.raw, _POINTER).value or 0, textpage.count_chars(), number)
    finally:
        textpage.close()


def _sheet(page: pdfium.PdfPage, text: int, count: int, number: int) -> Sheet:
    codes, kept, owners, spaced = _printed(text, count)
    boxes = np.zeros((len(kept), 4), np.float32)
    origins = np.zeros((len(kept), 2), np.float64)
    looks, angles = np.zeros(len(kept), np.uint8), np.zeros(len(kept), np.uint8)
    here, points = boxes.ctypes.data, origins.ctypes.data
    fonts: dict[int, tuple[int, float]] = {}
    starts: list[int] = []
    scales = np.zeros(len(kept), np.float32)
    last, angle = 0, 0
    for at, (i, owner) in enumerate(zip(kept, owners, strict=True)):
        _loose_box(text, i, here + 16 * at)
        if owner != last:
            last, angle = owner, _quarters(_angle(text, i))
            _origin(text, i, points + 16 * at, points + 16 * at + 8)
            angles[at] = angle
            looks[at], scales[at] = _look(owner, fonts, float(boxes[at, 1] - boxes[at, 3]), angle)
            starts.append(at)
        if angle:
            boxes[at] = _tight(text, i)
            _origin(text, i, points + 16 * at, points + 16 * at + 8)
    owner_of = np.repeat(starts, np.diff([*starts, len(kept)])) if kept else np.zeros(0, np.intp)
    inked = angles[owner_of] > 0
    joined = [at for at, code in enumerate(codes) if 0x590 <= code < 0x900]
    for at in joined:  # pdfium gives letters that a file calls by their joined form the box of the ink
        inked[at] |= np.allclose(boxes[at, [0, 3, 2, 1]], _tight(text, kept[at]), atol=0.05)
    for at in np.unique(owner_of[joined]).tolist():
        scales[at] = -_font_size(owners[at])
    _share_ligatures(boxes, owner_of)
    size = scales[owner_of]
    size[size > 0] *= np.abs(boxes[:, 1] - boxes[:, 3])[size > 0]
    strokes, images = _graphics(page)
    return assemble(
        number=number,
        crop=page.get_cropbox(),
        rotation=page.get_rotation(),
        text=[chr(code) for code in codes],
        boxes=boxes,
        origins=np.where((angles[owner_of] > 0)[:, None], origins, origins[owner_of]).astype(np.float32),
        size=np.abs(size),
        style=looks[owner_of],
        spaced=np.array(spaced, np.bool_),
        directions=angles[owner_of],
        strokes=strokes,
        images=images,
        tight=inked,
    )


def _share_ligatures(boxes: Floats, owner_of: NDArray[np.intp]) -> None:
    """Letters that one glyph stands for come with the glyph's box each: they share its width."""
    same = (owner_of[1:] == owner_of[:-1]) & (boxes[1:] == boxes[:-1]).all(axis=1)
    for at in np.flatnonzero(same & ~np.concatenate(([False], same[:-1]))).tolist():
        end = at + 2
        while end <= len(same) and same[end - 1]:
            end += 1
        edges = np.linspace(boxes[at, 0], boxes[at, 2], end - at + 1)
        boxes[at:end, 0], boxes[at:end, 2] = edges[:-1], edges[1:]


def _printed(text: int, count: int) -> tuple[list[int], list[int], list[int], list[bool]]:
    """Codes, indexes, text objects of the characters with ink, and whether a space of the file stands before."""
    codes, kept, owners, spaced = [], [], [], []
    space = False
    for i, code in enumerate(_codes(text, count)):
        if 0x20 < code < 0x7F or printed(code := plain(code)):
            owner = _object(text, i)
            if owner is not None:
                codes.append(code)
                kept.append(i)
                owners.append(owner)
                spaced.append(space)
                space = False
        elif not space and code != 0x0D and code != 0x0A:
            # pdfium makes up spaces of its own guess, which belong to no object
            space = code != 0x20 or _object(text, i) is not None
    return codes, kept, owners, spaced


def _codes(text: int, count: int) -> list[int]:
    """The code of each character; one call for all of them unless some take two UTF-16 units or none."""
    buffer = np.zeros(count + 1, np.uint16)
    if count and _text(text, 0, count, buffer.ctypes.data) == count + 1:
        units = buffer[:count]
        if not ((units >= 0xD800) & (units < 0xE000)).any():
            codes: list[int] = units.tolist()
            return codes
    return [_unicode(text, i) for i in range(count)]


def _look(owner: int, fonts: dict[int, tuple[int, float]], height: float, angle: int) -> tuple[int, float]:
    """Style bits of an object's font, and its size as a share of the box height, or minus its size if not upright."""
    font = _font(owner)
    if angle:
        return (_style(font) if font else 0), -_font_size(owner)
    if font is None:
        return 0, 1.0
    if font not in fonts:
        fonts[font] = _style(font), _font_size(owner) / height if height > 0 else 1.0
    return fonts[font]


def _style(font: int) -> int:
    buffer = ctypes.create_string_buffer(256)
    _font_name(font, ctypes.addressof(buffer), 256)
    return style(buffer.value.decode("utf-8", "replace"))


def _font_size(owner: int) -> float:
    size, matrix = ctypes.c_float(), (ctypes.c_float * 6)()
    _text_size(owner, ctypes.addressof(size))
    _matrix(owner, ctypes.addressof(matrix))
    return abs(size.value) * math.hypot(matrix[2], matrix[3])


def _quarters(angle: float) -> int:
    quarters = angle / (math.pi / 2)
    return round(quarters) % 4 if abs(quarters - round(quarters)) < 0.02 else ASLANT


def _tight(text: int, index: int) -> tuple[float, float, float, float]:
    """The inked box of a character that is not upright: loose boxes are right for upright ones only."""
    sides = (ctypes.c_double * 4)()
    at = ctypes.addressof(sides)
    _tight_box(text, index, at, at + 8, at + 16, at + 24)
    left, right, bottom, top = sides
    return left, bottom, right, top


DEEPEST = 4
"""Drawings within drawings are followed so far."""
Transform = tuple[float, float, float, float, float, float]
_UNMOVED: Transform = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def _graphics(page: pdfium.PdfPage) -> tuple[Floats, Floats]:
    """Boxes of drawn paths and of images, n x 4, in the file's coordinates."""
    handle = ctypes.cast(page.raw, _POINTER).value
    paths: list[tuple[float, ...]] = []
    images: list[tuple[float, ...]] = []
    _collect([_get_object(handle, i) for i in range(_count_objects(handle))], _UNMOVED, 0, paths, images)
    return np.array(paths, np.float32).reshape(-1, 4), np.array(images, np.float32).reshape(-1, 4)


def _collect(
    items: list[int],
    placed: Transform,
    depth: int,
    paths: list[tuple[float, ...]],
    images: list[tuple[float, ...]],
) -> None:
    """Add the boxes of these objects; those of a form (a drawing used as one) are moved to where it is placed."""
    sides = (ctypes.c_float * 4)()
    at = ctypes.addressof(sides)
    for item in items:
        kind = _type(item)
        if kind == raw.FPDF_PAGEOBJ_FORM and depth < DEEPEST:
            matrix = (ctypes.c_float * 6)()
            _matrix(item, ctypes.addressof(matrix))
            inner = [_form_object(item, i) for i in range(_count_form_objects(item))]
            _collect(inner, _after(tuple(matrix), placed), depth + 1, paths, images)
        elif kind in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE) and _bounds(item, at, at + 4, at + 8, at + 12):
            box = tuple(sides) if placed is _UNMOVED else _moved(tuple(sides), placed)
            (images if kind == raw.FPDF_PAGEOBJ_IMAGE else paths).append(box)


def _after(inner: tuple[float, ...], outer: Transform) -> Transform:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _moved(box: tuple[float, ...], by: Transform) -> tuple[float, ...]:
    """Two opposite corners of a box after a transform (turns by quarters keep it a box)."""
    a, b, c, d, e, f = by
    x0, y0, x1, y1 = box
    return (a * x0 + c * y0 + e, b * x0 + d * y0 + f, a * x1 + c * y1 + e, b * x1 + d * y1 + f)
