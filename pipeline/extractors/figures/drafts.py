"""Numbers of a passage with what stands beside them: comparator, currency or unit, counted noun."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ...model import Comparator
from ...rules import Rules
from ..money import amounts, lettered
from ..numbers import Number, numbers
from .claims import Claims
from .words import Words

Place = tuple[int, int]


@dataclass(slots=True, eq=False)
class Draft:
    """A number on its way to a figure. `core` is the number with currency and unit, `left` where its lead begins,
    `inner` where that does without "from"."""

    number: Number
    core: Place
    left: int
    value: int | float
    unit: str | None = None
    value_to: int | float | None = None
    per: int | None = None
    comparator: Comparator | None = None
    lead: str = ""
    age: bool = False
    age_bound: bool = False
    term_bound: bool = False
    between: bool = False
    start: bool = False
    inner: int = -1
    noun: Place | None = None
    sure: bool = False
    changes: int | None = None
    dropped: bool = False
    label: int | None = None
    hyphen: bool = False
    base: bool = False
    shared: bool = False
    times: bool = False
    compared: bool = False
    borrowed: Place | None = None
    like: "Draft | None" = None

    @property
    def bare(self) -> bool:
        return self.unit is None and self.noun is None


LARGE = 1000  # a smaller number behind a letter is a name: "N95", "P5"
TERMS = ("year", "month", "week", "day", "hour", "minute")
AGES = frozenset({None, "age", "year", "month", "week", "day"})
WORD = re.compile(r"[^\W\d_]+(?:[-‑'’][^\W\d_]+)*")


def drafts(text: str, claimed: Claims, words: Words, rules: Rules, country: str | None) -> list[Draft]:
    """A draft for each number that no other fact claims, in reading order."""
    sums = [one for one in lettered(text, words.language, rules, country) if one.unit and one.value >= LARGE]
    found = [*numbers(text, words.language, rules), *(Number(one.start, one.end, one.value, False) for one in sums)]
    if not found:
        return []
    found.sort(key=lambda number: number.start)
    money = {}
    for amount in (*amounts(text, found, words.language, rules, country), *sums):
        money[amount.end] = amount
    made = []
    for number in found:
        if _claimed(number, claimed):
            continue
        paid = next((a for a in money.values() if a.start <= number.start and number.end <= a.end), None)
        if paid:
            core: Place = (paid.start, paid.end)
            made.append(Draft(number, core, core[0], paid.value, paid.unit))
        else:
            draft = Draft(number, (number.start, number.end), number.start, number.value)
            _unit(text, draft, words)
            if made and _noted(text, made[-1], draft):
                continue
            made.append(draft)
        _lead(text, made[-1], words)
    starts = [draft.number.start for draft in made]
    for i, draft in enumerate(made):
        if draft.unit is None:
            limit = starts[i + 1] if i + 1 < len(starts) else len(text)
            limit = min([limit, *(date.start for date in claimed.dates if date.start >= draft.core[1])])
            draft.noun, draft.sure = noun_after(text, _noun_start(text, draft, words), limit, words)
            if words.nouns == "first" and not draft.sure and draft.value >= 2:
                draft.noun = None
    return made


def _noted(text: str, last: Draft, draft: Draft) -> bool:
    """Whether a number is the mark of a note behind a figure with its unit: « moins de 14 ans 3 et 83 % »."""
    beside = text[last.core[1] : draft.core[0]] == " " and not draft.number.in_words and draft.value < 100
    return beside and draft.unit is None and last.unit in (*TERMS, "age", "percent")


def _noun_start(text: str, draft: Draft, words: Words) -> int:
    """Where to look for the noun that a draft counts: behind the "de" of « 2 millions de personnes »."""
    of = words.scaled_of.match(text, draft.core[1]) if draft.number.scale >= 1_000_000 else None
    return of.end() - 1 if of else draft.core[1]


def _claimed(number: Number, claimed: Claims) -> bool:
    start, end = number.start, number.end
    return any(date.start < end and start < date.end for date in claimed.dates) or any(
        s < end and start < e for s, e in claimed.others
    )


def _unit(text: str, draft: Draft, words: Words) -> None:
    match = words.unit.match(text, draft.number.end)
    if not match:
        base = words.per_scale.match(text, draft.number.end)
        if base:
            draft.unit, draft.per = "ratio", words.factors[base.group(1).lower()]
            draft.core = (draft.core[0], base.end())
        return
    name = match.lastgroup or ""
    draft.unit = words.units.get(name, name)
    draft.hyphen = match.group()[:1] in "-‑" or match.group()[1:2] in "-‑"
    half = words.half.match(text, match.end()) if name.startswith("t_") else None  # « deux ans et demi »
    draft.value = draft.value + 0.5 if half else draft.value
    draft.core = (draft.core[0], half.end() if half else match.end())


LEAD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?\.?|[<>≥≤~≈]|\S")


def _before(text: str, at: int) -> list[re.Match[str]]:
    """The words and marks before a place, none of them cut."""
    window = max(0, at - 48)
    tokens = list(LEAD.finditer(text, window, at))
    return tokens[1:] if tokens and tokens[0].start() == window and window else tokens


def _lead(text: str, draft: Draft, words: Words) -> None:
    """Read comparators, "between", "from" and words for ages leftwards from the number."""
    at = draft.core[0]
    times = words.multiple_after.match(text, draft.core[1])
    last = text[text.rfind(" ", 0, max(at - 1, 0)) + 1 : at].rstrip().lower()
    plain = not times and last.isalpha() and last not in words.lead_ends
    tokens = [] if plain else _before(text, at)
    if tokens and tokens[-1].group() == "-" and len(tokens) > 1:
        tokens.pop()
        draft.hyphen = True
    if times and tokens and (into := [t for t in tokens[-4:] if t.group() in words.multiple_before]):
        draft.unit, draft.core = "multiple", (draft.core[0], times.end())
        if into[-1] is tokens[-1]:
            draft.left = tokens.pop().start()
    while tokens:
        taken = 0
        if tokens[-1].group().lower().replace("'", "’") not in words.lead_ends:
            break
        for k in range(min(5, len(tokens)), 0, -1):
            phrase = " ".join(token.group() for token in tokens[-k:]).lower().replace("'", "’").replace(" - ", "-")
            if _read_phrase(phrase, draft, words):
                taken = k
                break
        if not taken:
            break
        if draft.start and draft.inner < 0:
            draft.inner = draft.left
        draft.left = tokens[-taken].start()
        tokens = tokens[:-taken]
    while tokens and tokens[-1].group().lower() == "the" and draft.age:
        draft.left = tokens.pop().start()
    draft.lead = last if plain else tokens[-1].group().lower() if tokens else ""
    draft.base = words.per_lead.search(text, max(0, draft.left - 24), draft.left) is not None and (
        words.nouns == "plural" or power_of_ten(draft.value)
    )
    if draft.comparator == "<=" and not draft.age and words.target.match(text, draft.left):
        sentence = max(text.rfind(mark, 0, draft.left) for mark in (". ", "; "))
        if words.change.search(text, max(sentence, draft.left - 60, 0), draft.left):
            draft.comparator, draft.left = None, draft.core[0]


def power_of_ten(value: int | float) -> bool:
    """Whether a number is such as rates are put to: 10, 100, 1,000, …"""
    return value >= 10 and value in (10, 100, 1000, 10_000, 100_000, 1_000_000)


def _read_phrase(phrase: str, draft: Draft, words: Words) -> bool:
    if phrase in words.age_prefix:
        if draft.unit not in AGES:
            return False
        draft.age = True
    elif phrase in words.before:
        draft.comparator = draft.comparator or words.before[phrase]
    elif phrase in words.before_age:
        draft.comparator, draft.age_bound = draft.comparator or words.before_age[phrase], True
        if draft.left == draft.core[0] and not draft.age and draft.unit not in ("age", "year"):
            draft.comparator, draft.age_bound = None, False
            return False
    elif phrase in words.before_term:
        if draft.unit not in ("year", "month", "week", "day", "hour", "minute"):
            return False
        draft.comparator = draft.comparator or words.before_term[phrase]
    elif phrase in words.between:
        draft.between = True
    elif phrase in words.start:
        draft.start = True
    else:
        return False
    return True


def noun_after(text: str, end: int, limit: int, words: Words) -> tuple[Place | None, bool]:
    """The counted noun after a number with its adjectives, and whether its form (a plural) makes it sure."""
    first = re.match(r"(?:[ \u00a0\n][“\"«]?|-|‑ ?|[“’'])(?=[^\W\d_])", text[end : end + 4])
    if not first or not first.group():
        return None, False
    run: list[re.Match[str]] = []
    at = end + first.end()
    for match in WORD.finditer(text, at, limit):
        if match.start() > at + (1 if run else 0) or match.group().lower() in words.function or len(run) == 6:
            break
        if run and text[run[-1].end() : match.start()] not in (" ", "\u00a0"):
            break
        run.append(match)
        at = match.end()
    if not run:
        return None, False
    head, sure = _head(text, run, words, limit)
    if head is None:
        return None, False
    if not sure and words.nouns == "plural" and (joined := _two_adjectives(text, run[-1].end(), limit, words)):
        return (run[0].start(), joined), True
    return (run[0].start(), _joined_noun(text, run[head].end(), limit, words) if sure else run[head].end()), sure


def _head(text: str, run: Sequence[re.Match[str]], words: Words, limit: int) -> tuple[int | None, bool]:
    if words.nouns == "next":
        first = run[0].group().lower()
        return (None if words.predicate.search(first) else 0), words.adjective.search(first) is None
    if words.nouns == "case":
        if words.predicate.search(run[0].group().lower()):
            return None, False
        for i, match in enumerate(run):
            lower = match.group().lower()
            if i and words.predicate.search(lower):
                return i - 1, True
            if not words.adjective.search(lower) or (i and words.noun.search(lower)):
                return i, True
        return 0, False
    if words.nouns == "first":
        head = next((i for i, match in enumerate(run) if not words.adjective.search(match.group().lower())), 0)
        return head, plural(run[head].group(), words)
    for i, match in enumerate(run):
        if plural(match.group(), words):
            if i + 1 < len(run) and plural(run[i + 1].group(), words):
                continue
            return i, True
    first = run[0].group()
    if re.search(r"(?:ing|ed|ly)$", first) and len(run) < 3:
        return None, False
    return min(len(run) - 1, 2), False


def plural(word: str, words: Words) -> bool:
    """Whether a word has the form of a plural noun."""
    lower = word.lower()
    if words.nouns == "first":
        return lower in words.plurals or words.noun.search(lower) is not None
    last = lower.rsplit("-", 1)[-1]
    return last in words.plurals or (
        (len(last) > 3 and last.endswith("s") and not last.endswith(("ss", "us", "is", "’s", "'s")))
        or last.endswith("s’")
    )


def _two_adjectives(text: str, end: int, limit: int, words: Words) -> int | None:
    """ "60 policy and financial pledges": the noun that two adjectives share."""
    match = JOINED.match(text, end, limit)
    if not match or match.group(1).lower() not in words.joiners:
        return None
    for part in WORD.finditer(text, *match.span(2)):
        word = part.group()
        if word.lower() in words.function or not word.islower() or word.endswith("ing"):
            return None
        if plural(part.group(), words):
            return part.end()
    return None


JOINED = re.compile(r" (\w+)((?: [^\W\d_]+){1,3})")


def _joined_noun(text: str, end: int, limit: int, words: Words) -> int:
    """ "girls and young women": two nouns that one number counts."""
    match = JOINED.match(text, end, limit)
    if not match or match.group(1).lower() not in words.joiners or words.nouns != "plural":
        return end
    for part in WORD.finditer(text, *match.span(2)):
        if part.group().lower() in words.function:
            break
        if plural(part.group(), words):
            return end if words.vague.match(part.group()) else part.end()
    return end
