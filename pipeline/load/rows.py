"""Record → rows, table by table, in the order of the foreign keys."""

import calendar
import hashlib
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from ..records import Article, Date, Fact, Figure, Indicator, Penalty, Record

Row = dict[str, Any]
Rows = dict[str, list[Row]]


def rows(record: Record) -> Rows:
    """The rows of one record by table, without their history (`valid_from`, `valid_until`)."""
    version = record.source.sha256
    found: Rows = {
        "reports": [_report(record)],
        "report_versions": [_version(record)],
        "languages": _languages(record),
        "sections": [
            {
                "version": version,
                "id": s.id,
                "parent": s.parent,
                "number": s.number,
                "title": s.title,
                "level": s.level,
                "language": s.language,
                "start_offset": s.start,
                "end_offset": s.end,
            }
            for s in record.sections
        ],
        "paragraphs": [
            {
                "version": version,
                "start_offset": p.start,
                "end_offset": p.end,
                "number": p.number,
                "section_id": p.section,
            }
            for p in record.paragraphs
        ],
        "instruments": [
            {"version": version, "id": i.id, "name": i.name, "kind": i.kind, "year": i.year, "number": i.number}
            for i in record.instruments
        ],
        "instrument_aliases": [
            {"version": version, "instrument_id": i.id, "alias": alias}
            for i in record.instruments
            for alias in dict.fromkeys(i.aliases)
        ],
    }
    for name in ("facts", "articles", "penalties", "penalty_articles", "sanctions", "dates", "figures", "indicators"):
        found[name] = []
    found["evidence_boxes"] = []
    report = report_id(record)
    for fact in record.facts:
        found["facts"].append(_fact(fact, version, report))
        for table, row in _own(fact):
            found[table].append({"version": version, "fact_id": fact.id, **row})
        found["evidence_boxes"] += [
            {
                "version": version,
                "fact_id": fact.id,
                "ordinal": n,
                "page": page,
                "x0": x0,
                "top": top,
                "x1": x1,
                "bottom": b,
            }
            for n, (page, x0, top, x1, b) in enumerate(fact.evidence.boxes)
        ]
    return found


def report_id(record: Record) -> str:
    """A report is its symbol, or where it has none its path as given."""
    return record.symbol or record.source.name


def _report(record: Record) -> Row:
    return {
        "id": report_id(record),
        "symbol": record.symbol,
        "path": record.source.name,
        "title": record.title,
        "body": record.body,
        "country": record.country,
        "date": record.date,
    }


def _version(record: Record) -> Row:
    source, made_by = record.source, record.made_by
    return {
        "version": source.sha256,
        "report_id": report_id(record),
        "name": source.name,
        "media_type": source.media_type,
        "bytes": source.bytes,
        "pages": source.pages,
        "encoding": source.encoding,
        "repaired": source.repaired,
        "schema_version": record.schema_version,
        "program_version": made_by.version,
        "rules": made_by.rules,
        "record": hashlib.sha256(record.model_dump_json().encode()).hexdigest(),
    }


def _languages(record: Record) -> list[Row]:
    unread = {(span.start, span.end) for span in record.unread}
    return [
        {
            "version": record.source.sha256,
            "start_offset": s.start,
            "end_offset": s.end,
            "language": s.language,
            "unread": (s.start, s.end) in unread,
        }
        for s in record.languages
    ]


def _fact(fact: Fact, version: str, report: str) -> Row:
    where = fact.evidence
    return {
        "version": version,
        "id": fact.id,
        "report_id": report,
        "kind": fact.kind,
        "section_id": where.section,
        "paragraph": where.paragraph,
        "page": where.page,
        "quote": where.quote,
        "start_offset": where.start,
        "end_offset": where.end,
        "language": fact.language,
        "confidence": where.confidence,
        "found_by": fact.found_by,
    }


def _own(fact: Fact) -> Iterator[tuple[str, Row]]:
    """The rows of the tables of a fact's kind, without their key."""
    match fact:
        case Article():
            names = ("unit", "number", "number_to", "subdivision")
            yield "articles", {name: getattr(fact, name) for name in names} | {"instrument_id": fact.instrument}
        case Penalty():
            yield (
                "penalties",
                {name: getattr(fact, name) for name in ("offence", "joined", "imposed", "place", "actor")},
            )
            for article in dict.fromkeys(fact.articles):
                yield "penalty_articles", {"article_id": article}
            for n, sanction in enumerate(fact.sanctions):
                bounds = {"min": sanction.min, "max": sanction.max}
                row: Row = {"ordinal": n, "sanction": sanction.sanction, "unit": sanction.unit}
                for name, value in bounds.items():
                    term = value if isinstance(value, str) else None
                    row[f"{name}_duration"] = term
                    row[f"{name}_months"] = months(term)
                    row[f"{name}_amount"] = None if value is None or term is not None else float(value)
                yield "sanctions", row
        case Date():
            earliest, latest = bounds_of(fact.edtf)
            yield "dates", {"edtf": fact.edtf, "earliest": earliest, "latest": latest}
        case Figure():
            earliest, latest = bounds_of(fact.period)
            yield (
                "figures",
                {
                    "value": float(fact.value),
                    "value_to": None if fact.value_to is None else float(fact.value_to),
                    "unit": fact.unit,
                    "per": fact.per,
                    "measure": fact.measure,
                    "comparator": fact.comparator,
                    "period": fact.period,
                    "period_earliest": earliest,
                    "period_latest": latest,
                    "place": fact.place,
                    "actor": fact.actor,
                    "in_table": fact.table,
                },
            )
        case Indicator():
            yield "indicators", {name: getattr(fact, name) for name in ("code", "title", "status", "text")}


DURATION = re.compile(r"P(?:([\d.]+)Y)?(?:([\d.]+)M)?(?:([\d.]+)W)?(?:([\d.]+)D)?(?:T(\d+)H)?")


def months(duration: str | None) -> float | None:
    """An ISO 8601 duration in months: a year is 12, a month 30 days; None for "life" and for none."""
    match = DURATION.fullmatch(duration) if duration else None
    if match is None:
        return None
    years, whole, weeks, days, hours = (float(part or 0) for part in match.groups())
    return round(12 * years + whole + (7 * weeks + days + hours / 24) / 30, 4)


def bounds_of(edtf: str | None) -> tuple[date | None, date | None]:
    """The earliest and the latest day of an EDTF date or span; (None, None) where its year is not given.

    >>> bounds_of("2014-02/2014-03")
    (datetime.date(2014, 2, 1), datetime.date(2014, 3, 31))
    """
    if not edtf:
        return None, None
    first, _, last = edtf.partition("/")
    earliest = _day(first, latest=False)
    latest = None if last == ".." else _day(last or first, latest=True)
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
