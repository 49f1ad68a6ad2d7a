"""The facts of one report as a table in the terminal, section by section."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from .errors import ReadError
from .records import Article, Date, Fact, Figure, Indicator, Penalty, Recommendation, Record, Sanction, TreatyAction


def record_of(path: Path, *, ner: bool = True, rules: Path | None = None) -> Record:
    """The record in a file, or that of the report in it; ReadError where it is neither."""
    if not path.is_file():
        raise ReadError(f"{path}: no such file; name a report or a record")
    data = path.read_bytes()
    if data.lstrip()[:1] == b"{" and b'"schema_version"' in data[:400]:
        try:
            return Record.model_validate_json(data)
        except ValueError as error:
            said = str(error).splitlines()[0]
            raise ReadError(f"{path}: not a record of this version ({said}); run its report again") from error
    from .stages import Options, process

    return process(path, options=Options(ner, rules))[1]


def facts_of(record: Record, kinds: Sequence[str]) -> tuple[Fact, ...]:
    """The facts of these kinds, or all."""
    return tuple(fact for fact in record.facts if not kinds or fact.kind in kinds)


def as_json(facts: Sequence[Fact]) -> str:
    return json.dumps([fact.model_dump(mode="json") for fact in facts], ensure_ascii=False, indent=2)


def show(record: Record, facts: Sequence[Fact], console: Console) -> None:
    """A table for each section that has facts, under the report's own particulars."""
    about = [record.symbol, record.title, record.body, record.country, record.date]
    console.print(escape(" · ".join(filter(None, about)) or record.source.name), style="bold")
    names = {entry.id: entry.name for entry in record.instruments}
    numbers = {fact.id: fact.number for fact in record.facts if isinstance(fact, Article)}
    titles = {s.id: " ".join(filter(None, (s.number, s.title))) for s in record.sections}
    for section, group in _by_section(facts):
        table = Table("¶", "page", "kind", "value", "quote", title=escape(titles.get(section or "", "—")), box=None)
        table.title_justify, table.title_style = "left", "bold underline"
        for fact in group:
            at = fact.evidence
            value = escape(value_of(fact, names, numbers))
            table.add_row(at.paragraph or "", str(at.page or ""), fact.kind, value, escape(" ".join(at.quote.split())))
        console.print(table)
    console.print(f"{len(facts)} facts, {len(record.instruments)} instruments", highlight=False)


def _by_section(facts: Sequence[Fact]) -> Iterator[tuple[str | None, list[Fact]]]:
    """Runs of facts of one section, in reading order."""
    group: list[Fact] = []
    for fact in facts:
        if group and group[-1].evidence.section != fact.evidence.section:
            yield group[-1].evidence.section, group
            group = []
        group.append(fact)
    if group:
        yield group[-1].evidence.section, group


def value_of(fact: Fact, instruments: Mapping[str, str], numbers: Mapping[str, str]) -> str:
    """The fact's value in one line."""
    match fact:
        case Article():
            to = f"–{fact.number_to}" if fact.number_to else ""
            of = f" of {instruments[fact.instrument]}" if fact.instrument else ""
            return f"{fact.unit} {fact.number}{to}{fact.subdivision or ''}{of}"
        case Penalty():
            sanctions = f" {fact.joined or 'and'} ".join(_sanction(each) for each in fact.sanctions)
            under = f" under {', '.join(numbers[each] for each in fact.articles)}" if fact.articles else ""
            return f"{sanctions}{under}{' (imposed)' if fact.imposed else ''}: {fact.offence or '—'}"
        case Date():
            return fact.edtf
        case Figure():
            to = f"–{fact.value_to}" if fact.value_to is not None else ""
            per = f" per {fact.per}" if fact.per else ""
            when = f" ({fact.period})" if fact.period else ""
            return f"{fact.comparator or ''}{fact.value}{to} {fact.unit}{per}: {fact.measure or '—'}{when}"
        case Indicator():
            return f"{fact.code} {fact.title}: {fact.status}"
        case TreatyAction():
            when = f" ({fact.edtf})" if fact.edtf else ""
            return f"{fact.party} {fact.action} {instruments[fact.treaty]}{when}"
        case Recommendation():
            return f"{fact.paragraph or '—'} {fact.by or '—'} → {fact.to}"


def _sanction(sanction: Sanction) -> str:
    ends: list[Any] = [sanction.min, sanction.max]
    if ends == [None, None]:
        bounds = ""
    elif sanction.min == sanction.max:
        bounds = f" {sanction.min}"
    else:
        bounds = f" {'…' if sanction.min is None else sanction.min}–{'…' if sanction.max is None else sanction.max}"
    return f"{sanction.sanction}{bounds}{' ' + sanction.unit if sanction.unit else ''}"
