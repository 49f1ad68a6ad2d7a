"""Amounts of money: a number with its currency before or after it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, lru_cache
from string import ascii_uppercase

from ..errors import RulesError
from ..rules import Rules
from .numbers import Number, alternation, plain, prefix_tree


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of a currency (ISO 4217, "" where unknown); the span holds the currency where it stands beside it."""

    start: int
    end: int
    value: int | float
    unit: str


@dataclass(frozen=True, slots=True, eq=False)
class _Words:
    symbols: Mapping[str, str]
    names: Mapping[str, str]
    patterns: tuple[tuple[re.Pattern[str], str], ...]
    before: re.Pattern[str]
    after: re.Pattern[str]
    shared: re.Pattern[str]
    suffixes: Mapping[str, int]
    suffix: re.Pattern[str]
    scale: re.Pattern[str]
    scales: Mapping[str, int]


@cache
def _words(language: str, rules: Rules, country: str | None, unknown: bool = False) -> _Words:
    names: dict[str, str] = {}
    symbols: dict[str, str] = {}
    local: dict[str, str] = {}
    patterns: list[tuple[re.Pattern[str], str]] = []
    table = rules.languages[language].get("numbers", {})
    try:
        for code, entry in rules.shared["currencies"].items():
            at_home = country is not None and country in entry.get("countries", ())
            if entry.get("code", True):
                symbols.setdefault(code, code)
            symbols.update(dict.fromkeys(entry.get("symbols", ()), code))
            if at_home:
                local.update(dict.fromkeys(entry.get("local", ()), code))
                local.update(_leading(entry.get("en", ()), code))
            for name in entry.get("en", ()):
                names.setdefault(name.lower(), code)
            if language != "en":
                own = [*entry.get(language, ()), *(entry.get(f"{language}_local", ()) if at_home else ())]
                patterns.extend((re.compile(pattern, re.IGNORECASE), code) for pattern in own)
        symbols.update(local)
        if unknown:
            _unknown(names, symbols, patterns, language, rules)
        _national(names, symbols, patterns, language, rules, country)
        patterns.sort(key=lambda pair: -len(pair[0].pattern))
        sources = tuple(pattern.pattern for pattern, _ in patterns)
        of = tuple(table.get("of", ()))
        before, after = _compiled(frozenset(names), frozenset(symbols), sources, of)
        joined = "|".join(table["range_words"])
        scales = table["scales"]
        return _Words(
            symbols,
            names,
            tuple(patterns),
            before,
            after,
            re.compile(rf"\s?(?:[-–—\u00ad]|(?<![^\W_])(?:{joined})(?![^\W_]))\s?"),
            table["money_suffixes"],
            re.compile(rf"({alternation([*table['money_suffixes']])})(?![^\W_])"),
            re.compile(rf"(?i:(?<![^\W_])({alternation([*scales])})s?(?![^\W_]))"),
            scales,
        )
    except (KeyError, TypeError, AttributeError, re.error) as error:
        raise RulesError(f"currencies.toml or languages/{language}.toml [numbers]: ill-typed entry: {error}") from error


def _leading(names: Iterable[str], code: str) -> dict[str, str]:
    """Names of a country's own currency that may stand before an amount: "Birr 5,000", "Rupees 500"."""
    words = [name.capitalize() for name in names if len(name) > 3 and name.isalpha()]
    return dict.fromkeys((form for word in words for form in (word, word + "s")), code)


@cache
def _compiled(
    names: frozenset[str], symbols: frozenset[str], sources: tuple[str, ...], of: tuple[str, ...]
) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Currencies before a number and after it; the same for most countries, and costly to compile."""
    english, symbol, own = _sources(names, symbols, sources)
    gap = rf"[ \u00a0\u202f-]{{0,2}}(?:{alternation([*of])})?"
    return (
        re.compile(rf"(?<![^\W_])({symbol})[ \u00a0.]{{0,2}}$"),
        re.compile(rf"{gap}(?:(?P<name>{english})|(?P<symbol>{symbol})(?![^\W_])|(?P<pattern>{own}))"),
    )


@cache
def _anywhere(language: str, rules: Rules, country: str | None) -> re.Pattern[str]:
    """A currency anywhere in a text; compiled only for who asks: most reports have no table of money."""
    words = _words(language, rules, country)
    english, symbol, own = _sources(words.names, words.symbols, [pattern.pattern for pattern, _ in words.patterns])
    return re.compile(rf"(?<![^\W_])(?:(?P<symbol>{symbol})(?![^\W_])|(?P<name>{english})|(?P<pattern>{own}))")


def _sources(names: Iterable[str], symbols: Iterable[str], patterns: Iterable[str]) -> tuple[str, str, str]:
    """Regular expressions of names, of symbols, and of the language's own words for currencies."""
    plural = prefix_tree(names).replace(r"\ ", r"[ \u00a0-]")
    english = rf"(?i:(?:{plural})(?:e?s)?(?![^\W_]))"
    own = "|".join(rf"(?i:{pattern})(?![^\W_])" for pattern in patterns) or "(?!)"
    return english, prefix_tree(symbols), own


def _national(
    names: dict[str, str],
    symbols: dict[str, str],
    patterns: list[tuple[re.Pattern[str], str]],
    language: str,
    rules: Rules,
    country: str | None,
) -> None:
    """Names that several countries share ("rupees") mean the report's country's own."""
    shared = rules.languages[language].get("numbers", {}).get("shared_currencies", {})
    for code, entry in rules.shared["currencies"].items():
        if country is None or country not in entry.get("countries", ()):
            continue
        for name, codes in shared.items():
            if code in codes["codes"]:
                patterns.append((re.compile(name, re.IGNORECASE), code))
                names.update(dict.fromkeys(map(str.lower, codes.get("names", ())), code))
                symbols.update(_leading(codes.get("names", ()), code))
                symbols.update(dict.fromkeys(codes.get("symbols", ()), code))


def _unknown(
    names: dict[str, str],
    symbols: dict[str, str],
    patterns: list[tuple[re.Pattern[str], str]],
    language: str,
    rules: Rules,
) -> None:
    """Names that several countries share, without a code: those of the country come after them and win."""
    for name, codes in rules.languages[language].get("numbers", {}).get("shared_currencies", {}).items():
        patterns.append((re.compile(name, re.IGNORECASE), ""))
        for own in codes.get("names", ()):
            names.setdefault(own.lower(), "")
        for symbol in codes.get("symbols", ()):
            if len(symbol) > 1:
                symbols.setdefault(symbol, "")


def amounts(
    text: str,
    numbers: Sequence[Number],
    language: str,
    rules: Rules,
    country: str | None = None,
    *,
    unknown: bool = False,
) -> tuple[Amount, ...]:
    """The numbers of a text that are amounts of money, in reading order.

    `country` (ISO 3166-1 alpha-3) tells whose rupees, pounds or francs are meant where the text does not.
    A bare "$" is the United States dollar, as in all documents of the United Nations.
    With `unknown`, amounts of a currency that only its country would tell are given too, with "" as unit.
    """
    words = _words(language, rules, country, unknown)
    found: list[Amount | None] = [_amount(text, number, words) for number in numbers]
    for i in range(len(numbers) - 2, -1, -1):
        left, right = found[i], found[i + 1]
        if right and not left and words.shared.fullmatch(text, numbers[i].end, numbers[i + 1].start):
            value = _like(numbers[i], numbers[i + 1])
            found[i] = Amount(numbers[i].start, numbers[i].end, value, right.unit)
    for i in range(1, len(numbers)):
        left, gap = found[i - 1], text[numbers[i - 1].end : numbers[i].start]
        if left and not found[i] and words.shared.fullmatch(gap) and _bare(text, numbers[i].end):
            found[i] = Amount(numbers[i].start, numbers[i].end, numbers[i].value, left.unit)
            value = _like(numbers[i - 1], numbers[i])
            found[i - 1] = Amount(left.start, left.end, value, left.unit) if value != numbers[i - 1].value else left
    return tuple(amount for amount in found if amount)


@cache
def _letters(language: str, rules: Rules, country: str | None) -> tuple[re.Pattern[str], Mapping[str, str]] | None:
    """Symbols of one letter of a country's currency ("R40,000", "K1.5 million") and the pattern of their amounts.

    Where no country tells, any letter is the symbol of a currency that has no code, before large numbers only.
    """
    numbers = rules.languages[language].get("numbers", {})
    tail = rf"(\.\d+)?(?:\s?({alternation([*numbers.get('scales', ())]) or '(?!)'})(?![^\W_]))?(?![\w]|[.,]\d)"
    grouped = r"(\d{1,3}(?:[, ]\d{3})+"
    if country is None:
        letters = dict.fromkeys(ascii_uppercase, "")
        return re.compile(rf"(?<![^\W_])([A-Z])\s?{grouped}|\d{{4,}}){tail}"), letters
    shared = numbers.get("shared_currencies", {}).values()
    symbols: dict[str, str] = {}
    for code, entry in rules.shared["currencies"].items():
        if country in entry.get("countries", ()):
            names = [
                *entry.get("local", ()),
                *(s for one in shared if code in one["codes"] for s in one.get("symbols", ())),
            ]
            symbols.update((name, code) for name in names if len(name) == 1)
    if not symbols:
        return None
    return re.compile(rf"(?<![^\W_])({alternation([*symbols])})\s?{grouped}|\d+){tail}"), symbols


def lettered(text: str, language: str, rules: Rules, country: str | None) -> tuple[Amount, ...]:
    """Amounts whose currency is a single letter before the digits."""
    known = _letters(language, rules, country)
    if known is None:
        return ()
    pattern, symbols = known
    scales = rules.languages[language].get("numbers", {}).get("scales", {})
    found = []
    for match in pattern.finditer(text):
        letter, digits, decimals, scale = match.groups()
        value = Decimal(re.sub(r"\D", "", digits) + (decimals or "")) * scales.get(scale, 1)
        found.append(Amount(match.start(), match.end(), plain(value), symbols[letter]))
    return tuple(found)


@cache
def _dollar(rules: Rules, country: str) -> str | None:
    """The dollar of a country that has its own ("Jamaican dollar"), None elsewhere."""
    for code, entry in rules.shared["currencies"].items():
        if country in entry.get("countries", ()) and any(name.endswith(" dollar") for name in entry.get("en", ())):
            return str(code)
    return None


def at_home(found: Sequence[Amount], text: str, rules: Rules, country: str | None) -> tuple[Amount, ...]:
    """Amounts as the law of a country means them: its own dollar where a bare "$" or "dollars" stands."""
    dollar = _dollar(rules, country) if country else None
    if dollar in (None, "USD"):
        return tuple(found)
    return tuple(
        replace(one, unit=dollar)
        if one.unit == "USD" and not re.search(r"US|United|American", text[max(0, one.start - 3) : one.end + 1])
        else one
        for one in found
    )


def _like(left: Number, right: Number) -> int | float:
    """The first bound takes the second's scale: "10 to 20 million", "50 to 30 million", not "500,000 to 2 million"."""
    if left.scale == 1 and right.scale > 1 and left.value <= 10 * right.value / right.scale:
        return plain(Decimal(str(left.value)) * right.scale)
    return left.value


def _bare(text: str, end: int) -> bool:
    """Whether no counted noun follows a number."""
    return not re.match(r"[ \u00a0-]?(?:%|[^\W\d_]{3,})", text[end : end + 8]) or bool(
        re.match(r" (?:and|per|for|from|was|were|had|has|with)\b", text[end : end + 6])
    )


def _amount(text: str, number: Number, words: _Words) -> Amount | None:
    start, end, value = number.start, number.end, number.value
    before = words.before.search(text, max(0, start - 12), start)
    after = words.after.match(text, end)
    if before and not number.in_words and not "а" <= before.group(1)[0] <= "я":
        unit, start = words.symbols[before.group(1)], before.start(1)
        if re.match(r"US\s?$", text[max(0, start - 3) : start]) and unit == "USD":
            start -= len(re.search(r"US\s?$", text[:start]).group())  # type: ignore[union-attr]
        suffix = words.suffix.match(text, end)
        if suffix and number.scale == 1:
            value, end = plain(Decimal(str(value)) * words.suffixes[suffix.group(1)]), suffix.end()
        if after and after.group("symbol") and words.symbols[after.group("symbol")] == unit:
            end = after.end()
        return Amount(start, end, value, unit)
    if not after:
        return None
    symbol, name, pattern = after.group("symbol", "name", "pattern")
    if symbol:
        if number.in_words and not text[end : after.start("symbol")].strip() and len(symbol) < 3 and symbol.isalpha():
            return None
        return Amount(start, after.end(), value, words.symbols[symbol])
    end = after.end()
    unit_of = _named(name, words) if name else _matched(pattern, words)
    longer = _longest(text, after.start("name" if name else "pattern"), words)
    if longer and longer[0] >= end:
        end, unit_of = longer
    return None if unit_of is None else Amount(start, end, value, unit_of)


def _longest(text: str, at: int, words: _Words) -> tuple[int, str] | None:
    """The end and the code of the longest name of a currency at a place: « dollars canadiens », not « dollars »."""
    fitting = [
        (match.end(), code != "", code)
        for pattern, code in words.patterns
        if (match := pattern.match(text, at)) and not text[match.end() : match.end() + 1].isalnum()
    ]
    best = max(fitting, default=None, key=lambda fit: fit[:2])
    return (best[0], best[2]) if best else None


def _named(name: str, words: _Words) -> str | None:
    plain = re.sub(r"[\u00a0-]", " ", name.lower())
    for form in (plain, plain.removesuffix("s"), plain.removesuffix("es")):
        if form in words.names:
            return words.names[form]
    return None


def _matched(name: str, words: _Words) -> str | None:
    fitting = [code for pattern, code in words.patterns if pattern.fullmatch(name)]
    return next((code for code in fitting if code), fitting[0] if fitting else None)


@lru_cache(maxsize=4096)
def named(text: str, language: str, rules: Rules, country: str | None = None) -> tuple[str, int] | None:
    """The currency that a caption or head names without an amount, and its factor ("thousands of euros": EUR, 1000)."""
    words = _words(language, rules, country)
    match = _anywhere(language, rules, country).search(text)
    if not match:
        return None
    symbol, name, pattern = match.group("symbol"), match.group("name"), match.group("pattern")
    unit = words.symbols[symbol] if symbol else _named(name, words) if name else _matched(pattern, words)
    scale = words.scale.search(text)
    factor = words.scales[scale.group(1).lower()] if scale else 1
    return (unit, factor) if unit else None
