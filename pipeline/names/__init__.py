"""Names that rules cannot know: of a figure or a penalty, where it was, and which body counted or acted.

A small spaCy model of our own for each language (`train.py` is its recipe) reads only sentences that have a
candidate, and a name counts only where the words before it say that it is the place or the actor.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any, TypeVar

from ..model import LANGUAGES, Figure, Passage, Penalty
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
    known = _known_places(passages, names, rules)
    return (
        tuple(_named(fact, passages, names, known, rules) for fact in penalties),
        tuple(_named(fact, passages, names, known, rules) if _candidate(fact) else fact for fact in figures),
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


@dataclass(frozen=True, slots=True, eq=False)
class Signs:
    """The words around a name that say what it is to a fact.

    `place` and `actor` stand right before one, `acts` after an actor that is a subject, `area` beside a place;
    `clause` ends a part of a sentence, `goes_on` after a name shows that it is longer or one of a list.
    """

    place: re.Pattern[str]
    actor: re.Pattern[str]
    source: re.Pattern[str]
    acts: re.Pattern[str]
    area: re.Pattern[str]
    clause: re.Pattern[str]
    goes_on: re.Pattern[str]
    generic: frozenset[str]


@cache
def _signs(language: str, rules: Rules) -> Signs | None:
    table: Mapping[str, list[str]] = rules.languages[language].get("names", {})
    if not table:
        return None

    def before(name: str) -> re.Pattern[str]:
        return re.compile(rf"(?:^|\W)(?:{'|'.join(table[name])})\s+(?:{'|'.join(table['articles'])})?$", re.IGNORECASE)

    return Signs(
        place=before("place"),
        actor=before("actor"),
        source=before("source"),
        acts=re.compile(rf"\W{{0,2}}(?:{'|'.join(table['acts'])})\b", re.IGNORECASE),
        area=re.compile(rf"\s+(?:{'|'.join(table['area'])})\b"),
        clause=re.compile("|".join(table["clause"])),
        goes_on=re.compile(rf"(?:,|\s+(?:{'|'.join(table['and'])}))?\s+(?:{'|'.join(table['articles'])})?[A-ZА-ЯЁ]"),
        generic=frozenset(table["generic"]),
    )


@cache
def _countries(rules: Rules) -> re.Pattern[str]:
    """Names of States in any case: a Russian name may have lost its last letters."""
    entries = rules.shared.get("countries", {}).values()
    names = {
        name for entry in entries for language in LANGUAGES if language != "ru" for name in entry.get(language, ())
    }
    stems = {name[:-1] if len(name) > 4 else name for entry in entries for name in entry.get("ru", ())}
    listed = [re.escape(n) for n in sorted(names, key=len, reverse=True)]
    listed += [re.escape(n) + r"\w{0,3}" for n in sorted(stems, key=len, reverse=True)]
    return re.compile("|".join(listed))


def _named(
    fact: Fact, passages: Sequence[Passage], names: Mapping[Sentence, Sequence[Name]], known: set[str], rules: Rules
) -> Fact:
    passage = passages[fact.at.passage]
    signs = _signs(passage.language, rules)
    for sentence in _sentence_of(passage, fact.at.start):
        here = names.get((fact.at.passage, sentence), ())
        if signs and here:
            place = _place(fact, passage.text, sentence, here, known, signs)
            actor = _actor(fact, passage.text, sentence, here, signs)
            return replace(fact, place=fact.place or place, actor=fact.actor or actor)
    return fact


def _known_places(passages: Sequence[Passage], names: Mapping[Sentence, Sequence[Name]], rules: Rules) -> set[str]:
    """Places to trust: States, what is called a province or city, what the report puts things in twice."""
    seen: Counter[str] = Counter()
    for (index, (start, _)), here in names.items():
        passage = passages[index]
        signs = _signs(passage.language, rules)
        for name in here:
            words = passage.text[name.start : name.end]
            if signs is None or name.label != "PLACE" or words in signs.generic:
                continue
            if _countries(rules).fullmatch(words) or signs.area.match(passage.text, name.end):
                seen[words] += 2
            elif signs.place.search(passage.text[max(start, name.start - 24) : name.start]):
                seen[words] += 1
    return {words for words, times in seen.items() if times >= 2}


def _place(
    fact: Fact, text: str, sentence: tuple[int, int], names: Sequence[Name], known: set[str], signs: Signs
) -> str | None:
    """The place that a preposition marks: one close behind the fact, or the only one of the sentence.

    In a sentence of several places ("in A 12, in B 14") distance alone would guess; it is left open.
    """
    marked = [
        n for n in names if n.label == "PLACE" and signs.place.search(text[max(sentence[0], n.start - 24) : n.start])
    ]
    near = [n for n in marked if 0 <= n.start - fact.at.end <= CLOSE] or marked
    if len({text[n.start : n.end] for n in near}) != 1:
        return None
    found = near[0]
    between = text[min(found.end, fact.at.end) : max(found.start, fact.at.start)]
    words = text[found.start : found.end]
    if words not in known or signs.goes_on.match(text, found.end):
        return None
    return None if len(between) > REACH or signs.clause.search(between) else words


def _actor(fact: Fact, text: str, sentence: tuple[int, int], names: Sequence[Name], signs: Signs) -> str | None:
    """A body named as the source, as the one by whom (right beside the fact), or as the subject of a verb of acting."""
    for name in names:
        words = text[name.start : name.end]
        named = len(words) >= 3 and not any(c.isdigit() for c in words) and signs.generic.isdisjoint(words.split()[1:])
        if name.label != "BODY" or not named or signs.goes_on.match(text, name.end):
            continue
        lead = text[sentence[0] : name.start]
        gap = name.start - fact.at.end if name.start >= fact.at.end else fact.at.start - name.end
        by = signs.actor.search(lead[-24:]) and 0 <= gap <= CLOSE
        subject = len(lead.split()) <= 1 and signs.acts.match(text, name.end) and 0 <= fact.at.start - name.end <= REACH
        if by or subject or (signs.source.search(lead[-40:]) and gap <= 2 * REACH):
            return words
    return None
