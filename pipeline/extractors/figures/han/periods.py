"""The time that a figure speaks of: the date before it in its sentence, the one after it, or that of the passage."""

import re
from collections.abc import Sequence

from ..claims import Claims, Dated
from .drafts import Draft
from .words import Words

SENTENCE = re.compile(r"[。;!?\n]")


def period(text: str, drafts: Sequence[Draft], i: int, claimed: Claims, known: Words) -> str | None:
    """The date before a figure in its sentence, else the one after it, else the one that opens the passage."""
    draft = drafts[i]
    begin, end = sentence(text, draft.start)
    dates = [
        d for d in claimed.dates if begin <= d.start < end and not _of_law(d, claimed) and not _base(text, d, known)
    ]
    if text[draft.end : draft.end + 1] == "(":
        for date in dates:
            if date.start == draft.end + 1 and text[date.end : date.end + 1] == ")":
                return date.edtf
    before = [d for d in dates if d.end <= draft.start]
    after = [d for d in dates if d.start >= draft.end and not _figure_between(drafts, draft, d)]
    chosen = before[-1] if before else after[0] if after else _opening(text, claimed, known)
    if chosen is None:
        return None
    if "/" in chosen.edtf and i + 1 < len(drafts) and _changes(text, draft, drafts[i + 1], known):
        return chosen.edtf.split("/")[0]
    if "/" in chosen.edtf and i and _changes(text, drafts[i - 1], draft, known):
        return chosen.edtf.split("/")[1]
    return chosen.edtf


def _figure_between(drafts: Sequence[Draft], draft: Draft, date: Dated) -> bool:
    return any(draft.end <= other.start < date.start for other in drafts)


def _changes(text: str, left: Draft, right: Draft, known: Words) -> bool:
    """从59%增至99%"""
    first = known.patterns["change_from"].search(text, max(0, left.start - 16), left.start)
    return bool(first and known.patterns["change_to"].search(text, left.end, right.start))


def _opening(text: str, claimed: Claims, known: Words) -> Dated | None:
    first = claimed.dates[0] if claimed.dates else None
    return first if first and known.patterns["opening"].match(text[: first.start]) else None


def _of_law(date: Dated, claimed: Claims) -> bool:
    return any(start <= date.start and date.end <= end for start, end in claimed.laws)


def _base(text: str, date: Dated, known: Words) -> bool:
    """Whether a date only says what is compared with."""
    before = known.patterns["base_before"].search(text, max(0, date.start - 4), date.start)
    return bool(before or known.patterns["base_after"].match(text, date.end))


def sentence(text: str, at: int) -> tuple[int, int]:
    begin = max((m.end() for m in SENTENCE.finditer(text, 0, at)), default=0)
    stop = SENTENCE.search(text, at)
    return begin, stop.start() if stop else len(text)
