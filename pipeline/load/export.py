"""Records as CSV or JSON Lines, one file per table, for those without a database."""

import csv
import json
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO, Any, Literal

from ..errors import OutputError
from . import Loaded, load_record, read_records, record_files
from .plan import SHARED
from .rehearsal import Rehearsal
from .rows import Row, rows
from .schema import COLUMNS, TABLES

Form = Literal["csv", "jsonl"]


def export(records: Path, folder: Path, form: Form) -> Loaded:
    """Write `folder/<table>.csv` or `.jsonl` for every table, without history; each file whole or not at all.

    The rows are those of a load into an empty database; in CSV an empty field is null.
    """
    result = Loaded()
    files = record_files(records)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        drafts = {table.name: folder / f".{table.name}.{form}.tmp" for table in TABLES}
        with ExitStack() as stack:
            opened = {name: stack.enter_context(_open(path)) for name, path in drafts.items()}
            if form == "csv":
                for name, file in opened.items():
                    csv.writer(file).writerow(COLUMNS[name])
            for name, found in _rows(files, result):
                result.tables[name].inserted += _write(opened[name], form, COLUMNS[name], found)
        for name, draft in drafts.items():
            draft.replace(folder / f"{name}.{form}")
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written: {error.strerror or error}") from error
    return result


def lines(done: Loaded) -> Iterator[str]:
    """A line a table, then the records that were left out."""
    yield f"{'table':<20}{'rows':>10}"
    for name, counts in done.tables.items():
        yield f"{name:<20}{counts.inserted:>10}"
    yield from done.outcome()


def _rows(files: list[Path], result: Loaded) -> Iterator[tuple[str, list[Row]]]:
    """Rows by table; those that concern several records last, when all are known."""
    together = Rehearsal(None)
    at = datetime.now(UTC).replace(tzinfo=None)
    for _, record in read_records(files, result):
        result.records += 1
        load_record(together, record, at)
        yield from rows(record).items()
    for table in SHARED:
        written = together.written[table.name]
        yield table.name, [written[key][:-2] for key in sorted(written)]


def _open(path: Path) -> IO[str]:
    return path.open("w", encoding="utf-8", newline="")


def _write(file: IO[str], form: Form, names: Iterable[str], found: list[Row]) -> int:
    if form == "csv":
        csv.writer(file).writerows([map(_csv, row) for row in found])
    else:
        for row in found:
            named = {name: _json(value) for name, value in zip(names, row, strict=True)}
            file.write(json.dumps(named, ensure_ascii=False) + "\n")
    return len(found)


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _csv(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else _json(value)
