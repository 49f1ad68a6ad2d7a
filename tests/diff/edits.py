# ruff: noqa: E501
"""Known edits of a report's text, each with the changes of facts that follow from it."""

import random
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.diff import RecordDiff, Side
from pipeline.records import Fact

Expected = tuple[str, str, object]  # change, kind, start in the old text or quote in the new one

NUMBERS = {"two": "six", "three": "seven", "four": "nine", "five": "eight", "six": "four", "ten": "twelve",
           "двух": "пяти", "трех": "шести", "два": "пять", "три": "шесть"}  # fmt: skip
ADDED = {
    "en": (
        ("In addition, 417 health workers were trained in March 2012.", (("figure", "417 health workers"), ("date", "March 2012"))),
        ("The programme had reached 58 per cent of rural schools by 2013.", (("figure", "58 per cent"), ("date", "2013"))),
        ("A new centre was opened on 3 May 2014.", (("date", "3 May 2014"),)),
    ),
    "ru": (("Кроме того, 3 мая 2014 года был открыт новый центр.", (("date", "3 мая 2014 года"),)),),
    "fr": (("En outre, un nouveau centre a été ouvert le 3 mai 2014.", (("date", "3 mai 2014"),)),),
    "es": (("Además, el 3 de mayo de 2014 se inauguró un nuevo centro.", (("date", "3 de mayo de 2014"),)),),
    "ar": (("وافتُتح مركز جديد في 3 أيار/مايو 2014.", (("date", "3 أيار/مايو 2014"),)),),
    "zh": (("2014年5月3日新的中心投入使用。", (("date", "2014年5月3日"),)),),
}  # fmt: skip
WHOLE = ("indicator", "recommendation", "treaty_action")  # kinds that no number in the quote tells
HAN = re.compile(r"[\u3400-\u9fff]")
HAN_PARTS = re.compile(r"[\u3400-\u9fff][。，；：、）》]*|(?:[^\u3400-\u9fff])+")
SENTENCE = re.compile(r"(?<=[a-zа-я\d)]\.)\s+(?=[A-ZА-Я][a-zа-я]+ )")


@dataclass
class Edit:
    """A text and what a diff against the original must say; `near` are places whose ties may have changed too."""

    text: str
    expected: set[Expected] = field(default_factory=set)


def _spread(facts: list[Fact], apart: int, seed: int) -> list[Fact]:
    """Some facts in a random but fixed choice, none within `apart` characters of another."""
    chosen: list[Fact] = []
    for fact in random.Random(seed).sample(facts, len(facts)):
        if all(abs(fact.evidence.start - other.evidence.start) > apart for other in chosen):
            chosen.append(fact)
    return sorted(chosen, key=lambda fact: fact.evidence.start)


def values_changed(side: Side) -> Edit:
    """Numbers in digits and words, years and articles become others."""
    text, expected, spans = side.text or "", set(), []
    for fact in _spread([f for f in side.record.facts if f.kind not in WHOLE], 400, 1):
        where = fact.evidence
        at = _number(fact.kind, where.quote)
        if at is None:
            continue
        start, end, by = where.start + at[0], where.start + at[1], at[2]
        spans.append((start, end, by))
        for other in side.record.facts:
            within = other.evidence.start < end and start < other.evidence.end
            year = text[start:end]
            if within and other.kind != "indicator" and (other.kind != "treaty_action" or year in (other.edtf or "")):
                expected.add(("changed", other.kind, other.evidence.start))
    for start, end, by in reversed(spans):
        text = text[:start] + by + text[end:]
    return Edit(text, expected)


def _number(kind: str, quote: str) -> tuple[int, int, str] | None:
    """Where a quote's number stands, and another one of as many digits."""
    if kind == "date":
        years = list(re.finditer(r"\b(19|20)\d\d\b", quote))
        return (years[0].start(), years[0].end(), str(int(years[0][0]) - 7)) if len(years) == 1 else None
    digits = next(reversed(list(re.finditer(r"(?<![\w.,-])\d+", quote))), None)
    if digits and (kind != "article" or quote.strip().isdigit() or "rticle" in quote):
        first = "9" if digits[0][0] != "9" else "8"
        return digits.start(), digits.end(), first + digits[0][1:] if len(digits[0]) > 1 else first
    word = re.search(r"\b(" + "|".join(NUMBERS) + r")\b", quote)
    return (word.start(), word.end(), NUMBERS[word[0]]) if word and kind in ("figure", "penalty") else None


def _sentences(side: Side) -> Iterator[tuple[int, int, list[Fact]]]:
    """Sentences inside of numbered paragraphs that end before the paragraph's last one, with their facts."""
    text = side.text or ""
    for paragraph in side.record.paragraphs:
        stops = list(SENTENCE.finditer(text, paragraph.start, paragraph.end))
        for first, second in pairwise(stops):
            start, end = first.end(), second.end()
            inside = [f for f in side.record.facts if f.evidence.start < end and start < f.evidence.end]
            if "\n\n" not in text[start - 20 : end + 20] and all(
                start <= f.evidence.start and f.evidence.end <= end for f in inside
            ):
                yield start, end, inside


def facts_deleted(side: Side) -> Edit:
    """Whole sentences with facts are taken out."""
    text, expected, spans, last = side.text or "", set(), [], -1000
    for start, end, inside in _sentences(side):
        if inside and start - last > 700:
            spans.append((start, end))
            expected |= {("removed", f.kind, f.evidence.start) for f in inside}
            last = start
    for start, end in reversed(spans):
        text = text[:start] + text[end:]
    return Edit(text, expected)


def facts_added(side: Side) -> Edit:
    """Sentences with facts are put in."""
    text, expected, last, said = side.text or "", set(), -2000, []
    stops = [start for start, _, _ in _sentences(side)]
    chosen = []
    for stop in stops:
        if stop - last > 1500:
            chosen.append(stop)
            last = stop
    language = side.record.facts[0].language if side.record.facts else "en"
    asked = [f.evidence for f in side.record.facts if f.kind == "recommendation"]
    expected |= {("changed", "recommendation", a.start) for a in asked if any(a.start <= at < a.end for at in chosen)}
    for count, stop in reversed(list(enumerate(chosen))):
        sentence, facts = ADDED[language][count % len(ADDED[language])]
        text = f"{text[:stop]}{sentence} {text[stop:]}"
        said += [(kind, quote, count) for kind, quote in facts]
    for kind, quote, count in said:
        expected.add(("added", kind, (quote, count // len(ADDED[language]))))
    return Edit(text, expected)


def paragraphs_moved(side: Side) -> Edit:
    """Every ninth paragraph goes behind the third next one, and all are numbered anew."""
    text = side.text or ""
    spans = [(p.start, p.end) for p in side.record.paragraphs if p.number.isdigit()]
    if len(spans) < 4 or any(a[1] > b[0] for a, b in pairwise(spans)):
        return Edit(text)
    order = list(range(len(spans)))
    for at in range(0, len(order) - 4, 9):
        order.insert(at + 3, order.pop(at))
    found, last = [], 0
    for place, (start, end) in enumerate(spans):
        taken = spans[order[place]]
        found += [text[last:start], _renumbered(text[taken[0] : taken[1]], place + 1)]
        last = end
    return Edit("".join(found) + text[last:])


def _renumbered(paragraph: str, number: int) -> str:
    return re.sub(r"^(\W*)\d+\.", rf"\g<1>{number}.", paragraph, count=1)


def rewrapped(side: Side, width: int = 72) -> Edit:
    """All lines of running text end elsewhere."""
    text = side.text or ""
    found, last = [], 0
    for paragraph in side.record.paragraphs:
        if paragraph.start >= last:
            found += [text[last : paragraph.start], _wrapped(text[paragraph.start : paragraph.end], width)]
            last = paragraph.end
    return Edit("".join(found) + text[last:])


def _wrapped(paragraph: str, width: int) -> str:
    """A paragraph's blocks wrapped; in a text with an empty line after each line, these stay."""
    blocks = re.split(r"\n[ \t]*\n", paragraph.rstrip())
    end = paragraph[len(paragraph.rstrip()) :]
    double = len(blocks) > 2 and not any("\n" in block.strip() for block in blocks)
    if double:
        blocks = re.split(r"\n[ \t]*\n(?=\s*(?:\(\w+\)|[•–-]) )|(?<=[.;:])[ \t]*\n[ \t]*\n", paragraph.rstrip())
    filled = []
    for block in blocks:
        lines = [line for line in block.split("\n") if line.strip()]
        if any(len(line) < 40 for line in lines[:-1]) or max(map(len, lines), default=0) < 40:
            filled.append(block)
            continue
        said = _filled(" ".join(block.split()), width)
        filled.append(said.replace("\n", "\n\n") if double else said)
    return "\n\n".join(filled) + end


def _filled(said: str, width: int) -> str:
    """Lines of some width; Chinese ones are half as long and end between any two characters."""
    if not HAN.search(said):
        return textwrap.fill(said, width, break_long_words=False, break_on_hyphens=False)
    lines = [""]
    for part in HAN_PARTS.findall(said):
        if len(lines[-1]) + len(part) > width // 2:
            lines.append("")
        lines[-1] += part
    return "\n".join(lines)


def repaginated(side: Side, size: int = 37) -> Edit:
    """Form feeds after every so many lines."""
    lines = (side.text or "").replace("\f", "").split("\n")
    return Edit("\n".join(("\f" if i and i % size == 0 else "") + line for i, line in enumerate(lines)))


def sections_reordered(side: Side) -> Edit:
    """The two longest neighbouring sections of the first level change places."""
    text = side.text or ""
    tops = [s for s in side.record.sections if s.level == min(t.level for t in side.record.sections)]
    pairs = [(a, b) for a, b in pairwise(tops) if a.end <= b.start]
    if not pairs:
        return Edit(text)
    a, b = max(pairs, key=lambda pair: min(pair[0].end - pair[0].start, pair[1].end - pair[1].start))
    joint = text[a.end : b.start]
    first, second = text[a.start : a.end], text[b.start : b.end]
    second += "\n\n" if not second.endswith("\n\n") else ""
    return Edit(text[: a.start] + second + joint + first + text[b.end :])


def scored(edit: Edit, diff: RecordDiff) -> tuple[int, list[Expected], list[Expected]]:
    """Changes found, missed and false. A tie that changed with a fact beside it counts neither way."""
    said: set[Expected] = set()
    seen: dict[tuple[str, str], int] = {}
    for change in diff.changes:
        fact = change.old or change.new
        if change.change not in ("changed", "added", "removed") or not hasattr(fact, "evidence"):
            continue
        if change.change != "added":
            entry: Expected = (change.change, change.kind, change.old.evidence.start)
        else:
            quote = " ".join(change.new.evidence.quote.split())
            count = seen.setdefault((change.kind, quote), 0)
            seen[change.kind, quote] += 1
            entry = ("added", change.kind, (quote, count))
        derived = set(change.fields) <= {"period", "instrument", "articles"} and change.change == "changed"
        if entry in edit.expected or not (derived and edit.expected):
            said.add(entry)
    return len(said & edit.expected), sorted(edit.expected - said, key=str), sorted(said - edit.expected, key=str)
