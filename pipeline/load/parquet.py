"""Parquet: one data set per table, partitioned by country, one file per version of a report.

A file is written whole beside its place and then moved there, so that a reader never sees half of one. The
country of a report is the partition `country=LAO`; `country=none` where it names none.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from sqlalchemy import Table

from ..errors import OutputError
from .arrow import arrow_schema, to_arrow
from .migrations import head
from .plan import Plan, key_names
from .rows import Row
from .schema import TABLES

REVISION_FILE = "_reportfacts"


class ParquetSink:
    """A folder of data sets. A report's files are swapped one after another once all are written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.shown = f"parquet:{folder}"

    def exists(self) -> bool:
        revision = self.folder / REVISION_FILE
        if not revision.exists():
            return False
        found = revision.read_text(encoding="utf-8").strip()
        if found != head():
            raise OutputError(f"{self.shown}: has schema {found}, this program writes {head()}; name a new folder")
        return True

    def prepare(self) -> None:
        """Make the folder and a file without rows for each table, so that every data set can be read."""
        if self.exists():
            return
        with self._errors():
            self.folder.mkdir(parents=True, exist_ok=True)
            for table in TABLES:
                (self.folder / table.name).mkdir(exist_ok=True)
                pq.write_metadata(arrow_schema(table), self.folder / table.name / "_common_metadata")
            (self.folder / REVISION_FILE).write_text(head() + "\n", encoding="utf-8")

    @contextmanager
    def transaction(self, version: str) -> Iterator["ParquetTransaction"]:
        with self._errors(), (self.folder / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            transaction = ParquetTransaction(self.folder, version)
            yield transaction
            transaction.commit()

    def close(self) -> None:
        """Nothing stays open."""

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise OutputError(f"{self.shown}: cannot be written: {error.strerror or error}") from error


class ParquetTransaction:
    def __init__(self, folder: Path, version: str) -> None:
        self.folder, self.version = folder, version
        self.plans: list[Plan] = []
        self.before: dict[str, list[Row]] = {}
        self.country = "none"

    def existing(self, table: Table, column: str, value: str) -> list[Row]:
        if table.name == "reports":
            return self._report(value)
        found: list[Row] = []
        for path in self._files(table):
            found += pq.read_table(path, schema=arrow_schema(table), partitioning=None).to_pylist()
        self.before[table.name] = found
        return found

    def apply(self, plan: Plan) -> None:
        self.plans.append(plan)
        for row in (*plan.inserts, *plan.updates):
            if plan.table.name == "reports":
                self.country = row["country"] or "none"

    def commit(self) -> None:
        """Write all files beside their places, then swap them in."""
        swaps: list[tuple[Path, Path]] = []
        for plan in self.plans:
            if plan.nothing:
                continue
            rows = _after(plan, self.before.get(plan.table.name, []))
            target = self.folder / plan.table.name / f"country={self.country}" / f"{self.version}.parquet"
            target.parent.mkdir(parents=True, exist_ok=True)
            draft = target.with_suffix(".tmp")
            pq.write_table(to_arrow(plan.table, rows), draft, compression="zstd")
            swaps.append((draft, target))
        for draft, target in swaps:
            draft.replace(target)

    def _files(self, table: Table) -> list[Path]:
        return sorted((self.folder / table.name).glob(f"country=*/{self.version}.parquet"))

    def _report(self, value: str) -> list[Row]:
        found: list[Row] = []
        for path in self._files(TABLE_OF["reports"]):
            found += pq.read_table(path, partitioning=None).to_pylist()
        self.before["reports"] = found
        return [row for row in found if row["id"] == value]


TABLE_OF = {table.name: table for table in TABLES}


def _after(plan: Plan, before: list[Row]) -> list[Row]:
    """All rows of the file after the plan, in the order of their keys."""
    keys = key_names(plan.table)

    def key(row: Row) -> tuple[Any, ...]:
        return tuple(row[name] for name in keys)

    rows = {key(row): row for row in before}
    for row in (*plan.inserts, *plan.updates, *plan.retired):
        rows[key(row)] = rows.get(key(row), {}) | row
    return [rows[k] for k in sorted(rows)]
