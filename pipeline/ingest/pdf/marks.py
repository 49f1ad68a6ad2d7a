"""Raised and lowered characters: put back beside the word they belong to, references to notes told apart.

A mark is small (at most 0.85 of its neighbour's size) and its baseline 0.15 to 0.65 of that size higher.
Baselines are compared, not tops; the neighbour is the nearest word on the left, else on the right.
"""

import re

from .lines import WORD_GAP, Row, Word

SMALLER = 0.85
RISE_LEAST, RISE_MOST = 0.15, 0.65
DROP_LEAST, DROP_MOST = 0.08, 0.4
LEFT_GAP, RIGHT_GAP, OVERLAP = 12.0, 14.0, 1.5
"""Points between a mark and its neighbour."""
NOTE = re.compile(r"(?:\d{1,3}|\*{1,3}|[a-z]|[†‡§])(?:[,;–-](?:\d{1,3}|\*{1,3}|[a-z]|[†‡§]))*[,;]?")
ORDINAL = frozenset({"st", "nd", "rd", "th", "er", "re", "ère", "e", "ème", "o", "os", "a", "as", "º", "ª"})
MEASURE = re.compile(r"(?:^|[\d\s/])(?:[kcmd]?m|ft|in)$")


def settle(rows: list[Row]) -> list[Row]:
    """The rows with raised and lowered words moved to their neighbours' row and marks marked."""
    moved = False
    for index, row in enumerate(rows):
        near = _near(rows, index)
        if not near:
            continue
        for word in list(row.words):
            if len(word.text) <= 12 and (home := _home(near, word)) is not None:
                row.words.remove(word)
                _join(home, word)
                moved = True
    if moved:
        rows = [row for row in rows if row.words]
        for row in rows:
            row.__post_init__()
    return rows


def _near(rows: list[Row], index: int) -> list[Row]:
    """The rows whose type is so large, or which are so close, that words of this row may stand beside theirs."""
    row = rows[index]
    found = []
    for step in (-1, 1):
        other = index + step
        while 0 <= other < len(rows) and abs(rows[other].baseline - row.baseline) <= 20:
            candidate = rows[other]
            if candidate.words and abs(candidate.baseline - row.baseline) <= RISE_MOST * candidate.size:
                found.append(candidate)
            other += step
    return found


def _home(near: list[Row], word: Word) -> Row | None:
    """The row that a raised or lowered word belongs to, None where it stands on its own."""
    best, nearest = None, LEFT_GAP + RIGHT_GAP
    for row in near:
        for neighbour in row.words:
            if word.size > SMALLER * neighbour.size or neighbour.mark:
                continue
            share = (neighbour.baseline - word.baseline) / neighbour.size
            if not (RISE_LEAST <= share <= RISE_MOST or -DROP_MOST <= share <= -DROP_LEAST):
                continue
            left, right = word.x0 - neighbour.x1, neighbour.x0 - word.x1
            if -OVERLAP <= left < LEFT_GAP:
                gap = left
            elif -OVERLAP <= right < RIGHT_GAP:
                gap = right + LEFT_GAP
            else:
                continue
            if gap < nearest:
                best, nearest = row, gap
    return best


def _join(row: Row, word: Word) -> None:
    words = row.words
    at = next((i for i, other in enumerate(words) if other.x0 > word.x0), len(words))
    before = words[at - 1] if at else None
    after = words[at] if at < len(words) else None
    if before is not None:
        word.glued = word.x0 - before.x1 <= WORD_GAP * before.size
    if after is not None:
        after.glued = at > 0 and after.x0 - word.x1 <= WORD_GAP * after.size
    raised = word.baseline < row.baseline
    word.mark = raised and is_note(word.text, before.text if before and word.glued else "")
    words.insert(at, word)


def is_note(text: str, before: str) -> bool:
    """Whether raised characters refer to a note: no ordinal ending, no power of a unit of measure."""
    if not NOTE.fullmatch(text):
        return False
    if before[-1:].isdigit() and text in ORDINAL - {"a", "e", "o"}:
        return False
    return not (text in ("2", "3") and MEASURE.search(before))
