"""Lines of Arabic and Hebrew letters: from the order in which they stand on the page to that of reading.

The page gives characters from left to right. A line that holds letters read from the right is turned
round as a whole, and numbers and words of other scripts inside of it are turned back.
"""

import re
from dataclasses import replace

import numpy as np

from .lines import Word

_RTL = r"\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_LTR = r"A-Za-z\u00c0-\u024f\u0370-\u04ff"
_DIGIT = r"\d\u0660-\u0669\u06f0-\u06f9"
RIGHT_TO_LEFT = re.compile(f"[{_RTL}]")
# Words of other scripts with the spaces between them, and numbers with their separators, are read from the left.
LEFT_TO_RIGHT = re.compile(rf"[{_LTR}][^{_RTL}]*[{_LTR}\d]|[{_DIGIT}]+(?:[.,:/\u066b\u066c-][{_DIGIT}]+)*%?|[{_LTR}]")
MIRRORED = str.maketrans("()[]{}«»<>", ")(][}{»«><")
OPENING, CLOSING = "([{«", ")]}»"


def has_rtl(text: str) -> bool:
    return RIGHT_TO_LEFT.search(text) is not None


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
        start, end = len(text) - match.end(), len(text) - match.start()
        order[start:end] = order[start:end][::-1]
    turned = "".join(text[i] for i in order)
    if _crossed(turned):
        turned = turned.translate(MIRRORED)
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


def _crossed(text: str) -> bool:
    """Whether brackets close before they open."""
    depth = lowest = 0
    for char in text:
        depth += (char in OPENING) - (char in CLOSING)
        lowest = min(lowest, depth)
    return lowest < 0 and depth <= 0
