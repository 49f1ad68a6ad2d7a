"""Numbers and amounts of money where words have no spaces between them: 62 000、3.5万、三百二十、两千、二〇一五。

A number word is a character, so a number ends where its last character does, and what it counts begins right there.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from ..errors import RulesError
from ..rules import Rules
from .money import Amount
from .numbers import Number, alternation, plain


@dataclass(frozen=True, slots=True, eq=False)
class _Words:
    """The number words of one language, compiled."""

    ones: Mapping[str, int]
    tens: Mapping[str, int]
    scales: Mapping[str, int]
    number: re.Pattern[str]
    not_before: re.Pattern[str]
    not_after: re.Pattern[str]
    to: re.Pattern[str]


@cache
def _words(language: str, rules: Rules) -> _Words:
    table = rules.languages[language].get("numbers", {})
    try:
        ones, tens, scales = table["ones"], table["tens"], table["scales"]
        scales = {**{char: value for char, value in tens.items() if value > 10}, **scales}
        scale = alternation(scales)
        word = f"[{''.join([*ones, *tens])}]"
        digits = r"(?<![\dA-Za-z/])(?<!\d[.,])(?:\d{1,3}(?:[, ]\d{3})+|\d+)(?:\.\d+)?(?![.,/]?\d)"
        return _Words(
            ones,
            tens,
            scales,
            re.compile(rf"(?P<digits>{digits})(?P<scale>(?:{scale})*)|(?P<word>{word}+(?:(?:{scale})+{word}*)*)"),
            re.compile(rf"(?:{'|'.join(table['not_before'])})$"),
            re.compile(rf"(?:{'|'.join(table['not_after'])})"),
            re.compile(rf"\s?(?:[-–—]|{'|'.join(table['range_words'])})\s?"),
        )
    except (KeyError, TypeError, AttributeError, re.error) as error:
        raise RulesError(f"languages/{language}.toml [numbers]: missing or ill-typed entry: {error}") from error


@lru_cache(maxsize=4096)
def numbers(text: str, language: str, rules: Rules) -> tuple[Number, ...]:
    """All numbers of a text in reading order; no ordinals (第三), fractions (三分之一) or vague ones (数十)."""
    words = _words(language, rules)
    found: list[Number] = []
    for match in words.number.finditer(text):
        start, end = match.span()
        if words.not_before.search(text, max(0, start - REACH), start) or words.not_after.match(text, end):
            continue
        value = _in_digits(match, words) if match["digits"] else value_of(match["word"], language, rules)
        if value is None:
            continue
        scale = _scale(match["scale"] or "", words)
        last = found[-1] if found else None
        if last and last.end == start and last.scale > value and match["digits"]:  # 1亿2000万, 1万9300
            found[-1] = Number(last.start, end, plain(Decimal(str(last.value)) + value), False, scale)
        else:
            found.append(Number(start, end, plain(value), not match["digits"], scale))
    return tuple(found)


def _in_digits(match: re.Match[str], words: _Words) -> Decimal:
    return Decimal(re.sub(r"[, ]", "", match["digits"])) * _scale(match["scale"], words)


def _scale(said: str, words: _Words) -> int:
    """What scale characters multiply by: 千万 is 10,000,000."""
    value = 1
    for one in re.findall(alternation(words.scales), said):
        value *= words.scales[one]
    return value


def value_of(word: str, language: str, rules: Rules) -> Decimal | None:
    """The value of a number in characters, 三百二十 or 二〇一五; None where it is none."""
    words = _words(language, rules)
    if not any(char in words.tens or char in words.scales for char in word):
        zeros = [char for char in word if not words.ones.get(char, 1)]
        if len(word) > 1 and len(word) < 4 and not zeros:
            return None  # 三四名: three or four
        return Decimal("".join(str(words.ones[char]) for char in word))
    total, part, digit = 0, 0, 0
    for char in word:
        if char in words.ones:
            digit = words.ones[char]
        elif char in words.tens:
            part, digit = part + (digit or 1) * words.tens[char], 0
        else:
            total, part, digit = (total + part + digit or 1) * words.scales[char], 0, 0
    return Decimal(total + part + digit)


@dataclass(frozen=True, slots=True, eq=False)
class _Money:
    """Names of currencies after a number, and signs and codes before or after it."""

    after: re.Pattern[str]
    before: re.Pattern[str]
    names: tuple[tuple[re.Pattern[str], str], ...]
    signs: Mapping[str, str]


@cache
def _money(language: str, rules: Rules, country: str | None) -> _Money:
    names: list[tuple[str, str]] = []
    signs: dict[str, str] = {}
    for code, entry in rules.shared["currencies"].items():
        at_home = country is not None and country in entry.get("countries", ())
        names += [(name, code) for name in entry.get(language, ())]
        signs.update(dict.fromkeys(entry.get("symbols", ()), code))
        if entry.get("code", True):
            signs[code] = code
        if at_home:
            signs.update(dict.fromkeys(entry.get("local", ()), code))
    for name, shared in rules.languages[language]["numbers"]["shared_currencies"].items():
        home = [c for c in shared["codes"] if country in rules.shared["currencies"].get(c, {}).get("countries", ())]
        names.append((name, home[0] if home else shared.get("default", "") if country is None else ""))
    names.sort(key=lambda pair: -len(pair[0]))
    try:
        patterns = tuple((re.compile(name), code) for name, code in names)
        named = "|".join(f"(?:{name})" for name, _ in names)
        sign = alternation(signs)
        return _Money(
            re.compile(rf"\s?(?:(?P<name>{named})|(?P<sign>{sign})(?![A-Za-z]))"),
            re.compile(rf"(?<![A-Za-z])(?P<sign>{sign})\s?$"),
            patterns,
            signs,
        )
    except re.error as error:
        raise RulesError(f"currencies.toml: a name in '{language}' is no pattern: {error}") from error


def amounts(
    text: str,
    numbers: Sequence[Number],
    language: str,
    rules: Rules,
    country: str | None = None,
    *,
    unknown: bool = False,
) -> tuple[Amount, ...]:
    """The numbers of a text that are amounts of money, as `money.amounts`: 5万美元, 100至500元."""
    words, money = _words(language, rules), _money(language, rules, country)
    found = [_amount(text, number, money) for number in numbers]
    for i in range(len(numbers) - 2, -1, -1):
        left, right, further = numbers[i], numbers[i + 1], found[i + 1]
        gap = text[left.end : right.start]
        if further and not found[i] and (words.to.fullmatch(gap) or BOUND.fullmatch(gap)):
            same = left.scale == 1 and right.scale > 1 and left.value <= 10 * right.value / right.scale
            value = plain(Decimal(str(left.value)) * (right.scale if same and words.to.fullmatch(gap) else 1))
            found[i] = Amount(left.start, left.end, value, further.unit)
    return tuple(amount for amount in found if amount and (amount.unit or unknown))


REACH = 8
BOUND = re.compile(r"以上(?:至)?")


def _amount(text: str, number: Number, money: _Money) -> Amount | None:
    before = money.before.search(text, max(0, number.start - 6), number.start)
    after = money.after.match(text, number.end)
    if before:
        start, unit = before.start("sign"), money.signs[before["sign"]]
        return Amount(start, number.end, number.value, unit)
    if after is None:
        return None
    unit = money.signs[after["sign"]] if after["sign"] else _named(after["name"], money)
    return Amount(number.start, after.end(), number.value, unit)


def _named(name: str, money: _Money) -> str:
    return next(code for pattern, code in money.names if pattern.fullmatch(name))


@lru_cache(maxsize=4096)
def named(text: str, language: str, rules: Rules, country: str | None = None) -> tuple[str, int] | None:
    """The currency that a caption or head names without an amount, and its factor: 千美元, 单位:百万欧元."""
    money, words = _money(language, rules, country), _words(language, rules)
    scale = f"[{''.join([*words.tens, *words.scales])}]*"
    for match in re.finditer(rf"(?P<scale>{scale})(?:{money.after.pattern})", text):
        unit = money.signs[match["sign"]] if match["sign"] else _named(match["name"], money)
        factor = value_of(match["scale"], language, rules) if match["scale"] else 1
        if unit and factor:
            return unit, int(factor)
    return None
