"""What a load has to do to a table: new rows against those that are there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Table

from .rows import Row

HISTORY = ("valid_from", "valid_until")


@dataclass(frozen=True, slots=True)
class Plan:
    """The work on one table for one version; `updates` carry whole rows, `retired` only keys."""

    table: Table
    inserts: list[Row] = field(default_factory=list)
    updates: list[Row] = field(default_factory=list)
    retired: list[Row] = field(default_factory=list)
    unchanged: int = 0

    @property
    def nothing(self) -> bool:
        return not (self.inserts or self.updates or self.retired)


@dataclass(slots=True)
class Counts:
    """Rows of one table, summed over a load."""

    inserted: int = 0
    updated: int = 0
    unchanged: int = 0
    retired: int = 0

    def add(self, plan: Plan) -> None:
        self.inserted += len(plan.inserts)
        self.updated += len(plan.updates)
        self.unchanged += plan.unchanged
        self.retired += len(plan.retired)


def key_names(table: Table) -> tuple[str, ...]:
    return tuple(column.name for column in table.primary_key)


def plan(table: Table, new: Sequence[Row], existing: Sequence[Mapping[str, object]], now: datetime) -> Plan:
    """Insert what is new, update what differs or comes back, retire what the record says no more."""
    keys = key_names(table)
    there = {tuple(row[name] for name in keys): row for row in existing}
    found = Plan(table)
    unchanged = 0
    for row in new:
        old = there.pop(tuple(row[name] for name in keys), None)
        if old is None:
            found.inserts.append(row | {"valid_from": now, "valid_until": None})
        elif old["valid_until"] is not None or any(old[name] != value for name, value in row.items()):
            found.updates.append(row | {"valid_from": old["valid_from"], "valid_until": None})
        else:
            unchanged += 1
    found.retired.extend(
        {name: row[name] for name in keys} | {"valid_until": now}
        for row in there.values()
        if row["valid_until"] is None
    )
    return Plan(table, found.inserts, found.updates, found.retired, unchanged)
