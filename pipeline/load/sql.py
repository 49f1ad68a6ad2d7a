"""SQLite, PostgreSQL and DuckDB through SQLAlchemy, each with the fast way of its driver for many rows."""

import re
import sqlite3
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from sqlalchemy import Connection, Date, Table, bindparam, create_engine, event, select, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from ..errors import OutputError, UsageError
from . import Conflict, Refused
from .migrations import check, upgrade
from .plan import Plan, Update, key_size
from .rows import Row
from .schema import COLUMNS

T = TypeVar("T")
DRIVERS = {"sqlite": "sqlite3", "postgresql": "psycopg", "duckdb": "duckdb"}
LOCK_WAIT = 30.0  # seconds that a load waits for another one
SECRETS = ("password", "passfile", "sslpassword")  # of a PostgreSQL URL's query
KNOWN = "sqlite:///FILE, postgresql://USER@HOST/NAME, duckdb:///FILE or parquet:DIR"


class SqlSink:
    """One database. `transaction()` is one report: all of it or nothing."""

    def __init__(self, url: str) -> None:
        self.url = _url(url)
        self.shown = _shown(self.url)
        try:
            self.engine = create_engine(self.url, **_options(self.url))
        except (NoSuchModuleError, ModuleNotFoundError) as error:
            raise UsageError(f"{self.shown}: no driver for this database: {error}; install reportfacts[load]") from None
        self.dialect = self.engine.dialect.name
        self.raw: Any = import_module(DRIVERS[self.dialect])
        self.writing = False
        if self.dialect == "sqlite":
            event.listen(self.engine, "connect", self._sqlite_settings)
            event.listen(self.engine, "begin", self._sqlite_begin)

    def exists(self) -> bool:
        """Whether the database has the tables; OutputError for one that this program may not use."""
        if self.dialect in ("sqlite", "duckdb") and not self._is_file():
            return False
        with self._errors(), self._connect() as connection:
            return check(connection, self.shown) is not None

    def prepare(self) -> None:
        """Make the tables, or migrate those of an older program. From now on the sink writes."""
        self.writing = True
        with self._errors(), self._connect() as connection:
            if self.dialect == "postgresql":
                _lock(connection, "schema")
            upgrade(connection, self.shown)
            connection.commit()

    @contextmanager
    def transaction(self, report: str, version: str) -> Iterator["SqlTransaction"]:
        """One report's rows; another load of the same report or version waits."""
        with self._errors(), self._connect() as connection, connection.begin():
            transaction = SqlTransaction(connection, self.dialect, self.writing)
            for key in sorted((f"report {report}", f"version {version}")):
                transaction.lock_key(key)
            yield transaction

    def close(self) -> None:
        self.engine.dispose()

    def _is_file(self) -> bool:
        name = self.url.database or ":memory:"
        return name == ":memory:" or name.startswith("file:") or Path(name).exists()

    def _connect(self) -> Connection:
        return self._patiently(self.engine.connect)

    def _patiently(self, act: Callable[[], T]) -> T:
        """Wait here, where an interruption is heard, for a file that another program has locked."""
        until = time.monotonic() + LOCK_WAIT
        while True:
            try:
                return act()
            except (DBAPIError, self.raw.Error) as error:
                if self.dialect == "postgresql" or "lock" not in str(error) or time.monotonic() > until:
                    raise
                time.sleep(0.05)

    def _sqlite_settings(self, connection: sqlite3.Connection, _: object) -> None:
        connection.execute("PRAGMA foreign_keys=ON")
        if self.writing:
            connection.execute("PRAGMA journal_mode=WAL")  # readers go on while a load writes
            connection.execute("PRAGMA synchronous=NORMAL")

    def _sqlite_begin(self, connection: Connection) -> None:
        begin = "BEGIN IMMEDIATE" if self.writing else "BEGIN"
        self._patiently(lambda: connection.exec_driver_sql(begin))

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            self._refuse(error.orig or error)
        except (SQLAlchemyError, OSError, OverflowError, self.raw.Error) as error:
            self._refuse(error)

    def _refuse(self, error: BaseException) -> NoReturn:
        """One line about an error of the driver, without what it says of rows and passwords."""
        said = _without_secrets((str(error).strip() or type(error).__name__).splitlines()[0], self.url)
        if getattr(error, "sqlstate", None) in ("40001", "40P01"):
            raise Conflict(f"{self.shown}: {said}") from None
        if isinstance(error, (self.raw.IntegrityError, self.raw.DataError, OverflowError)):
            raise Refused(f"{self.shown}: {said}") from None
        if "lock" in said.lower():
            said += f" (another program held it for {LOCK_WAIT:.0f} seconds; try again when it is done)"
        elif "unable to open" in said:
            said += " (is there a folder of that name, and may you write to it?)"
        raise OutputError(f"{self.shown}: {said}") from None


class SqlTransaction:
    def __init__(self, connection: Connection, dialect: str, writing: bool) -> None:
        self.connection, self.dialect, self.writing = connection, dialect, writing

    def existing(self, table: Table, column: str, value: str) -> list[Row]:
        """The rows with history whose `column` is `value`, retired ones included."""
        return [tuple(row) for row in self.connection.execute(select(table).where(table.c[column] == value))]

    def lock(self, report: str) -> None:
        self.lock_key(f"report {report}")

    def lock_key(self, key: str) -> None:
        """SQLite and DuckDB have one writer at a time anyway."""
        if self.dialect == "postgresql" and self.writing:
            _lock(self.connection, key)

    def apply(self, plan: Plan) -> None:
        """Carry out a plan; inserts go the fast way of the driver."""
        if plan.inserts:
            INSERTS[self.dialect](self.connection, plan.table, plan.inserts, plan.at)
        alike: dict[tuple[str, ...], list[Update]] = defaultdict(list)
        for update in plan.changes:
            alike[tuple(update.changes)].append(update)
        for names, updates in alike.items():
            self._update(plan.table, names, updates)

    def _update(self, table: Table, names: Sequence[str], updates: Sequence[Update]) -> None:
        keys = COLUMNS[table.name][: key_size(table)]
        statement = table.update().values({name: bindparam(f"v_{name}") for name in names})
        for name in keys:
            statement = statement.where(table.c[name] == bindparam(f"k_{name}"))
        self.connection.execute(
            statement,
            [
                {f"v_{name}": value for name, value in update.changes.items()}
                | {f"k_{name}": value for name, value in zip(keys, update.key, strict=True)}
                for update in updates
            ],
        )


def _lock(connection: Connection, key: str) -> None:
    """Until the end of the transaction."""
    connection.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))"), {"key": f"reportfacts {key}"})


# ── the fast way of each driver ──────────────────────────────────────────────────────────


def insert_sqlite(connection: Connection, table: Table, rows: Sequence[Row], at: datetime) -> None:
    names = COLUMNS[table.name]
    moment = at.strftime("%Y-%m-%d %H:%M:%S.%f")  # as SQLAlchemy writes it
    marks = ", ".join([*("?" * len(names)), f"'{moment}'", "NULL"])
    days = [n for n, name in enumerate(names) if isinstance(table.c[name].type, Date)]
    raw: Any = connection.connection.driver_connection
    raw.executemany(f"INSERT INTO {table.name} VALUES ({marks})", _with_iso_days(rows, days) if days else rows)


def _with_iso_days(rows: Sequence[Row], days: Sequence[int]) -> Iterator[list[Any]]:
    for row in rows:
        values = list(row)
        for n in days:
            if isinstance(values[n], date):
                values[n] = values[n].isoformat()
        yield values


def insert_postgresql(connection: Connection, table: Table, rows: Sequence[Row], at: datetime) -> None:
    names = ", ".join(f'"{name}"' for name in (*COLUMNS[table.name], "valid_from"))
    raw: Any = connection.connection.driver_connection
    with raw.cursor().copy(f"COPY {table.name} ({names}) FROM STDIN") as copy:
        copy.write(copy_text(rows, at))


ESCAPES = re.compile(r"[\\\t\n\r]")
ESCAPED = {"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"}


def copy_text(rows: Sequence[Row], at: datetime) -> str:
    r"""The rows in PostgreSQL's text format for COPY, `at` as their last column.

    >>> copy_text([("a\tb", None, 1.5, True)], datetime(2026, 1, 2))
    'a\\tb\t\\N\t1.5\tTrue\t2026-01-02 00:00:00\n'
    """
    return "".join(["\t".join([*map(_copy_value, row), f"{at}\n"]) for row in rows])


def _copy_value(value: Any) -> str:
    if value is None:
        return r"\N"
    if isinstance(value, str):
        return ESCAPES.sub(lambda found: ESCAPED[found[0]], value)
    return str(value)


def insert_duckdb(connection: Connection, table: Table, rows: Sequence[Row], at: datetime) -> None:
    from .arrow import to_arrow

    raw: Any = connection.connection.driver_connection
    raw.register("incoming", to_arrow(table, rows, at=at))
    raw.execute(f"INSERT INTO {table.name} SELECT * FROM incoming")
    raw.unregister("incoming")


Insert = Callable[[Connection, Table, Sequence[Row], datetime], None]
INSERTS: dict[str, Insert] = {
    "sqlite": insert_sqlite,
    "postgresql": insert_postgresql,
    "duckdb": insert_duckdb,
}


# ── URLs ─────────────────────────────────────────────────────────────────────────────────


def _url(url: str) -> URL:
    scheme = url.partition(":")[0]
    try:
        found = make_url(url)
    except (ArgumentError, ValueError):  # a port that is no number, no URL at all
        shown = f"{scheme}:…" if "://" in url else "the URL"
        raise UsageError(f"{shown}: not a database; give {KNOWN}") from None
    if found.get_backend_name() in ("postgresql", "postgres"):
        return found.set(drivername="postgresql+psycopg")
    if found.get_backend_name() not in ("sqlite", "duckdb"):
        raise UsageError(f"{_shown(found)}: reportfacts does not load into {scheme}; give {KNOWN}")
    return found


def _shown(url: URL) -> str:
    """The URL as one may print it."""
    hidden = {name: "***" for name in SECRETS if name in url.query}
    shown = url.update_query_dict(hidden).render_as_string(hide_password=True)
    return shown.replace("%2A%2A%2A", "***").replace("+psycopg", "")


def _without_secrets(said: str, url: URL) -> str:
    secrets = [url.password, *(url.query.get(name) for name in SECRETS)]
    for secret in secrets:
        if secret:
            said = said.replace(str(secret), "***")
    return said


def _options(url: URL) -> dict[str, Any]:
    if url.get_backend_name() == "sqlite":
        return {"connect_args": {"timeout": 0.1, "isolation_level": None}}
    return {}
