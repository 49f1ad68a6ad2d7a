"""Page furniture: running heads, page numbers, job numbers and symbols at the page edge.

A line at the top or bottom of a page is furniture where the same words (numbers aside) stand at the same
height on other pages, or where it holds nothing but page numbers, job numbers, bar codes and symbols.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from .page import PageText, Printed

DEPTH = 6
"""Lines from each edge that may be furniture."""
SAME_HEIGHT = 4.0
"""Points by which a running head may move from page to page."""
TOKEN = re.compile(
    r"""[-–—\[(|]?\d{1,4}(?:/\d{1,4})?[-–—\])|]?        # 7  7/19  -7-
    | (?:[A-Z]{1,4}[.-]?)?\d{2}-\d{4,6}(?:\.\w{1,3})?\*{0,3}  # GE.19-00934  26-05268*
    | \([A-Z]\) | \d{6,8} | \*\d{6,}\* | \*{1,3}              # (E)  280426  *2605268*
    | [-–—|]""",
    re.VERBOSE,
)
SYMBOL = re.compile(r"[A-Z][A-Z0-9]*(?:/[\w.()-]+){1,8}\*{0,3}")
PAGE_NUMBER = re.compile(r"[ivxlc]{1,6}")
JOB = re.compile(r"(?:[A-Z]{1,4}[.-]?)?\d{2}-\d{5,6}\b|\*\d{6,}\*")
DIGITS = re.compile(r"\d+")


def mark(pages: Sequence[PageText]) -> None:
    """Set `aside` on the lines that are page furniture."""
    tops = [_edge(page, False) for page in pages]
    bottoms = [_edge(page, True) for page in pages]
    repeated = _repeated(tops), _repeated(bottoms)
    for page, top, bottom in zip(pages, tops, bottoms, strict=True):
        _from_edge(top, repeated[0], symbols=page.number > 1)
        _from_edge(bottom, repeated[1], symbols=True)
        _beside_job_number(page)
    for page, following in pairwise(pages):
        _cut_lines(page, following)


def _edge(page: PageText, bottom: bool) -> list[Printed]:
    lines = sorted((line for line in page.lines if not line.table), key=lambda line: line.baseline, reverse=bottom)
    return lines[:DEPTH]


def _words(line: Printed) -> str:
    return DIGITS.sub("#", line.text)


def _repeated(edges: Iterable[list[Printed]]) -> dict[str, list[float]]:
    """Words that stand at one height on at least two pages (three of many), with those heights."""
    heights: dict[str, list[float]] = defaultdict(list)
    count = 0
    for lines in edges:
        count += 1
        for line in lines:
            heights[_words(line)].append(line.baseline)
    least = 2 if count <= 8 else 3
    found: dict[str, list[float]] = {}
    for words, all_heights in heights.items():
        if len(all_heights) >= least:
            all_heights.sort()
            runs = [
                height
                for at, height in enumerate(all_heights)
                if sum(abs(other - height) <= SAME_HEIGHT for other in all_heights[max(0, at - 40) : at + 40]) >= least
            ]
            if runs:
                found[words] = runs
    return found


def _from_edge(lines: Sequence[Printed], repeated: dict[str, list[float]], symbols: bool) -> None:
    """From the edge inwards, up to the first line that is text."""
    for line in lines:
        heights = repeated.get(_words(line), ())
        if any(abs(height - line.baseline) <= SAME_HEIGHT for height in heights) or _is_edge(line.text, symbols):
            line.aside = True
        elif not any(other.aside and abs(other.baseline - line.baseline) < 2 for other in lines):
            break


def _is_edge(text: str, symbols: bool) -> bool:
    """Whether a line holds nothing but numbers of pages and jobs, and symbols."""
    tokens = text.split()
    if len(tokens) > 6:
        return False
    if not symbols and len(tokens) == 1 and SYMBOL.fullmatch(text):
        return False
    return all(TOKEN.fullmatch(t) or (symbols and SYMBOL.fullmatch(t)) for t in tokens) or bool(
        PAGE_NUMBER.fullmatch(text)
    )


def _beside_job_number(page: PageText) -> None:
    """What is printed beside or under the job number at the foot of a page ("Please recycle")."""
    low = [line for line in page.lines if line.baseline > 0.85 * page.height and not line.table]
    jobs = [line.top for line in low if JOB.match(line.text)]
    if jobs:
        for line in low:
            if line.top >= min(jobs) - 3 and len(line.text) < 60:
                line.aside = True


EDGE = 45.0
"""Points from the page's edge within which a print-out of a web page cuts its lines."""


def _cut_lines(page: PageText, following: PageText) -> None:
    """Lines that a page's end cuts and that the next page prints again, as browsers do."""
    ends = [line for line in page.lines if not line.aside][-2:]
    begins = [line for line in following.lines if not line.aside][:2]
    for count in (2, 1):
        again = begins[:count]
        cut = ends[-count:]
        if (
            len(cut) == len(again) == count
            and [line.text for line in cut] == [line.text for line in again]
            and sum(len(line.text) for line in cut) >= 12
            and cut[-1].bottom > page.height - EDGE
            and again[0].top < EDGE
        ):
            for line in cut:
                line.aside = True
            return
