"""A passage as the patterns see it: treaties, dates, countries and citations masked, every place where it was."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ...model import Article, Date, Mention, Passage
from ...rules import Rules
from ...sections import countries
from .words import CITED, DATE, STATE, TREATY, Words

ALIAS = re.compile(r"\s?\(\s?$")
DAY = re.compile(r"\s?\([^()]*\)$")
YEAR = 4
"""Characters of a date that is a year alone."""


@dataclass(frozen=True, slots=True)
class Named:
    """A treaty named in the passage; `start` and `end` hold its short name in brackets too."""

    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True)
class Masked:
    """`dates` and `states` by where they start: EDTF, and ISO 3166-1 alpha-3."""

    text: str
    treaties: tuple[Named, ...]
    dates: Mapping[int, str]
    states: Mapping[int, str]


def mask(
    passage: Passage,
    mentions: Sequence[Mention],
    dates: Sequence[Date],
    articles: Sequence[Article],
    words: Words,
    rules: Rules,
) -> Masked:
    """The passage masked; `mentions` are those of treaties in it, `dates` and `articles` all that it has."""
    text = passage.text
    treaties = _named(text, mentions, dates, words)
    states = countries(text, rules)
    chars = list(text)
    for start, end, sign in (
        *((a.at.start, a.at.end, CITED) for a in articles),
        *((start, end, STATE) for start, end, _ in states),
        *((d.at.start, d.at.end, DATE) for d in dates),
        *((t.start, t.end, TREATY) for t in treaties),
    ):
        chars[start:end] = sign * (end - start)
    return Masked(
        "".join(chars), treaties, {d.at.start: d.edtf for d in dates}, {start: code for start, _, code in states}
    )


def _named(text: str, mentions: Sequence[Mention], dates: Sequence[Date], words: Words) -> tuple[Named, ...]:
    """The outermost names, a short name in brackets joined to the name before it, parts of treaties left out."""
    found: list[Named] = []
    for mention in sorted(mentions, key=lambda m: (m.at.start, -m.at.end)):
        start, end = mention.at.start, _without_day(text, mention, dates, words)
        last = found[-1] if found else None
        if last and start < last.end:
            continue
        gap = text[last.end : start] if last else ""
        if last and last.key == mention.instrument and ALIAS.fullmatch(gap):
            found[-1] = Named(last.start, end + (text[end : end + 1] == ")"), last.key)
        elif last and words.said["extends"].fullmatch(gap):
            found[-1] = Named(last.start, end, last.key)
        elif not words.said["part_of"].search(text[max(0, start - 60) : start]):
            found.append(Named(start, end, mention.instrument))
    return tuple(found)


def _without_day(text: str, mention: Mention, dates: Sequence[Date], words: Words) -> int:
    """The end of a name, before a day that the name has taken for its own: "… (19 December 2014)", "… in March"."""
    for date in dates:
        if mention.at.start < date.at.start < mention.at.end <= date.at.end:
            before = words.lead_in.search(text, mention.at.start, date.at.start)
            return before.start() if before else mention.at.end
    match = DAY.search(text, mention.at.start, mention.at.end)
    day = match and any(match.start() < d.at.start < match.end() and len(d.edtf) > YEAR for d in dates)
    return match.start() if match and day else mention.at.end
