"""Findings in the words that are printed: some languages are read in another spelling (`pipeline.spelling`).

What a finding quotes begins with its word and the small words written together with it; names, measures and offences
stand as in the report.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from ..model import (
    Article,
    Date,
    Figure,
    Findings,
    Instrument,
    Passage,
    Penalty,
    Place,
    Recommendation,
    Report,
    TreatyAction,
)
from ..rules import Rules
from ..spelling import Spelling

BRACKETS = str.maketrans("", "", "()")
PARTS = re.compile(r"( … | \| )")
INVISIBLE = re.compile("[\u0640\u00ad\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def printed(findings: Findings, passages: Sequence[Passage], report: Report, rules: Rules) -> Findings:
    """The findings, those in a language with a spelling of its own as the report prints them."""
    if not any(passage.language in rules.spellings for passage in passages):
        return findings
    return _Printer(passages, report, rules.spellings, findings).all(findings)


class _Printer:
    def __init__(
        self, passages: Sequence[Passage], report: Report, spellings: Mapping[str, Spelling], findings: Findings
    ) -> None:
        self.passages, self.text, self.spellings = passages, report.text, spellings
        self.named: dict[str, list[int]] = {}
        for mention in findings.register.mentions:
            self.named.setdefault(mention.instrument, []).append(mention.at.passage)
        self.tables: dict[int, list[int]] = {}
        for passage in passages:
            if passage.block.table is not None:
                self.tables.setdefault(passage.block.table, []).append(passage.index)

    def all(self, findings: Findings) -> Findings:
        register = findings.register
        return replace(
            findings,
            register=replace(register, instruments=tuple(map(self.instrument, register.instruments))),
            articles=tuple(map(self.article, findings.articles)),
            penalties=tuple(map(self.penalty, findings.penalties)),
            dates=tuple(map(self.date, findings.dates)),
            figures=tuple(map(self.figure, findings.figures)),
            treaty_actions=tuple(map(self.treaty_action, findings.treaty_actions)),
            recommendations=tuple(map(self.recommendation, findings.recommendations)),
        )

    def instrument(self, one: Instrument) -> Instrument:
        near = self.named.get(one.key, [])
        if not any(self.passages[index].language in self.spellings for index in near):
            return one
        aliases = tuple(dict.fromkeys(self.words(alias, near) for alias in one.aliases))
        return replace(one, name=self.words(one.name, near), aliases=aliases)

    def article(self, one: Article) -> Article:
        if not self.other(one.at):
            return one
        inside = (one.at.start, one.at.end)
        number = self.words(one.number, [one.at.passage], inside).translate(BRACKETS)
        sub = one.subdivision
        if sub and "ه" in sub and "هـ" in self.raw(one.at):
            sub = sub.replace("ه", "هـ")
        return replace(one, at=self.whole(one.at), number=number, subdivision=sub)

    def penalty(self, one: Penalty) -> Penalty:
        if not self.other(one.at):
            return one
        near = [i for i in (one.at.passage, one.at.passage - 1) if i >= 0]
        return replace(one, at=self.whole(one.at), offence=self.words(one.offence, near) if one.offence else None)

    def date(self, one: Date) -> Date:
        return replace(one, at=self.whole(one.at)) if self.other(one.at) else one

    def figure(self, one: Figure) -> Figure:
        if not self.other(one.at):
            return one
        near = [one.at.passage]
        if one.table:
            table = self.passages[one.at.passage].block.table
            near += self.tables.get(table if table is not None else -1, [])
        return replace(one, at=self.whole(one.at), measure=self.words(one.measure, near) if one.measure else None)

    def treaty_action(self, one: TreatyAction) -> TreatyAction:
        return replace(one, at=self.whole(one.at)) if self.other(one.at) else one

    def recommendation(self, one: Recommendation) -> Recommendation:
        if self.passages[one.passage].language not in self.spellings:
            return one
        return replace(one, text=" ".join(self.text[one.start : one.end].split()))

    def other(self, at: Place) -> bool:
        return self.passages[at.passage].language in self.spellings

    def whole(self, at: Place) -> Place:
        """The place with the small words that are written together with its first one."""
        passage, start = self.passages[at.passage], at.start
        while start > 1 and passage.text[start].isalpha() and self.put_in(passage, start - 1):
            start -= 2
            while start and passage.text[start - 1].isalpha():
                start -= 1
        return replace(at, start=start)

    def put_in(self, passage: Passage, at: int) -> bool:
        """Whether a space was put in, between a small word and the next."""
        return passage.text[at] == " " and passage.offsets[at] == passage.offsets[at + 1]

    def raw(self, at: Place) -> str:
        offsets = self.passages[at.passage].offsets
        return self.text[offsets[at.start] : offsets[at.end - 1] + 1]

    def words(self, said: str, near: Sequence[int], inside: tuple[int, int] | None = None) -> str:
        """Words of passages as they are printed; those that are not found there with their small words put back."""
        parts = PARTS.split(said)
        return "".join(part if PARTS.fullmatch(part) else self.part(part, near, inside) for part in parts)

    def part(self, said: str, near: Sequence[int], inside: tuple[int, int] | None) -> str:
        for index in near:
            passage = self.passages[index]
            if passage.language in self.spellings:
                at = passage.text.find(said, *(inside or ()))
                if at >= 0:
                    return self.shown(passage, at, at + len(said))
        return _together(said)

    def shown(self, passage: Passage, start: int, end: int) -> str:
        """The print of passage.text[start:end], with the article before it; numbers in the digits of the passage."""
        if passage.text.endswith(ARTICLE, 0, start) and self.put_in(passage, start - 1):
            start -= len(ARTICLE)
        places = passage.offsets[start:end]
        steps = [after - before for before, after in pairwise([*places, places[-1] + 1])]
        if passage.text[start:end].isdigit() or max(steps) > LEAP:
            return _together(passage.text[start:end])
        last = places[-1] + 1
        while last < len(self.text) and self.spellings[passage.language].dropped.match(self.text, last):
            last += 1
        lead = "ا" if passage.text.startswith(ARTICLE, start) and self.text[places[0]] == "ل" else ""
        language = passage.language
        plain = INVISIBLE.sub("", self.text[places[0] : last])
        printed = lead + self.spellings[language].digits(" ".join(plain.split()))
        together = _together(passage.text[start:end])
        broken = len(printed.split()) > len(together.split()) and not any(char.isdigit() for char in together)
        return together if broken else printed


ARTICLE = "ال "
LEAP = 60
"""Between two characters of a passage no more than so many stand in the text unless a page ends or a note is set."""


def _together(said: str) -> str:
    """Small words put back to the words that they are written together with."""
    said = re.sub(r"(?<![^\W_])([وفبك]|ل(?! ال ))\s(?=[^\W\d_])", r"\1", said)
    said = re.sub(r"(?<![^\W_])ل ال ", "لل", said)
    return re.sub(r"(?<![^\W_])([وفبك]?)ال\s(?=[^\W\d_])", r"\1ال", said)
