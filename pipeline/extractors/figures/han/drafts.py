"""Numbers of a passage with what stands right beside them: comparator, currency or unit, counting word."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ....model import Comparator
from ....rules import Rules
from ... import han
from ...numbers import Number, plain
from ..claims import Claims
from .words import Words

SURELY, LONGEST = 10_000, 1_000
"""A number with such a scale counts without a counting word; no term is longer than so many units."""
CLAUSE = re.compile(r"[,。;:!?()、“”《》…\n]")


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


DURATIONS = frozenset({"age", "year", "month", "week", "day", "hour", "minute"})


def is_claimed(number: Number, claimed: Claims) -> bool:
    spans = [(date.start, date.end) for date in claimed.dates]
    return any(
        start < number.end and number.start < end
        for start, end in (*spans, *claimed.others, *claimed.sanctions, *claimed.laws)
    )


def drafts(
    text: str, numbers: Sequence[Number], language: str, known: Words, rules: Rules, country: str | None
) -> list[Draft]:
    """The numbers that measure something; the first of a range goes with the second."""
    paid = {a.start: a for a in han.amounts(text, numbers, language, rules, country, unknown=True)}
    made: list[Draft] = []
    lower: Number | None = None
    for i, number in enumerate(numbers):
        amount = next((a for a in paid.values() if a.start <= number.start and number.end <= a.end), None)
        if amount and not amount.unit:
            lower = None
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
            low = paid.get(lower.start)
            draft.value_to, draft.start = draft.value, low.start if low else lower.start
            draft.value = low.value if low else _low(lower, number)
            lower = None
        _compare(text, draft, known)
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
        if unit.lastgroup == "age" and known.patterns["band"].fullmatch(gap):
            return number.value < following.value
    return known.patterns["ranges"].fullmatch(gap) is not None and _low(number, following) < following.value


def _read(text: str, number: Number, draft: Draft, known: Words) -> bool:
    """Set the unit of a number or find its counting word; False where it measures nothing."""
    if known.patterns["percent_before"].search(text, max(0, number.start - 4), number.start):
        draft.start, draft.unit = number.start - 3, "percent"
        return True
    end = _more(text, number, draft, known)
    if _recalls(text, number, end, known):
        return False
    if unit := known.unit.match(text, end):
        return _of_unit(text, number, draft, unit, known)
    if counted := known.counted.match(text, end):
        draft.noun = counted.start() if known.people.match(text, end) else counted.end()
        draft.end, draft.rule = _noun_end(text, counted.end(), known), "figure.count"
        _rate(text, number, draft, counted.end(), known)
        return True
    if number.scale >= SURELY or (known.patterns["nouns"].match(text, end) and not number.in_words):
        draft.noun, draft.end, draft.rule = end, _noun_end(text, end, known), "figure.count"
        return True
    if known.patterns["labels"].search(text, max(0, number.start - 12), number.start) and not number.in_words:
        draft.rule = "figure.label"
        return re.match(r"[,。;)、]|$", text[end : end + 1]) is not None
    return _rate(text, number, draft, number.end, known)


def _more(text: str, number: Number, draft: Draft, known: Words) -> int:
    """Read what makes a number the least of more, 300多万: where it ends."""
    more = known.more.match(text, number.end)
    if more is None:
        return number.end
    value = Decimal(str(number.value))
    for char in more["scale"]:
        value *= known.scales[char]
    draft.value, draft.comparator = plain(value), ">"
    return more.end()


def _recalls(text: str, number: Number, end: int, known: Words) -> bool:
    """Whether a number is the base of a rate (每10万), none that counts (一), or only announces or recalls a list."""
    if text[number.start - 1 : number.start] == "每":
        return True
    if not number.in_words:
        return False
    before = text[max(0, number.start - 4) : number.start]
    decade = number.value == 10 and known.patterns["decade"].search(before)
    recalled = known.patterns["recall"].search(before) or known.patterns["announcing"].match(text, end)
    return number.value < 2 or bool(decade or recalled)


def _of_unit(text: str, number: Number, draft: Draft, unit: re.Match[str], known: Words) -> bool:
    draft.unit, draft.end = known.units[unit.lastgroup or ""], unit.end()
    draft.per = 1000 if unit.lastgroup == "permille" else None
    if draft.unit not in DURATIONS or draft.unit == "age":
        return unit.lastgroup != "multiple" or not known.patterns["sanction_after"].match(text, draft.end)
    if number.value > LONGEST:
        return False
    before = known.patterns["sanction_before"].search(text, max(0, number.start - 12), number.start)
    return not before and not known.patterns["sanction_after"].match(text, draft.end)


def _rate(text: str, number: Number, draft: Draft, end: int, known: Words) -> bool:
    """每10万人65例: a ratio, per so many."""
    per = known.patterns["per"].search(text, max(0, number.start - 24), number.start)
    if per is None or not per["scale"].strip() or number.in_words:
        return False
    digits = re.sub(r"[ ,]", "", re.match(r"[\d ,.]*", per["scale"]).group())  # type: ignore[union-attr]
    scale = Decimal(digits or 1)
    for char in per["scale"]:
        scale *= known.scales.get(char, 1)
    draft.unit, draft.per, draft.end, draft.rule = "ratio", int(scale), end, "figure.rate"
    return True


def _noun_end(text: str, at: int, known: Words) -> int:
    """Where the noun after a counting word ends: at a mark or a word that no noun holds, a few characters on."""
    stop = CLAUSE.search(text, at)
    end = min(stop.start() if stop else len(text), at + 10)
    inner = known.patterns["ends"].search(text, at, end)
    noun = inner.start() if inner else end
    return noun if noun - at <= 8 else at


def _compare(text: str, draft: Draft, known: Words) -> None:
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
