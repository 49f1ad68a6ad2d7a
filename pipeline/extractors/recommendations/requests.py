"""What committees, experts and resolutions ask of a State: "The Committee recommends that the State party: (a) …"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ...model import About, Passage, Recommendation
from ...rules import Rules
from ...sections import countries
from .speakers import Speakers
from .words import Words, words_of

KINDS = frozenset({"item", "paragraph", "other"})
REACH = 120
"""So far from the verb stands the State that is asked."""
LETTER = re.compile(r"(?<![\d)]\s)(?<=[\s:;,])\((?P<mark>[a-zа-я])\)\s?(?=[^\W\d])")
BULLET = re.compile(r"[•·▪●○–—*-]?")
ROMAN = re.compile(r"\(?[ivx]+\)")


@dataclass(frozen=True, slots=True)
class Ask:
    """A request: who asks whom, where in the passage it begins, and the rule that found it."""

    by: str | None
    to: str
    start: int
    rule: str


@dataclass(slots=True)
class Lead:
    """A paragraph that asks and may open a list, with the items of the list."""

    passage: Passage
    ask: Ask
    number: str | None
    items: list[tuple[str, Passage]] = field(default_factory=list)


def find(passages: Sequence[Passage], about: About, rules: Rules) -> tuple[Recommendation, ...]:
    """All requests to a State, one for each item of a list that such a request opens."""
    return tuple(_Reader(passages, about, rules).read())


class _Reader:
    def __init__(self, passages: Sequence[Passage], about: About, rules: Rules) -> None:
        self.passages, self.country, self.rules = passages, about.country, rules
        self.speakers = Speakers(passages, about, rules)
        self.heading: int | None = None
        """The level of the heading "Recommendations" over the passage that is read."""

    def read(self) -> Iterator[Recommendation]:
        lead: Lead | None = None
        for passage in self.passages:
            words = words_of(passage.language, self.rules)
            kind = passage.block.kind
            if kind == "heading" or (kind in KINDS and _own_number(passage)):
                yield from _written(lead)
                lead = None
            if words is None or kind not in KINDS:
                if words is not None and kind == "heading":
                    self.head(passage, words)
                continue
            if lead is not None and (kind == "item" or passage.block.number):
                lead.items.append((_mark(passage), passage))
            elif ask := self.ask(passage, words):
                yield from _written(lead)
                lead = Lead(passage, ask, passage.block.paragraph or passage.block.number)
                if passage.text.endswith((".", "!", "?")):
                    yield from _written(lead)
                    lead = None
        yield from _written(lead)

    def head(self, passage: Passage, words: Words) -> None:
        level = passage.block.level or 99
        if words.heading.search(passage.text):
            self.heading = level if self.heading is None else min(level, self.heading)
        elif self.heading is not None and level <= self.heading:
            self.heading = None

    def ask(self, passage: Passage, words: Words) -> Ask | None:
        """The first request of a passage."""
        lower = passage.text.lower()
        listed = self.heading is not None and lower.endswith(":")
        if not (listed or any(stem in lower for stem in words.trigger)):
            return None
        if ask := self.resolved(passage, words):
            return ask
        for start, end in passage.sentences:
            sentence = passage.text[start:end]
            found = self.asked(sentence, words) or self.obliged(sentence, words) or self.advised(sentence, words)
            if found:
                by, to, rule = found
                return Ask(by, to, start, rule)
        return None

    def asked(self, sentence: str, words: Words) -> tuple[str | None, str, str] | None:
        """ "The Committee urges the State party", "… is concerned …, and urges the State party"."""
        match = words.ask.search(sentence)
        if match is not None and (match["makes"] is None or sentence.endswith(":")):
            to = self.addressed(sentence, match.end(), words, self.implied(words))
            if to:
                return self.speakers.named(match, words), to, "recommendation.asked"
        actor = words.actor.search(sentence)
        if actor is not None:
            for match in words.joined.finditer(sentence, actor.end()):
                if to := self.addressed(sentence, match.end(), words, implied=False):
                    return self.speakers.named(actor, words), to, "recommendation.asked"
        return None

    def implied(self, words: Words) -> bool:
        """Whether what is recommended without an addressee is meant for the State that the report is about."""
        return self.speakers.committee(words) or (self.heading is not None and self.speakers.expert(words))

    def addressed(self, sentence: str, at: int, words: Words, implied: bool) -> str | None:
        """The State that is asked: the one named, the one that the report is about; None where others are asked."""
        if words.others.match(sentence, at):
            return None
        window = sentence[at : at + REACH]
        named = [(start, code) for start, _, code in countries(window, self.rules)]
        generic = words.addressee.search(window)
        if named and (generic is None or named[0][0] < generic.end() + 20):
            return named[0][1]
        return self.country if generic or implied else None

    def obliged(self, sentence: str, words: Words) -> tuple[str | None, str, str] | None:
        """ "The State party should …", in the words of a committee."""
        if self.country is None or not self.speakers.committee(words):
            return None
        match = words.obliged.search(sentence)
        if match is None or words.told.search(sentence, 0, match.start()):
            return None
        return self.speakers.body, self.country, "recommendation.obliged"

    def advised(self, sentence: str, words: Words) -> tuple[str | None, str, str] | None:
        """ "The Government should …", "To the Government:", among an expert's recommendations."""
        if self.country is None or self.heading is None or not self.speakers.expert(words):
            return None
        if words.to_whom.match(sentence) and sentence.endswith(":"):
            to = self.addressed(sentence, 0, words, implied=False)
            return (self.speakers.mandate(words), to, "recommendation.advised") if to else None
        match = words.should.search(sentence)
        return (self.speakers.mandate(words), self.country, "recommendation.advised") if match else None

    def resolved(self, passage: Passage, words: Words) -> Ask | None:
        """ "Calls upon the Government of … to", the first words of a paragraph of a resolution."""
        match = words.resolves.match(passage.text)
        if match is None or not passage.block.number or words.others.match(passage.text, match.end()):
            return None
        named = countries(passage.text[match.end() : match.end() + REACH // 2], self.rules)
        return Ask(self.speakers.body, named[0][2], 0, "recommendation.resolved") if named else None


def _own_number(passage: Passage) -> bool:
    """Whether a block begins a new paragraph of the report."""
    number = passage.block.number
    return bool(number) and number == passage.block.paragraph and passage.block.kind != "item"


def _mark(passage: Passage) -> str:
    """The item's letter as `(a)`, whatever stands around it; nothing for a dash."""
    number = passage.block.number or ""
    return "" if BULLET.fullmatch(number) else f"({number.strip('().')})"


def _written(lead: Lead | None) -> Iterator[Recommendation]:
    """The recommendations of a lead: its lowest items, or itself where it has none."""
    if lead is None:
        return
    items = _lowest(lead.items)
    if items:
        for mark, passage in items:
            yield _recommendation(passage, 0, len(passage.text), f"{lead.number or ''}{mark}" or None, lead.ask)
        return
    text = lead.passage.text
    marks = _inline(text, lead.ask.start)
    if not marks:
        yield _recommendation(lead.passage, lead.ask.start, len(text), lead.number, lead.ask)
        return
    for (mark, start, _), following in zip(marks, [*(m[2] for m in marks[1:]), len(text)], strict=True):
        yield _recommendation(lead.passage, start, following, f"{lead.number or ''}({mark})", lead.ask)


def _lowest(items: Sequence[tuple[str, Passage]]) -> list[tuple[str, Passage]]:
    """The items that open no list themselves, those under another with its letter: `(a)(i)`."""
    found: list[tuple[str, Passage]] = []
    above = ""
    for at, (mark, passage) in enumerate(items):
        following = items[at + 1] if at + 1 < len(items) else None
        opens = passage.text.endswith(":") and following is not None and _under(following, mark)
        if opens:
            above = mark
            continue
        if above and not _under((mark, passage), above):
            above = ""
        found.append((above + mark, passage))
    return found


def _under(item: tuple[str, Passage], above: str) -> bool:
    """Whether an item stands under one with the mark `above`: (i), (ii) or a dash under (a)."""
    mark = item[0]
    return mark != above and (not mark or (ROMAN.fullmatch(mark) is not None and not ROMAN.fullmatch(above)))


def _inline(text: str, start: int) -> list[tuple[str, int, int]]:
    """Items (a), (b), … that stand in the paragraph itself: letter, start of the words, start of the mark."""
    found: list[tuple[str, int, int]] = []
    for match in LETTER.finditer(text, start):
        mark = match["mark"]
        wanted = chr(ord(found[-1][0]) + 1) if found else mark if mark in "aа" else None
        if mark == wanted:
            found.append((mark, match.end(), match.start()))
    return found if len(found) > 1 else []


def _recommendation(passage: Passage, start: int, end: int, number: str | None, ask: Ask) -> Recommendation:
    text = passage.text[start:end].rstrip()
    first, last = passage.offsets[start], passage.offsets[start + len(text) - 1] + 1
    return Recommendation(first, last, passage.index, ask.rule, number, ask.by, ask.to, text)
