"""What committees, experts and resolutions ask of a State: "The Committee recommends that the State party: (a) …"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

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
ENDS = (".", ";", ":", ",", "!", "?", ")", "”")
"""What a paragraph or an item ends with that no page end has cut."""
LONE = re.compile(r"\([a-zа-я]\)")


@dataclass(frozen=True, slots=True)
class Ask:
    """A request: who asks whom, where in the passage it begins, and the rule that found it."""

    by: str | None
    to: str
    start: int
    rule: str


@dataclass(slots=True)
class Item:
    """An item of a list with its mark, `(a)`; a page end may cut it into several passages."""

    mark: str
    passages: list[Passage]

    @property
    def goes_on(self) -> bool:
        return not self.passages[-1].text.endswith(ENDS)


@dataclass(slots=True)
class Lead:
    """A paragraph that asks and may open a list, with the items of the list."""

    paragraph: Item
    ask: Ask
    number: str
    items: list[Item] = field(default_factory=list)


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
            if kind == "heading" or (kind in KINDS and _own_number(passage, lead)):
                yield from _written(lead)
                lead = None
            if words is None or kind not in KINDS:
                if words is not None and kind == "heading":
                    self.head(passage, words)
                continue
            if lead is not None and (kind == "item" or passage.block.number):
                lead.items.append(Item(_mark(passage), [passage]))
            elif lead is not None and (last := (lead.items or [lead.paragraph])[-1]).goes_on:
                if not passage.text[0].isdigit():  # a note between the two pieces
                    last.passages.append(passage)
            elif ask := self.ask(passage, words):
                yield from _written(lead)
                lead = Lead(Item("", [passage]), ask, passage.block.paragraph or passage.block.number or "")
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
        if not (listed or any(map(lower.__contains__, words.trigger))):
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
        return self.speakers.committee_name, self.country, "recommendation.obliged"

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


def _own_number(passage: Passage, lead: Lead | None) -> bool:
    """Whether a block begins a new paragraph of the report, also where the format makes paragraphs items of a list."""
    number = passage.block.number or ""
    if passage.block.kind != "item":
        return bool(number) and number == passage.block.paragraph
    if not number.isdigit():
        return False
    last = lead.items[-1].mark.strip("()") if lead and lead.items else "0"
    return lead is None or not last.isdigit() or int(number) != int(last) + 1


def _mark(passage: Passage) -> str:
    """The item's letter as `(a)`, whatever stands around it; nothing for a dash."""
    number = passage.block.number or ""
    return "" if BULLET.fullmatch(number) else f"({number.strip('().')})"


def _written(lead: Lead | None) -> Iterator[Recommendation]:
    """The recommendations of a lead: its lowest items, or itself where it has none."""
    if lead is None:
        return
    items = _lowest(lead.items) if lead.paragraph.passages[-1].text[-1] not in ".!?" else []
    start = 0 if items else lead.ask.start
    for item in items or [lead.paragraph]:
        *parts, (letter, begin, _) = _parts(item.passages[0].text, start, item.mark)
        for inside, at, end in parts:
            yield _recommendation(item.passages[:1], at, end, lead.number + item.mark + inside, lead.ask)
        whole = len(item.passages[0].text)
        yield _recommendation(item.passages, begin, whole, lead.number + item.mark + letter, lead.ask)


def _lowest(items: Sequence[Item]) -> list[Item]:
    """The items that open no list themselves, those under another with its letter: `(a)(i)`."""
    found: list[Item] = []
    above = ""
    for item, following in zip_longest(items, items[1:]):
        if item.passages[-1].text.endswith(":") and following is not None and _under(following.mark, item.mark):
            above = item.mark
            continue
        if above and not _under(item.mark, above):
            above = ""
        found.append(Item(above + item.mark, item.passages))
    return found


def _under(mark: str, above: str) -> bool:
    """Whether an item stands under one with the mark `above`: (i), (ii) or a dash under (a)."""
    return mark != above and (not mark or (ROMAN.fullmatch(mark) is not None and not ROMAN.fullmatch(above)))


def _parts(text: str, start: int, mark: str) -> list[tuple[str, int, int]]:
    """Items (a), (b), … that stand in one paragraph, and those that follow an item (c) in its own block.

    Each has what its mark adds to that of the paragraph, its start and its end.
    """
    found: list[tuple[str, int, int]] = []  # letter, start of the words, start of the mark
    last = mark[1:2] if LONE.fullmatch(mark) else ""
    for match in LETTER.finditer(text, start):
        letter = match["mark"]
        if letter == (chr(ord(last) + 1) if last else letter if letter in "aа" else None):
            found.append((letter, match.end(), match.start()))
            last = letter
    if not mark and len(found) < 2:
        return [("", start, len(text))]
    ends = [*(begin for _, _, begin in found[1:]), len(text)]
    parts = [(f"({letter})", at, end) for (letter, at, _), end in zip(found, ends, strict=True)] if found else []
    return parts if not mark else [("", start, found[0][2] if found else len(text)), *parts]


def _recommendation(passages: Sequence[Passage], start: int, end: int, number: str | None, ask: Ask) -> Recommendation:
    text = " ".join([passages[0].text[start:end].rstrip(), *(passage.text for passage in passages[1:])])
    last = passages[-1]
    stop = last.offsets[-1] if len(passages) > 1 else last.offsets[start + len(text) - 1]
    first = passages[0]
    return Recommendation(first.offsets[start], stop + 1, first.index, ask.rule, number or None, ask.by, ask.to, text)
