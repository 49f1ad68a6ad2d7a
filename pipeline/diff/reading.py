"""Which differences come from the reading, not from the reports: the words stand in both, and only one gave the fact.

A PDF and a Word file of one report are laid out differently; a heading, a table or a law's name may be recognized in
one and not in the other. Where the same words stand in both texts, nothing was changed by the report's authors, and
the diff must not say so. All tests need the texts of both sides.
"""

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import cached_property

from ..records import FactBase, Instrument, Paragraph, Recommendation, Section
from .describe import AnyItem
from .pairing import CUT, bare, words
from .pairs import Pairs, Side

NEAR = 40  # letters and digits beside a quote that make a place of a text known
# Fields that are read from words outside of the quote.
DERIVED = frozenset({"period", "instrument", "articles", "comparator"})
YEAR = re.compile(r"\d{4}")


def single_is_reading(item: AnyItem, side: Side, other: Side) -> bool:
    """Whether the words of an item without counterpart stand as often in the other text, and gave no fact there."""
    if side.text is None or other.text is None:
        return False
    if isinstance(item, FactBase):
        before, quote, after = _around(side.text, item)
        # A page end may stand before or after the quote, hence either will do.
        windows = ((before, quote + after), (before, quote), ("", quote + after))
        return any(
            _as_often(lead + rest, side, other) and _unread(lead, rest, len(quote), item.kind, other)
            for lead, rest in windows
        )
    if isinstance(item, Section):
        return _as_often(bare(item.title), side, other)
    if isinstance(item, Instrument):
        return bare(item.name) in other.bare
    return False


def _as_often(text: str, side: Side, other: Side) -> bool:
    count = other.bare.count(text)
    return count > 0 and count == side.bare.count(text)


def _unread(lead: str, rest: str, size: int, kind: str, other: Side) -> bool:
    """Whether the quote, so many letters after `lead`, gave no fact of the kind at some place of the other text."""
    at = other.bare.find(lead + rest)
    while at >= 0:
        start = other.offset(at + len(lead))
        end = other.offset(at + len(lead) + size - 1) + 1
        if not any(f.kind == kind and f.evidence.start < end and start < f.evidence.end for f in other.record.facts):
            return True
        at = other.bare.find(lead + rest, at + 1)
    return False


def _around(text: str, fact: FactBase, size: int = NEAR) -> tuple[str, str, str]:
    where = fact.evidence
    before = bare(text[max(0, where.start - 3 * size) : where.start])[-size:]
    return before, bare(where.quote), bare(text[where.end : where.end + 3 * size])[:size]


def changed_is_reading(a: AnyItem, b: AnyItem, fields: Sequence[str], pairs: Pairs) -> bool:
    """Whether two readings of the same words differ, in what is read from elsewhere: words that stand in both."""
    old, new = pairs.sides
    if old.text is None or new.text is None:
        return False
    if isinstance(a, Section) and isinstance(b, Section):
        return all(bare(item.title) in side.bare for item in (a, b) for side in pairs.sides)
    if isinstance(a, Instrument) and isinstance(b, Instrument):
        return set(fields) <= {"name", "kind"} and _named_in_both(a, b, pairs)
    if isinstance(a, Recommendation) and isinstance(b, Recommendation):
        return fields == ("text",) and _ends_elsewhere(a.text, b.text, pairs)
    if not (isinstance(a, FactBase) and isinstance(b, FactBase)) or not set(fields) <= DERIVED:
        return False
    around = [
        Counter(words(_near(side.text or "", item, 80, 80))) for side, item in zip(pairs.sides, (a, b), strict=True)
    ]
    beside = (around[0] & around[1]).total() >= 0.75 * max(around[0].total(), around[1].total())
    return beside and same_words(a, b, "quote", pairs) and all(_evident(a, b, field, pairs) for field in fields)


def _ends_elsewhere(a: str, b: str, pairs: Pairs) -> bool:
    """Whether one text is the other and more words that both reports have: a note that a page end put there."""
    short, long = sorted((bare(a), bare(b)), key=len)
    return long.startswith(short) and all(long[len(short) :] in side.bare for side in pairs.sides)


def _evident(a: FactBase, b: FactBase, field: str, pairs: Pairs) -> bool:
    """Whether what either side read elsewhere stands in both texts."""
    if field == "period":
        years = {year for item in (a, b) for year in YEAR.findall(getattr(item, field) or "")}
        return all(_has_year(side.bare, year) for year in years for side in pairs.sides)
    if field == "instrument":
        ids = (getattr(a, field), getattr(b, field))
        found = [side.instruments[id_] for side, id_ in zip(pairs.sides, ids, strict=True) if id_]
        return all(bare(entry.name) in side.bare for entry in found for side in pairs.sides)
    return field == "comparator" or pairs.cites_what_both_have(a, b)


def _has_year(text: str, year: str) -> bool:
    """`2027` may stand as `2026/27`."""
    return year in text or f"{int(year) - 1}{year[2:]}" in text


def _named_in_both(a: Instrument, b: Instrument, pairs: Pairs) -> bool:
    return all(bare(item.name) in side.bare for item in (a, b) for side in pairs.sides)


def same_words(a: FactBase, b: FactBase, field: str, pairs: Pairs) -> bool:
    """Whether a quote or a derived wording (measure, offence) of one side is made of words that the other has there."""
    old, new = pairs.sides
    said = [item.evidence.quote if field == "quote" else getattr(item, field) or "" for item in (a, b)]
    if bare(said[0]) == bare(said[1]):
        return True
    if old.text is None or new.text is None:
        return False
    if field == "quote":
        near = [_near(side.text or "", item, 100, 100) for side, item in zip(pairs.sides, (a, b), strict=True)]
        return bare(said[0]) in bare(near[1]) and bare(said[1]) in bare(near[0])
    reach = 4000 if getattr(a, "table", False) or getattr(b, "table", False) else 600
    near = [_near(side.text or "", item, reach, 300) for side, item in zip(pairs.sides, (a, b), strict=True)]
    return set(words(said[0])) <= set(words(near[1])) and set(words(said[1])) <= set(words(near[0]))


def _near(text: str, fact: FactBase, before: int, after: int) -> str:
    return text[max(0, fact.evidence.start - before) : fact.evidence.end + after]


# ── the words of paragraphs ──────────────────────────────────────────────────────────────

OPEN, CLOSE = "\x02", "\x03"
TOKEN = re.compile(rf"[^\W\d_]+|\d+|[{OPEN}{CLOSE}]")
NOTE = re.compile(r"\[\[.*?\]\]")
DIGITS = re.compile(r"\d+")
RUN = 4  # words in a row by which words elsewhere in a text are known
COMMON_RUNS = 0.6  # share of such runs that must stand there: cells of a table stand in another order


class Words:
    """The words of one side outside of its running heads, page numbers and job numbers."""

    def __init__(self, side: Side) -> None:
        self.side, self.text = side, side.text or ""
        lines = Counter(map(_shape, self.text.splitlines()))
        self.furniture = {shape for shape, count in lines.items() if count > 3}

    @cached_property
    def runs(self) -> set[tuple[str, ...]]:
        tokens = TOKEN.findall(CUT.sub("", NOTE.sub("", self.text)).lower())
        return _runs([token for token in tokens if not token.isdigit()])

    def read(self, text: str) -> list[str]:
        kept = (line for line in text.splitlines() if _shape(line) not in self.furniture)
        return TOKEN.findall(CUT.sub("", NOTE.sub("", "\n".join(kept))).lower())

    def of(self, paragraph: Paragraph) -> list[tuple[str, bool]]:
        """The words of a paragraph, and of each whether it is part of a fact."""
        parts, at = [], paragraph.start
        for fact in self.side.record.facts:
            where = fact.evidence
            if fact.kind != "indicator" and at <= where.start and where.end <= paragraph.end:
                parts += [self.text[at : where.start], OPEN, self.text[where.start : where.end], CLOSE]
                at = where.end
        parts.append(self.text[at : paragraph.end])
        found, inside = [], False
        for token in self.read("".join(parts)):
            if token in (OPEN, CLOSE):
                inside = token == OPEN
            else:
                found.append((token, inside))
        return found


def _shape(line: str) -> str:
    """A line without its numbers: running heads and page numbers have one shape on all pages."""
    return DIGITS.sub("#", " ".join(line.split()))


def _runs(tokens: list[str]) -> set[tuple[str, ...]]:
    return {tuple(tokens[i : i + RUN]) for i in range(len(tokens) - RUN + 1)}


def same_paragraph(a: Paragraph, b: Paragraph, old: Words, new: Words) -> bool:
    """Whether two paragraphs have the same words outside of their facts (those are compared as facts).

    Note marks, and what a page end puts into a paragraph (notes, page numbers, running heads), are no words of it:
    notes are known by standing elsewhere in the other text.
    """
    if bare(old.text[a.start : a.end]) == bare(new.text[b.start : b.end]):
        return True
    here, there = old.of(a), new.of(b)
    before, after = [token for token, _ in here], [token for token, _ in there]
    for op, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        gone, come = before[i:j], after[k:m]
        if op == "equal" or "".join(gone) == "".join(come):
            continue
        if _in_fact(here[i:j]) or _in_fact(there[k:m]) or (_elsewhere(gone, new) and _elsewhere(come, old)):
            continue
        return False
    return True


def _in_fact(tokens: list[tuple[str, bool]]) -> bool:
    return bool(tokens) and all(inside for _, inside in tokens)


def _elsewhere(tokens: list[str], other: Words) -> bool:
    """Whether these words are no words of the paragraph: numbers of notes, or a note that the other text has too."""
    said = [token for token in tokens if not token.isdigit()]
    if not said:
        return all(len(token) < 4 for token in tokens)
    runs = _runs(said)
    return bool(runs) and sum(run in other.runs for run in runs) > COMMON_RUNS * len(runs)
