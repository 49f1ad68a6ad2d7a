"""Figures where a counting word stands between number and noun: 300多名女童, 百分之三十, 未满十八岁, 每10万人65例.

A number counts by what stands right beside it: its unit, its currency, its counting word, or the quantity named before
it. The measure is taken from the clause around, the counted noun first.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import cast

from ...errors import RulesError
from ...model import Comparator, Figure, Passage, Place
from ...rules import Rules, names_of
from .. import han
from ..numbers import Number, plain
from .claims import Claims, Dated

MOST = 12
"""So many different characters say what is measured."""
NOUN = 6
CLAUSE = re.compile(r"[,。;:!?()、“”《》…\n]")
MARK = re.compile(r"[,。;:!?()“”《》…\n]")
TOKEN = re.compile(r"[A-Za-z\d]+|[^\W\d]")
SENTENCE = re.compile(r"[。;!?\n]")


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The patterns of `[figures]`; `units` leads from the name of a group to a unit."""

    before: tuple[tuple[re.Pattern[str], Comparator], ...]
    after: tuple[tuple[re.Pattern[str], Comparator], ...]
    more: re.Pattern[str]
    ranges: re.Pattern[str]
    band: re.Pattern[str]
    percent_before: re.Pattern[str]
    unit: re.Pattern[str]
    units: Mapping[str, str]
    people: re.Pattern[str]
    counted: re.Pattern[str]
    announcing: re.Pattern[str]
    nouns: re.Pattern[str]
    decade: re.Pattern[str]
    recall: re.Pattern[str]
    labels: re.Pattern[str]
    per: re.Pattern[str]
    ends: re.Pattern[str]
    trim_left: re.Pattern[str]
    trim_right: re.Pattern[str]
    change_from: re.Pattern[str]
    change_to: re.Pattern[str]
    respective: re.Pattern[str]
    sanction_after: re.Pattern[str]
    sanction_before: re.Pattern[str]
    base_before: re.Pattern[str]
    base_after: re.Pattern[str]
    opening: re.Pattern[str]
    scales: Mapping[str, int]


@cache
def words(language: str, rules: Rules) -> Words:
    """The words of a language; RulesError names what is missing or of the wrong type."""
    try:
        table = rules.languages[language]["figures"]
        unit, units = _units(language, table, rules)
        scales = rules.languages[language]["numbers"]["scales"]
        return Words(
            before=tuple((re.compile(rf"(?:{p})$"), cast(Comparator, sign)) for sign, p in table["before"].items()),
            after=tuple((re.compile(p), cast(Comparator, sign)) for sign, p in table["after"].items()),
            more=re.compile(rf"(?:{table['after']['>']})(?P<scale>[{''.join(scales)}百千]*)"),
            ranges=re.compile(table["ranges"]),
            band=re.compile(table["band"]),
            percent_before=re.compile(table["percent_before"]),
            unit=unit,
            units=units,
            people=re.compile(table["people"]),
            counted=re.compile(rf"{table['people']}|{table['classifiers']}"),
            announcing=re.compile(table["announcing"]),
            nouns=re.compile(table["nouns"]),
            decade=re.compile(table["decade"]),
            recall=re.compile(table["recall"]),
            labels=re.compile(table["labels"]),
            per=re.compile(table["per"]),
            ends=re.compile(table["ends"]),
            trim_left=re.compile(table["trim_left"]),
            trim_right=re.compile(table["trim_right"]),
            change_from=re.compile(table["change_from"]),
            change_to=re.compile(table["change_to"]),
            respective=re.compile(table["respective"]),
            sanction_after=re.compile(table["sanction_after"]),
            sanction_before=re.compile(table["sanction_before"]),
            base_before=re.compile(table["base_before"]),
            base_after=re.compile(table["base_after"]),
            opening=re.compile(table["opening"]),
            scales=scales,
        )
    except (KeyError, TypeError, AttributeError, re.error) as error:
        raise RulesError(f"languages/{language}.toml [figures]: missing or ill-typed entry: {error!r}") from error


def _units(language: str, table: Mapping[str, object], rules: Rules) -> tuple[re.Pattern[str], Mapping[str, str]]:
    """One pattern for all units that may follow a number, and the unit of each of its groups."""
    parts = {"percent": "percent", "permille": "ratio", "age": "age", "multiple": "ratio"}
    patterns = [f"(?P<{name}>{table[name]})" for name in parts]
    for name, pattern in cast("Mapping[str, str]", table["durations"]).items():
        patterns.append(f"(?P<t_{name}>{pattern})")
        parts[f"t_{name}"] = name
    for i, (name, entry) in enumerate(rules.shared["units"].items()):
        names = [rf"{re.escape(symbol)}(?![A-Za-z²³])" for symbol in entry["symbols"]]
        patterns.append(rf"(?P<u{i}>\s?(?:{'|'.join([*names, names_of(entry, language)])}))")
        parts[f"u{i}"] = name
    return re.compile("|".join(patterns)), parts


@dataclass(slots=True)
class Draft:
    """A number on its way to a figure: its span with comparator and unit, and where its noun begins and ends."""

    start: int
    end: int
    value: int | float
    unit: str | None = None
    value_to: int | float | None = None
    per: int | None = None
    comparator: Comparator | None = None
    noun: int | None = None
    rule: str = "figure.unit"


def find(passage: Passage, claimed: Claims, rules: Rules, country: str | None) -> list[Figure]:
    """The figures of one passage, in reading order."""
    text, known = passage.text, words(passage.language, rules)
    numbers = han.numbers(text, passage.language, rules)
    free = [number for number in numbers if not _claimed(number, claimed)]
    drafts = _drafts(text, free, passage.language, known, rules, country)
    found: list[Figure] = []
    for i, draft in enumerate(drafts):
        period = _period(text, drafts, i, claimed, known) if draft.unit not in DURATIONS else None
        measure = _measure(text, draft, drafts, claimed, known)
        found.append(
            Figure(
                Place(passage.index, draft.start, draft.end),
                draft.rule,
                draft.value,
                draft.unit or "count",
                value_to=draft.value_to,
                per=draft.per,
                measure=measure,
                comparator=draft.comparator,
                period=period,
            )
        )
    return found


DURATIONS = frozenset({"age", "year", "month", "week", "day", "hour", "minute"})


def _claimed(number: Number, claimed: Claims) -> bool:
    spans = [(date.start, date.end) for date in claimed.dates]
    return any(
        start < number.end and number.start < end
        for start, end in (*spans, *claimed.others, *claimed.sanctions, *claimed.laws)
    )


def _drafts(
    text: str, numbers: Sequence[Number], language: str, known: Words, rules: Rules, country: str | None
) -> list[Draft]:
    """The numbers that measure something; the first of a range goes with the second."""
    paid = {a.start: a for a in han.amounts(text, numbers, language, rules, country, unknown=True)}
    made: list[Draft] = []
    lower: Number | None = None
    for i, number in enumerate(numbers):
        amount = next((a for a in paid.values() if a.start <= number.start and number.end <= a.end), None)
        if amount and not amount.unit:
            continue  # francs of a State that is not known
        following = numbers[i + 1] if i + 1 < len(numbers) else None
        if following and lower is None and _ranges(text, number, following, known):
            lower = number
            continue
        draft = Draft(number.start, number.end, number.value)
        if amount:
            draft = Draft(amount.start, amount.end, amount.value, amount.unit)
        elif not _read(text, number, draft, known):
            lower = None
            continue
        if lower is not None:
            draft.value_to, draft.start = draft.value, paid[lower.start].start if lower.start in paid else lower.start
            low = paid[lower.start].value if lower.start in paid else _low(lower, number)
            draft.value = low
            lower = None
        _compare(text, draft, known, rules, language)
        made.append(draft)
    return made


def _low(lower: Number, upper: Number) -> int | float:
    """The lower bound takes the scale of the upper one: 3至5万."""
    same = lower.scale == 1 < upper.scale and lower.value <= 10 * upper.value / upper.scale
    return plain(Decimal(str(lower.value)) * upper.scale) if same else lower.value


def _ranges(text: str, number: Number, following: Number, known: Words) -> bool:
    """Whether two numbers are the bounds of a range: 12至18岁, 12岁至18岁, 30%-40%."""
    gap = text[number.end : following.start]
    unit = known.unit.match(text, number.end)
    if unit and unit.end() < following.start:
        theirs = known.unit.match(text, following.end)
        if theirs is None or theirs.lastgroup != unit.lastgroup:
            return False
        gap = text[unit.end() : following.start]
        if unit.lastgroup == "age" and known.band.fullmatch(gap):
            return number.value < following.value
    return known.ranges.fullmatch(gap) is not None and _low(number, following) < following.value


def _read(text: str, number: Number, draft: Draft, known: Words) -> bool:
    """Set the unit of a number or find its counting word; False where it measures nothing."""
    end = number.end
    if text[number.start - 1 : number.start] == "每":
        return False  # the base of a rate
    if more := known.more.match(text, end):
        scale = 1
        for char in more["scale"]:
            scale *= known.scales.get(char, {"百": 100, "千": 1000}.get(char, 1))
        draft.value, end = plain(Decimal(str(number.value)) * scale), more.end()
        draft.comparator = ">"
    if known.percent_before.search(text, max(0, number.start - 4), number.start):
        draft.start, draft.unit = number.start - 3, "percent"
        return True
    decade = number.in_words and number.value == 10
    if decade and known.decade.search(text, max(0, number.start - 4), number.start):
        return False
    if unit := known.unit.match(text, end):
        return _of_unit(text, number, draft, unit, known)
    if number.in_words and number.value < 2:
        return False
    if number.in_words and known.recall.search(text, max(0, number.start - 2), number.start):
        return False
    if number.in_words and known.announcing.match(text, end):
        return False
    if counted := known.counted.match(text, end):
        draft.noun = counted.start() if known.people.match(text, end) else counted.end()
        draft.end, draft.rule = _noun_end(text, counted.end(), known), "figure.count"
        _rate(text, number, draft, counted.end(), known)
        return True
    if number.scale >= 10000 or (known.nouns.match(text, end) and not number.in_words):
        draft.noun, draft.end, draft.rule = end, _noun_end(text, end, known), "figure.count"
        return True
    if known.labels.search(text, max(0, number.start - 12), number.start) and not number.in_words:
        draft.rule = "figure.label"
        return re.match(r"[,。;)、]|$", text[end : end + 1]) is not None
    return _rate(text, number, draft, number.end, known)


def _of_unit(text: str, number: Number, draft: Draft, unit: re.Match[str], known: Words) -> bool:
    draft.unit, draft.end = known.units[unit.lastgroup or ""], unit.end()
    draft.per = 1000 if unit.lastgroup == "permille" else None
    if draft.unit not in DURATIONS or draft.unit == "age":
        fined = unit.lastgroup == "multiple" and known.sanction_after.match(text, draft.end)
        return not fined and (draft.unit == "age" or not (number.in_words and number.value < 2))
    if number.value > 1000 or (number.in_words and number.value < 2):
        return False
    before = known.sanction_before.search(text, max(0, number.start - 12), number.start)
    return not before and not known.sanction_after.match(text, draft.end)


def _rate(text: str, number: Number, draft: Draft, end: int, known: Words) -> bool:
    """每10万人65例: a ratio, per so many."""
    per = known.per.search(text, max(0, number.start - 24), number.start)
    if per is None or not per["scale"].strip() or number.in_words:
        return False
    digits = re.sub(r"[ ,]", "", re.match(r"[\d ,.]*", per["scale"]).group())  # type: ignore[union-attr]
    scale = Decimal(digits or 1)
    for char in per["scale"]:
        scale *= {"十": 10, "百": 100, "千": 1000, **known.scales}.get(char, 1)
    draft.unit, draft.per, draft.end, draft.rule = "ratio", int(scale), end, "figure.rate"
    return True


def _noun_end(text: str, at: int, known: Words) -> int:
    """Where the noun after a counting word ends: at a mark or a word that no noun holds, a few characters on."""
    stop = CLAUSE.search(text, at)
    end = min(stop.start() if stop else len(text), at + 10)
    inner = known.ends.search(text, at, end)
    noun = inner.start() if inner else end
    return noun if noun - at <= 8 else at


def _compare(text: str, draft: Draft, known: Words, rules: Rules, language: str) -> None:
    """Read the words before a figure and after its unit that make it a bound."""
    for pattern, sign in known.before:
        if match := pattern.search(text, max(0, draft.start - 6), draft.start):
            draft.comparator, draft.start = sign, match.start()
            break
    ends = [draft.end]
    if draft.noun is not None and draft.rule == "figure.count":
        counted = known.counted.match(text, draft.noun)
        ends += [counted.end()] if counted else [draft.noun]
    for end in ends:
        for pattern, sign in known.after:
            if (match := pattern.match(text, end)) and draft.value_to is None:
                draft.comparator, draft.end = draft.comparator or sign, max(draft.end, match.end())
                return


def _period(text: str, drafts: Sequence[Draft], i: int, claimed: Claims, known: Words) -> str | None:
    """The date before a figure in its sentence, else the one after it, else the one that opens the passage."""
    draft = drafts[i]
    begin, end = _sentence(text, draft.start)
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
    first = known.change_from.search(text, max(0, left.start - 16), left.start)
    return bool(first and known.change_to.search(text, left.end, right.start))


def _opening(text: str, claimed: Claims, known: Words) -> Dated | None:
    first = claimed.dates[0] if claimed.dates else None
    return first if first and known.opening.match(text[: first.start]) else None


def _of_law(date: Dated, claimed: Claims) -> bool:
    return any(start <= date.start and date.end <= end for start, end in claimed.laws)


def _base(text: str, date: Dated, known: Words) -> bool:
    """Whether a date only says what is compared with."""
    before = known.base_before.search(text, max(0, date.start - 4), date.start)
    return bool(before or known.base_after.match(text, date.end))


def _sentence(text: str, at: int) -> tuple[int, int]:
    begin = max((m.end() for m in SENTENCE.finditer(text, 0, at)), default=0)
    stop = SENTENCE.search(text, at)
    return begin, stop.start() if stop else len(text)


def _measure(text: str, draft: Draft, drafts: Sequence[Draft], claimed: Claims, known: Words) -> str | None:
    """The characters around a figure that say what it measures, in the sentence's order, … where some are left out."""
    begin, end = _sentence(text, draft.start)
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
    said = known.respective.search(text, begin, draft.start)
    if said is None:
        return None
    run = [d for d in drafts if said.end() <= d.start < _sentence(text, draft.start)[1]]
    clause = re.split(r"[,。;:()]", text[begin : said.start()])[-1]
    listed = [part for part in re.split("、|和|及|与|以及", clause) if part]
    return listed[run.index(draft)] if len(run) == len(listed) > 1 else None


def _right(said: str, known: Words) -> str:
    """What stands behind a figure, up to the first mark."""
    stop = MARK.search(said)
    said = said[: stop.start()] if stop else said
    return known.trim_left.sub("", known.trim_right.sub("", said))


def _left(said: str, known: Words) -> str:
    """The last clause of what stands before a figure, with the one before it where it says nearly nothing."""
    parts = [part for part in re.split(CLAUSE, said) if part]
    while parts and not known.trim_left.sub("", parts[-1]):
        parts.pop()
    last = known.trim_left.sub("", parts[-1]) if parts else ""
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
