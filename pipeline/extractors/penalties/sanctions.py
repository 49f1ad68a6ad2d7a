"""Sanctions in one sentence: the words that name them, and the terms and amounts that bound them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ...model import Sanction
from ..money import Amount
from ..numbers import Number
from .words import AMOUNT, CITED, NUMBER, SanctionWords, Words

YEAR = re.compile(r"(?:1[89]|20)\d\d")
LONE = 16  # characters before a further fine that say whose it is, at least, where nothing after it does
SHARE = re.compile(r"(?:,|,? ([^\W\d_]{1,3})) $")  # "to life imprisonment, two to 25 years, and one to …"
GAP = 80  # characters between a sanction's word and its size, at most


@dataclass(frozen=True, slots=True)
class Bounds:
    """A term or an amount with its bounds, at `start` to `end` of the passage."""

    start: int
    end: int
    min: str | int | float | None
    max: str | int | float | None
    unit: str | None
    is_range: bool


@dataclass(frozen=True, slots=True)
class Named:
    """A sanction named in the text; `elliptic` where only its term stands there ("from one to five years")."""

    start: int
    end: int
    kind: SanctionWords
    bounds: Bounds | None
    elliptic: bool = False

    @property
    def sanction(self) -> Sanction:
        b = self.bounds
        return Sanction(self.kind.sanction, b.min if b else None, b.max if b else None, b.unit if b else None)


@dataclass(frozen=True, slots=True)
class Masked:
    """A passage as the patterns see it, and what its numbers and amounts mean, by their start."""

    text: str
    numbers: dict[int, Number]
    amounts: dict[int, Amount]


def mask(
    text: str, numbers: Sequence[Number], amounts: Sequence[Amount], cited: Sequence[tuple[int, int]], words: Words
) -> Masked:
    """The passage's text with numbers, amounts and citations masked; every place stays where it is."""
    chars = list(text)
    amounts = [a for a in amounts if not words.years.match(text, a.end)]  # "$500 or five years": five is no sum
    halves = [Number(m.start(), m.end(), 0.5, True) for m in words.patterns["half_unit"].finditer(text)]
    numbers = [*numbers, *halves]
    plain = [n for n in numbers if n.in_words or not YEAR.fullmatch(text, n.start, n.end)]
    plain = [n for n in plain if not words.patterns["indefinite"].match(text, n.start, len(text))]
    spans = [(n.start, n.end, NUMBER) for n in plain] + [(a.start, a.end, AMOUNT) for a in amounts]
    spans = [s for s in spans if not any(start < s[1] and s[0] < end for start, end in cited)]
    for start, end, char in [*spans, *((start, end, CITED) for start, end in cited)]:
        chars[start:end] = char * (end - start)
    return Masked("".join(chars), {n.start: n for n in numbers}, {a.start: a for a in amounts})


def named(masked: Masked, start: int, end: int, words: Words, graver: bool = False) -> list[Named]:
    """All sanctions that the sentence at `start` to `end` names, in order, each with its size; `graver` tells that
    it goes on with the term of a graver case."""
    text, here = masked.text[:end], masked.text[start:end]
    found = list(words.sanctions.finditer(text, start))
    sized = NUMBER in here or words.patterns["life"].search(text, start)
    terms = _bounds(masked, start, end, words, words.term) if sized else []
    sums = _bounds(masked, start, end, words, words.amount) if AMOUNT in here else []
    if "fine" in {words.kinds[index(m)].sanction for m in found} and NUMBER in here:
        sums = sorted([*sums, *_bounds(masked, start, end, words, words.measured)], key=lambda b: b.start)
    free: list[Bounds] = [*terms, *sums]
    sanctions = []
    for match in found:
        kind = words.kinds[index(match)]
        if words.patterns["not_meant"].search(text, max(start, match.start() - 60), match.start()):
            continue
        sizes = [b for b in free if (b in terms) == (kind.size == "term")] if kind.size else []
        size = _size_of(masked, match, sizes, words)
        if size is None and kind.sized_only:
            continue
        if size:
            free = [b for b in free if b.end <= size.start or size.end <= b.start]
        first, last = match.span()
        sanctions.append(
            Named(min(first, size.start) if size else first, max(last, size.end) if size else last, kind, size)
        )
    sanctions += _elliptic(masked, start, [b for b in free if b in terms], sanctions, words, graver)
    sanctions += _further_terms(masked, sanctions, end, words)
    sanctions += _further_fines(masked, start, [b for b in free if b in sums], sanctions, words)
    spread = _spread(masked, sorted(sanctions, key=lambda s: (s.start, -s.end)), end, words)
    return _same_terms(masked, _shared_bound(masked, spread, words), words)


def _shared_bound(masked: Masked, sanctions: Sequence[Named], words: Words) -> list[Named]:
    """A sum that shares the bound of the term before it: « jusqu’à dix ans de réclusion et 20 000 euros d’amende »."""
    found: list[Named] = []
    for sanction in sanctions:
        last = found[-1].bounds if found else None
        own = sanction.bounds
        if last and own and own.unit and own.start == sanction.start and own.min == own.max:
            opens = last.min is None and masked.text[last.start] != NUMBER and found[-1].start == last.start
            if opens and words.patterns["and"].fullmatch(masked.text[found[-1].end : sanction.start].strip()):
                sanction = replace(sanction, bounds=replace(own, min=None))
        found.append(sanction)
    return found


def _same_terms(masked: Masked, sanctions: Sequence[Named], words: Words) -> list[Named]:
    """Sanctions whose term is that of the one before: "corrective labour for two years or arrest for the same term"."""
    found: list[Named] = []
    term: Bounds | None = None
    for sanction in sanctions:
        same = words.patterns["same_term"].match(masked.text, sanction.end)
        if term and same and sanction.kind.size == "term" and not sanction.bounds:
            sanction = replace(sanction, end=same.end(), bounds=term)
        term = sanction.bounds if sanction.kind.size == "term" and sanction.bounds else term
        found.append(sanction)
    return found


def index(match: re.Match[str]) -> int:
    """Which kind of sanction a match of `Words.sanctions` names."""
    assert match.lastgroup
    return int(match.lastgroup[1:])


def _size_of(masked: Masked, match: re.Match[str], sizes: Sequence[Bounds], words: Words) -> Bounds | None:
    """The size that stands before the word ("five years of imprisonment") or after it ("a fine of up to …")."""
    inside = [b for b in sizes if b.start < match.end() and match.start() < b.end]
    if inside:
        return inside[0]
    before = [b for b in sizes if b.end <= match.start() and match.start() - b.end <= GAP // 2]
    if before and words.patterns["glue_before"].fullmatch(masked.text, before[-1].end, match.start()):
        return _capped(masked, _limited(masked, before[-1], max(0, before[-1].start - 75), words), match.end(), words)
    after = [b for b in sizes if b.start >= match.end() and b.start - match.end() <= GAP]
    if after and words.patterns["glue_after"].fullmatch(masked.text, match.end(), after[0].start):
        return _limited(masked, after[0], max(0, match.start() - 30), words)
    return None


def _capped(masked: Masked, bounds: Bounds, end: int, words: Words) -> Bounds:
    """Bounds that the words behind the sanction limit: « un an d’emprisonnement au plus »."""
    tail = re.compile(r"\s+").match(masked.text, end)
    if bounds.min != bounds.max or tail is None:
        return bounds
    if words.patterns["most_after"].match(masked.text, tail.end()):
        return replace(bounds, min=None)
    return replace(bounds, max=None) if words.patterns["least_after"].match(masked.text, tail.end()) else bounds


def _limited(masked: Masked, bounds: Bounds, start: int, words: Words) -> Bounds:
    """Bounds of a size that is called a minimum or a maximum: "a minimum fine of …", "the maximum is …"."""
    if bounds.min != bounds.max or bounds.min is None:
        return bounds
    if words.patterns["imposed"].search(masked.text[bounds.end : bounds.end + 20]):
        return bounds
    around = re.split(f"[{AMOUNT}{NUMBER},;]", masked.text[start : bounds.start])[-1]
    if words.patterns["maximum"].search(around):
        return replace(bounds, min=None)
    behind = masked.text[bounds.end : bounds.end + 25].split(",")[0]
    if words.patterns["minimum"].search(around) or words.patterns["minimum"].search(behind):
        return replace(bounds, max=None)
    return bounds


def _bounds(masked: Masked, start: int, end: int, words: Words, pattern: re.Pattern[str]) -> list[Bounds]:
    """All sizes that a pattern finds in the sentence; a second value that is no upper bound is read by itself."""
    found, at = [], start
    while 0 < at < end and masked.text[at - 1] == masked.text[at] in (NUMBER, AMOUNT):
        at += 1  # a sentence that begins within an amount: "Tshs. 2,000"
    while match := pattern.search(masked.text, at, end):
        bounds = _span(masked, match, start, words) or _single(masked, match, words)
        if bounds:
            found.append(bounds)
        at = bounds.end if bounds else max(match.end("v1"), match.start() + 1)
    return _met(masked, found, words)


def _met(masked: Masked, found: Sequence[Bounds], words: Words) -> list[Bounds]:
    """Sizes of which two bounds that follow each other make one: « de cinq ans au moins et de dix ans au plus »."""
    met: list[Bounds] = []
    for bounds in found:
        last = met[-1] if met else None
        ends = last and last.max is None and bounds.min is None and last.min is not None and bounds.max is not None
        if last and ends and words.patterns["bridge"].fullmatch(masked.text, last.end, bounds.start):
            met[-1] = Bounds(last.start, bounds.end, last.min, bounds.max, last.unit, True)
        else:
            met.append(bounds)
    return met


def _span(masked: Masked, match: re.Match[str], start: int, words: Words) -> Bounds | None:
    """Both ends: "three to five years", "not less than two nor more than five years"; None for a single value.

    Where courts sentenced several, "two to 25 years" tells how many got 25 years.
    """
    g = match.groupdict()
    if not (g["v2"] or g.get("life2")) or (g["both"] and not g["from"]):
        return None
    if g["most"] and not (g["to"] and g["v1"] and not g["u1"]):  # a slip: "up to 4 to 7 years"
        return None
    before = masked.text[max(0, match.start() - 60) : match.start()]
    reached = words.patterns["to"].fullmatch(before.split()[-1] if before.split() else "")  # "raised to 16-20 years"
    if not (g["least"] or reached) and words.patterns["changed"].search(before):
        return Bounds(match.start(), match.end(), None, None, None, True)
    high = _value(masked, match, "2", g["u2"], words)
    share = SHARE.search(masked.text[start : match.start()])
    share = share if share and not words.patterns["to"].fullmatch(share.group(1) or ",") else None
    if (
        share
        and g["v1"]
        and not (g["u1"] or g["least"] or g["from"])
        and words.patterns["imposed"].search(masked.text, start, match.start())
    ):
        return Bounds(match.start("v2"), match.end(), high[0], high[0], high[1], False)
    low = _value(masked, match, "1", g["u1"] or g["u2"], words)
    return Bounds(match.start(), match.end(), low[0], high[0], high[1] or low[1], True)


def _single(masked: Masked, match: re.Match[str], words: Words) -> Bounds | None:
    """One end or both: "up to five years", "two years or more", "five years"; None for a number without unit."""
    g = match.groupdict()
    if g["u1"] is None and not g.get("life1"):
        return None
    value, unit = _value(masked, match, "1", g["u1"], words)
    end = match.end("life1") if g.get("life1") else match.end("h1" if g.get("h1") else "u1" if g["u1"] else "v1")
    least, most = bool(g["least"] or g["from"]), bool(g["most"])
    if g["both"] and g["u2"] and not least and not most and isinstance(value, str):
        value, end = value + str(_value(masked, match, "2", g["u2"], words)[0])[1:], match.end()
    for name in ("least_after", "most_after"):
        after = re.compile(r"\s*,?\s*").match(masked.text, end)
        if after and (tail := words.patterns[name].match(masked.text, after.end())):
            least, most, end = name == "least_after", name == "most_after", tail.end()
            break
    if not most and words.patterns["death"].match(masked.text, end):
        least = True
    if unit and unit.startswith("%") and (base := words.patterns["base"].match(masked.text, end)):
        end = base.start() + len(base.group().rstrip())
    return Bounds(match.start(), end, None if most else value, None if least else value, unit, False)


def _value(
    masked: Masked, match: re.Match[str], which: str, unit: str | None, words: Words
) -> tuple[str | int | float, str | None]:
    """The value of one end of a size with its unit: a duration, or a number of a currency or another unit of fines."""
    if match.groupdict().get(f"life{which}"):
        return "life", None
    at = match.start(f"v{which}")
    if at in masked.amounts:
        return masked.amounts[at].value, masked.amounts[at].unit or None
    value = masked.numbers[at].value
    value = value + 0.5 if match.groupdict().get(f"h{which}") else value  # « deux ans et demi »
    of_fines = match.re is words.measured  # "multa de seis a doce meses" is no term
    for letter, pattern in words.units.items() if not of_fines else ():
        if re.fullmatch(pattern, unit or "", re.IGNORECASE):
            return _duration(value, letter), None
    for name, pattern in words.fine_units.items():
        if re.fullmatch(pattern, unit or "", re.IGNORECASE):
            return value, name + _base(masked, match.end(), words) if name == "%" else name
    raise AssertionError(f"unit {unit!r} is of no kind")


def _duration(value: int | float, letter: str) -> str:
    """An ISO 8601 duration: parts of a year in months, "two and a half years" is P2Y6M."""
    if letter == "H":
        return f"PT{value}H"
    months = round(value * 12)
    if letter == "Y" and value != int(value) and abs(value * 12 - months) < 0.01:
        return f"P{months // 12}Y{months % 12}M" if months >= 12 else f"P{months}M"
    return f"P{value}{letter}"


def _base(masked: Masked, end: int, words: Words) -> str:
    """What a percentage is of, shortened: "25% of the value of the property" is "% of property value"."""
    match = words.patterns["base"].match(masked.text, end)
    if not match:
        return ""
    first, of, second = match.group(1).strip().partition(" of ")
    return f" of {second.removeprefix('the ')} {first}" if of else f" of {first}"


def _elliptic(
    masked: Masked, start: int, free: Sequence[Bounds], sanctions: Sequence[Named], words: Words, graver: bool
) -> list[Named]:
    """Terms without a word of their own: "punished from one to five years", "and from one to five years with fines"."""
    kind = next(kind for kind in words.kinds if kind.sanction == "imprisonment")
    found: list[Named] = []
    for term in free:
        before = masked.text[max(start, term.start - 120) : term.start]
        after = words.patterns["not_prison"].match(masked.text, term.end)
        said = words.patterns["elliptic"].search(before) or (
            graver and words.patterns["graver"].fullmatch(masked.text, start, term.start)
        )
        earlier = any(
            s.kind.sanction == "imprisonment" and s.bounds and s.end <= term.start for s in [*sanctions, *found]
        )
        repeated = earlier and words.patterns["elliptic_next"].search(before)
        if not after and (said or repeated):
            bounds = _limited(masked, term, max(start, term.start - 40), words)
            found.append(Named(term.start, term.end, kind, bounds, True))
    return found


def _further_terms(masked: Masked, sanctions: Sequence[Named], end: int, words: Words) -> list[Named]:
    """Terms whose unit the term before them has: "eight years, or 15 in cases of …"."""
    found: list[Named] = []
    for first in sanctions:
        size = first.bounds
        match = words.patterns["further_term"].match(masked.text, first.end, end)
        last = str(size.max or size.min) if size and first.kind.size == "term" else ""
        if match and last[-1:] in words.units and match.start("v") in masked.numbers:
            value = _duration(masked.numbers[match.start("v")].value, last[-1])
            bounds = Bounds(match.start("v"), match.end("v"), value, value, None, False)
            found.append(Named(bounds.start, bounds.end, first.kind, bounds, True))
    return found


def _further_fines(
    masked: Masked, start: int, free: Sequence[Bounds], fines: Sequence[Named], words: Words
) -> list[Named]:
    """Sums that go on from a fine: "a fine of 500 euros, and 10,000 euros for legal persons"."""
    found: list[Named] = []
    for size in free:
        first = next((f for f in fines if f.kind.sanction == "fine" and f.bounds and f.end <= size.start), None)
        before = masked.text[max(start, size.start - 110) : size.start]
        said = words.patterns["fine_next"].search(before)
        whose = words.patterns["fine_for"].match(masked.text, size.end)
        if first and said and (whose or len(said.group()) > LONE):
            found.append(Named(size.start, size.end, first.kind, size, True))
    return found


def _spread(masked: Masked, sanctions: Sequence[Named], end: int, words: Words) -> list[Named]:
    """Sanctions without overlaps; "six months' imprisonment to three years' imprisonment" is one; an amount's
    equivalent in another currency belongs to its quote."""
    spread: list[Named] = []
    for sanction in sanctions:
        last = spread[-1] if spread else None
        if last and sanction.start < last.end:
            continue
        if words.patterns["not_after"].match(masked.text, sanction.end):
            continue
        if last and last.kind == sanction.kind and last.bounds and sanction.bounds and not sanction.bounds.is_range:
            gap = masked.text[last.end : sanction.start].strip()
            if words.patterns["and"].fullmatch(gap) and last.bounds.max is None and sanction.bounds.min is None:
                bounds = replace(last.bounds, max=sanction.bounds.max, is_range=True)
                spread[-1] = replace(last, end=sanction.end, bounds=bounds)  # "a minimum of … and a maximum of …"
                continue
            if words.patterns["to"].fullmatch(gap) and not last.bounds.is_range:
                bounds = replace(last.bounds, max=sanction.bounds.max, is_range=True)
                spread[-1] = replace(last, end=sanction.end, bounds=bounds)
                continue
        if sanction.kind.sanction == "fine" and sanction.bounds:
            extra = words.patterns["equivalent"].match(masked.text, sanction.end, end)
            sanction = replace(sanction, end=extra.end()) if extra else sanction
        spread.append(sanction)
    return spread
