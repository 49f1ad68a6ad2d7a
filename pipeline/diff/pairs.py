"""The two sides of a comparison, and which item of one is which of the other.

Instruments are paired first, then sections, then paragraphs, then facts, since a fact's instrument, section and
paragraph are compared through their pairs: a renumbered paragraph does not change the facts in it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..records import (
    Article,
    Fact,
    FactBase,
    Figure,
    Instrument,
    Paragraph,
    Penalty,
    Recommendation,
    Record,
    Section,
    TreatyAction,
)
from . import weights
from .describe import AnyItem, heading
from .model import FACT_KINDS, ItemKind, Mode, SideInfo
from .pairing import Item, Pair, bare, in_order, pair, words

# The fields whose difference is a change of the item; those under WORDING say the same in other words.
VALUES: Mapping[ItemKind, tuple[str, ...]] = {
    "article": ("unit", "number", "number_to", "subdivision", "instrument"),
    "penalty": ("sanctions", "joined", "articles", "imposed"),
    "date": ("edtf",),
    "figure": ("value", "value_to", "unit", "per", "comparator", "period"),
    "indicator": ("code", "status"),
    "treaty_action": ("party", "treaty", "action", "edtf"),
    "recommendation": ("to", "text"),
    "instrument": ("name", "year", "number", "kind"),
    "section": ("title",),
    "paragraph": (),
}
WORDING: Mapping[ItemKind, tuple[str, ...]] = {
    "penalty": ("offence",),
    "figure": ("measure",),
    "indicator": ("title", "text"),
    "recommendation": ("text",),
}
# What tells one fact of a kind from another; the rest (an article's law, a figure's period) may be read from afar.
CORE: Mapping[ItemKind, tuple[str, ...]] = {
    "article": ("unit", "number", "number_to", "subdivision"),
    "penalty": ("sanctions",),
    "date": ("edtf",),
    "figure": ("value", "value_to", "unit"),
    "indicator": ("code",),
    "treaty_action": ("party", "action"),
    "recommendation": ("paragraph",),
}


REVISION = re.compile(r"/(Rev|Corr)\.\d+$")
RUN = re.compile(r"[^\W_]+")
YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True)
class Side:
    """A record and, where it is at hand, the text that its offsets count in."""

    record: Record
    text: str | None

    @cached_property
    def instruments(self) -> dict[str, Instrument]:
        return {i.id: i for i in self.record.instruments}

    @cached_property
    def articles(self) -> dict[str, Article]:
        return {f.id: f for f in self.record.facts if isinstance(f, Article)}

    @cached_property
    def titles(self) -> dict[str, str]:
        """The heading of each section as it is printed."""
        return {s.id: heading(s) for s in self.record.sections}

    @cached_property
    def bare(self) -> str:
        """All letters and digits of the text."""
        return bare(self.text)

    def offset(self, at: int) -> int:
        """Where the letter or digit that stands at `at` in `bare` stands in the text."""
        run = bisect_right(self._runs[0], at) - 1
        return self._runs[1][run] + at - self._runs[0][run]

    @cached_property
    def _runs(self) -> tuple[list[int], list[int]]:
        """Where the runs of letters and digits begin, in `bare` and in the text."""
        inside, outside, length = [], [], 0
        for match in RUN.finditer((self.text or "").lower()):
            inside.append(length)
            outside.append(match.start())
            length += len(match[0])
        return inside, outside

    def facts(self, kind: ItemKind) -> list[Fact]:
        return [f for f in self.record.facts if f.kind == kind]

    def info(self) -> SideInfo:
        r = self.record
        return SideInfo(
            name=r.source.name,
            sha256=r.source.sha256,
            symbol=r.symbol,
            title=r.title,
            date=r.date,
            version=r.made_by.version,
            rules=r.made_by.rules,
        )


class Links:
    """The pairs of one kind of items by their keys."""

    def __init__(self, old: Sequence[str], new: Sequence[str], pairs: Sequence[Pair]) -> None:
        self.pairs = list(pairs)
        self.partner = ({old[i]: new[j] for i, j in pairs}, {new[j]: old[i] for i, j in pairs})
        # For each key a number that paired keys share and no others.
        first = {key: i for i, key in enumerate(old)}
        shared = {j: first[old[i]] for i, j in pairs}
        self.codes = (first, {key: shared.get(j, len(old) + j) for j, key in enumerate(new)})

    def linked(self, old: str | None, new: str | None) -> bool:
        """Each other's pair, or both none."""
        return self.partner[0].get(old) == new if old and new else not old and not new

    def apart(self, old: str | None, new: str | None) -> bool:
        """Both have a counterpart, and it is not the other."""
        if not old or not new or self.linked(old, new):
            return False
        return old in self.partner[0] and new in self.partner[1]


class Pairs:
    """The pairs of all kinds of items of two sides."""

    def __init__(self, old: Side, new: Side, mode: Mode) -> None:
        self.old, self.new, self.mode = old, new, mode
        self.sides = (old, new)
        a, b = old.record, new.record
        self.instruments = Links(
            [i.id for i in a.instruments],
            [i.id for i in b.instruments],
            pair(_instruments(a.instruments), _instruments(b.instruments), *weights.INSTRUMENTS),
        )
        by_number = mode == "languages"
        rule = weights.SECTIONS_BY_NUMBER if by_number else weights.SECTIONS
        self.sections = Links(
            [s.id for s in a.sections],
            [s.id for s in b.sections],
            pair(_sections(a.sections), _sections(b.sections), *rule),
        )
        by_number = by_number or old.text is None or new.text is None
        rule = weights.PARAGRAPHS_BY_NUMBER if by_number else weights.PARAGRAPHS
        self.paragraphs = Links(
            [paragraph_key(p.number, p.section) for p in a.paragraphs],
            [paragraph_key(p.number, p.section) for p in b.paragraphs],
            pair(self._paragraphs(0), self._paragraphs(1), *rule),
        )
        self.facts = {kind: self._pair_facts(kind) for kind in FACT_KINDS}

    def all(self) -> Iterable[tuple[ItemKind, Sequence[AnyItem], Sequence[AnyItem], list[Pair]]]:
        """Every kind that this mode compares, with the items of both sides and their pairs."""
        a, b = self.old.record, self.new.record
        if self.mode != "languages":
            yield "instrument", a.instruments, b.instruments, self.instruments.pairs
            yield "section", a.sections, b.sections, self.sections.pairs
        if self.mode == "versions":
            yield "paragraph", a.paragraphs, b.paragraphs, self.paragraphs.pairs
        for kind in FACT_KINDS:
            yield kind, self.old.facts(kind), self.new.facts(kind), self.facts[kind]

    @cached_property
    def kept_order(self) -> set[tuple[int, int]]:
        """Starts (old, new) of the most pairs of facts and paragraphs that stand in one order in both reports."""
        starts = [(self.old.record.paragraphs[i].start, self.new.record.paragraphs[j].start)
                  for i, j in self.paragraphs.pairs]  # fmt: skip
        for kind in FACT_KINDS[: FACT_KINDS.index("treaty_action")]:  # the rest are spans that hold these
            a, b, matches = self.old.facts(kind), self.new.facts(kind), self.facts[kind]
            starts += [(a[i].evidence.start, b[j].evidence.start) for i, j in matches]
        starts = sorted(set(starts))
        return {starts[i] for i in in_order([new for _, new in starts])}

    def cites_what_both_have(self, a: FactBase, b: FactBase) -> bool:
        """Whether every article that either penalty hangs on stands unchanged in the other report."""
        old, new = (side.facts("article") for side in self.sides)
        kept = [(old[i], new[j]) for i, j in self.facts["article"] if self.core(old[i], 0) == self.core(new[j], 1)]
        both = {item.id for pair in kept for item in pair}
        return all(cited in both for item in (a, b) if isinstance(item, Penalty) for cited in item.articles)

    def _pair_facts(self, kind: ItemKind) -> list[Pair]:
        features, threshold = weights.FACTS[self.mode][kind]
        if self.old.text is None or self.new.text is None:
            features = {name: weight for name, weight in features.items() if name not in weights.NEEDS_TEXT}
        return pair(self._facts(0, kind), self._facts(1, kind), features, threshold)

    def _paragraphs(self, index: int) -> list[Item]:
        side = self.sides[index]
        paragraphs = side.record.paragraphs
        return [
            Item(
                {"number": p.number, "section": self.sections.codes[index].get(p.section or "")},
                {"words": words(side.text[p.start : p.end]) if side.text is not None else ()},
                {"place": rank / len(paragraphs)},
            )
            for rank, p in enumerate(paragraphs)
        ]

    def _facts(self, index: int, kind: ItemKind) -> list[Item]:
        side = self.sides[index]
        facts = side.record.facts
        around = [self._neighbours(index, at) for at in range(len(facts))] if self.mode == "languages" else None
        return [
            self._fact(index, fact, at / len(facts), around[at] if around else ())
            for at, fact in enumerate(facts)
            if fact.kind == kind
        ]

    def _neighbours(self, index: int, at: int, reach: int = 3) -> list[str]:
        """The values of the facts before and after, whatever their kind: they are the same in any language."""
        facts = self.sides[index].record.facts
        near = [*facts[max(0, at - reach) : at], *facts[at + 1 : at + 1 + reach]]
        return [repr((fact.kind, self.core(fact, index))) for fact in near]

    def _fact(self, index: int, fact: Fact, place: float, neighbours: Sequence[str]) -> Item:
        where = fact.evidence
        same = {
            "value": self.core(fact, index),
            "unit": getattr(fact, "unit", fact.kind),
            "tie": self.tie(fact, index),
            "period": getattr(fact, "period", None) or "none",
            "quote": bare(where.quote),
            "section": self.sections.codes[index].get(where.section or ""),
            "paragraph": self._paragraph_code(index, where.paragraph, where.section),
        }
        wording = " ".join(getattr(fact, name) or "" for name in WORDING.get(fact.kind, ()))
        # Columns of a table may differ by their years alone; in a cycle each report has its own years.
        measure = words(wording) + (YEAR.findall(wording) if self.mode == "versions" else [])
        if self.mode == "cycle" and not any(word != "#" for word in measure):
            same["unit"] = None  # a number without words measures nothing that another report could measure too
        around = context(self.sides[index].text, where.start, where.end)
        return Item(same, {"measure": measure, "context": around, "neighbours": neighbours}, {"place": place})

    def _paragraph_code(self, index: int, number: str | None, section: str | None) -> int | str | None:
        if self.mode == "languages":
            return number
        return self.paragraphs.codes[index].get(paragraph_key(number, section))

    def core(self, fact: Fact, index: int) -> tuple[str, ...]:
        return tuple(repr(self.field(fact, name, index)) for name in CORE[fact.kind])

    def field(self, item: AnyItem, name: str, index: int) -> object:
        """A field so that equal values are equal on both sides: instruments and articles through their pairs."""
        value = getattr(item, name)
        if isinstance(item, Article) and name == "instrument":
            return self.tie(item, index)
        if (isinstance(item, Penalty) and name == "articles") or (isinstance(item, TreatyAction) and name == "treaty"):
            return self.tie(item, index)
        if isinstance(item, Recommendation) and name == "text":
            return bare(value)
        if isinstance(item, Penalty) and name == "sanctions":
            return tuple(sorted(map(repr, value)))
        if isinstance(item, (Section, Instrument)) and name in ("title", "name"):
            return bare(value)
        if isinstance(item, Figure) and name in ("value", "value_to") and value is not None:
            return float(value)
        return value

    def tie(self, fact: Fact, index: int) -> object:
        """What a fact hangs on: an article's instrument, a treaty, a penalty's articles; None for the other kinds."""
        codes = self.instruments.codes[index]
        if isinstance(fact, Article):
            return codes.get(fact.instrument or "")
        if isinstance(fact, TreatyAction):
            return codes.get(fact.treaty)
        if isinstance(fact, Penalty):
            known = self.sides[index].articles
            cited = [known[a] for a in fact.articles if a in known]
            return tuple(sorted((a.number, a.number_to or "", codes.get(a.instrument or "", -1)) for a in cited))
        return None


def paragraph_key(number: str | None, section: str | None) -> str:
    return f"{number}@{section}" if number else ""


def key_of(item: AnyItem) -> str:
    """The key of the paragraph that an item is or stands in."""
    if isinstance(item, FactBase):
        return paragraph_key(item.evidence.paragraph, item.evidence.section)
    return paragraph_key(item.number, item.section) if isinstance(item, Paragraph) else ""


def _instruments(entries: Sequence[Instrument]) -> list[Item]:
    """Laws are known by the words of their names; treaties, whose names are alike, by a whole name alone."""
    return [
        Item(
            {"year": entry.year or "none", "kind": entry.kind, "name": bare(entry.name)},
            {
                "names": sorted({bare(name) for name in (entry.name, *entry.aliases)})
                if entry.kind == "treaty"
                else sorted(set(words(" ".join((entry.name, *entry.aliases)))))
            },
        )
        for entry in entries
    ]


def _sections(sections: Sequence[Section]) -> list[Item]:
    return [
        Item(
            {"title": bare(s.title), "number": s.number, "level": s.level},
            {"words": [word for word in words(s.title) if word != "#"]},
            {"place": rank / len(sections)},
        )
        for rank, s in enumerate(sections)
    ]


def context(text: str | None, start: int, end: int, size: int = 8) -> list[str]:
    """The words before and after a quote, told apart by side, the nearest ones counted twice."""
    if text is None:
        return []
    before = words(text[max(0, start - 14 * size) : start])[-size:]
    after = words(text[end : end + 14 * size])[:size]
    near = before[-2:] + after[:2]
    return [f"<{w}" for w in before] + [f">{w}" for w in after] + near
