"""The ledger: sentences that bear the signs of a penalty, an article or a date, but gave no such fact, with the reason.

It shows a reviewer what may be missing. The signs are the extractors' own words in the rule data: a penalty's `cue`,
the words of an article's `units` before a number, a month beside a number, a number that looks like a year.
"""

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from .model import Findings, Passage, Place, Report
from .rules import Rules

NUMBER = re.compile(r"\d+")
READ = frozenset({"paragraph", "item", "note", "caption", "other"})
Kind = Literal["penalty", "article", "date"]


@dataclass(frozen=True, slots=True)
class Unexplained:
    """`quote` is the sentence, text[start:end]; `sign` are its words that raised the question."""

    kind: Kind
    reason: str
    sign: str
    quote: str
    start: int
    end: int
    page: int | None
    section: str | None
    paragraph: str | None


@dataclass(frozen=True, slots=True)
class Signs:
    """The patterns of one language; `reach` is how far from its number a sign goes."""

    penalty: re.Pattern[str] | None
    stems: tuple[str, ...]
    sanction: re.Pattern[str] | None
    article: re.Pattern[str] | None
    reach: int
    tied: frozenset[str]
    date: re.Pattern[str]


def unexplained(
    report: Report, passages: Sequence[Passage], findings: Findings, rules: Rules
) -> tuple[Unexplained, ...]:
    """All entries of one report, in reading order."""
    places: dict[int, list[tuple[int, int, str]]] = {}
    for kind, at in _places(findings):
        places.setdefault(at.passage, []).append((at.start, at.end, kind))
    pages = [page.start for page in report.pages]
    found: list[Unexplained] = []
    for passage in passages:
        if passage.block.kind not in READ:
            continue
        here = places.get(passage.index, [])
        for kind, reason, start, end in _raised(passage, here, _signs(passage.language, rules)):
            found.append(_entry(report, passage, pages, kind, reason, start, end))
    return tuple(found)


def _places(findings: Findings) -> Iterator[tuple[str, Place]]:
    yield from (("article", each.at) for each in findings.articles)
    yield from (("penalty", each.at) for each in findings.penalties)
    yield from (("date", each.at) for each in findings.dates)
    yield from (("figure", each.at) for each in findings.figures)
    yield from (("instrument", each.at) for each in findings.register.mentions)


def _raised(
    passage: Passage, here: Sequence[tuple[int, int, str]], signs: Signs
) -> Iterator[tuple[Kind, str, int, int]]:
    """Kind, reason, and place of the sign in the passage, of each sign that no fact explains."""
    text = passage.text
    if signs.penalty and _has(text.lower(), signs.stems):
        for start, end in passage.sentences:
            if any(kind == "penalty" and s < end and start < e for s, e, kind in here):
                continue
            if _has(text[start:end].lower(), signs.stems) and (sign := signs.penalty.search(text, start, end)):
                named = signs.sanction and signs.sanction.search(text, start, end)
                yield "penalty", _PENALTY[bool(named)], sign.start(), sign.end()
    numbers = [match for match in NUMBER.finditer(text) if not _covered(match, here)]
    for number in numbers:
        start = number.start()
        before = signs.article if text[start - 1] == " " else None
        sign = before and before.search(text, max(start - signs.reach, 0), start)
        if sign and not _covered(sign, here):
            tied = sign.group(1).lower() in signs.tied
            yield "article", _ARTICLE[tied], sign.start(), number.end()
    last = 0
    for number in numbers:
        around = max(number.start() - signs.reach, 0), number.end() + signs.reach
        for sign in signs.date.finditer(text, *around):
            if last <= sign.start() <= number.start() < sign.end() and not _covered(sign, here):
                yield "date", _DATE[sign.lastgroup == "year"], sign.start(), sign.end()
                last = sign.end()


def _has(lower: str, stems: Sequence[str]) -> bool:
    return any(map(lower.__contains__, stems))  # a generator would take thrice as long


_PENALTY = {True: "a sanction that no act was found for", False: "words of punishment without a sanction"}
_ARTICLE = {True: "counts only beside its instrument, which is not named", False: "no provision of an instrument"}
_DATE = {True: "looks like a year, but stands as something else", False: "a month and a number, but no date"}


def _covered(sign: re.Match[str], here: Sequence[tuple[int, int, str]]) -> bool:
    return any(start < sign.end() and sign.start() < end for start, end, _ in here)


def _entry(
    report: Report, passage: Passage, pages: Sequence[int], kind: Kind, reason: str, start: int, end: int
) -> Unexplained:
    sentence = next(((s, e) for s, e in passage.sentences if s <= start < e), (start, end))
    first, last = passage.offsets[sentence[0]], passage.offsets[sentence[1] - 1] + 1
    return Unexplained(
        kind,
        reason,
        passage.text[start:end],
        report.text[first:last],
        first,
        last,
        report.pages[bisect_right(pages, first) - 1].number if pages else None,
        passage.block.section,
        passage.block.paragraph,
    )


@cache
def _signs(language: str, rules: Rules) -> Signs:
    data = rules.languages[language]
    penalties, articles, dates = data.get("penalties", {}), data.get("articles", {}), data.get("dates", {})
    cue = penalties.get("cue")
    months = [*dates.get("months", ()), *dates.get("months_short", ())]
    sanctions = [each["words"] for each in penalties.get("sanctions", ()) if not each.get("listed")]
    tied = {*articles.get("near", ()), *articles.get("explicit", ())}
    return Signs(
        re.compile(rf"\b(?:{cue})", re.IGNORECASE) if cue else None,
        tuple(stem.lower() for stem in penalties.get("trigger", ())),
        re.compile("|".join(f"(?:{words})" for words in sanctions), re.IGNORECASE) if sanctions else None,
        _article_sign(articles.get("units", {})),
        max(map(len, (*months, *itertools.chain.from_iterable(articles.get("units", {}).values()))), default=0) + 8,
        frozenset(word.lower() for unit, words in articles.get("units", {}).items() if unit in tied for word in words),
        _date_sign(months),
    )


def _words(words: Sequence[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))


def _article_sign(units: dict[str, list[str]]) -> re.Pattern[str] | None:
    words = [word for unit in units.values() for word in unit if len(word) > 2]
    return re.compile(rf"(?i)(?<![\w/])({_words(words)})\s+$") if words else None


def _date_sign(months: Sequence[str]) -> re.Pattern[str]:
    year = r"(?P<year>(?<![\w/.,:№-])(?:19|20)\d\d(?![\w/:-]|[.,]\d))"
    if not months:
        return re.compile(year)
    month = rf"(?:{_words(months)})(?!\w)\.?"
    return re.compile(rf"\b\d{{1,2}}\s+{month}|(?<!\w){month}\s+\d{{1,4}}\b|{year}")
