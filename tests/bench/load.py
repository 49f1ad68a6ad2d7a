"""What loading costs beside the drivers alone: 200,000 facts, the same rows into the same tables, in one run.

Both sides write the rows of one report after the other, in a transaction for each report, from rows that are ready in
memory; `reading records` (their making from the JSON that a run wrote) is told apart. Our side plans each table
against what is there; the other only writes.
"""

import gc
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from sqlalchemy import create_engine, text

from pipeline.load import load_record, prepare, sink_for
from pipeline.load.arrow import to_arrow
from pipeline.load.rows import Row, report_row, rows, version_row
from pipeline.load.schema import TABLES
from pipeline.records import Record

from ..load import postgres
from ..load.build import large

REPORTS, FACTS = 200, 1000
WANTED, AGAIN = 0.5, 0.5
AT = datetime(2026, 1, 2, 3, 4, 5)
Ready = list[dict[str, list[Row]]]


def main() -> int:
    """Print what was measured; 1 where a limit is missed."""
    missed = []
    for name, first, again, raw in measured():
        share, ratio = raw / first, again / first
        print(
            f"{name:<11}load {first:6.2f} s, again {again:5.2f} s ({ratio:.2f} of the first; at most {AGAIN}), "
            f"driver alone {raw:6.2f} s: {share:.2f} of its speed (at least {WANTED})",
            flush=True,
        )
        missed += [name] if share < WANTED or ratio > AGAIN else []
    return 1 if missed else 0


def measured(reports: int = REPORTS, facts: int = FACTS) -> Iterator[tuple[str, float, float, float]]:
    """Sink, seconds of the first load, of the second, and of the driver alone."""
    records = large(reports, facts)
    ready = [_all_rows(record) for record in records]
    folder = Path(tempfile.mkdtemp(prefix="reportfacts-bench-"))
    served: Any = postgres.server() if postgres.programs() else nullcontext(None)
    try:
        with served as url:
            sinks: list[tuple[str, str, str, Callable[[str, Ready], None]]] = [
                ("SQLite", f"sqlite:///{folder}/ours.db", f"sqlite:///{folder}/raw.db", raw_sqlite),
                ("DuckDB", f"duckdb:///{folder}/ours.duckdb", f"duckdb:///{folder}/raw.duckdb", raw_duckdb),
                ("Parquet", f"parquet:{folder}/ours", f"{folder}/raw", raw_parquet),
            ]
            if url:
                sinks.append(("PostgreSQL", _database(url, "ours"), _database(url, "raw"), raw_postgresql))
            for name, ours, theirs, write in sinks:
                if name != "Parquet":
                    prepare(theirs)
                with _timed() as raw:
                    write(theirs, ready)
                prepare(ours)
                with _timed() as first:
                    _load(ours, records)
                with _timed() as again:
                    _load(ours, records)
                yield name, first[0], again[0], raw[0]
    finally:
        shutil.rmtree(folder)


def _load(url: str, records: list[Record]) -> None:
    sink = sink_for(url)
    sink.exists()
    sink.prepare()
    for record in records:
        load_record(sink, record, AT)
    sink.close()


def _all_rows(record: Record) -> dict[str, list[Row]]:
    """All rows of a record with their history, table by table."""
    found = {"reports": [report_row(record)], "report_versions": [version_row(record, True)]} | rows(record)
    return {table.name: [(*row, AT, None) for row in found[table.name]] for table in TABLES}


def _database(url: str, name: str) -> str:
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return url.replace("/postgres", f"/{name}")


@contextmanager
def _timed() -> Iterator[list[float]]:
    gc.collect()
    began = time.perf_counter()
    taken = [0.0]
    yield taken
    taken[0] = time.perf_counter() - began


# ── the drivers alone ────────────────────────────────────────────────────────────────────


def raw_sqlite(url: str, ready: Ready) -> None:
    """executemany, its dates as text, which is all that SQLite can hold."""
    import sqlite3

    dated = [
        {
            name: [[str(v) if hasattr(v, "isoformat") else v for v in row] for row in found]
            for name, found in one.items()
        }
        for one in ready
    ]
    connection = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA synchronous=NORMAL")
    for one in dated:
        connection.execute("BEGIN IMMEDIATE")
        for name, found in one.items():
            if found:
                connection.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(found[0]))})", found)
        connection.execute("COMMIT")
    connection.close()


def raw_postgresql(url: str, ready: Ready) -> None:
    import psycopg

    with psycopg.connect(url) as connection:
        for one in ready:
            with connection.transaction(), connection.cursor() as cursor:
                for name, found in one.items():
                    if found:
                        with cursor.copy(f"COPY {name} FROM STDIN") as copy:
                            for row in found:
                                copy.write_row(row)


def raw_duckdb(url: str, ready: Ready) -> None:
    import duckdb

    connection = duckdb.connect(url.removeprefix("duckdb:///"))
    for one in ready:
        connection.execute("BEGIN")
        for table in TABLES:
            if one[table.name]:
                connection.register("incoming", to_arrow(table, one[table.name]))
                connection.execute(f"INSERT INTO {table.name} SELECT * FROM incoming")
        connection.execute("COMMIT")
    connection.close()


def raw_parquet(folder: str, ready: Ready) -> None:
    for n, one in enumerate(ready):
        for table in TABLES:
            if one[table.name]:
                path = Path(folder, table.name, f"{n}.parquet")
                path.parent.mkdir(parents=True, exist_ok=True)
                pq.write_table(to_arrow(table, one[table.name]), path, compression="zstd")


if __name__ == "__main__":
    sys.exit(main())
