"""Numbers in digits and in words, whatever the convention: 62,000; 663.330.000; 4 267; 12,5; fifteen; сорок пять."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import cast

from ..errors import RulesError
from ..rules import Rules


@dataclass(frozen=True, slots=True)
class Number:
    """A number at `start` to `end` of a text, its scale word within ("5 million": value 5000000, scale 1000000)."""

    start: int
    end: int
    value: int | float
    in_words: bool
    scale: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class _Words:
    """The number words of one language, compiled."""

    ones: Mapping[str, Decimal]
    tens: Mapping[str, Decimal]
    scales: Mapping[str, int]
    skipped: frozenset[str]
    alone: frozenset[str]
    run: re.Pattern[str]
    token: re.Pattern[str]
    scale: re.Pattern[str]
    half: re.Pattern[str]
    no_number: re.Pattern[str]
    ordinal: re.Pattern[str]
    comma: bool
    grouping: str
    glued: re.Pattern[str]
    before: re.Pattern[str]
    led: re.Pattern[str]
    ones_first: bool
    teens: frozenset[str]
    mixed: frozenset[int]
    point: frozenset[str]


def alternation(words: object) -> str:
    """Words as a regular expression, longest first, so that none hides a longer one."""
    return "|".join(re.escape(word) for word in sorted(cast("list[str]", words), key=lambda word: (-len(word), word)))


def prefix_tree(words: Iterable[str], depth: int = 3) -> str:
    """The same as `alternation`, but each common beginning of up to so many letters is tried once.

    A deeper tree matches no faster, and takes three times as long to compile.
    """
    if not depth:
        return alternation(words)
    by_first: dict[str, list[str]] = {}
    for word in words:
        by_first.setdefault(word[0], []).append(word[1:])
    branches = []
    for first, rests in sorted(by_first.items()):
        longer = sorted({rest for rest in rests if rest})
        tree = f"(?:{prefix_tree(longer, depth - 1)})" if longer else ""
        branches.append(re.escape(first) + tree + ("?" if longer and "" in rests else ""))
    return "|".join(branches)


def _one(word: str) -> str:
    """A number word of several parts as it is looked up: "quatre-vingt-dix", "vingt-et-un"."""
    return re.sub("[ \u00a0‑]", "-", word)


def _flexible(pattern: str) -> str:
    """A pattern in which the parts of number words may be joined by hyphens or spaces."""
    return pattern.replace(r"\-", "[ \u00a0‑-]")


# The full stop of an abbreviated scale: after «тыс» always, after others where the sentence goes on.
STOP = re.compile(r"(?<=тыс)\.|(?<=млн|лрд|рлн|mln)\.(?=[ \u00a0]?(?:[a-zß-ÿа-яё$€£%(]|США|[A-Z]{3}\b))")
GAP = "[ \u00a0\u2009\u202f-]"


@cache
def _words(language: str, rules: Rules) -> _Words:
    table = rules.languages[language].get("numbers", {})
    try:
        ones, tens, scales = table["ones"], table["tens"], table["scales"]
        articles, joiners, alone = table["articles"], table["joiners"], table["alone"]
        symbols = [symbol for entry in rules.shared["units"].values() for symbol in entry.get("symbols", ())]
        codes = set(rules.shared["currencies"]) | {
            symbol for entry in rules.shared["currencies"].values() for symbol in entry.get("symbols", ())
        }
        ones, tens = ({_one(key): value for key, value in listed.items()} for listed in (ones, tens))
        compounds = [key for key in (*ones, *tens) if "-" in key]
        word = _flexible(prefix_tree([*ones, *tens, *scales]))
        extra = alternation([*joiners, *articles]) or "(?!)"
        article = rf"(?:{alternation(articles) or '(?!)'})(?=[ -](?:{alternation(scales)})\b)"
        more = rf"[ ‑-]+(?:(?:{extra})[ -]+)?(?:{word})(?![^\W_])"
        after_digits = [scale for scale in scales if scale not in table.get("spelled", ())]
        run = rf"\b(?:{word}|{article})(?:{more})*(?![^\W_])"
        return _Words(
            ones={key: Decimal(str(value)) for key, value in ones.items()},
            tens={key: Decimal(str(value)) for key, value in tens.items()},
            scales=scales,
            skipped=frozenset([*articles, *joiners]),
            alone=frozenset(alone),
            run=re.compile(run),
            token=re.compile(rf"(?:{_flexible(alternation(compounds)) or '(?!)'})(?![^\W_])|[^\W\d_]+"),
            scale=re.compile(rf"{GAP}?({alternation(after_digits)})(?![^\W_])"),
            half=re.compile(rf" (?:{alternation(table['halves'])})(?![^\W_])"),
            no_number=re.compile(rf"[ -]+(?:{'|'.join(table['ordinals'])})(?![^\W_])"),
            ordinal=re.compile(rf"(?:{'|'.join(table['ordinal_endings'])})(?![^\W_])"),
            comma=table["decimal"] == ",",
            grouping=table.get("grouping", ""),
            glued=re.compile(rf"(?:{alternation([*symbols, *codes, *scales])}|{'|'.join(table['glued'])})(?![^\W_])"),
            before=re.compile(rf"(?<![^\W_])(?:{alternation(codes)})$"),
            point=frozenset(table.get("point", ())),
            mixed=frozenset(scales[word] for word in table.get("mixed", ())),
            led=re.compile(rf"(?<![^\W_])(?:{alternation(table.get('not_led', [])) or '(?!)'})[ \u00a0]$"),
            ones_first=bool(table.get("ones_first")),
            teens=frozenset(table.get("teens", ())),
        )
    except (KeyError, TypeError, AttributeError, re.error) as error:
        raise RulesError(f"languages/{language}.toml [numbers]: missing or ill-typed entry: {error}") from error


SPACES = " \u00a0\u2009\u202f\u2007"
# One digit first, so that the search runs over digits only.
DIGITS = re.compile(
    rf"""\d(?:
      \d{{0,2}}(?:,\d{{3}})+(?:\.\d+)?(?!\d)
    | \d?(?:,\d{{2}})+,\d{{3}}(?:\.\d+)?(?!\d)
    | \d{{0,2}}(?:\.\d{{3}})+(?:,\d+)?(?!\d)
    | \d{{0,2}}(?:[{SPACES}]\d{{3}})+(?:[.,]\d+)?(?!\d)
    | \d{{0,2}}(?:['’]\d{{3}})+(?:\.\d+)?(?!\d)
    | \d*[.,]\d+
    | \d*
    )""",
    re.VERBOSE,
)
LETTER_BEFORE = re.compile(r"[^\W\d_]$|[A-ZÀ-ÞА-ЯЁ][-–]$")


@lru_cache(maxsize=4096)
def numbers(text: str, language: str, rules: Rules) -> tuple[Number, ...]:
    """All numbers of a text in reading order, years and other identifying numbers among them; no ordinals or fractions.

    "one" and «один» are given (a term of one year); numbers with no definite value (dozens, «тысячи людей») are not.
    """
    words = _words(language, rules)
    lower = _lower(text)
    found = [number for match in DIGITS.finditer(text) if (number := _in_digits(text, lower, match, words))]
    for match in words.run.finditer(lower):
        found.extend(_in_words(lower, match, words))
    found.sort(key=lambda number: (number.start, -number.end))
    return tuple(_joined(lower, found, words))


def _lower(text: str) -> str:
    lower = text.lower().replace("ё", "е")
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _in_digits(text: str, lower: str, match: re.Match[str], words: _Words) -> Number | None:
    start, end = match.span()
    if re.match(r"[.,]\d", text[end : end + 2]) or (start and text[start - 1] in "0123456789.,"):
        return None
    before = text[max(0, start - 8) : start]
    if LETTER_BEFORE.search(before) and not words.before.search(before):
        return None
    scaled = words.scale.match(lower, end)
    after = text[end : end + 1]
    if not scaled and (words.ordinal.match(lower, end) or (after.isalpha() and not _glued(text, lower, end, words))):
        return None
    scale = words.scales[scaled.group(1)] if scaled else 1
    value = _digits_value(text, match, words, scaled is not None) * scale
    if scaled:
        end = stop.end() if (stop := STOP.match(text, scaled.end())) else scaled.end()
        if half := words.half.match(lower, end):  # "2 millones y medio"
            value, end = value + scale // 2, half.end()
    return Number(start, end, plain(value), False, scale)


def _glued(text: str, lower: str, end: int, words: _Words) -> bool:
    return bool(words.glued.match(text, end) or words.glued.match(lower, end))


PERCENT = re.compile(r"\s?(?:%|p(?:er|our|or) ?(?:cent|ciento)|процент)")
NOUN = re.compile(r" [a-zß-ÿа-яё\u0620-\u064a]{4,}")
CURRENCY_BEFORE = re.compile(r"(?:[$€£¥₭₽]|\b[A-Z]{3})\s?$")


def _digits_value(text: str, match: re.Match[str], words: _Words, scaled: bool) -> Decimal:
    digits = match.group()
    for space in SPACES + "'’":
        digits = digits.replace(space, "")
    marks = re.findall(r"[.,]", digits)
    if not marks:
        return Decimal(digits)
    if len(set(marks)) == 2:
        return Decimal(digits.replace(marks[0], "").replace(marks[-1], "."))
    mark, groups = marks[0], digits.split(marks[0])
    if len(marks) > 1:
        return Decimal(digits.replace(mark, ""))
    spaced = digits != match.group()
    scaled = scaled and not (mark == "," and not words.comma) and mark != words.grouping
    thousands = len(groups[1]) == 3 and not spaced and not scaled and 1 <= len(groups[0]) <= 3 and groups[0][0] != "0"
    if thousands and ((mark == "," and not words.comma) or (mark == "." and words.comma)):
        grouped = mark == words.grouping and not PERCENT.match(text, match.end())
        thousands = mark == "," or grouped or _thousands(text, match)
    elif thousands:
        thousands = _thousands(text, match)
    return Decimal(digits.replace(mark, "" if thousands else "."))


def _thousands(text: str, match: re.Match[str]) -> bool:
    """Whether three digits after the decimal mark are thousands after all ("255.000", "5.300 households")."""
    after = text[match.end() : match.end() + 12]
    if PERCENT.match(after):
        return False
    return bool(match.group().endswith("000") or CURRENCY_BEFORE.search(text[: match.start()]) or NOUN.match(after))


def _in_words(lower: str, match: re.Match[str], words: _Words) -> list[Number]:
    if match.start() and (lower[match.start() - 1].isalnum()):
        return []
    if words.ones_first and f" {lower[max(0, match.start() - 4) : match.start()]}".endswith(" ال "):
        return []  # «الأشخاص الخمسة» recalls a number
    if words.ones_first and lower[max(0, match.start() - 2) : match.start() - 1].isdigit():
        return []  # the scale of a number that is not read: «4ر108 مليون»
    tokens = list(words.token.finditer(lower, *match.span()))
    follows = words.no_number.match(lower, match.end())
    first = tokens[0].group()
    if (first in words.scales or words.tens.get(first) == 100) and words.led.search(
        lower, max(0, match.start() - 12), match.start()
    ):
        return []  # « 5 pour cent », "5 por ciento"
    found, run = [], list[re.Match[str]]()
    for token in tokens:
        if run and not _continues(lower, run, token, words):
            found.append(run)
            run = []
        run.append(token)
    found.append(run)
    made = [_word_number(lower, run, words) for run in found]
    if follows:
        made.pop()
    return [number for number in made if number]


def _continues(lower: str, run: list[re.Match[str]], token: re.Match[str], words: _Words) -> bool:
    """Whether a token goes on with the number before it: "twenty three", "four hundred and", but not "four five"."""
    last, word = _one(run[-1].group()), _one(token.group())
    if words.ones_first:
        return _continues_ones_first([one.group() for one in run], word, words)
    if word in words.skipped:
        return last in words.scales or (len(run) == 1 and last in words.skipped)
    if last in words.skipped or word in words.scales:
        return True
    if last in words.scales:
        return True
    if last in words.tens:
        smaller = words.ones.get(word, words.tens.get(word))
        ceiling = Decimal(100) if words.tens[last] >= 100 else Decimal(10)
        return smaller is not None and smaller < ceiling
    return False


def _continues_ones_first(run: list[str], word: str, words: _Words) -> bool:
    """As `_continues`, where ones stand before tens and a joiner before each part: «مئة وخمسة وعشرون»."""
    last, joined = run[-1], run[-1] in words.skipped
    if word in words.skipped or word in words.scales:
        return not joined or word in words.scales
    if not joined:
        return word in words.teens and words.ones.get(last, 10) < 10
    before, value = run[-2] if len(run) > 1 else "", words.ones.get(word, words.tens.get(word, Decimal(0)))
    if before in words.ones:
        return words.ones[before] < 10 and 20 <= value < 100
    if before in words.tens:
        return value < (1000 if words.tens[before] >= 1000 else 100 if words.tens[before] >= 100 else 0)
    return value < words.scales.get(before, 0)


def _word_number(lower: str, run: list[re.Match[str]], words: _Words) -> Number | None:
    while run and run[-1].group() in words.skipped:
        run = run[:-1]
    while run and run[0].group() in words.skipped and (len(run) == 1 or run[1].group() not in words.scales):
        run = run[1:]
    if not run:
        return None
    first = run[0].group()
    if first in words.scales and first not in words.alone:
        return None
    total, part, scale, seen = Decimal(0), Decimal(0), 1, False
    for token in run:
        word = _one(token.group())
        if word in words.scales:
            scale = words.scales[word]
            part = (part if seen else Decimal(1)) * scale
            if scale >= 1000:
                total, part, seen = total + part, Decimal(0), False
                continue
        elif word not in words.skipped:
            part += words.ones.get(word, words.tens.get(word, Decimal(0)))
        seen = word not in words.skipped
    value, end = total + part, run[-1].end()
    if lower[end : end + 1] == "." and run[-1].group() == "тыс":
        end += 1
    half = words.half.match(lower, end)
    if half:
        value, end = value + Decimal("0.5") * (scale if run[-1].group() in words.scales else 1), half.end()
        scaled = words.scale.match(lower, end)
        if scaled:
            scale = words.scales[scaled.group(1)]
            value, end = value * scale, scaled.end()
    last = run[-1].group()
    if last in words.scales:
        return Number(run[0].start(), end, plain(value), True, scale)
    dual = words.tens.get(last, Decimal(0)) / 2  # «مليونين و600 ألف»
    return Number(run[0].start(), end, plain(value), True, int(dual) if dual in words.scales.values() else 1)


def _joined(lower: str, found: list[Number], words: _Words) -> list[Number]:
    """Numbers without overlaps; "1 million 200 thousand" is one, and so are "thirty (30)" and "10 mil 280"."""
    joined: list[Number] = []
    for number in found:
        last = joined[-1] if joined else None
        if last and number.start < last.end:
            continue
        if (
            last
            and last.value == number.value
            and lower[last.end : number.start] == " ("
            and lower[number.end :][:1] == ")"
        ):
            joined[-1] = Number(last.start, number.end + 1, last.value, last.in_words, last.scale)
            continue
        if (
            last
            and last.value == number.value
            and lower[last.end : number.start] == ") "
            and lower[max(0, last.start - 1) : last.start] == "("
        ):
            joined[-1] = Number(last.start - 1, number.end, last.value, number.in_words, number.scale)
            continue
        if last and _adds(last, number, lower[last.end : number.start], words):
            value = plain(Decimal(str(last.value)) + Decimal(str(number.value)))
            joined[-1] = Number(last.start, number.end, value, last.in_words, number.scale)
            continue
        if last and last.in_words and number.in_words and lower[last.end : number.start] in words.point:
            value = plain(Decimal(f"{last.value}.{number.value}"))  # "sesenta y seis punto cinco"
            joined[-1] = Number(last.start, number.end, value, True)
            continue
        joined.append(number)
    return joined


def _adds(last: Number, number: Number, gap: str, words: _Words) -> bool:
    """Whether a number goes on with one that has a larger scale: "1 million 200 thousand", «5 ملايين و300»."""
    if not last.scale > max(number.scale, 999) > 1 or number.value >= last.scale:
        return False
    if words.ones_first and gap == " و ":
        return True
    return (number.scale > 1 or last.scale in words.mixed) and gap in (" ", " and ", ". ")


def plain(value: Decimal) -> int | float:
    """An integer where the value is one, else the nearest float."""
    return int(value) if value == value.to_integral_value() else float(value)
