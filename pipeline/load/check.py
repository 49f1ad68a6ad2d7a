"""What a database would refuse, found before: records whose parts contradict each other."""

import re
from collections.abc import Iterable, Iterator
from math import isfinite
from typing import Any

from ..records import Article, Penalty, Record, TreatyAction

LARGEST = 2**31 - 1  # of an Integer column
BOUNDED = ("start", "end", "page", "pages", "per", "level")


def contradictions(record: Record) -> Iterator[str]:
    """What is wrong with a record that its schema cannot say: ids twice, references to nothing, spans backwards."""
    sections = {section.id for section in record.sections}
    instruments = {instrument.id for instrument in record.instruments}
    facts = {fact.id for fact in record.facts}
    yield from _twice("section", (section.id for section in record.sections))
    yield from _twice("instrument", (instrument.id for instrument in record.instruments))
    yield from _twice("fact", (fact.id for fact in record.facts))
    yield from _twice("paragraph at", (paragraph.start for paragraph in record.paragraphs))
    yield from _twice("language at", (span.start for span in record.languages))
    for place, span in _spans(record):
        if span.start > span.end:
            yield f"{place}: ends at {span.end}, before it starts at {span.start}"
    for paragraph in record.paragraphs:
        yield from _missing(f"paragraph {paragraph.number}", "section", [paragraph.section], sections)
    for fact in record.facts:
        yield from _missing(f"fact {fact.id}", "section", [fact.evidence.section], sections)
        match fact:
            case Article():
                yield from _missing(f"fact {fact.id}", "instrument", [fact.instrument], instruments)
            case TreatyAction():
                yield from _missing(f"fact {fact.id}", "instrument", [fact.treaty], instruments)
            case Penalty():
                yield from _missing(f"fact {fact.id}", "fact", fact.articles, facts)
    if record.country is not None and not re.fullmatch("[A-Z]{3}", record.country):
        yield f"country: {record.country!r} is no code of three letters (ISO 3166-1 alpha-3)"
    yield from _values(record.model_dump(exclude={"facts", "made_by"}), "")
    for fact in record.facts:
        yield from _values(fact.evidence.__dict__, f"fact {fact.id}")
        yield from _values(fact.__dict__, f"fact {fact.id}")
        match fact:
            case Penalty():
                for sanction in fact.sanctions:
                    yield from _values(sanction.__dict__, f"fact {fact.id}")


def _twice(what: str, keys: Iterable[object]) -> Iterator[str]:
    seen: set[object] = set()
    for key in keys:
        if key in seen:
            yield f"{what} {key}: there twice"
        seen.add(key)


def _missing(place: str, what: str, named: Iterable[str | None], there: set[str]) -> Iterator[str]:
    for name in named:
        if name is not None and name not in there:
            yield f"{place}: names {what} {name}, which the record does not have"


def _spans(record: Record) -> Iterator[tuple[str, Any]]:
    for section in record.sections:
        yield f"section {section.id}", section
    for paragraph in record.paragraphs:
        yield f"paragraph {paragraph.number}", paragraph
    for fact in record.facts:
        yield f"fact {fact.id}", fact.evidence


def _values(fields: dict[str, Any], place: str) -> Iterator[str]:
    """Values that a column cannot hold, in plain fields and in lists of them."""
    for name, value in fields.items():
        match value:
            case str():
                if "\x00" in value:
                    yield f"{place} {name}: contains a NUL character".strip()
            case bool() | None:
                pass
            case int():
                if (name in BOUNDED and abs(value) > LARGEST) or abs(value) > 1e300:
                    yield f"{place} {name}: {str(value)[:20]} is too large".strip()
            case float():
                if not isfinite(value):
                    yield f"{place} {name}: {value} is no number".strip()
            case dict():
                yield from _values(value, f"{place} {name}".strip())
            case tuple():
                for item in value:
                    yield from _values({name: item}, place)
