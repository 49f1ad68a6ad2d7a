"""What States did about treaties: signed, ratified, acceded to, adopted, succeeded to, withdrew from, reserved.

Treaties, dates and countries of a passage are masked (`masks`), its sentences read (`prose`), then lists of treaties
under a sentence that opens them (`lists`) and tables of treaties and dates (`tables`).
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from ...model import About, Article, Date, Mention, Outline, Passage, Place, Recommendation, Register, TreatyAction
from ...rules import Rules
from .lists import Lists
from .masks import mask
from .prose import Prose, Told
from .tables import Tables
from .words import words_of

READ = frozenset({"paragraph", "item", "note", "other", "caption"})
Placed = TypeVar("Placed", Mention, Date, Article)


def find(
    passages: Sequence[Passage],
    register: Register,
    dates: Sequence[Date],
    articles: Sequence[Article],
    asked: Sequence[Recommendation],
    about: About,
    outline: Outline,
    rules: Rules,
) -> tuple[TreatyAction, ...]:
    """All acts, in reading order; what a recommendation (`asked`) asks for has not been done."""
    treaties = {entry.key for entry in register.instruments if entry.kind == "treaty"}
    named = _by_passage(m for m in register.mentions if m.instrument in treaties)
    when, cited = _by_passage(dates), _by_passage(articles)
    wished = _Wished(asked)
    lists, tables = Lists(), Tables(outline, about.country)
    listing = _listing(passages, named, rules)
    found: list[TreatyAction] = []
    for passage in passages:
        words = words_of(passage.language, rules)
        if words is not None and passage.block.table in listing:
            at = passage.index
            tables.add(passage, mask(passage, named.get(at, []), when.get(at, []), (), words, rules), words)
        if words is None or passage.block.kind not in READ:
            lists.closed()
            continue
        opened = lists.opened(passage)
        mentions = named.get(passage.index, [])
        if not (mentions or passage.text.endswith(":")) or not (opened or words.any.search(passage.text)):
            continue
        masked = mask(passage, mentions, when.get(passage.index, []), cited.get(passage.index, []), words, rules)
        prose = Prose(masked, words, about.country)
        told: list[Told] = []
        for start, end in passage.sentences:
            told += prose.told(start, end, wished.hold(passage, start))
        told += lists.read(passage, prose, told)
        found += sorted((_action(passage, each) for each in told), key=lambda f: (f.at.start, f.at.end))
    found += [_action(passage, told) for passage, told in tables.read()]
    return tuple(sorted(found, key=lambda f: f.at.passage))


def _listing(passages: Sequence[Passage], named: Mapping[int, Sequence[Mention]], rules: Rules) -> frozenset[int]:
    """The tables that name treaties, and acts in a head."""
    naming = {p.block.table for p in passages if p.block.table is not None and named.get(p.index)}
    acting = set()
    for passage in passages:
        words = words_of(passage.language, rules) if passage.block.table in naming else None
        if words is not None and words.any.search(passage.text):
            acting.add(passage.block.table)
    return frozenset(table for table in acting if table is not None)


def _by_passage(found: Iterable[Placed]) -> Mapping[int, list[Placed]]:
    grouped: dict[int, list[Placed]] = defaultdict(list)
    for each in found:
        grouped[each.at.passage].append(each)
    return grouped


def _action(passage: Passage, told: Told) -> TreatyAction:
    at = Place(passage.index, told.start, told.end)
    return TreatyAction(at, f"treaty_action.{told.rule}", told.party, told.treaty.key, told.action, told.edtf)


class _Wished:
    """Where the recommendations of a report stand."""

    def __init__(self, asked: Sequence[Recommendation]) -> None:
        self.spans = sorted((r.start, r.end) for r in asked)
        self.starts = [start for start, _ in self.spans]

    def hold(self, passage: Passage, at: int) -> bool:
        place = passage.offsets[at]
        last = bisect_right(self.starts, place) - 1
        return last >= 0 and place < self.spans[last][1]
