"""record, record → what changed: name what differs in each pair, and what stands alone."""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from math import inf

from ..records import FactBase, Figure, Paragraph, Record, Section
from .describe import AnyItem, describe, figure_value, label
from .model import FACT_KINDS, Change, ChangeKind, ItemKind, Mode, RecordDiff, Series
from .pairing import words
from .pairs import REVISION, VALUES, WORDING, Pairs, Side, key_of
from .reading import Words, changed_is_reading, same_paragraph, same_words, single_is_reading

# Share of common runs of words from which two texts are versions of one, and from which they are whatever their
# symbols: the budgets of two years, under two symbols, have more than half of their words in common.
COMMON, SAME = 0.33, 0.8


def compare(old: Side, new: Side, mode: Mode | None = None, notes: Iterable[str] = ()) -> RecordDiff:
    """All differences; `compare(b, a)` is the mirror of `compare(a, b)`, `compare(a, a)` is empty."""
    return _Comparison(old, new, mode or mode_of(old, new)).diff(notes)


def mode_of(old: Side, new: Side) -> Mode:
    """Languages where the main ones differ; versions where a third of the shorter text is common; else a cycle.

    Two reports under two symbols are versions only where most of the shorter one is common.
    """
    languages = {_main_language(side.record) for side in (old, new)}
    if len(languages - {None}) == 2:
        return "languages"
    runs = [_runs(side) for side in (old, new)]
    least = min(len(r) for r in runs)
    symbols = {side.record.symbol and REVISION.sub("", side.record.symbol) for side in (old, new)}
    enough = SAME if len(symbols - {None}) == 2 else COMMON
    return "versions" if least < 20 or len(runs[0] & runs[1]) >= enough * least else "cycle"


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


class _Comparison:
    """One comparison. The sides are paired in an order that does not depend on which is old: hence the symmetry."""

    def __init__(self, old: Side, new: Side, mode: Mode) -> None:
        self.old, self.new, self.mode = old, new, mode
        self.mirrored = _key(old) > _key(new)
        self.first, self.second = (new, old) if self.mirrored else (old, new)
        self.pairs = Pairs(self.first, self.second, mode)

    @cached_property
    def length(self) -> tuple[int, int]:
        """Ends of the last facts of old and new."""
        found = [max((f.evidence.end for f in side.record.facts), default=1) for side in (self.old, self.new)]
        return found[0], found[1]

    @cached_property
    def words(self) -> tuple[Words, Words] | None:
        if self.mode != "versions" or self.old.text is None or self.new.text is None:
            return None
        return Words(self.first), Words(self.second)

    def diff(self, notes: Iterable[str]) -> RecordDiff:
        changes: list[Change] = []
        readings: list[Change] = []
        unchanged: Counter[ItemKind] = Counter()
        for kind, a, b, matches in self.pairs.all():
            for i, j in matches:
                change, reading = self._pair(kind, a[i], b[j])
                if change is None or reading:
                    unchanged[kind] += 1
                if change is not None:
                    (readings if reading else changes).append(change)
            left = {i for i, _ in matches}, {j for _, j in matches}
            for side, items, other, taken in (
                (self.first, a, self.second, left[0]),
                (self.second, b, self.first, left[1]),
            ):
                for at, item in enumerate(items):
                    if at not in taken:
                        reading = self.mode == "versions" and single_is_reading(item, side, other)
                        (readings if reading else changes).append(self._single(kind, item, side is self.old))
        return RecordDiff(
            schema_version="1.0",
            old=self.old.info(),
            new=self.new.info(),
            mode=self.mode,
            notes=(*notes, *self._notes()),
            changes=tuple(sorted(changes, key=self._order)),
            unchanged=sum(unchanged[kind] for kind in FACT_KINDS),
            unchanged_by_kind={kind: unchanged[kind] for kind in sorted(unchanged)},
            readings=tuple(sorted(readings, key=self._order)),
            series=tuple(self._series()),
        )

    def _notes(self) -> Iterator[str]:
        for side in (self.old, self.new):
            if side.text is None:
                name = side.record.source.name
                yield f"the text of {name} is not at hand: the words around its facts are not compared"
            for span in side.record.unread:
                yield (
                    f"{side.record.source.name}: characters {span.start} to {span.end} are in {span.language}, "
                    "which has no rules: no facts of theirs are compared"
                )

    # ── one pair, one item ──

    def _pair(self, kind: ItemKind, a: AnyItem, b: AnyItem) -> tuple[Change | None, bool]:
        """What differs in a pair, and whether that comes from the reading."""
        pairs = self.pairs
        fields = tuple(name for name in VALUES[kind] if pairs.field(a, name, 0) != pairs.field(b, name, 1))
        if self.mode == "languages":
            fields = tuple(name for name in fields if name not in ("instrument", "articles", "treaty", "text"))
        old, new = (b, a) if self.mirrored else (a, b)
        if fields:
            reading = self.mode == "versions" and changed_is_reading(a, b, fields, pairs)
            return self._change("changed", kind, fields, old, new), reading
        if self.mode == "languages":
            return None, False
        if place := self._place(a, b):
            return self._change("moved", kind, place, old, new), False
        wording = self._wording(kind, a, b)
        return (self._change("reworded", kind, wording, old, new) if wording else None), False

    def _place(self, a: AnyItem, b: AnyItem) -> tuple[str, ...]:
        """Which of section, paragraph and number are others; another page alone is nothing.

        What stands in another section or paragraph moved where both places have counterparts that are not each
        other, or where its order among all facts changed too: a heading that only one reading has does not move
        what stands under it.
        """
        if self.mode != "versions":
            return ()
        if isinstance(a, Section) and isinstance(b, Section):
            return ("number",) if a.number and b.number and a.number != b.number else ()
        if isinstance(a, Paragraph) and isinstance(b, Paragraph):
            number = ("number",) if a.number != b.number else ()
            return (*self._moved((a.section, b.section), ("", ""), (a.start, b.start)), *number)
        if isinstance(a, FactBase) and isinstance(b, FactBase):
            here, there = a.evidence, b.evidence
            return self._moved((here.section, there.section), (key_of(a), key_of(b)), (here.start, there.start))
        return ()

    def _moved(
        self, sections: tuple[str | None, str | None], paragraphs: tuple[str, str], starts: tuple[int, int]
    ) -> tuple[str, ...]:
        links = {"section": (self.pairs.sections, sections), "paragraph": (self.pairs.paragraphs, paragraphs)}
        # A number that only one reading took for a paragraph's does not make it another paragraph.
        others = tuple(
            name for name, (link, keys) in links.items() if not link.linked(*keys) and (name == "section" or all(keys))
        )
        apart = any(link.apart(*keys) for link, keys in links.values())
        return others if others and (apart or starts not in self.pairs.kept_order) else ()

    def _wording(self, kind: ItemKind, a: AnyItem, b: AnyItem) -> tuple[str, ...]:
        if isinstance(a, Paragraph) and isinstance(b, Paragraph):
            known = self.words is None or same_paragraph(a, b, *self.words)
            return () if known else ("text",)
        if not (isinstance(a, FactBase) and isinstance(b, FactBase)):
            return ()
        names = (*WORDING.get(kind, ()), *(() if kind in ("indicator", "recommendation") else ("quote",)))
        return tuple(name for name in names if not same_words(a, b, name, self.pairs))

    def _single(self, kind: ItemKind, item: AnyItem, is_old: bool) -> Change:
        if is_old:
            return self._change("removed", kind, (), item, None)
        return self._change("added", kind, (), None, item)

    def _change(
        self, change: ChangeKind, kind: ItemKind, fields: tuple[str, ...], old: AnyItem | None, new: AnyItem | None
    ) -> Change:
        """The change with its words: label, before, after, and the heading it stands under."""
        side, item = (self.new, new) if new is not None else (self.old, old)
        assert item is not None
        made = Change(
            change=change,
            kind=kind,
            label=label(item, side.instruments, side.articles),
            fields=fields,
            before=describe(old, fields, self.old.instruments, self.old.articles, self.old.titles),
            after=describe(new, fields, self.new.instruments, self.new.articles, self.new.titles),
            section=None,
            change_percent=_percent(old, new) if "value" in fields else None,
            old=old,
            new=new,
        )
        return made.model_copy(update={"section": self._heading(made)[1]})

    def _heading(self, change: Change) -> tuple[float, str | None]:
        """Where the heading that a change stands under begins in the new report, and its words.

        What is only in the old report stands under its heading's counterpart; where there is none, under its own
        heading, behind the last one before it that has a counterpart. Instruments, which have no place, come last.
        """
        if change.kind == "instrument":
            return inf, None
        if change.new is not None:
            id_ = _section_of(change.new)
            return float(self.starts[1].get(id_ or "", -1)), self.new.titles.get(id_ or "")
        assert change.old is not None
        id_ = _section_of(change.old)
        partner = self.pairs.sections.partner[1 if self.mirrored else 0]
        if id_ is None or id_ in partner:
            id_ = partner.get(id_ or "")
            return float(self.starts[1].get(id_ or "", -1)), self.new.titles.get(id_ or "")
        before = [s for s in self.old.record.sections if s.id in partner and s.start <= self.starts[0][id_]]
        last = max((self.starts[1][partner[s.id]] for s in before[-1:]), default=-1)
        return last + 0.5, self.old.titles.get(id_)

    @cached_property
    def starts(self) -> tuple[dict[str, int], dict[str, int]]:
        """Where the sections of old and new begin."""
        found = [{s.id: s.start for s in side.record.sections} for side in (self.old, self.new)]
        return found[0], found[1]

    def _order(self, change: Change) -> tuple[object, ...]:
        """By section in the order of the new report; what is only in the old one by its share of the text."""
        item = change.new if change.new is not None else change.old
        at: float = item.evidence.start if isinstance(item, FactBase) else getattr(item, "start", -1)
        if change.new is None:
            at *= self.length[1] / self.length[0]
        heading = self._heading(change)
        return (
            heading[0],
            heading[1] or "",
            at,
            change.kind,
            change.change,
            repr(getattr(item, "id", "")),
            change.fields,
        )

    # ── cycles ──

    def _series(self) -> Iterator[Series]:
        """What was measured in both reports of a cycle, in the order of the new one."""
        if self.mode != "cycle":
            return
        a, b = self.first.facts("figure"), self.second.facts("figure")
        rows = [(b[j], a[i]) if self.mirrored else (a[i], b[j]) for i, j in self.pairs.facts["figure"]]
        for old, new in sorted(rows, key=lambda row: (row[1].evidence.start, row[1].id)):
            assert isinstance(old, Figure) and isinstance(new, Figure)
            yield Series(
                measure=new.measure or new.evidence.quote,
                unit=new.unit,
                old_value=figure_value(old),
                old_period=old.period,
                new_value=figure_value(new),
                new_period=new.period,
                change_percent=_percent(old, new),
                old=old.id,
                new=new.id,
            )


def _percent(old: AnyItem | None, new: AnyItem | None) -> float | None:
    """The change of a figure's value in per cent, where both are single values of one unit and the old one is not 0."""
    if not (isinstance(old, Figure) and isinstance(new, Figure)) or not old.value or old.unit != new.unit:
        return None
    if old.per != new.per or old.value_to is not None or new.value_to is not None:
        return None
    return round(100 * (float(new.value) - float(old.value)) / abs(float(old.value)), 1)


def _section_of(item: AnyItem) -> str | None:
    if isinstance(item, FactBase):
        return item.evidence.section
    if isinstance(item, Paragraph):
        return item.section
    return item.id if isinstance(item, Section) else None
