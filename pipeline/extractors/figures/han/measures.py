"""What a figure measures: the characters of its clause that say so, the counted noun first."""

import re
from collections.abc import Sequence

from ..claims import Claims
from .drafts import CLAUSE, Draft
from .periods import sentence
from .words import Words

MOST = 12
"""So many different characters say what is measured."""
NOUN = 6
MARK = re.compile(r"[,。;:!?()“”《》…\n]")
TOKEN = re.compile(r"[A-Za-z\d]+|[^\W\d]")


def measure(text: str, draft: Draft, drafts: Sequence[Draft], claimed: Claims, known: Words) -> str | None:
    """The characters around a figure that say what it measures, in the sentence's order, … where some are left out."""
    begin, end = sentence(text, draft.start)
    before = [d for d in drafts if begin <= d.start and d.end <= draft.start and d is not draft]
    after = [d.start for d in drafts if d.start >= draft.end and d is not draft]
    noun = draft.noun if draft.noun is not None else draft.end
    right = _right(_undated(text, noun, min([end, *after]), claimed, ""), known)
    left = _respective(text, begin, draft, drafts, known)
    if left is None:
        left = _left(_undated(text, max([begin, *(d.end for d in before)]), draft.start, claimed), known)
    while not left and before:
        last = before.pop()
        left = _left(_undated(text, max([begin, *(d.end for d in before)]), last.start, claimed), known)
    budget = _Budget()
    if draft.noun is not None or text[draft.end : draft.end + 1] == "的":
        right = _phrase(right, budget)
        left = budget.take(left, backwards=True)
    else:
        left = budget.take(left, backwards=True)
        right = budget.take(right, backwards=False)
    return " … ".join(part for part in (left, right) if part) or None


def _phrase(said: str, budget: "_Budget") -> str:
    """A noun with what restricts it, the noun first where both are too long: 被贩运到该国北部 … 儿童."""
    modifiers, of, noun = said.rpartition("的")
    if not of or len({*said}) <= MOST or not noun:
        return budget.take(said, backwards=False)
    noun = budget.take(noun[:NOUN], backwards=False)
    return f"{budget.take(modifiers, backwards=False)} … {noun}"


def _undated(text: str, start: int, end: int, claimed: Claims, mark: str = ",") -> str:
    """A part of a text without its dates, a mark in their place."""
    parts, at = [], start
    for date in claimed.dates:
        if at <= date.start and date.end <= end:
            parts.append(text[at : date.start])
            at = date.end
    return mark.join([*parts, text[at:end]])


def _respective(text: str, begin: int, draft: Draft, drafts: Sequence[Draft], known: Words) -> str | None:
    """甲、乙和丙分别为1%、2%和3%: each figure measures its own of the list."""
    said = known.patterns["respective"].search(text, begin, draft.start)
    if said is None:
        return None
    run = [d for d in drafts if said.end() <= d.start < sentence(text, draft.start)[1]]
    clause = re.split(r"[,。;:()]", text[begin : said.start()])[-1]
    listed = [part for part in re.split("、|和|及|与|以及", clause) if part]
    return listed[run.index(draft)] if len(run) == len(listed) > 1 else None


def _right(said: str, known: Words) -> str:
    """What stands behind a figure, up to the first mark."""
    stop = MARK.search(said)
    said = said[: stop.start()] if stop else said
    return known.patterns["trim_left"].sub("", known.patterns["trim_right"].sub("", said))


def _left(said: str, known: Words) -> str:
    """The last clause of what stands before a figure, with the one before it where it says nearly nothing."""
    parts = [part for part in re.split(CLAUSE, said) if known.patterns["trim_left"].sub("", part)]
    last = known.patterns["trim_left"].sub("", parts[-1]) if parts else ""
    if len(last) < 4 and len(parts) > 1:
        last = parts[-2] + last
    return last


class _Budget:
    """Characters, and words in Latin letters, are taken until the different ones among them are too many."""

    def __init__(self) -> None:
        self.seen = set[str]()

    def take(self, said: str, backwards: bool) -> str:
        """As much of a text as fits: its end if `backwards`, else its beginning."""
        tokens = list(TOKEN.finditer(said))
        kept: list[re.Match[str]] = []
        for token in reversed(tokens) if backwards else tokens:
            if token.group() not in self.seen and len(self.seen) == MOST:
                break
            self.seen.add(token.group())
            kept.append(token)
        if not kept:
            return ""
        first, last = (kept[-1], kept[0]) if backwards else (kept[0], kept[-1])
        return said[first.start() : last.end()]
