"""Feeding databases: records → rows in SQLite, PostgreSQL, DuckDB or Parquet, again and again without harm."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from pydantic import ValidationError
from sqlalchemy import Table

from ..errors import OutputError, UsageError
from ..records import Record
from .plan import HISTORY, Counts, Plan, plan
from .rows import Row, rows
from .schema import TABLES

DEFAULT_URL = "sqlite:///facts.db"


class Transaction(Protocol):
    """One report's rows in a sink: all of it or nothing."""

    def existing(self, table: Table, column: str, value: str) -> list[Row]: ...
    def apply(self, plan: Plan) -> None: ...


class Sink(Protocol):
    """A database or a folder of data sets."""

    shown: str

    def exists(self) -> bool: ...
    def prepare(self) -> None: ...
    def transaction(self, version: str) -> AbstractContextManager[Transaction]: ...
    def close(self) -> None: ...


@dataclass(slots=True)
class Loaded:
    """What a load did: rows by table, and the records that were refused, by name, with the reason."""

    tables: dict[str, Counts] = field(default_factory=lambda: {table.name: Counts() for table in TABLES})
    refused: list[tuple[str, str]] = field(default_factory=list)
    records: int = 0


def sink_for(url: str) -> Sink:
    """The sink that a URL names; UsageError where it names none."""
    if url.startswith("parquet:"):
        from .parquet import ParquetSink

        return ParquetSink(Path(url.removeprefix("parquet:")))
    from .sql import SqlSink

    return SqlSink(url)


def load(
    records: Path,
    url: str = DEFAULT_URL,
    *,
    dry_run: bool = False,
    now: datetime | None = None,
    progress: Callable[[str], None] = lambda name: None,
) -> Loaded:
    """Load the records below a folder (or one record); what does not validate is refused by name, the rest loads.

    `now` (UTC) is written as the time from or until which rows hold. A dry run writes nothing.
    """
    at = (now or datetime.now(UTC)).replace(tzinfo=None)
    result = Loaded()
    sink = sink_for(url)
    try:
        there = sink.exists()
        if not dry_run:
            sink.prepare()
        for path in record_files(records):
            progress(path.name)
            try:
                record = read_record(path)
            except OutputError as error:
                result.refused.append((str(path), str(error)))
                continue
            _load_one(sink, record, result, at, dry_run=dry_run, there=there or not dry_run)
            result.records += 1
    finally:
        sink.close()
    return result


def prepare(url: str) -> None:
    """Make or migrate the tables of a database, and load nothing."""
    sink = sink_for(url)
    try:
        sink.exists()
        sink.prepare()
    finally:
        sink.close()


def lines(done: Loaded) -> Iterator[str]:
    """A line a table, then the refused records."""
    yield f"{'table':<20}{'inserted':>10}{'updated':>10}{'unchanged':>11}{'retired':>9}"
    for name, counts in done.tables.items():
        yield f"{name:<20}{counts.inserted:>10}{counts.updated:>10}{counts.unchanged:>11}{counts.retired:>9}"
    yield f"{done.records} records"
    for name, reason in done.refused:
        yield f"refused {name}: {reason}"


def _load_one(sink: Sink, record: Record, result: Loaded, at: datetime, *, dry_run: bool, there: bool) -> None:
    new = rows(record)
    if not there:
        for table in TABLES:
            result.tables[table.name].add(plan(table, new[table.name], [], at))
        return
    with sink.transaction(record.source.sha256) as transaction:
        plans = list(_plans(transaction, new, at))
        if not dry_run:
            for one in plans:
                transaction.apply(one)
    for one in plans:
        result.tables[one.table.name].add(one)


def _plans(transaction: Transaction, new: dict[str, list[Row]], at: datetime) -> Iterator[Plan]:
    """The work on every table, in the order of the foreign keys; none where the very record is there already."""
    version = new["report_versions"][0]
    known = transaction.existing(TABLE["report_versions"], "version", version["version"])
    same = bool(known) and all(known[0][name] == value for name, value in version.items())
    for table in TABLES:
        if table.name == "reports":
            report = new["reports"][0]
            yield plan(table, [report], transaction.existing(table, "id", report["id"]), at)
        elif same:
            yield Plan(table, unchanged=len(new[table.name]))
        elif not known:
            yield plan(table, new[table.name], [], at)
        else:
            yield plan(table, new[table.name], transaction.existing(table, "version", version["version"]), at)


TABLE = {table.name: table for table in TABLES}


def record_files(records: Path) -> list[Path]:
    """The files of records below a folder, in order; UsageError where there are none."""
    if not records.exists():
        raise UsageError(f"{records}: no such file or folder; give the folder that `reportfacts run` wrote")
    found = [records] if records.is_file() else sorted(p for p in records.rglob("*.json") if _is_record(p))
    if not found:
        raise UsageError(f"{records}: no records below it; give the folder that `reportfacts run` wrote")
    return found


def _is_record(path: Path) -> bool:
    with path.open("rb") as file:
        return b'"schema_version"' in file.read(200)


def read_record(path: Path) -> Record:
    """One record, validated; OutputError says what is wrong with it."""
    try:
        return Record.model_validate_json(path.read_bytes())
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        raise OutputError(f"{where}: {first['msg']}") from error
    except OSError as error:
        raise OutputError(f"cannot be read: {error.strerror}") from error


__all__ = [
    "DEFAULT_URL",
    "HISTORY",
    "Counts",
    "Loaded",
    "lines",
    "load",
    "prepare",
    "read_record",
    "record_files",
    "sink_for",
]
