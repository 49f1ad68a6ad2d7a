"""What a load has to do to a table: new rows against those that are there."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Table

from ..records import Record
from .rows import Row, report_row, rows, sizes
from .schema import COLUMNS, TABLE, TABLES

REPORTS, VERSIONS = TABLE["reports"], TABLE["report_versions"]
SHARED = (REPORTS, VERSIONS)  # the tables whose rows concern several records


@dataclass(frozen=True, slots=True)
class Update:
    """A row that changes: its key, and the columns that get new values."""

    key: Row
    changes: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Plan:
    """The work on one table at the moment `at`; `inserts` are rows without history."""

    table: Table
    at: datetime
    inserts: Sequence[Row] = ()
    updates: Sequence[Update] = ()
    retired: Sequence[Update] = ()
    unchanged: int = 0

    @property
    def nothing(self) -> bool:
        return not (self.inserts or self.updates or self.retired)

    @property
    def changes(self) -> Sequence[Update]:
        """Updates and retirements alike."""
        return [*self.updates, *self.retired]


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


def key_size(table: Table) -> int:
    """The primary key is the first columns."""
    return len(table.primary_key)


def plan(table: Table, new: Iterable[Row], existing: Iterable[Row], at: datetime) -> Plan:
    """Insert what is new, update what differs or comes back, retire what the record says no more.

    `new` rows are without history, `existing` ones with it. A row that comes back holds from now on.
    """
    names, size = COLUMNS[table.name], key_size(table)
    there = {row[:size]: row for row in existing}
    inserts: list[Row] = []
    updates: list[Update] = []
    unchanged = 0
    for row in new:
        old = there.pop(row[:size], None)
        if old is None:
            inserts.append(row)
            continue
        changes = {name: value for name, value, was in zip(names, row, old, strict=False) if value != was}
        if old[-1] is not None:
            changes |= {"valid_from": at, "valid_until": None}
        if changes:
            updates.append(Update(row[:size], changes))
        else:
            unchanged += 1
    retired = [_retire(key, row, at) for key, row in there.items() if row[-1] is None]
    return Plan(table, at, inserts, updates, retired, unchanged)


def _retire(key: Row, row: Row, at: datetime) -> Update:
    """Clocks may differ: no row ends before it began."""
    return Update(key, {"valid_until": max(at, row[-2])})


# ── a record against a sink ──────────────────────────────────────────────────────────────


@dataclass(slots=True)
class Known:
    """What a sink holds on the report of a record; rows with history. `own` is the version's new row, as the latest.

    `versions` are those of the report; `version` is that of the record, of whatever report it is now, and
    `left` is the row of that report where it is not the record's, and `left_versions` its other versions.
    """

    own: Row
    report: Row | None = None
    versions: list[Row] = field(default_factory=list)
    version: Row | None = None
    left: Row | None = None
    left_versions: list[Row] = field(default_factory=list)


VERSION_NAMES = (*COLUMNS["report_versions"], "valid_from", "valid_until")
NAME, LANGUAGE, LATEST, FROM = (VERSION_NAMES.index(n) for n in ("name", "language", "latest", "valid_from"))


def changes_rows(known: Known) -> bool:
    """Whether the tables below `report_versions` have to be looked at: not where the very record is there."""
    new, old = known.own, known.version
    return old is None or new[:LATEST] != old[:LATEST] or new[LATEST + 1 :] != old[LATEST + 1 : -2]


def plans(record: Record, known: Known, existing: "dict[str, list[Row]] | None", at: datetime) -> Iterator[Plan]:
    """The work on every table, in the order of the foreign keys.

    `existing` are the rows of the record's version by table, None where the very record is there already.
    """
    yield _report_plan(record, known, at)
    yield _version_plan(known, at)
    below = [table for table in TABLES if table not in SHARED]
    if existing is None:
        counted = sizes(record)
        yield from (Plan(table, at, unchanged=counted[table.name]) for table in below)
    else:
        new = rows(record)
        yield from (plan(table, new[table.name], existing.get(table.name, ()), at) for table in below)


def _report_plan(record: Record, known: Known, at: datetime) -> Plan:
    """The row of a report says what its latest version says."""
    row = report_row(record)
    if known.report is not None and record.source.sha256 != _newest(_after(known, at))[0]:
        row = known.report[:-2]
    found = plan(REPORTS, [row], [known.report] if known.report else [], at)
    if known.left is None or known.left_versions:
        return found
    gone = [_retire(known.left[:1], known.left, at)]
    return Plan(REPORTS, at, found.inserts, found.updates, gone, found.unchanged)


def _version_plan(known: Known, at: datetime) -> Plan:
    """The row of the record's version, and those of others that are the latest no more, or are so again."""
    latest = _latest(_after(known, at)) | _latest(known.left_versions)
    own = (*known.own[:LATEST], known.own[0] in latest, *known.own[LATEST + 1 :])
    others = [
        (*row[:LATEST], row[0] in latest, *row[LATEST + 1 : -2])
        for row in (*known.versions, *known.left_versions)
        if row[0] != own[0] and row[LATEST] != (row[0] in latest)
    ]
    ids = {own[0], *(row[0] for row in others)}
    existing = {row[0]: row for row in (*known.versions, *known.left_versions) if row[0] in ids}
    if known.version is not None:
        existing[own[0]] = known.version
    return plan(VERSIONS, [own, *others], existing.values(), at)


def _after(known: Known, at: datetime) -> list[Row]:
    """The versions of the record's report after the load."""
    since = known.version[FROM] if known.version is not None else at
    return [(*known.own, since, None), *(row for row in known.versions if row[0] != known.own[0])]


def _newest(versions: Iterable[Row]) -> Row:
    return max(versions, key=lambda row: (row[FROM], row[NAME], row[0]))


def _latest(versions: Sequence[Row]) -> set[str]:
    """The latest version for each language."""
    languages = {row[LANGUAGE] for row in versions}
    return {_newest(row for row in versions if row[LANGUAGE] == language)[0] for language in languages}
