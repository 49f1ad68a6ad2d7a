"""What one character of a PDF stands for, whatever the backend calls it."""

import re
import unicodedata

BOLD, ITALIC = 1, 2
_HYPHENS = {0xFFFE, 0x0002, 0x00AD}
_LIGATURES = {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
}
_BLANK = {0x00A0, 0x1680, 0x202F, 0x205F, 0x3000, 0xFEFF, *range(0x2000, 0x2010), *range(0x2028, 0x202F)}


def plain(code: int) -> int:
    """The character itself: a printed soft hyphen is a hyphen, and
    pdfium writes hyphens at line ends as U+FFFE or U+0002."""
    return 0x2D if code in _HYPHENS else code


def printed(code: int) -> bool:
    """Whether the character leaves ink: no space, no control character, no mark of direction."""
    return code > 0x20 and not 0x7F <= code <= 0xA0 and code not in _BLANK


def letters(code: int) -> str | None:
    """The letters of a ligature or of an Arabic presentation form as they stand on the page, None for others."""
    if 0xFB50 <= code < 0xFE00 or 0xFE70 <= code < 0xFEFF:
        return unicodedata.normalize("NFKC", chr(code))[::-1].strip() or None
    return _LIGATURES.get(code)


_BOLD = re.compile(r"bold|black|heavy|demi|(?<![a-z])bd(?![a-z])", re.IGNORECASE)
_ITALIC = re.compile(r"italic|oblique|(?<![a-z])it(?![a-z])", re.IGNORECASE)


def style(font: str) -> int:
    """BOLD and ITALIC bits by the font's name, e.g. `ABCDEF+TimesNewRomanPS-BoldMT`."""
    name = font.rpartition("+")[2]
    return (BOLD if _BOLD.search(name) else 0) | (ITALIC if _ITALIC.search(name) else 0)
