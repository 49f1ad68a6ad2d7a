"""Records as CSV or JSON Lines, one file per table, for those without a database."""

import csv
import json
from datetime import date
from pathlib import Path
from typing import IO, Any, Literal

from ..errors import OutputError
from . import Loaded, read_record, record_files
from .plan import HISTORY
from .rows import rows
from .schema import TABLES

Form = Literal["csv", "jsonl"]


def export(records: Path, folder: Path, form: Form) -> Loaded:
    """Write `folder/<table>.csv` or `.jsonl` for every table, without history; each file whole or not at all."""
    result = Loaded()
    files = record_files(records)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        drafts = {table.name: (folder / f".{table.name}.{form}.tmp") for table in TABLES}
        names = {table.name: [c.name for c in table.columns if c.name not in HISTORY] for table in TABLES}
        opened = {name: path.open("w", encoding="utf-8", newline="") for name, path in drafts.items()}
        try:
            if form == "csv":
                for name, file in opened.items():
                    csv.writer(file).writerow(names[name])
            for path in files:
                try:
                    found = rows(read_record(path))
                except OutputError as error:
                    result.refused.append((str(path), str(error)))
                    continue
                result.records += 1
                for name, file in opened.items():
                    _write(file, form, names[name], found[name])
                    result.tables[name].inserted += len(found[name])
        finally:
            for file in opened.values():
                file.close()
        for name, draft in drafts.items():
            draft.replace(folder / f"{name}.{form}")
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written: {error.strerror or error}") from error
    return result


def _write(file: IO[str], form: str, names: list[str], found: list[dict[str, Any]]) -> None:
    if form == "csv":
        csv.writer(file).writerows([[_plain(row[name]) for name in names] for row in found])
    else:
        for row in found:
            file.write(json.dumps({name: _plain(row[name]) for name in names}, ensure_ascii=False) + "\n")


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
