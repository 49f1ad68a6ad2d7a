"""A sentence as tokens: words, marks, and one token for each figure and each date."""

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from .claims import Dated
from .drafts import Draft
from .words import Words

TOKEN = re.compile(r"[^\W\d_]+(?:[-‑'’\u00ad][^\W\d_]+)*|\d[\d.,]*\d|\d|[^\w\s]")
Kind = Literal["content", "function", "figure", "date", "mark"]


class Token(NamedTuple):
    """`ref` is the index of the figure or date; `group` tells apart the brackets that a token stands in, 0 for none."""

    start: int
    end: int
    kind: Kind
    lower: str
    ref: int = -1
    group: int = 0


def tokens(
    text: str, sentence: tuple[int, int], figures: Sequence[Draft], dates: Sequence[Dated], words: Words
) -> list[Token]:
    """The tokens of a sentence in order; `ref` of a date counts in `dates`."""
    spans: list[tuple[int, int, Kind, int]] = [(d.left, d.core[1], "figure", i) for i, d in enumerate(figures)]
    spans += [(d.start, d.end, "date", i) for i, d in enumerate(dates) if sentence[0] <= d.start < sentence[1]]
    spans.sort()
    found: list[Token] = []
    at, group, groups, stack = sentence[0], 0, 0, list[int]()
    for start, end, kind, ref in [*spans, (sentence[1], sentence[1], "mark", -1)]:
        if start < at and end <= at:
            continue
        for match in TOKEN.finditer(text, at, max(at, start)):
            lower = match.group().lower()
            if lower == "(":
                groups += 1
                stack.append(group)
                group = groups
            what: Kind = (
                "mark"
                if not lower[0].isalnum()
                else "function"
                if lower in words.function or lower[0].isdigit()
                else "content"
            )
            found.append(Token(match.start(), match.end(), what, lower, -1, group))
            if lower == ")" and stack:
                group = stack.pop()
        if end > start:
            found.append(Token(max(start, at), end, kind, text[start:end].lower(), ref, group))
        at = max(at, end)
    return found
