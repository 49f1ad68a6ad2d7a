"""Amounts of money: a number with its currency before or after it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, lru_cache
from string import ascii_uppercase

from ..errors import RulesError
from ..rules import Rules
from .numbers import Number, alternation, plain


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of a currency (ISO 4217, "" where unknown); the span holds the currency where it stands beside it."""

    start: int
    end: int
    value: int | float
    unit: str


@dataclass(frozen=True, slots=True, eq=False)
class _Grammar:
    """What holds in a language whatever the country."""

    gap: re.Pattern[str]
    shared: re.Pattern[str]
    suffixes: Mapping[str, int]
    suffix: re.Pattern[str]
    scale: re.Pattern[str]
    scales: Mapping[str, int]


@dataclass(frozen=True, slots=True, eq=False)
class _Words:
    """The currencies as one country names them: looked up, not compiled, for each country has its own.

    `listed_symbols` and `listed_names` have them by their first character, the longest first.
    """

    symbols: Mapping[str, str]
    names: Mapping[str, str]
    listed_symbols: Mapping[str, tuple[str, ...]]
    listed_names: Mapping[str, tuple[str, ...]]
    patterns: tuple[tuple[re.Pattern[str], str], ...]
    own: re.Pattern[str]
    grammar: _Grammar


@cache
def _words(language: str, rules: Rules, country: str | None, unknown: bool = False) -> _Words:
    names: dict[str, str] = {}
    symbols: dict[str, str] = {}
    local: dict[str, str] = {}
    patterns: list[tuple[re.Pattern[str], str]] = []
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
                patterns.extend((_pattern(pattern), code) for pattern in own)
        symbols.update(local)
        if unknown:
            _unknown(names, symbols, patterns, language, rules)
        _national(names, symbols, patterns, language, rules, country)
        patterns.sort(key=lambda pair: -len(pair[0].pattern))
        any_own = _any(tuple(pattern.pattern for pattern, _ in patterns))
        listed = _listed(symbols), _listed(names)
        return _Words(symbols, names, *listed, tuple(patterns), any_own, _grammar(language, rules))
    except (KeyError, TypeError, AttributeError, re.error) as error:
        raise RulesError(f"currencies.toml or languages/{language}.toml [numbers]: ill-typed entry: {error}") from error


def _leading(names: Iterable[str], code: str) -> dict[str, str]:
    """Names of a country's own currency that may stand before an amount: "Birr 5,000", "Rupees 500"."""
    words = [name.capitalize() for name in names if len(name) > 3 and name.isalpha()]
    return dict.fromkeys((form for word in words for form in (word, word + "s")), code)


@cache
def _pattern(source: str) -> re.Pattern[str]:
    return re.compile(source, re.IGNORECASE)


@cache
def _any(sources: tuple[str, ...]) -> re.Pattern[str]:
    """A language's own words for currencies; the same for most countries, and costly to compile."""
    return re.compile("|".join(rf"(?i:{source})(?![^\W_])" for source in sources) or "(?!)")


def _listed(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Words by their first character, the longest first."""
    found: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda word: (-len(word), word)):
        found.setdefault(word[0], []).append(word)
    return {first: tuple(listed) for first, listed in found.items()}


@cache
def _grammar(language: str, rules: Rules) -> _Grammar:
    table = rules.languages[language].get("numbers", {})
    joined, scales, suffixes = "|".join(table["range_words"]), table["scales"], table["money_suffixes"]
    return _Grammar(
        re.compile(rf"[ \u00a0\u202f-]{{0,2}}(?:{alternation([*table.get('of', ())])})?"),
        re.compile(rf"\s?(?:[-–—\u00ad]|(?<![^\W_])(?:{joined})(?![^\W_]))\s?"),
        suffixes,
        re.compile(rf"({alternation([*suffixes]) or '(?!)'})(?![^\W_])"),
        re.compile(rf"(?i:(?<![^\W_])({alternation([*scales])})s?(?![^\W_]))"),
        scales,
    )


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
                patterns.append((_pattern(name), code))
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
        patterns.append((_pattern(name), ""))
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
        if right and not left and words.grammar.shared.fullmatch(text, numbers[i].end, numbers[i + 1].start):
            value = _like(numbers[i], numbers[i + 1])
            found[i] = Amount(numbers[i].start, numbers[i].end, value, right.unit)
    for i in range(1, len(numbers)):
        left, gap = found[i - 1], text[numbers[i - 1].end : numbers[i].start]
        if left and not found[i] and words.grammar.shared.fullmatch(gap) and _bare(text, numbers[i].end):
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
    at = words.grammar.gap.match(text, end).end()  # type: ignore[union-attr]
    symbol = None if (name := _name_at(text, at, words)) else _symbol_at(text, at, words)
    before = None if number.in_words else _before(text, start, words)
    if before and not "а" <= text[before[0]] <= "я":
        start, unit = before[0], words.symbols[text[before[0] : before[1]]]
        if re.match(r"US\s?$", text[max(0, start - 3) : start]) and unit == "USD":
            start -= len(re.search(r"US\s?$", text[:start]).group())  # type: ignore[union-attr]
        suffix = words.grammar.suffix.match(text, end)
        if suffix and number.scale == 1:
            value, end = plain(Decimal(str(value)) * words.grammar.suffixes[suffix.group(1)]), suffix.end()
        if symbol and words.symbols[symbol] == unit:
            end = at + len(symbol)
        return Amount(start, end, value, unit)
    if symbol:
        if number.in_words and not text[end:at].strip() and len(symbol) < 3 and symbol.isalpha():
            return None
        return Amount(start, at + len(symbol), value, words.symbols[symbol])
    pattern = None if name else words.own.match(text, at)
    if name:
        end, unit_of = at + len(name), _named(name, words)
    elif pattern:
        end, unit_of = pattern.end(), _matched(pattern.group(), words)
    else:
        return None
    longer = _longest(text, at, words)
    if longer and longer[0] >= end:
        end, unit_of = longer
    return None if unit_of is None else Amount(start, end, value, unit_of)


BEFORE = 12
"""So many characters before a number its currency begins at the earliest."""
PLURAL = re.compile(r"(?:e?s)?(?![^\W_])", re.IGNORECASE)
SPACED = str.maketrans("\u00a0-", "  ")


def _before(text: str, end: int, words: _Words) -> tuple[int, int] | None:
    """Where the symbol stands that begins first of those that end at a number, or two spaces or stops before it."""
    for start in range(max(0, end - BEFORE), end):
        listed = words.listed_symbols.get(text[start])
        if listed and not (start and text[start - 1].isalnum()):
            for symbol in listed:
                if text.startswith(symbol, start, end):
                    stop = start + len(symbol)
                    if end - stop <= 2 and not text[stop:end].strip(" \u00a0."):
                        return start, stop
    return None


def _symbol_at(text: str, at: int, words: _Words) -> str | None:
    """The longest symbol that begins at a place, whole."""
    for symbol in words.listed_symbols.get(text[at : at + 1], ()):
        if text.startswith(symbol, at) and not text[at + len(symbol) : at + len(symbol) + 1].isalnum():
            return symbol
    return None


def _name_at(text: str, at: int, words: _Words) -> str | None:
    """The longest name of a currency that begins at a place, with its plural s."""
    listed = words.listed_names.get(text[at : at + 1].lower())
    if not listed:
        return None
    window = text[at : at + len(listed[0])].lower().translate(SPACED)
    for name in listed:
        if window.startswith(name) and (plural := PLURAL.match(text, at + len(name))):
            return text[at : plural.end()]
    return None


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
    places = (at for at in range(len(text)) if not (at and text[at - 1].isalnum()))
    unit = next((unit for at in places if (unit := _unit_at(text, at, words)) is not None), None)
    scale = words.grammar.scale.search(text)
    factor = words.grammar.scales[scale.group(1).lower()] if scale else 1
    return (unit, factor) if unit else None


def _unit_at(text: str, at: int, words: _Words) -> str | None:
    """The currency whose symbol or name begins at a place; "" where only its country would tell."""
    if symbol := _symbol_at(text, at, words):
        return words.symbols[symbol]
    if name := _name_at(text, at, words):
        return _named(name, words)
    own = words.own.match(text, at)
    return _matched(own.group(), words) if own else None
