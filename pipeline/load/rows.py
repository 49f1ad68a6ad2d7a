"""Record → rows: tuples in the order of `schema.COLUMNS`, table by table, in the order of the foreign keys."""

import calendar
import hashlib
import re
from collections import Counter
from datetime import date
from functools import cache
from typing import Any

from ..records import Article, Date, Figure, Indicator, Penalty, Recommendation, Record, Sanction, TreatyAction

Row = tuple[Any, ...]
Rows = dict[str, list[Row]]


def rows(record: Record) -> Rows:
    """The rows of one record but those of `reports` and `report_versions`, which depend on other versions."""
    version = record.source.sha256
    found = _structure(record, version)
    facts, boxes = found["facts"], found["evidence_boxes"]
    report = report_id(record)
    for fact in record.facts:
        at = fact.evidence
        key = (version, fact.id)
        facts.append(
            (
                *(*key, report, fact.kind, at.section, at.paragraph, at.page, at.quote, at.start, at.end),
                *(fact.language, at.confidence, fact.found_by),
            )
        )
        for n, box in enumerate(at.boxes):
            boxes.append((*key, n, *box))
        match fact:
            case Article():
                found["articles"].append(
                    (*key, fact.unit, fact.number, fact.number_to, fact.subdivision, fact.instrument)
                )
            case Penalty():
                found["penalties"].append((*key, fact.offence, fact.joined, fact.imposed, fact.place, fact.actor))
                found["penalty_articles"] += [(*key, article) for article in dict.fromkeys(fact.articles)]
                found["sanctions"] += [(*key, n, *_sanction(sanction)) for n, sanction in enumerate(fact.sanctions)]
            case Date():
                found["dates"].append((*key, fact.edtf, *bounds_of(fact.edtf)))
            case Figure():
                found["figures"].append((*key, *_figure(fact)))
            case Indicator():
                found["indicators"].append((*key, fact.code, fact.title, fact.status, fact.text))
            case TreatyAction():
                when = (fact.edtf, *bounds_of(fact.edtf))
                found["treaty_actions"].append((*key, fact.party, fact.treaty, fact.action, *when))
            case Recommendation():
                found["recommendations"].append((*key, fact.paragraph, fact.by, fact.to, fact.text))
    return found


def sizes(record: Record) -> dict[str, int]:
    """How many rows `rows(record)` has in each table, without making them."""
    kinds = Counter(fact.kind for fact in record.facts)
    penalties = [fact for fact in record.facts if isinstance(fact, Penalty)]
    return {
        "languages": len(record.languages),
        "sections": len(record.sections),
        "paragraphs": len(record.paragraphs),
        "instruments": len(record.instruments),
        "instrument_aliases": sum(len(set(i.aliases)) for i in record.instruments),
        "facts": len(record.facts),
        "articles": kinds["article"],
        "penalties": kinds["penalty"],
        "penalty_articles": sum(len(set(p.articles)) for p in penalties),
        "sanctions": sum(len(p.sanctions) for p in penalties),
        "dates": kinds["date"],
        "figures": kinds["figure"],
        "indicators": kinds["indicator"],
        "treaty_actions": kinds["treaty_action"],
        "recommendations": kinds["recommendation"],
        "evidence_boxes": sum(len(fact.evidence.boxes) for fact in record.facts),
    }


def report_id(record: Record) -> str:
    """A report is its symbol, or where it has none its path as given."""
    return record.symbol or record.source.name


def report_row(record: Record) -> Row:
    name = record.source.name
    return (report_id(record), record.symbol, name, record.title, record.body, record.country, record.date)


def version_row(record: Record, latest: bool) -> Row:
    source, made_by = record.source, record.made_by
    return (
        source.sha256,
        report_id(record),
        source.name,
        main_language(record),
        latest,
        source.media_type,
        source.bytes,
        source.pages,
        source.encoding,
        source.repaired,
        record.schema_version,
        made_by.version,
        made_by.rules,
        hashlib.sha256(record.model_dump_json().encode()).hexdigest(),
    )


def main_language(record: Record) -> str | None:
    """The language that most of the text is in; None where there is no text."""
    lengths: Counter[str] = Counter()
    for span in record.languages:
        lengths[span.language] += span.end - span.start
    return max(sorted(lengths), key=lambda language: lengths[language], default=None)


def _structure(record: Record, version: str) -> Rows:
    unread = {(span.start, span.end) for span in record.unread}
    found: Rows = {name: [] for name in sizes(record)}
    found["languages"] = [(version, s.start, s.end, s.language, (s.start, s.end) in unread) for s in record.languages]
    found["sections"] = [
        (version, s.id, s.parent, s.number, s.title, s.level, s.language, s.start, s.end) for s in record.sections
    ]
    found["paragraphs"] = [(version, p.start, p.end, p.number, p.section) for p in record.paragraphs]
    found["instruments"] = [(version, i.id, i.name, i.kind, i.year, i.number) for i in record.instruments]
    found["instrument_aliases"] = [
        (version, i.id, alias) for i in record.instruments for alias in dict.fromkeys(i.aliases)
    ]
    return found


def _sanction(sanction: Sanction) -> Row:
    low, high = sanction.min, sanction.max
    terms = [value if isinstance(value, str) else None for value in (low, high)]
    amounts = [None if value is None or isinstance(value, str) else float(value) for value in (low, high)]
    return (sanction.sanction, *terms, months(terms[0]), months(terms[1]), *amounts, sanction.unit)


def _figure(fact: Figure) -> Row:
    to = None if fact.value_to is None else float(fact.value_to)
    return (
        *(float(fact.value), to, fact.unit, fact.per, fact.measure, fact.comparator),
        *(fact.period, *bounds_of(fact.period), fact.place, fact.actor, fact.table),
    )


DURATION = re.compile(r"P(?:([\d.]+)Y)?(?:([\d.]+)M)?(?:([\d.]+)W)?(?:([\d.]+)D)?(?:T(\d+)H)?")


def months(duration: str | None) -> float | None:
    """An ISO 8601 duration in months: a year is 12, a month 30 days; None for "life" and for none.

    >>> months("P1Y6M"), months("P15D"), months("life")
    (18.0, 0.5, None)
    """
    match = DURATION.fullmatch(duration) if duration else None
    if match is None:
        return None
    years, whole, weeks, days, hours = (float(part or 0) for part in match.groups())
    return round(12 * years + whole + (7 * weeks + days + hours / 24) / 30, 4)


@cache
def bounds_of(edtf: str | None) -> tuple[date | None, date | None]:
    """The earliest and the latest day of an EDTF date or span; (None, None) where its year is not given.

    A span that goes on (`2014/..`) has an earliest day alone.

    >>> bounds_of("2014-02/2014-03")
    (datetime.date(2014, 2, 1), datetime.date(2014, 3, 31))
    """
    if not edtf:
        return None, None
    first, slash, last = edtf.partition("/")
    earliest = _day(first, latest=False)
    if slash and last in ("", ".."):
        return earliest, None
    latest = _day(last or first, latest=True)
    if earliest is None or latest is None or latest < earliest:
        return None, None
    return earliest, latest


def _day(part: str, *, latest: bool) -> date | None:
    year, month, day = ([*part.strip("~?%").split("-"), "", ""])[:3]
    if "X" in month + day or not re.fullmatch(r"\d{2,4}X{0,2}", year):
        return None
    years = int(year.replace("X", "9" if latest else "0"))
    months = int(month) if month else (12 if latest else 1)
    try:
        last = calendar.monthrange(years, months)[1]
        return date(years, months, int(day) if day else (last if latest else 1))
    except ValueError:
        return None
