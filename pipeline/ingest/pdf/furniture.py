"""Page furniture: running heads, page numbers, job numbers and symbols at the page edge.

A line at the top or bottom of a page is furniture where the same words stand at the same height on other
pages (a number that counts the pages aside), or where it holds nothing but page numbers, job numbers, bar
codes and symbols.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class _Seen:
    """A line at a page's edge: its height, page and words, and the numbers in them."""

    height: float
    page: int
    text: str
    numbers: tuple[int, ...]


def mark(pages: Sequence[PageText]) -> None:
    """Set `aside` on the lines that are page furniture."""
    tops = [_edge(page, False) for page in pages]
    bottoms = [_edge(page, True) for page in pages]
    seen = _seen(tops), _seen(bottoms)
    least = 1 if len(pages) <= 8 else 2
    for page, top, bottom in zip(pages, tops, bottoms, strict=True):
        _from_edge(top, seen[0], least, symbols=page.number > 1)
        _from_edge(bottom, seen[1], least, symbols=True)
        _beside_job_number(page)
    for page, following in pairwise(pages):
        _cut_lines(page, following)


def _edge(page: PageText, bottom: bool) -> list[Printed]:
    lines = [line for line in page.lines if not line.table and not line.caption]
    return sorted(lines, key=lambda line: line.baseline, reverse=bottom)[:DEPTH]


def _words(line: Printed) -> str:
    return DIGITS.sub("#", line.text)


def _seen(edges: Iterable[list[Printed]]) -> dict[str, list[_Seen]]:
    """The lines at the edges of all pages by their words, numbers left out."""
    found: dict[str, list[_Seen]] = defaultdict(list)
    for lines in edges:
        for line in lines:
            numbers = tuple(int(n) for n in DIGITS.findall(line.text)[:4] if len(n) < 6)
            found[_words(line)].append(_Seen(line.baseline, line.page, line.text, numbers))
    return found


def _repeated(line: Printed, seen: dict[str, list[_Seen]], least: int) -> bool:
    """Whether other pages have the line at the same height: the same words, or a number that counts the pages."""
    numbers = tuple(int(n) for n in DIGITS.findall(line.text)[:4] if len(n) < 6)
    count = 0
    for other in seen.get(_words(line), ()):
        if other.page == line.page or abs(other.height - line.baseline) > SAME_HEIGHT:
            continue
        steps = [a - b == line.page - other.page for a, b in zip(numbers, other.numbers, strict=False)]
        count += other.text == line.text or any(steps)
        if count >= least:
            return True
    return False


def _from_edge(lines: Sequence[Printed], seen: dict[str, list[_Seen]], least: int, symbols: bool) -> None:
    """From the edge inwards, up to the first line that is text."""
    for line in lines:
        if _repeated(line, seen, least) or _is_edge(line.text, symbols):
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
