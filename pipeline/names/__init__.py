"""Names that rules cannot know: of a figure or a penalty, where it was, and which body counted or acted.

A small spaCy model of our own for each language (`train.py` is its recipe) reads only sentences that have a
candidate, and a name counts only where the words before it say that it is the place or the actor.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any, TypeVar

from ..model import Figure, Passage, Penalty
from ..rules import Rules

MODELS = Path(__file__).parent / "model"
REACH = 90  # characters between a fact and a name that may belong to it
CLOSE = 30  # characters to a name that belongs to it whatever else the sentence names

Fact = TypeVar("Fact", bound=Figure | Penalty)


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a sentence; `start` and `end` count characters of the passage."""

    label: str
    start: int
    end: int


def attach(
    passages: Sequence[Passage], penalties: Sequence[Penalty], figures: Sequence[Figure], rules: Rules
) -> tuple[tuple[Penalty, ...], tuple[Figure, ...]]:
    """The same findings, with `place` and `actor` where a name says so; tables and bare ages are left alone."""
    candidates: list[Figure | Penalty] = [*penalties, *(f for f in figures if _candidate(f))]
    wanted = {
        (fact.at.passage, sentence)
        for fact in candidates
        for sentence in _sentence_of(passages[fact.at.passage], fact.at.start)
    }
    names = _read(passages, sorted(wanted))
    return (
        tuple(_named(fact, passages, names, rules) for fact in penalties),
        tuple(_named(fact, passages, names, rules) if _candidate(fact) else fact for fact in figures),
    )


def _candidate(figure: Figure) -> bool:
    return not figure.table and figure.unit != "age"


def _sentence_of(passage: Passage, at: int) -> list[tuple[int, int]]:
    return [(start, end) for start, end in passage.sentences if start <= at < end]


Sentence = tuple[int, tuple[int, int]]


def _read(passages: Sequence[Passage], wanted: Sequence[Sentence]) -> dict[Sentence, list[Name]]:
    """The names of each sentence, the sentences of one language read together."""
    found: dict[Sentence, list[Name]] = {}
    by_language = sorted(wanted, key=lambda sentence: (passages[sentence[0]].language, sentence))
    for language, group in groupby(by_language, key=lambda sentence: passages[sentence[0]].language):
        model = _model(language)
        if model is None:
            continue
        sentences = list(group)
        texts = [passages[index].text[start:end] for index, (start, end) in sentences]
        for sentence, doc in zip(sentences, model.pipe(texts, batch_size=64), strict=True):
            begin = sentence[1][0]
            found[sentence] = [Name(e.label_, begin + e.start_char, begin + e.end_char) for e in doc.ents]
    return found


@cache
def _model(language: str) -> Any:
    folder = MODELS / language
    if not folder.is_dir():
        return None
    import spacy

    return spacy.load(folder)


@dataclass(frozen=True, slots=True)
class Signs:
    """The words that stand right before a place, before an actor, and after an actor that is a subject."""

    place: re.Pattern[str]
    actor: re.Pattern[str]
    acts: re.Pattern[str]
    clause: re.Pattern[str]


@cache
def _signs(language: str, rules: Rules) -> Signs | None:
    table: Mapping[str, list[str]] = rules.languages[language].get("names", {})
    if not table:
        return None

    def before(name: str) -> re.Pattern[str]:
        return re.compile(rf"(?:^|\W)(?:{'|'.join(table[name])})\s+(?:{'|'.join(table['articles'])})?$", re.IGNORECASE)

    acts = re.compile(rf"\W{{0,2}}(?:{'|'.join(table['acts'])})\b", re.IGNORECASE)
    return Signs(before("place"), before("actor"), acts, re.compile("|".join(table["clause"])))


def _named(fact: Fact, passages: Sequence[Passage], names: Mapping[Sentence, Sequence[Name]], rules: Rules) -> Fact:
    passage = passages[fact.at.passage]
    signs = _signs(passage.language, rules)
    for sentence in _sentence_of(passage, fact.at.start):
        here = names.get((fact.at.passage, sentence), ())
        if signs and here:
            place = _place(fact, passage.text, sentence, here, signs)
            actor = _actor(fact, passage.text, sentence, here, signs)
            return replace(fact, place=fact.place or place, actor=fact.actor or actor)
    return fact


def _place(fact: Fact, text: str, sentence: tuple[int, int], names: Sequence[Name], signs: Signs) -> str | None:
    """The place that a preposition marks: one close behind the fact, or the only one of the sentence.

    In a sentence of several places ("in A 12, in B 14") distance alone would guess; it is left open.
    """
    marked = [
        n for n in names if n.label == "PLACE" and signs.place.search(text[max(sentence[0], n.start - 24) : n.start])
    ]
    close = [
        n
        for n in marked
        if 0 <= n.start - fact.at.end <= CLOSE and not signs.clause.search(text[fact.at.end : n.start])
    ]
    if close:
        return text[close[0].start : close[0].end]
    if len({text[n.start : n.end] for n in marked}) != 1:
        return None
    only = marked[0]
    between = text[min(only.end, fact.at.end) : max(only.start, fact.at.start)]
    return None if len(between) > REACH or signs.clause.search(between) else text[only.start : only.end]


def _actor(fact: Fact, text: str, sentence: tuple[int, int], names: Sequence[Name], signs: Signs) -> str | None:
    """A body marked as the one who acted ("by the …", "according to the …"), or the subject of a verb of acting."""
    for name in names:
        if name.label != "BODY":
            continue
        lead = text[sentence[0] : name.start]
        marked = signs.actor.search(lead[-24:]) and abs(name.start - fact.at.start) <= 2 * REACH
        subject = len(lead.split()) <= 1 and signs.acts.match(text, name.end) and fact.at.start > name.end
        if marked or subject:
            return text[name.start : name.end]
    return None
