"""Parquet: one data set per table, partitioned by country, one file per report.

    DIR/facts/country=LAO/<sha256 of the report's id>.parquet

A report without a country stands in `country=none` (pandas cannot read Hive's partition for null). The data sets lie
in a snapshot, `DIR/.snapshots/<n>`; `DIR/facts` is a link to `.snapshots/current/facts`, and `current` one to the
snapshot that holds. A load makes the next snapshot, of links to the files that stay and of new files, and sets
`current` to it at its end. So a reader sees whole files, the tables of a report are from one load, and a load that is
killed changes nothing. The snapshot before stays for those who still read it.
"""

import fcntl
import hashlib
import os
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from operator import itemgetter
from pathlib import Path
from typing import IO

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
from sqlalchemy import Table

from ..errors import OutputError
from . import Refused
from .arrow import arrow_schema, to_arrow
from .migrations import head, revisions
from .plan import REPORTS, VERSIONS, Plan, key_size
from .rows import Row
from .schema import COLUMNS, TABLES

REVISION_FILE = "_reportfacts"
SNAPSHOTS = ".snapshots"
NO_COUNTRY = "none"
EMPTY = "empty.parquet"  # a file without rows, so that every data set can be read
LOCK_WAIT = 30.0  # seconds that a load waits for another one
COUNTRY = COLUMNS["reports"].index("country")


class ParquetSink:
    """A folder of data sets. What is loaded can be read once the sink is closed."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.shown = folder, f"parquet:{folder}"
        self.snapshots = folder / SNAPSHOTS
        self.lock: IO[str] | None = None
        self.draft: Path | None = None
        self.failed = False
        self.reports: dict[str, Row] = {}
        self.versions: dict[str, Row] = {}

    def exists(self) -> bool:
        revision = self.folder / REVISION_FILE
        with self._errors():
            if not revision.exists():
                return False
            found = revision.read_text(encoding="utf-8").strip()
            if found != head():
                age = "an older" if found in revisions() else "a newer"
                raise OutputError(
                    f"{self.shown}: has schema {found} of {age} reportfacts, this one writes {head()}; "
                    "load into a new folder"
                )
            self._read_index()
        return True

    def prepare(self) -> None:
        """Make the folder and a file without rows for each table, and keep other loads out."""
        with self._errors():
            self.folder.mkdir(parents=True, exist_ok=True)
            self._wait_for_lock()
            if not self.exists():
                self._make()
                self._read_index()
            self._remove_drafts()

    @contextmanager
    def transaction(self, report: str, version: str) -> Iterator["ParquetTransaction"]:
        with self._errors():
            transaction = ParquetTransaction(self, report, version)
            try:
                yield transaction
                transaction.commit()
            except Refused:
                raise
            except BaseException:
                self.failed = True  # the draft may hold half of this report
                raise

    def close(self) -> None:
        """Make what was loaded visible, all reports at once; nothing where a report broke off in the middle."""
        try:
            if self.draft and not self.failed:
                with self._errors():
                    self._show(self.draft.name)
                    self._remove_drafts(keep_also=str(int(self.draft.name) - 1))
        finally:
            self.draft = None
            if self.lock:
                self.lock.close()
                self.lock = None

    # ── snapshots ────────────────────────────────────────────────────────────────────────

    def current(self) -> Path:
        """The snapshot that holds."""
        return self.snapshots / (self.snapshots / "current").readlink()

    def shown_or_draft(self) -> Path:
        return self.draft or self.current()

    def drafted(self) -> Path:
        """The snapshot that is being made: of links, so that it costs no copy."""
        if self.draft is None:
            now = self.current()
            self.draft = self.snapshots / str(int(now.name) + 1)
            shutil.copytree(now, self.draft, copy_function=os.link)
        return self.draft

    def _make(self) -> None:
        first = self.snapshots / "1"
        for table in TABLES:
            folder = first / table.name / f"country={NO_COUNTRY}"
            folder.mkdir(parents=True, exist_ok=True)
            pq.write_table(to_arrow(table, [], _partition_of(table)), folder / EMPTY)
        self._show(first.name)
        for table in TABLES:
            link = self.folder / table.name
            if not link.is_symlink():
                link.symlink_to(Path(SNAPSHOTS, "current", table.name), target_is_directory=True)
        revision = self.folder / f"{REVISION_FILE}.tmp"
        revision.write_text(f"{head()}\n", encoding="utf-8")
        revision.replace(self.folder / REVISION_FILE)

    def _show(self, name: str) -> None:
        link = self.snapshots / "next"
        link.unlink(missing_ok=True)
        link.symlink_to(name, target_is_directory=True)
        link.replace(self.snapshots / "current")

    def _remove_drafts(self, keep_also: str = "") -> None:
        """Remove what killed loads left, and snapshots that are older than the last but one."""
        now = self.current().name
        keep = {now, keep_also or str(int(now) - 1), "current"}
        for path in self.snapshots.iterdir():
            if path.name not in keep:
                shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()

    def _read_index(self) -> None:
        """All rows of the two small tables, which say what is there."""
        now = self.current()
        self.reports = {row[0]: row for row in _rows_below(now, REPORTS)}
        self.versions = {row[0]: row for row in _rows_below(now, VERSIONS)}

    # ── others ───────────────────────────────────────────────────────────────────────────

    def _wait_for_lock(self) -> None:
        self.lock = (self.folder / ".lock").open("w")
        until = time.monotonic() + LOCK_WAIT
        while True:
            with suppress(BlockingIOError):
                fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            if time.monotonic() > until:
                raise OutputError(
                    f"{self.shown}: another load held it for {LOCK_WAIT:.0f} seconds; try again when it is done"
                )
            time.sleep(0.1)

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise OutputError(f"{self.shown}: cannot be written: {error.strerror or error}") from error
        except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
            raise OutputError(f"{self.shown}: {str(error).splitlines()[0]}") from error


class ParquetTransaction:
    """One report: its files are written when its plans are known."""

    def __init__(self, sink: ParquetSink, report: str, version: str) -> None:
        self.sink, self.report, self.version = sink, report, version
        known = sink.versions.get(version)
        self.left = known[1] if known is not None and known[1] != report else None
        self.plans: dict[str, Plan] = {}

    def existing(self, table: Table, column: str, value: str) -> list[Row]:
        index = {"reports": self.sink.reports, "report_versions": self.sink.versions}.get(table.name)
        at = COLUMNS[table.name].index(column)
        if index is not None:
            return [row for row in index.values() if row[at] == value] if at else _one(index.get(value))
        return [row for row in self._rows(table, self.left or self.report) if row[at] == value]

    def lock(self, report: str) -> None:
        """A load has the folder to itself."""

    def apply(self, plan: Plan) -> None:
        self.plans[plan.table.name] = plan

    def commit(self) -> None:
        """Write the files of the report, and of the one that its version has left, into the draft."""
        if not self.plans:
            return
        self.sink.drafted()
        was = {report: self._country(report) for report in (self.report, self.left) if report}
        before = {table.name: {report: self._rows(table, report) for report in was} for table in TABLES}
        for name, index in (("reports", self.sink.reports), ("report_versions", self.sink.versions)):
            if name in self.plans:
                changed = _after(self.plans[name], index.values())
                index.clear()
                index.update((row[0], row) for row in changed)
        for table in TABLES:
            plan = self.plans.get(table.name)
            if plan and not plan.changes and not any(before[table.name].values()):
                self._write(table, self.report, None, _in_order(table, plan.inserts), plan.at)
                continue
            rows = [row for some in before[table.name].values() for row in some]
            for report, mine in self._shares(table, rows).items():
                if mine != before[table.name][report] or was[report] != self._country(report):
                    self._write(table, report, was[report], mine)

    def _shares(self, table: Table, rows: list[Row]) -> dict[str, list[Row]]:
        """The rows of each report after the load, in the order of their keys."""
        plan = self.plans.get(table.name)
        after = _after(plan, rows) if plan else rows
        shares: dict[str, list[Row]] = {report: [] for report in (self.report, self.left) if report}
        for row in _in_order(table, after):
            report = row[0] if table is REPORTS else self.sink.versions[row[0]][1]
            shares[report].append(row)
        return shares

    def _country(self, report: str) -> str | None:
        row = self.sink.reports.get(report)
        return row[COUNTRY] if row else None

    def _path(self, table: Table, report: str, country: str | None) -> Path:
        name = f"{hashlib.sha256(report.encode()).hexdigest()}.parquet"
        return self.sink.shown_or_draft() / table.name / f"country={country or NO_COUNTRY}" / name

    def _rows(self, table: Table, report: str) -> list[Row]:
        path = self._path(table, report, self._country(report))
        return _read(path, table, self._country(report)) if path.exists() else []

    def _write(self, table: Table, report: str, was: str | None, rows: list[Row], at: datetime | None = None) -> None:
        """A new file in place of the old: a file of the snapshot before is never written to."""
        old, new = self._path(table, report, was), self._path(table, report, self._country(report))
        old.unlink(missing_ok=True)
        if rows:
            new.parent.mkdir(exist_ok=True)
            pq.write_table(to_arrow(table, rows, _partition_of(table), at), new, compression="zstd")


def _one(row: Row | None) -> list[Row]:
    return [] if row is None else [row]


def _partition_of(table: Table) -> str | None:
    """The column that the partition holds, and so the file does not."""
    return "country" if table is REPORTS else None


def _in_order(table: Table, rows: Iterable[Row]) -> list[Row]:
    """In the order of their keys, whatever order they came in."""
    return sorted(rows, key=itemgetter(*range(key_size(table))))


def _after(plan: Plan, before: Iterable[Row]) -> list[Row]:
    size, names = key_size(plan.table), [column.name for column in plan.table.columns]
    rows = {row[:size]: row for row in before}
    for row in plan.inserts:
        rows[row[:size]] = (*row, plan.at, None)
    for update in plan.changes:
        if update.key in rows:
            changed = dict(zip(names, rows[update.key], strict=True)) | update.changes
            rows[update.key] = tuple(changed.values())
    return list(rows.values())


def _rows_below(snapshot: Path, table: Table) -> list[Row]:
    """All rows of a data set, the partition's country in its column."""
    hive = ds.partitioning(pa.schema([("country", pa.string())]), flavor="hive")
    found = ds.dataset(snapshot / table.name, arrow_schema(table), format="parquet", partitioning=hive).to_table()
    rows = zip(*found.to_pydict().values(), strict=True)
    if table is not REPORTS:
        return list(rows)
    return [(*row[:COUNTRY], None if row[COUNTRY] == NO_COUNTRY else row[COUNTRY], *row[COUNTRY + 1 :]) for row in rows]


def _read(path: Path, table: Table, country: str | None) -> list[Row]:
    without = _partition_of(table)
    columns = pq.read_table(path, schema=arrow_schema(table, without), partitioning=None).to_pydict()
    count = len(next(iter(columns.values())))
    return list(zip(*(columns.get(c.name, [country] * count) for c in table.columns), strict=True))
