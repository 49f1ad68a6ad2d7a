"""record, record → what changed: pair the items of each kind, then name what differs in each pair.

Instruments are paired first, then sections, then paragraphs, then facts, since a fact's instrument, section
and paragraph are compared through their pairs: a renumbered paragraph does not change the facts in it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..records import (
    Article,
    Date,
    Fact,
    FactBase,
    Figure,
    Indicator,
    Instrument,
    Paragraph,
    Penalty,
    Record,
    Section,
)
from .describe import describe, label
from .model import FACT_KINDS, Change, ChangeKind, ItemKind, Mode, RecordDiff, SideInfo
from .pairing import Item, bare, pair, words

AnyItem = Article | Penalty | Date | Figure | Indicator | Instrument | Section | Paragraph

# The fields whose difference is a change of the fact; those under WORDING say the same in other words.
VALUES: Mapping[ItemKind, tuple[str, ...]] = {
    "article": ("unit", "number", "number_to", "subdivision", "instrument"),
    "penalty": ("sanctions", "joined", "articles", "imposed"),
    "date": ("edtf",),
    "figure": ("value", "value_to", "unit", "per", "comparator", "period", "table"),
    "indicator": ("code", "status"),
    "instrument": ("name", "year", "number", "kind"),
    "section": ("number", "title", "level"),
    "paragraph": ("number",),
}
WORDING: Mapping[ItemKind, tuple[str, ...]] = {
    "penalty": ("offence",),
    "figure": ("measure",),
    "indicator": ("title", "text"),
}

# Likeness by kind and mode: weights of the features, and the least likeness of a pair.
# "versions": most of the text is common, so the context decides; "cycle": the same form filled in anew, so what
# is measured decides; "languages": no word is common, so value and place decide.
Weights = Mapping[str, float]
FACT_WEIGHTS: Mapping[Mode, Mapping[ItemKind, tuple[Weights, float]]] = {
    "versions": {
        "article": ({"value": 3, "instrument": 1, "context": 5, "paragraph": 1.2, "section": 0.4, "quote": 0.4}, 0.5),
        "penalty": ({"value": 3, "tie": 1, "measure": 2, "context": 4, "paragraph": 1.2, "section": 0.4}, 0.5),
        "date": ({"value": 3, "context": 5, "paragraph": 1.2, "section": 0.4, "quote": 0.4}, 0.5),
        "figure": (
            {"value": 2.5, "unit": 0.5, "measure": 2.5, "context": 3, "paragraph": 1, "section": 0.4, "quote": 0.4},
            0.5,
        ),
        "indicator": ({"value": 7, "measure": 3}, 0.6),
    },
    "cycle": {
        "article": ({"value": 4, "instrument": 3, "context": 3}, 0.6),
        "penalty": ({"tie": 3, "measure": 5, "context": 2}, 0.55),
        "date": ({"value": 4, "context": 6}, 0.6),
        "figure": ({"unit": 1.5, "measure": 6, "context": 2, "section": 0.5}, 0.6),
        "indicator": ({"value": 7, "measure": 3}, 0.6),
    },
    "languages": {
        kind: ({"value": 6, "unit" if kind == "figure" else "kind": 1, "paragraph": 2, "rank": 3}, 0.62)
        for kind in FACT_KINDS
    },
}
WITHOUT_TEXT = "context"
INSTRUMENT_WEIGHTS: tuple[Weights, float] = ({"name": 4, "names": 4, "year": 1.5, "kind": 0.5}, 0.5)
SECTION_WEIGHTS: tuple[Weights, float] = ({"title": 2, "words": 5, "number": 1, "level": 0.5, "rank": 1}, 0.55)
PARAGRAPH_WEIGHTS: tuple[Weights, float] = ({"words": 8, "number": 0.6, "section": 0.8}, 0.5)
NUMBERED_WEIGHTS: tuple[Weights, float] = ({"number": 5, "section": 3, "rank": 2}, 0.5)


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
        return {s.id: " ".join(p for p in (s.number and f"{s.number}.", s.title) if p) for s in self.record.sections}

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


Codes = tuple[dict[str, int], dict[str, int]]


def compare(old: Side, new: Side, mode: Mode | None = None, notes: Iterable[str] = ()) -> RecordDiff:
    """All differences; `compare(b, a)` is the mirror of `compare(a, b)`, `compare(a, a)` is empty."""
    chosen = mode or mode_of(old, new)
    mirrored = _key(old) > _key(new)
    first, second = (new, old) if mirrored else (old, new)
    pairs = _Pairs(first, second, chosen)
    changes: list[Change] = []
    unchanged: Counter[ItemKind] = Counter()
    for kind, a, b, matches in pairs.all():
        left = dict(matches)
        taken = set(left.values())
        for i, item in enumerate(a):
            found = (
                _pair_change(kind, item, b[left[i]], pairs, mirrored)
                if i in left
                else _single(kind, item, not mirrored)
            )
            if found:
                changes.append(_complete(found, old, new))
            else:
                unchanged[kind] += 1
        changes += [_complete(_single(kind, x, mirrored), old, new) for j, x in enumerate(b) if j not in taken]
    changes.sort(key=lambda c: _order(c, old, new))
    return RecordDiff(
        schema_version="1.0",
        old=old.info(),
        new=new.info(),
        mode=chosen,
        notes=tuple(notes),
        changes=tuple(changes),
        unchanged=sum(unchanged[kind] for kind in FACT_KINDS),
        unchanged_by_kind={kind: unchanged[kind] for kind in sorted(unchanged)},
    )


def mode_of(old: Side, new: Side) -> Mode:
    """Languages where the main ones differ; versions where a third of the shorter text is common; else a cycle."""
    languages = [_main_language(side.record) for side in (old, new)]
    if languages[0] != languages[1]:
        return "languages"
    runs = [_runs(side) for side in (old, new)]
    least = min(len(r) for r in runs)
    if least < 20 or len(runs[0] & runs[1]) >= 0.33 * least:
        return "versions"
    return "cycle"


def _main_language(record: Record) -> str | None:
    size: Counter[str] = Counter()
    for fact in record.facts:
        size[fact.language] += 1
    if not size:
        for span in record.languages:
            size[span.language] += span.end - span.start
    return max(sorted(size), key=lambda code: size[code]) if size else None


def _runs(side: Side) -> set[tuple[str, ...]]:
    """Runs of five words of the text, or of the quotes where there is no text."""
    found = words(side.text if side.text is not None else "\n".join(f.evidence.quote for f in side.record.facts))
    return {tuple(found[i : i + 5]) for i in range(len(found) - 4)}


def _key(side: Side) -> tuple[str, str]:
    return side.record.source.sha256, side.record.model_dump_json()


class _Pairs:
    """The pairs of all kinds, and codes under which paired instruments, sections and paragraphs are equal."""

    def __init__(self, old: Side, new: Side, mode: Mode) -> None:
        self.old, self.new, self.mode = old, new, mode
        a, b = old.record, new.record
        self.instruments = pair(
            [_instrument(i) for i in a.instruments], [_instrument(i) for i in b.instruments], *INSTRUMENT_WEIGHTS
        )
        self.instrument_codes = _codes([i.id for i in a.instruments], [i.id for i in b.instruments], self.instruments)
        self.sections = pair(_sections(a.sections), _sections(b.sections), *SECTION_WEIGHTS)
        self.section_codes = _codes([s.id for s in a.sections], [s.id for s in b.sections], self.sections)
        with_text = old.text is not None and new.text is not None and mode != "languages"
        weights = PARAGRAPH_WEIGHTS if with_text else NUMBERED_WEIGHTS
        self.paragraphs = pair(self._paragraphs(old, 0), self._paragraphs(new, 1), *weights)
        keys = [[_paragraph_key(p.number, p.section) for p in r.paragraphs] for r in (a, b)]
        self.paragraph_codes = _codes(keys[0], keys[1], self.paragraphs)

    def all(self) -> Iterable[tuple[ItemKind, Sequence[AnyItem], Sequence[AnyItem], list[tuple[int, int]]]]:
        """Every kind with the items of both sides and their pairs."""
        a, b = self.old.record, self.new.record
        yield "instrument", a.instruments, b.instruments, self.instruments
        yield "section", a.sections, b.sections, self.sections
        yield "paragraph", a.paragraphs, b.paragraphs, self.paragraphs
        for kind in FACT_KINDS:
            weights, threshold = FACT_WEIGHTS[self.mode][kind]
            if self.old.text is None or self.new.text is None:
                weights = {name: weight for name, weight in weights.items() if name != WITHOUT_TEXT}
            items = [self._facts(side, index, kind) for index, side in enumerate((self.old, self.new))]
            yield kind, self.old.facts(kind), self.new.facts(kind), pair(items[0], items[1], weights, threshold)

    def _paragraphs(self, side: Side, index: int) -> list[Item]:
        count = max(len(side.record.paragraphs), 1)
        return [
            Item(
                {
                    "number": p.number,
                    "section": self.section_codes[index].get(p.section or ""),
                    "rank": round(10 * rank / count),
                },
                {"words": words(side.text[p.start : p.end]) if side.text is not None else ()},
            )
            for rank, p in enumerate(side.record.paragraphs)
        ]

    def _facts(self, side: Side, index: int, kind: ItemKind) -> list[Item]:
        facts = side.facts(kind)
        return [self._fact(side, index, fact, round(12 * rank / len(facts))) for rank, fact in enumerate(facts)]

    def _fact(self, side: Side, index: int, fact: Fact, rank: int) -> Item:
        where = fact.evidence
        same = {
            "value": self.value(fact, index),
            "kind": fact.kind,
            "unit": getattr(fact, "unit", None),
            "tie": self.tie(fact, index),
            "instrument": self.tie(fact, index),
            "quote": bare(where.quote),
            "section": self.section_codes[index].get(where.section or ""),
            "paragraph": self.paragraph_codes[index].get(_paragraph_key(where.paragraph, where.section)),
            "rank": rank,
        }
        wording = " ".join(getattr(fact, name) or "" for name in WORDING.get(fact.kind, ()))
        return Item(same, {"measure": words(wording), "context": context(side.text, where.start, where.end)})

    def value(self, fact: Fact, index: int) -> tuple[str, ...]:
        """The values of a fact as words that are equal on both sides, instruments through their pairs."""
        return tuple(repr(self.field(fact, name, index)) for name in VALUES[fact.kind] if name != "articles")

    def field(self, item: AnyItem, name: str, index: int) -> object:
        value = getattr(item, name)
        if isinstance(item, Article) and name == "instrument":
            return self.instrument_codes[index].get(value or "")
        if isinstance(item, Penalty) and name == "articles":
            return self.tie(item, index)
        if isinstance(item, Penalty) and name == "sanctions":
            return tuple(sorted(map(repr, value)))
        if isinstance(item, (Section, Instrument)) and name in ("title", "name"):
            return bare(value)
        return value

    def tie(self, fact: Fact, index: int) -> object:
        """What a fact hangs on: an article's instrument, a penalty's articles; None for the other kinds."""
        side = (self.old, self.new)[index]
        if isinstance(fact, Article):
            return self.instrument_codes[index].get(fact.instrument or "")
        if isinstance(fact, Penalty):
            cited = [side.articles[a] for a in fact.articles if a in side.articles]
            return tuple(
                sorted(
                    (a.number, a.number_to or "", self.instrument_codes[index].get(a.instrument or "", -1))
                    for a in cited
                )
            )
        return None


def _codes(old: Sequence[str], new: Sequence[str], pairs: Sequence[tuple[int, int]]) -> Codes:
    """For each id a number that paired ids share and no others."""
    codes = {id_: i for i, id_ in enumerate(old)}
    partner = {j: codes[old[i]] for i, j in pairs}
    return codes, {id_: partner.get(j, len(old) + j) for j, id_ in enumerate(new)}


def _paragraph_key(number: str | None, section: str | None) -> str:
    return f"{number}@{section}" if number else ""


def _instrument(entry: Instrument) -> Item:
    names = " ".join((entry.name, *entry.aliases))
    return Item(
        {"year": entry.year, "kind": entry.kind, "name": bare(entry.name)},
        {"names": sorted(set(words(names)))},
    )


def _sections(sections: Sequence[Section]) -> list[Item]:
    count = max(len(sections), 1)
    return [
        Item(
            {"title": bare(s.title), "number": s.number, "level": s.level, "rank": round(10 * rank / count)},
            {"words": words(s.title)},
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


# ── from pairs to changes ────────────────────────────────────────────────────────────────


def _pair_change(kind: ItemKind, a: AnyItem, b: AnyItem, pairs: _Pairs, mirrored: bool) -> Change | None:
    fields = tuple(name for name in VALUES[kind] if pairs.field(a, name, 0) != pairs.field(b, name, 1))
    if pairs.mode == "languages":
        fields = tuple(name for name in fields if name not in ("instrument", "articles", "title", "name"))
    old, new = (b, a) if mirrored else (a, b)
    if fields:
        return _change("changed", kind, fields, old, new)
    if pairs.mode == "languages":
        return None
    place = _place_fields(kind, a, b, pairs)
    if place:
        return _change("moved", kind, place, old, new)
    wording = _wording_fields(kind, a, b, pairs)
    return _change("reworded", kind, wording, old, new) if wording else None


def _place_fields(kind: ItemKind, a: AnyItem, b: AnyItem, pairs: _Pairs) -> tuple[str, ...]:
    """Section and paragraph, as far as they are not each other's pair; another page alone is nothing."""
    if pairs.mode != "versions":
        return ()
    if isinstance(a, FactBase) and isinstance(b, FactBase):
        sections = [a.evidence.section, b.evidence.section]
        keys = [_paragraph_key(f.evidence.paragraph, f.evidence.section) for f in (a, b)]
    elif isinstance(a, Paragraph) and isinstance(b, Paragraph):
        sections, keys = [a.section, b.section], ["", ""]
    else:
        return ()
    found = []
    if pairs.section_codes[0].get(sections[0] or "") != pairs.section_codes[1].get(sections[1] or ""):
        found.append("section")
    if pairs.paragraph_codes[0].get(keys[0]) != pairs.paragraph_codes[1].get(keys[1]):
        found.append("paragraph")
    return tuple(found)


def _wording_fields(kind: ItemKind, a: AnyItem, b: AnyItem, pairs: _Pairs) -> tuple[str, ...]:
    if kind == "paragraph":
        return _reworded_paragraph(a, b, pairs)
    fields = [name for name in WORDING.get(kind, ()) if bare(getattr(a, name)) != bare(getattr(b, name))]
    if kind != "indicator" and _quote(a) != _quote(b):
        fields.append("quote")
    return tuple(fields)


def _quote(item: AnyItem) -> str | None:
    return bare(item.evidence.quote) if isinstance(item, FactBase) else None


def _reworded_paragraph(a: AnyItem, b: AnyItem, pairs: _Pairs) -> tuple[str, ...]:
    """Whether the words around the facts differ; the facts' own words are compared as facts."""
    if pairs.old.text is None or pairs.new.text is None or pairs.mode != "versions":
        return ()
    texts = []
    for side, item in ((pairs.old, a), (pairs.new, b)):
        assert isinstance(item, Paragraph) and side.text is not None
        rest, at = [], item.start
        for fact in side.record.facts:
            where = fact.evidence
            if fact.kind != "indicator" and at <= where.start and where.end <= item.end:
                rest.append(side.text[at : where.start])
                at = where.end
        rest.append(side.text[at : item.end])
        texts.append(bare("".join(rest)))
    return ("text",) if texts[0] != texts[1] else ()


def _single(kind: ItemKind, item: AnyItem, is_old: bool) -> Change:
    return _change("removed", kind, (), item, None) if is_old else _change("added", kind, (), None, item)


def _change(
    change: ChangeKind, kind: ItemKind, fields: tuple[str, ...], old: AnyItem | None, new: AnyItem | None
) -> Change:
    percent = None
    if isinstance(old, Figure) and isinstance(new, Figure) and "value" in fields and old.value and old.unit == new.unit:
        percent = round(100 * (float(new.value) - float(old.value)) / abs(float(old.value)), 1)
    return Change(
        change=change,
        kind=kind,
        label="",
        fields=fields,
        before=None,
        after=None,
        section=None,
        change_percent=percent,
        old=old,
        new=new,
    )


def _complete(change: Change, old: Side, new: Side) -> Change:
    """The change with its words: label, before, after, and the heading it stands under."""
    side, item = (new, change.new) if change.new is not None else (old, change.old)
    assert item is not None
    return change.model_copy(
        update={
            "label": label(item, side.instruments, side.articles),
            "before": describe(change.old, change.fields, old.instruments, old.articles, old.titles),
            "after": describe(change.new, change.fields, new.instruments, new.articles, new.titles),
            "section": side.titles.get(_section_of(item) or ""),
        }
    )


def _section_of(item: AnyItem) -> str | None:
    if isinstance(item, FactBase):
        return item.evidence.section
    if isinstance(item, Paragraph):
        return item.section
    return item.id if isinstance(item, Section) else None


def _order(change: Change, old: Side, new: Side) -> tuple[object, ...]:
    """In the order of the new report; what is only in the old one stands where it stood, by share of the text."""
    item = change.new if change.new is not None else change.old
    side = new if change.new is not None else old
    start = item.evidence.start if isinstance(item, FactBase) else getattr(item, "start", -1)
    length = max((f.evidence.end for f in side.record.facts), default=1)
    other = max((f.evidence.end for f in new.record.facts), default=1)
    at = start if side is new else start * other / length
    return at, change.kind, change.change, repr(getattr(item, "id", "")), repr(change.fields)
