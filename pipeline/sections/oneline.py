"""Reports that lost their line ends: long lines are cut where their running numbers say that a paragraph begins."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from .rows import Row, mark_end
from .words import Words

LONGEST = 4000
"""No paragraph is so long; a line of more characters holds several."""
NUMBER = re.compile(r"(?:^|\s)(?P<number>\d{1,3})\.\s+(?=[\"“«(]?[^\W\d_a-zß-ÿа-яё])")
ITEM = re.compile(r"(?<=[;:,])\s(?:and\s|or\s|и\s|или\s)?(?=\([a-zа-я]\)\s)")
HEADING = re.compile(r"[.!?;:][”\"»)]?\s+(?=(?:[IVXL]{1,6}|[A-ZÀ-ÞА-ЯЁ])\.\s+[A-ZÀ-ÞА-ЯЁ][^.!?;]{3,150}$)")


def cut(rows: Sequence[Row], words: Words) -> list[Row]:
    """The rows, those that are too long for a paragraph cut at headings, numbers and items in sequence."""
    found: list[Row] = []
    for row in rows:
        if len(row.text) <= LONGEST:
            found.append(row)
            continue
        places = [0, *_places(row.text), len(row.text)]
        for start, end in pairwise(places):
            said = row.text[start:end].strip()
            if said:
                begin = row.start + row.text.index(said, start)
                part = replace(row, start=begin, end=begin + len(said), text=said, blanks=1, cut=False)
                mark_end(part, words)
                found.append(part)
    return found


def _places(text: str) -> Iterator[int]:
    """Where headings, paragraphs and items begin, in order; a number counts only where it is the next one."""
    count, last = 0, 0
    for match in NUMBER.finditer(text):
        number = int(match.group("number"))
        if number != count + 1 and not (count == 0 and number == 1):
            continue
        count = number
        start = match.start("number")
        yield from (last + item.end() for item in ITEM.finditer(text[last:start]))
        begin = max(last, start - 200)
        headings = list(HEADING.finditer(text[begin:start].rstrip()))
        if headings:
            yield begin + headings[-1].end()
        yield start
        last = start
    yield from (last + item.end() for item in ITEM.finditer(text[last:]))
