"""Penalties where the size stands around its sanction without spaces: 处三年以上十年以下有期徒刑,并处罚金; 监禁3至7年.

Numbers, sums and citations are masked, as in `words`; 以上 and 以下 behind a number bound it, words before it do too.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Any

from ...errors import RulesError
from ...model import Article, Joined, Passage, Penalty, Place, Sanction
from ...rules import Rules
from .. import han
from ..money import Amount
from ..numbers import Number
from .words import AMOUNT, CITED, NUMBER, SanctionWords, kind_of

TOKENS = {"<num>": f"{NUMBER}+", "<amount>": f"{AMOUNT}+", "<ref>": f"{CITED}+"}
PATTERNS = (
    "life", "to_life", "cue", "cue_after", "policy", "threshold_after", "served", "changed", "changed_after", "counted",
    "imposed", "modal", "reason", "new_case", "and", "or", "and_or", "alternative", "subject_lead", "subject_tail",
    "generic_subject", "anaphora",
)  # fmt: skip
LONGEST_TERM = 200
APART, REACH, OFFENCE, NEAR = 60, 40, 60, 8


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words of penalties in one language, compiled."""

    trigger: tuple[str, ...]
    kinds: tuple[SanctionWords, ...]
    sanctions: re.Pattern[str]
    before: Mapping[str, re.Pattern[str]]
    after: Mapping[str, re.Pattern[str]]
    most: re.Pattern[str]
    capped: re.Pattern[str]
    units: Mapping[str, re.Pattern[str]]
    fine_units: Mapping[str, re.Pattern[str]]
    patterns: Mapping[str, re.Pattern[str]]


@cache
def words_of(language: str, rules: Rules) -> Words | None:
    """The compiled words of a language, None where it has none; RulesError names the entry that cannot be used."""
    table = rules.languages[language].get("penalties")
    if not table:
        return None
    where = f"languages/{language}.toml [penalties]"
    try:
        kinds = "|".join(f"(?P<k{i}>{entry['words']})" for i, entry in enumerate(table["sanctions"]))
        sizes = {
            "term": _bounded(table, "<num>", "|".join(table["units"].values()), table["months"]),
            "amount": _bounded(table, "<amount>", ""),
            "measured": _bounded(table, "<num>", "|".join(table["fine_units"].values())),
            "multiple": rf"(?P<of>{'|'.join(table['fine_units'].values())})的?{_bounded(table, '<num>', '倍')}",
        }
        return Words(
            trigger=tuple(table["trigger"]),
            kinds=tuple(kind_of(entry, where) for entry in table["sanctions"]),
            sanctions=_pattern(kinds),
            before={name: _pattern(rf"{size}{table['gap_before']}$") for name, size in sizes.items()},
            after={name: _pattern(rf"{table['gap_after']}{size}") for name, size in sizes.items()},
            most=_pattern(rf"(?:{table['most']})$"),
            capped=_pattern(table["capped"]),
            units={name: _pattern(unit) for name, unit in table["units"].items()},
            fine_units={name: _pattern(unit) for name, unit in table["fine_units"].items()},
            patterns={name: _pattern(table[name]) for name in PATTERNS},
        )
    except (KeyError, TypeError, AttributeError, re.error) as error:
        raise RulesError(f"{where}: missing or ill-typed entry: {error!r}") from error


def _pattern(source: str) -> re.Pattern[str]:
    for token, filled in TOKENS.items():
        source = source.replace(token, filled)
    return re.compile(source)


def _bounded(table: Mapping[str, Any], value: str, unit: str, months: str = "") -> str:
    """One or two values, each with the words that bound it; the first one's unit may be left to the second."""
    bound = rf"(?:(?P<least>{table['least']})|(?P<most>{table['most']}))?"
    further = rf"{table['to']}|{table['also']}(?:(?P<least2>{table['least']})|(?P<most2>{table['most']}))"

    def sized(i: int, *, elliptic: bool = False) -> str:
        more = months.replace("<m>", f"<m{i}>").replace("<h>", f"<h{i}>")
        said = f"(?:(?P<u{i}>{unit}){more})" + "?" * elliptic if unit else ""
        behind = f"(?:(?P<up{i}>{table['least_after']})|(?P<down{i}>{table['most_after']}))?"
        return f"(?P<v{i}>{value}){said}{behind}"

    return rf"{bound}(?:{sized(1, elliptic=True)}(?:{further}|(?<=以上)[、,]?){sized(2)}|{sized(3)})"


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


def may_name(text: str, words: Words) -> bool:
    return any(stem in text for stem in words.trigger)


def find(
    passage: Passage,
    articles: Mapping[int, Article],
    places: Sequence[tuple[int, int]],
    rules: Rules,
    country: str | None,
) -> list[Penalty]:
    """The penalties of one passage; `articles` are those of national law, `places` all that it cites."""
    words = words_of(passage.language, rules)
    if words is None or not may_name(passage.text, words):
        return []
    masked = _mask(passage, places, rules, country)
    found: list[Penalty] = []
    for number, sentence in enumerate(passage.sentences):
        previous = passage.sentences[number - 1] if number else None
        last = sentence[0]
        for group in _groups(masked, sentence, words):
            case = _case(masked, sentence, last, group, words)
            if case is None:
                continue
            start, end, attached, joined, imposed = case
            sanctions = _merged(masked, group, words)
            before = (last, attached)
            offence = _reason(passage.text, start, sentence, words) if imposed else None
            offence = offence if imposed else _offence(passage.text, masked, before, previous, words)
            cited = _cited(masked, articles, (_whole(passage, number), *sentence), previous, (last, start, end), words)
            rule = "penalty.imposed" if imposed else "penalty.sized" if any(s.sized for s in group) else "penalty.named"
            at = Place(passage.index, start, end)
            found.append(Penalty(at, rule, sanctions, offence, cited, joined if len(sanctions) > 1 else None, imposed))
            last = end
    return found


def _whole(passage: Passage, number: int) -> int:
    """Where a sentence begins of which semicolons divide the parts: 处…有期徒刑;情节严重的,处…."""
    while number and passage.text[passage.sentences[number - 1][1] - 1] == ";":
        number -= 1
    return passage.sentences[number][0]


def _mask(passage: Passage, places: Sequence[tuple[int, int]], rules: Rules, country: str | None) -> Masked:
    text, language = passage.text, passage.language
    figures = [n for n in han.numbers(text, language, rules) if not any(s < n.end and n.start < e for s, e in places)]
    sums = han.amounts(text, figures, language, rules, country, unknown=True)
    chars = list(text)
    for start, end in places:
        chars[start:end] = CITED * (end - start)
    for figure in figures:
        following = text[figure.end : figure.end + 1]
        single = figure.in_words and figure.value == 1 and following not in ("年", "个")  # 一名男子, not 一年
        if not single and (figure.value <= LONGEST_TERM or following != "年"):
            chars[figure.start : figure.end] = NUMBER * (figure.end - figure.start)
    for amount in sums:
        chars[amount.start : amount.end] = AMOUNT * (amount.end - amount.start)
    return Masked("".join(chars), {n.start: n for n in figures}, {a.start: a for a in sums})


def _groups(masked: Masked, sentence: tuple[int, int], words: Words) -> Iterator[list[Named]]:
    """Sanctions of one case: named close together, no second case begun between them."""
    group: list[Named] = []
    for named in _named(masked, sentence, words):
        gap = masked.text[group[-1].end : named.start] if group else ""
        again = any(o.kind.sanction == named.kind.sanction and o.sized and named.sized for o in group)
        life = named.sanction.min == "life" or (group and group[-1].sanction.min == "life")
        other = life or (len(gap) < NEAR and words.patterns["alternative"].search(gap))
        if group and (len(gap) > APART or words.patterns["new_case"].search(gap) or (again and not other)):
            yield group
            group = []
        group.append(named)
    if group:
        yield group


def _named(masked: Masked, sentence: tuple[int, int], words: Words) -> Iterator[Named]:
    """The sanctions of a sentence with their sizes; a size belongs to one sanction."""
    start, end = sentence
    at = start
    for match in words.sanctions.finditer(masked.text, start, end):
        if match.start() < at:
            continue
        kind = words.kinds[int((match.lastgroup or "k0")[1:])]
        first, last, sanction = match.start(), match.end(), Sanction(kind.sanction)
        if words.patterns["life"].fullmatch(match.group()):
            sanction = replace(sanction, min="life", max="life")
            if lower := words.patterns["to_life"].search(masked.text, at, first):
                sanction, first = replace(sanction, min=f"P{masked.numbers[lower.start('v1')].value}Y"), lower.start()
        void = False
        for name in SIZES.get(kind.size or "", ()):
            before = words.before[name].search(masked.text, max(at, first - REACH), first)
            if before and (said := _bounds(before, masked, name, kind, words)):
                sanction, first = said, before.start()
                void = _void(masked, before, words)
                break
            after = words.after[name].match(masked.text, last, end)
            if after and words.patterns["changed_after"].match(masked.text[after.end() : after.end() + 4]):
                continue  # 刑期从3年提高到5年
            if after and (said := _bounds(after, masked, name, kind, words)):
                sanction, last = said, after.end()
                if ahead := words.most.search(masked.text, max(at, first - 8), first):
                    first = ahead.start()  # 最高刑期为10年
                    sanction = replace(sanction, min=None) if said.min == said.max else sanction
                break
        at = last
        named = Named(first, last, kind, sanction)
        if (named.sized or not kind.sized_only) and not void:
            yield named


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


def _merged(masked: Masked, group: Sequence[Named], words: Words) -> tuple[Sanction, ...]:
    """Each sanction once; a life term beside a term of years is its upper bound: 十年以上有期徒刑或者无期徒刑."""
    found: list[Sanction] = []
    capped = words.capped.match(masked.text, group[0].start) is not None
    for named in group:
        one = named.sanction
        if capped and named.sized and one.min == one.max != "life":
            one = replace(one, min=None)  # 最高可判处5年监禁和250,000美元罚款
        same = [i for i, other in enumerate(found) if other.sanction == one.sanction]
        if same and (one.min == "life") != (found[same[-1]].min == "life") and named.sized:
            term = found[same[-1]] if one.min == "life" else one
            found[same[-1]] = replace(term, max="life")
        elif not same or (named.sized and one not in found):
            found.append(one)
    return tuple(found)


def _case(
    masked: Masked, sentence: tuple[int, int], last: int, group: Sequence[Named], words: Words
) -> tuple[int, int, int, Joined | None, bool] | None:
    """Span, where the words that attach it begin, how its sanctions are joined, imposed; None where it is talk."""
    p, text = words.patterns, masked.text
    start, end = group[0].start, group[-1].end
    lead = text[max(last, start - REACH) : start]
    cues = list(p["cue"].finditer(lead))
    attached = max(last, start - REACH) + cues[-1].start() if cues else start
    near = bool(cues) and len(lead) - cues[-1].end() <= 12
    behind = p["cue_after"].search(text[end : end + 12]) is not None
    sized = any(named.sized for named in group)
    firm = any(named.sized and named.kind.firm and named.sanction.min != "life" for named in group)
    if p["threshold_after"].search(text[end : end + 16]) or not (firm or near or behind):
        return None
    if not sized and (p["policy"].search(text, *sentence) or all(named.kind.weak for named in group)):
        return None
    court = p["imposed"].search(text, max(last, start - REACH), end)
    imposed = court is not None and not p["modal"].search(text[max(last, court.start() - 6) : court.start()])
    exact = all(not named.sized or named.sanction.min == named.sanction.max for named in group)
    if imposed and (not exact or (p["counted"].search(text, last, end) and text[start - 1] != "各")):
        return None
    if not sized and (p["counted"].search(text, *sentence) or not near):
        return None
    return start, end, attached, _joined(text, group, words), imposed


def _joined(text: str, group: Sequence[Named], words: Words) -> Joined | None:
    gaps = [text[a.end : b.start] for a, b in pairwise(group)]
    said = {_conjunction(gap, words) for gap in gaps} - {None}
    tail = text[group[-1].end : group[-1].end + 10]
    if "and/or" in said or {"and", "or"} <= said or words.patterns["and_or"].match(tail.lstrip(",、")):
        return "and/or"
    return "or" if "or" in said else "and" if "and" in said else None


def _conjunction(gap: str, words: Words) -> Joined | None:
    if words.patterns["and_or"].search(gap):
        return "and/or"
    if words.patterns["and"].search(gap):
        return "and"
    return "or" if words.patterns["or"].search(gap) else None


def _offence(
    text: str, masked: Masked, span: tuple[int, int], previous: tuple[int, int] | None, words: Words
) -> str | None:
    """What stands before the words that attach a sanction, without citations; else the sentence before."""
    said = _act(text, masked, *span, words)
    if said is None and previous is not None and not words.sanctions.search(masked.text, *previous):
        said = _act(text, masked, *previous, words)
    return said


def _reason(text: str, start: int, sentence: tuple[int, int], words: Words) -> str | None:
    """因贩毒被判处: for what a court punished somebody."""
    found = list(words.patterns["reason"].finditer(text[sentence[0] : start]))
    return found[-1]["act"] if found else None


def _act(text: str, masked: Masked, start: int, end: int, words: Words) -> str | None:
    tail = words.patterns["subject_tail"].search(masked.text, start, end)
    end = tail.start() if tail else end
    if cited := masked.text.rfind(CITED, start, end) + 1:
        start = cited if end - cited > 3 else start
    if end - start > OFFENCE:
        cut = re.search(r"[,;:、]", masked.text[end - OFFENCE : end])
        start = end - OFFENCE + (cut.end() if cut else 0)
    lead = words.patterns["subject_lead"].match(masked.text[start:end])
    start += lead.end() if lead else 0
    said = text[start:end].strip(" ,、:()")
    return None if words.patterns["generic_subject"].match(said) or len(said) < 2 else said


def _cited(
    masked: Masked,
    articles: Mapping[int, Article],
    sentence: tuple[int, int, int],
    previous: tuple[int, int] | None,
    case: tuple[int, int, int],
    words: Words,
) -> tuple[int, ...]:
    """The provisions that set a penalty: cited before it in its sentence, in brackets behind it, or just before.

    `sentence` is where the whole sentence begins, and its part between semicolons.
    """
    last, start, end = case
    whole, begin, stop = sentence
    inside = [(i, a.at) for i, a in articles.items() if whole <= a.at.start < stop]
    before = _run(masked, [(i, at) for i, at in inside if last <= at.start and at.end <= start])
    if before:
        return before
    for _, at in inside:
        opened = masked.text.rfind("(", end, at.start)
        if opened >= 0 and at.start - opened < 24 and not re.search(r"[,;]", masked.text[end:opened]):
            return _run(masked, [one for one in inside if one[1].start >= at.start])
    earlier = _run(masked, [(i, at) for i, at in inside if at.end <= start])
    opening = tuple(i for i, a in articles.items() if a.at.start == 0)
    if earlier or opening or previous is None or not words.patterns["anaphora"].search(masked.text[begin:stop]):
        return earlier or opening
    return _run(masked, [(i, a.at) for i, a in articles.items() if previous[0] <= a.at.start < previous[1]])


def _run(masked: Masked, cited: Sequence[tuple[int, Place]]) -> tuple[int, ...]:
    """The last list of citations: those between which only a conjunction stands."""
    found: list[tuple[int, Place]] = []
    for i, at in sorted(cited, key=lambda pair: pair[1].start):
        gap = masked.text[found[-1][1].end : at.start] if found else ""
        if found and re.search(r"[^、,和及与至到以或\s\ue002()-]", gap):
            found = []
        found.append((i, at))
    return tuple(i for i, _ in found)
