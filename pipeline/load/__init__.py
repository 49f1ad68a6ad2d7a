"""Feeding databases: records → rows in SQLite, PostgreSQL, DuckDB or Parquet, again and again without harm."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from pydantic import ValidationError
from sqlalchemy import Table

from ..errors import OutputError, UsageError
from ..records import Record
from .check import contradictions
from .plan import REPORTS, SHARED, VERSIONS, Counts, Known, Plan, changes_rows, plans
from .rows import Row, report_id, version_row
from .schema import TABLES

DEFAULT_URL = "sqlite:///facts.db"
METADATA = Path(__file__).with_name("datasette.json")
"""What datasette tells of the tables of `facts.db`."""
TRIES = 5  # of a transaction that another load's stands against


class Refused(OutputError):
    """A record that cannot be loaded; the rest can."""


class Conflict(OutputError):
    """A transaction that another one stood against, and that can be tried again."""


class Transaction(Protocol):
    """One report's rows in a sink: all of it or nothing. Rows that are there come with their history."""

    def existing(self, table: Table, column: str, value: str) -> list[Row]: ...
    def lock(self, report: str) -> None: ...
    def apply(self, plan: Plan) -> None: ...


class Sink(Protocol):
    """A database or a folder of data sets. `shown` is its URL without a password."""

    shown: str

    def exists(self) -> bool: ...
    def prepare(self) -> None: ...
    def transaction(self, report: str, version: str) -> AbstractContextManager[Transaction]: ...
    def close(self) -> None: ...


@dataclass(slots=True)
class Loaded:
    """What a load did: rows by table, and the files that were refused or left out, by name, with the reason."""

    tables: dict[str, Counts] = field(default_factory=lambda: {table.name: Counts() for table in TABLES})
    refused: list[tuple[str, str]] = field(default_factory=list)
    same: list[tuple[str, str]] = field(default_factory=list)
    records: int = 0
    shared: dict[tuple[str, str], str] = field(default_factory=dict)

    def add(self, record: Record, done: Iterable[Plan]) -> None:
        """Count what was done for a record. A row that concerns several records counts once, by its first change."""
        self.records += 1
        for plan in done:
            counts = self.tables[plan.table.name]
            if plan.table not in SHARED:
                counts.add(plan)
                continue
            key = report_id(record) if plan.table is REPORTS else record.source.sha256
            changed = {row[0]: "inserted" for row in plan.inserts}
            changed |= {update.key[0]: "updated" for update in plan.updates}
            changed |= {update.key[0]: "retired" for update in plan.retired}
            for own, what in ({key: "unchanged"} | changed).items():
                before = self.shared.get((plan.table.name, own), "unchanged")
                if before == "unchanged":
                    self.shared[plan.table.name, own] = what

    def close(self) -> None:
        """Sum up the rows that concern several records."""
        for table in SHARED:
            states = Counter(what for (name, _), what in self.shared.items() if name == table.name)
            self.tables[table.name] = Counts(**states)

    def outcome(self) -> Iterator[str]:
        """How many records there were, and a line for each that was left out."""
        yield f"{self.records} records"
        for name, other in self.same:
            yield f"same {name}: made from the same file as {other}, which is loaded"
        for name, reason in self.refused:
            yield f"refused {name}: {reason}"


def sink_for(url: str) -> Sink:
    """The sink that a URL names; UsageError where it names none."""
    try:
        if url.startswith("parquet:"):
            from .parquet import ParquetSink

            return ParquetSink(Path(url.removeprefix("parquet:")))
        from .sql import SqlSink

        return SqlSink(url)
    except ModuleNotFoundError as error:
        raise UsageError(f"no driver for this database: {error}; install reportfacts[load]") from None


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
    files = record_files(records)
    result = Loaded()
    sink = _writable(url, dry_run=dry_run)
    try:
        for path, record in read_records(files, result):
            progress(path.name)
            try:
                done = load_record(sink, record, at)
            except Refused as error:
                result.refused.append((str(path), str(error)))
                continue
            result.add(record, done)
    finally:
        sink.close()
        result.close()
    return result


def load_record(sink: Sink, record: Record, at: datetime) -> list[Plan]:
    """Load one validated record in one transaction; says what was done to each table."""
    for _ in range(TRIES - 1):
        try:
            return _load_once(sink, record, at)
        except Conflict:
            continue
    return _load_once(sink, record, at)


def prepare(url: str) -> None:
    """Make or migrate the tables of a database, and load nothing."""
    _writable(url, dry_run=False).close()


def lines(done: Loaded) -> Iterator[str]:
    """A line a table, then the records that were left out."""
    yield f"{'table':<20}{'inserted':>10}{'updated':>10}{'unchanged':>11}{'retired':>9}"
    for name, counts in done.tables.items():
        yield f"{name:<20}{counts.inserted:>10}{counts.updated:>10}{counts.unchanged:>11}{counts.retired:>9}"
    yield from done.outcome()


def _writable(url: str, *, dry_run: bool) -> Sink:
    """The sink, its tables made or migrated; on a dry run a stand-in that takes everything and writes nothing."""
    from .rehearsal import Rehearsal

    sink = sink_for(url)
    try:
        there = sink.exists()
        if dry_run:
            return Rehearsal(sink if there else None, sink.shown)
        sink.prepare()
    except BaseException:
        sink.close()
        raise
    return sink


def _load_once(sink: Sink, record: Record, at: datetime) -> list[Plan]:
    with sink.transaction(report_id(record), record.source.sha256) as transaction:
        known = _known(transaction, record)
        existing = None
        if changes_rows(known):
            existing = {}
            if known.version is not None:
                below = [table for table in TABLES if table not in SHARED]
                existing = {table.name: transaction.existing(table, "version", record.source.sha256) for table in below}
        done = list(plans(record, known, existing, at))
        for one in done:
            if not one.nothing:
                transaction.apply(one)
    return done


def _known(transaction: Transaction, record: Record) -> Known:
    report, version = report_id(record), record.source.sha256
    known = Known(version_row(record, latest=True))
    for row in transaction.existing(VERSIONS, "version", version):
        known.version = row
        if row[1] != report:
            transaction.lock(row[1])
            known.left = transaction.existing(REPORTS, "id", row[1])[0]
            versions = transaction.existing(VERSIONS, "report_id", row[1])
            known.left_versions = [other for other in versions if other[0] != version]
    for row in transaction.existing(REPORTS, "id", report):
        known.report = row
    known.versions = transaction.existing(VERSIONS, "report_id", report)
    return known


# ── files ────────────────────────────────────────────────────────────────────────────────


def record_files(records: Path) -> list[Path]:
    """The files of records below a folder, in order; UsageError where there are none."""
    if not records.exists():
        raise UsageError(f"{records}: no such file or folder; give the folder that `reportfacts run` wrote")
    found = [records] if records.is_file() else sorted(p for p in records.rglob("*.json") if _is_output(p, records))
    if not found:
        raise UsageError(f"{records}: no records below it; give the folder that `reportfacts run` wrote")
    return found


def _is_output(path: Path, folder: Path) -> bool:
    """Not the list of a run's inputs, and nothing that a run keeps for itself."""
    inside = path.relative_to(folder).parts
    return path.name != "run.json" and not any(part.startswith(".") for part in inside)


def read_records(files: list[Path], result: Loaded) -> Iterator[tuple[Path, Record]]:
    """The records of the files, one for each version; `result` tells those that are refused or there twice."""
    seen: dict[str, Path] = {}
    for path in files:
        try:
            record = read_record(path)
        except OutputError as error:
            result.refused.append((str(path), str(error)))
            continue
        if record.source.sha256 in seen:
            result.same.append((str(path), str(seen[record.source.sha256])))
            continue
        seen[record.source.sha256] = path
        yield path, record


def read_record(path: Path) -> Record:
    """One record, validated; OutputError says what is wrong with it."""
    try:
        record = Record.model_validate_json(path.read_bytes())
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        raise OutputError(f"{where}: {first['msg']}") from error
    except OSError as error:
        raise OutputError(f"cannot be read: {error.strerror}") from error
    for wrong in contradictions(record):
        raise OutputError(wrong)
    return record


__all__ = [
    "DEFAULT_URL",
    "METADATA",
    "Conflict",
    "Counts",
    "Loaded",
    "Refused",
    "lines",
    "load",
    "load_record",
    "prepare",
    "read_record",
    "read_records",
    "record_files",
    "sink_for",
]
