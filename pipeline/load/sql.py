"""SQLite, PostgreSQL and DuckDB through SQLAlchemy, each with the fast way of its driver for many rows."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NoReturn

from sqlalchemy import Connection, Table, bindparam, create_engine, event, select, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from ..errors import OutputError, UsageError
from .migrations import check, upgrade
from .plan import Plan, key_names
from .rows import Row

LOCK_WAIT = 30.0  # seconds that a load waits for another one


class SqlSink:
    """One database. `transaction()` is one report: all of it or nothing."""

    def __init__(self, url: str) -> None:
        self.url = _url(url)
        self.shown = self.url.render_as_string(hide_password=True)
        try:
            self.engine = create_engine(self.url, **_options(self.url))
        except (NoSuchModuleError, ModuleNotFoundError) as error:
            raise UsageError(f"{self.shown}: no driver for this database: {error}; install reportfacts[load]") from None
        self.dialect = self.engine.dialect.name
        if self.dialect == "sqlite":
            event.listen(self.engine, "connect", _sqlite_pragmas)
            event.listen(self.engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))

    def exists(self) -> bool:
        """Whether the database has the tables, in the revision of this program; OutputError for a newer one."""
        with self._errors(), self.engine.connect() as connection:
            return check(connection, self.shown) is not None

    def prepare(self) -> None:
        """Make the tables, or migrate those of an older program."""
        with self._errors(), self.engine.connect() as connection:
            upgrade(connection, self.shown)
            connection.commit()

    @contextmanager
    def transaction(self, version: str) -> Iterator["SqlTransaction"]:
        """One report's rows; another load of the same version waits."""
        with self._errors(), self.engine.begin() as connection:
            if self.dialect == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(hashtext(:v))"), {"v": f"reportfacts {version}"})
            yield SqlTransaction(connection, self.dialect)

    def close(self) -> None:
        self.engine.dispose()

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            self._refuse(str(error.orig).strip().splitlines()[0])
        except (SQLAlchemyError, OSError) as error:
            self._refuse(str(error).splitlines()[0])

    def _refuse(self, reason: str) -> NoReturn:
        password = self.url.password
        said = reason.replace(str(password), "***") if password else reason
        if "locked" in said:
            said += f" (another load held it for {LOCK_WAIT:.0f} seconds; try again when it is done)"
        raise OutputError(f"{self.shown}: {said}") from None


class SqlTransaction:
    def __init__(self, connection: Connection, dialect: str) -> None:
        self.connection, self.dialect = connection, dialect

    def existing(self, table: Table, column: str, value: str) -> list[Row]:
        """The rows whose `column` is `value`, retired ones included."""
        found = self.connection.execute(select(table).where(table.c[column] == value)).mappings()
        return [dict(row) for row in found]

    def apply(self, plan: Plan) -> None:
        """Carry out a plan; inserts go the fast way of the driver."""
        if plan.inserts:
            INSERTS.get(self.dialect, _insert)(self.connection, plan.table, plan.inserts)
        keys = key_names(plan.table)
        for rows in (plan.updates, plan.retired):
            if rows:
                changed = [name for name in rows[0] if name not in keys]
                statement = plan.table.update().values({name: bindparam(f"v_{name}") for name in changed})
                for name in keys:
                    statement = statement.where(plan.table.c[name] == bindparam(f"k_{name}"))
                bound = [{f"v_{n}": r[n] for n in changed} | {f"k_{n}": r[n] for n in keys} for r in rows]
                self.connection.execute(statement, bound)


def _insert(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    connection.execute(table.insert(), list(rows))


def _insert_sqlite(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    names = [column.name for column in table.columns]
    marks = ", ".join("?" * len(names))
    cursor: Any = connection.connection.cursor()
    values = ([_sqlite_value(row[name]) for name in names] for row in rows)
    cursor.executemany(f"INSERT INTO {table.name} ({', '.join(map(_quoted, names))}) VALUES ({marks})", values)


def _sqlite_value(value: Any) -> Any:
    """As SQLAlchemy's own SQLite types write it."""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S.%f")
    return value.isoformat() if hasattr(value, "isoformat") else value


def _insert_postgresql(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    names = [column.name for column in table.columns]
    cursor = connection.connection.cursor()
    with cursor.copy(f"COPY {table.name} ({', '.join(map(_quoted, names))}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row([row[name] for name in names])


def _insert_duckdb(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    from .arrow import to_arrow

    names = ", ".join(_quoted(column.name) for column in table.columns)
    raw: Any = connection.connection.driver_connection
    raw.register("incoming", to_arrow(table, rows))
    raw.execute(f"INSERT INTO {table.name} ({names}) SELECT {names} FROM incoming")
    raw.unregister("incoming")


INSERTS: dict[str, Callable[[Connection, Table, Sequence[Row]], None]] = {
    "sqlite": _insert_sqlite,
    "postgresql": _insert_postgresql,
    "duckdb": _insert_duckdb,
}


def _quoted(name: str) -> str:
    return f'"{name}"'


def _url(url: str) -> URL:
    try:
        found = make_url(url)
    except ArgumentError:
        raise UsageError(
            f"{url.split('@')[-1]}: not a database; give sqlite:///FILE, postgresql://…, duckdb:///FILE or parquet:DIR"
        ) from None
    return found.set(drivername="postgresql+psycopg") if found.drivername in ("postgresql", "postgres") else found


def _options(url: URL) -> dict[str, Any]:
    if url.drivername.startswith("sqlite"):
        return {"connect_args": {"timeout": LOCK_WAIT, "isolation_level": None}}
    return {}


def _sqlite_pragmas(connection: sqlite3.Connection, _: object) -> None:
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA foreign_keys=ON")
