"""Lines of Arabic and Hebrew letters: from the order in which they stand on the page to that of reading.

The page gives characters from left to right. A line that holds letters read from the right is turned
round as a whole, and numbers and words of other scripts inside of it are turned back (as the Unicode
Bidirectional Algorithm, UAX #9, sets them). Vowel signs are set beside the letter that bears them first.
"""

import re
from dataclasses import replace

import numpy as np

from .lines import Word
from .sheet import Sheet

_RTL = r"\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_LTR = r"A-Za-z\u00c0-\u024f\u0370-\u04ff"
_DIGIT = r"\d\u0660-\u0669\u06f0-\u06f9"
RIGHT_TO_LEFT = re.compile(f"[{_RTL}]")
STRONG = re.compile(f"[{_RTL}{_LTR}]")
SIGN = re.compile(r"[\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc]")
# Words of other scripts with the spaces between them, and numbers with their separators, are read from the left.
LEFT_TO_RIGHT = re.compile(
    rf"[{_LTR}][^{_RTL}]*[{_LTR}\d]"
    rf"|[{_DIGIT}]+(?:[.,:/\u066b\u066c][{_DIGIT}]+)*(?:-[{_DIGIT}]+){{2,}}%?"
    rf"|[{_DIGIT}]+(?:[.,:/\u066b\u066c][{_DIGIT}]+)*%?"
    rf"|[{_LTR}]"
)
RANGE = re.compile(rf"(?<![{_DIGIT}{_LTR}/.,-])([{_DIGIT}]+)[-–]([{_DIGIT}]+)(?![{_DIGIT}{_LTR}/-]|[.,][{_DIGIT}])")
OPENING, CLOSING = "([{«", ")]}»"
BRACKET = re.compile(r"[()\[\]{}«»]")
MIRRORED = dict(zip(OPENING + CLOSING, CLOSING + OPENING, strict=True))


def has_rtl(text: str) -> bool:
    return RIGHT_TO_LEFT.search(text) is not None


def reads_from_right(words: list[Word], page: bool) -> bool:
    """Whether a line is read from the right; one without letters ("2069.") is read as its `page` is."""
    text = " ".join(word.text for word in words)
    return has_rtl(text) or (page and STRONG.search(text) is None)


def mostly_rtl(text: str) -> bool:
    """Whether most letters of a page are read from the right."""
    return 2 * len(RIGHT_TO_LEFT.findall(text)) > len(STRONG.findall(text))


def beside_letters(sheet: Sheet) -> Sheet:
    """The page with each vowel sign, which is raised or lowered, on the line and at the left edge of its letter."""
    signs = _signs(sheet)
    letters = np.array([i for i, char in enumerate(sheet.text) if has_rtl(char) and i not in signs], np.intp)
    if not signs or not len(letters):
        return sheet
    boxes, baseline = sheet.boxes.copy(), sheet.baseline.copy()
    left, right = boxes[letters, 0], boxes[letters, 2]
    for sign in sorted(signs):
        middle = (sheet.boxes[sign, 0] + sheet.boxes[sign, 2]) / 2
        apart = np.maximum(np.maximum(left - middle, middle - right), 0)
        apart += np.abs(sheet.baseline[letters] - sheet.baseline[sign]) / 2
        near = int(np.argmin(apart))
        if apart[near] < 0.5 * sheet.size[sign]:
            boxes[sign, 0] = boxes[sign, 2] = left[near]
            baseline[sign] = baseline[letters[near]]
    return replace(sheet, boxes=boxes, baseline=baseline)


def _signs(sheet: Sheet) -> set[int]:
    """The vowel signs of a page, and letters that a file knows only by the sign on them: they stand in no line (اً)."""
    found = {match.start() for match in SIGN.finditer(sheet.text)}
    lines: dict[float, set[int]] = {}
    for at in found:
        lines.setdefault(float(sheet.baseline[at]), set()).add(at)
    for baseline, signs in lines.items():
        begins = {float(sheet.boxes[at, 0]) for at in signs}
        line = np.flatnonzero(sheet.baseline == np.float32(baseline)).tolist()
        if all(float(sheet.boxes[at, 0]) in begins for at in line):
            found.update(line)
    return found


def logical(words: list[Word]) -> list[Word]:
    """The words of a line in reading order; `words` are in the order of the page, from left to right."""
    text = ""
    owners: list[tuple[int, int]] = []
    for number, word in enumerate(words):
        if number and not word.glued:
            text += " "
            owners.append((-1, -1))
        text += word.text
        owners += [(number, at) for at in range(len(word.text))]
    order = list(range(len(text) - 1, -1, -1))
    for match in LEFT_TO_RIGHT.finditer(text):
        _turn(order, match)
    for match in RANGE.finditer(text):
        if not _ascends(match.group(2), match.group(1)):
            _turn_whole(order, match)
    turned = _bracketed("".join(text[i] for i in order))
    found: list[Word] = []
    begin = 0
    for place in range(len(turned) + 1):
        if place < len(turned) and owners[order[place]][0] >= 0 and not _parts(words, owners, order, begin, place):
            continue
        if place > begin:
            found.append(_word(words, [owners[i] for i in order[begin:place]], turned[begin:place]))
            found[-1].glued = begin > 0 and owners[order[begin - 1]][0] >= 0
        begin = place if place < len(turned) and owners[order[place]][0] >= 0 else place + 1
    return found


def _parts(words: list[Word], owners: list[tuple[int, int]], order: list[int], begin: int, place: int) -> bool:
    """Whether a mark of a note begins or ends here: it stays a word of its own."""
    if place == begin:
        return False
    before, here = owners[order[place - 1]][0], owners[order[place]][0]
    return before != here and (words[before].mark or words[here].mark)


def _word(words: list[Word], places: list[tuple[int, int]], text: str) -> Word:
    first = words[places[0][0]]
    parts = [words[number] for number in {number for number, _ in places}]
    return replace(
        first,
        chars=np.array([words[number].chars[at] for number, at in places], np.intp),
        text=text,
        x0=min(part.x0 for part in parts),
        x1=max(part.x1 for part in parts),
    )


def _turn(order: list[int], match: re.Match[str]) -> None:
    """Read the characters of a match from the left."""
    start, end = len(order) - match.end(), len(order) - match.start()
    order[start:end] = order[start:end][::-1]


def _turn_whole(order: list[int], match: re.Match[str]) -> None:
    """Read two numbers and the dash between them from the left."""
    start, end = len(order) - match.end(), len(order) - match.start()
    order[start:end] = range(match.start(), match.end())


def _ascends(first: str, second: str) -> bool:
    """Whether a span may go from the first to the second: "15-19", "2011-12"; files set spans either way round."""
    if {len(first), len(second)} in ({1, 4}, {2, 4}):
        return len(first) == 4
    return int(first) <= int(second)


def _bracketed(text: str) -> str:
    """The line with each bracket the right way round: it opens before a word and closes after one.

    Files keep of a bracket either its meaning or the shape that it has on the page, some both by turns.
    """

    def told(match: re.Match[str]) -> str:
        before, after = text[: match.start()][-1:], text[match.end() :][:1]
        sign = match.group()
        opens = (not before or before.isspace() or before in OPENING + "/-–") and after.isalnum()
        closes = before.isalnum() or before in '.%"”'
        closes = closes and (not after or after.isspace() or after in ".,;:،؛؟/-–" + OPENING + CLOSING)
        if opens == closes:
            return sign
        return sign if (sign in OPENING) == opens else MIRRORED[sign]

    return BRACKET.sub(told, text)
