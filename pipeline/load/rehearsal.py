"""A dry run: what a load would do, told without writing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import Table

from .plan import SHARED, Plan, key_size
from .rows import Row
from .schema import COLUMNS

if TYPE_CHECKING:
    from . import Sink, Transaction


class Rehearsal:
    """A sink that reads from another (None: an empty one), and remembers what it was told of the shared tables."""

    def __init__(self, sink: "Sink | None", shown: str = "") -> None:
        self.sink, self.shown = sink, shown
        self.written: dict[str, dict[Row, Row]] = {table.name: {} for table in SHARED}

    def exists(self) -> bool:
        return self.sink is not None

    def prepare(self) -> None:
        """Nothing is made."""

    @contextmanager
    def transaction(self, report: str, version: str) -> Iterator["RehearsedTransaction"]:
        if self.sink is None:
            yield RehearsedTransaction(self, None)
            return
        with self.sink.transaction(report, version) as transaction:
            yield RehearsedTransaction(self, transaction)

    def close(self) -> None:
        if self.sink is not None:
            self.sink.close()


class RehearsedTransaction:
    def __init__(self, rehearsal: Rehearsal, real: "Transaction | None") -> None:
        self.written, self.real = rehearsal.written, real

    def existing(self, table: Table, column: str, value: str) -> list[Row]:
        real = self.real.existing(table, column, value) if self.real else []
        if table not in SHARED:
            return real
        size, at = key_size(table), COLUMNS[table.name].index(column)
        rows = {row[:size]: row for row in real} | self.written[table.name]
        return [row for row in rows.values() if row[at] == value]

    def lock(self, report: str) -> None:
        if self.real:
            self.real.lock(report)

    def apply(self, plan: Plan) -> None:
        if plan.table not in SHARED:
            return
        written = self.written[plan.table.name]
        names = (*COLUMNS[plan.table.name], "valid_from", "valid_until")
        for row in plan.inserts:
            written[row[: key_size(plan.table)]] = (*row, plan.at, None)
        for update in plan.changes:
            key_column = COLUMNS[plan.table.name][0]
            for old in self.existing(plan.table, key_column, update.key[0]):
                changed = dict(zip(names, old, strict=True)) | update.changes
                written[update.key] = tuple(changed[name] for name in names)
