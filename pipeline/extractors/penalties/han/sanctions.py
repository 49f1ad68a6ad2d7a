"""Sanctions with their sizes: 三年以上十年以下有期徒刑, 监禁3至7年, 5万元以上罚款, 最低工资10至20倍的罚款."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ....model import Passage, Sanction
from ....rules import Rules
from ... import han
from ...money import Amount
from ...numbers import Number
from ..words import AMOUNT, CITED, NUMBER, SanctionWords
from .words import Words

LONGEST, REACH = 200, 40
"""A number of years above the first is a date; a size reaches so far before its sanction."""


@dataclass(frozen=True, slots=True)
class Named:
    """A sanction named at `start` to `end`, its size included."""

    start: int
    end: int
    kind: SanctionWords
    sanction: Sanction

    @property
    def sized(self) -> bool:
        return self.sanction.min is not None or self.sanction.max is not None


@dataclass(frozen=True, slots=True)
class Masked:
    """A passage with numbers, sums and citations masked, and what they are by where they begin."""

    text: str
    numbers: Mapping[int, Number]
    amounts: Mapping[int, Amount]


def mask(passage: Passage, places: Sequence[tuple[int, int]], rules: Rules, country: str | None) -> Masked:
    text, language = passage.text, passage.language
    figures = [n for n in han.numbers(text, language, rules) if not any(s < n.end and n.start < e for s, e in places)]
    sums = han.amounts(text, figures, language, rules, country, unknown=True)
    chars = list(text)
    for start, end in places:
        chars[start:end] = CITED * (end - start)
    for figure in figures:
        following = text[figure.end : figure.end + 1]
        single = figure.in_words and figure.value == 1 and following not in ("年", "个")  # 一名男子, not 一年
        if not single and (figure.value <= LONGEST or following != "年"):
            chars[figure.start : figure.end] = NUMBER * (figure.end - figure.start)
    for amount in sums:
        chars[amount.start : amount.end] = AMOUNT * (amount.end - amount.start)
    return Masked("".join(chars), {n.start: n for n in figures}, {a.start: a for a in sums})


def named(masked: Masked, sentence: tuple[int, int], words: Words) -> Iterator[Named]:
    """The sanctions of a sentence with their sizes; a size belongs to one sanction."""
    at = sentence[0]
    for match in words.sanctions.finditer(masked.text, *sentence):
        if match.start() >= at:
            named = _sized(match, masked, (at, sentence[1]), words)
            at = named.end if named else match.end()
            if named and (named.sized or not named.kind.sized_only):
                yield named


def _sized(match: re.Match[str], masked: Masked, within: tuple[int, int], words: Words) -> Named | None:
    """A sanction with the size before it or behind it, None where the size is a part served or what a change led to."""
    kind = words.kinds[int((match.lastgroup or "k0")[1:])]
    if words.patterns["life"].fullmatch(match.group()):
        return _life(match, masked, within[0], kind, words)
    for name in SIZES.get(kind.size or "", ()):
        before = words.before[name].search(masked.text, max(within[0], match.start() - REACH), match.start())
        if before and (said := _bounds(before, masked, name, kind, words)):
            return None if _void(masked, before, words) else Named(before.start(), match.end(), kind, said)
        after = words.after[name].match(masked.text, match.end(), within[1])
        if after and (said := _bounds(after, masked, name, kind, words)):
            if words.patterns["changed_after"].match(masked.text[after.end() : after.end() + 4]):
                return None  # 刑期从3年提高到5年
            ahead = words.most.search(masked.text, max(within[0], match.start() - 8), match.start())
            if ahead and said.min == said.max:
                said = replace(said, min=None)  # 最高刑期为10年
            return Named(ahead.start() if ahead else match.start(), after.end(), kind, said)
    return Named(match.start(), match.end(), kind, Sanction(kind.sanction))


def _life(match: re.Match[str], masked: Masked, begin: int, kind: SanctionWords, words: Words) -> Named:
    """A life term, with the term of years that it tops: 从15年到终身监禁."""
    lower = words.patterns["to_life"].search(masked.text, begin, match.start())
    if lower is None:
        return Named(match.start(), match.end(), kind, Sanction(kind.sanction, "life", "life"))
    years = masked.numbers[lower.start("v1")].value
    return Named(lower.start(), match.end(), kind, Sanction(kind.sanction, f"P{years}Y", "life"))


SIZES = {"term": ("term",), "amount": ("amount", "multiple", "measured")}


def _void(masked: Masked, size: re.Match[str], words: Words) -> bool:
    """Whether the words before a size say that it is a part served or what a change led to."""
    before = masked.text[max(0, size.start() - 8) : size.start()]
    return any(words.patterns[name].search(before) for name in ("served", "changed"))


def _bounds(match: re.Match[str], masked: Masked, name: str, kind: SanctionWords, words: Words) -> Sanction | None:
    """The sanction with the bounds that a size gives, None where they contradict each other."""
    said = match.groupdict()
    if said.get("v3"):
        value, unit = _value(match, 3, 3, masked, name, words)
        low, high = value, value
        if said["most"] or said["down3"]:
            low = None
        elif said["least"] or said["up3"]:
            high = None
    else:
        low, unit = _value(match, 1, 1 if said.get("u1") else 2, masked, name, words)
        high, unit = _value(match, 2, 2, masked, name, words)
        if said["most"] and said["least2"]:
            low, high = high, low
    if name == "term" and low is None and high is None:
        return None
    return Sanction(kind.sanction, low, high, None if name == "term" else unit)


def _value(
    match: re.Match[str], value: int, unit: int, masked: Masked, name: str, words: Words
) -> tuple[str | int | float | None, str | None]:
    """A bound as a duration or a number, and its unit."""
    start = match.start(f"v{value}")
    if name == "amount":
        amount = masked.amounts[start]
        return amount.value, amount.unit or None
    number, said = masked.numbers[start].value, match["of" if name == "multiple" else f"u{unit}"]
    if name in ("measured", "multiple"):
        return number, next(key for key, pattern in words.fine_units.items() if pattern.fullmatch(said))
    letter = next(key for key, pattern in words.units.items() if pattern.fullmatch(said))
    further = match.groupdict().get(f"m{unit}")
    months = f"{masked.numbers[match.start(f'm{unit}')].value}M" if further else "6M" if match[f"h{unit}"] else ""
    return f"P{'T' if letter == 'H' else ''}{number}{letter}{months}", None
