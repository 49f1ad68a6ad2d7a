"""Fresh databases of every kind, and what stands in them."""

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import psycopg
import pytest
from sqlalchemy import create_engine, select, text

from pipeline.load.schema import TABLES, VIEWS

from . import postgres

KINDS = ("sqlite", "duckdb", "parquet", "postgresql")
Row = tuple[Any, ...]


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """A running PostgreSQL: its URL, with a password."""
    if not postgres.programs():
        pytest.skip(f"no PostgreSQL server here; {postgres.SERVER}")
    with postgres.server() as url:
        yield url


NUMBERS = itertools.count()


@pytest.fixture
def fresh(tmp_path: Path, request: pytest.FixtureRequest) -> Callable[[str], str]:
    """`fresh("duckdb")`: the URL of a new, empty database of that kind."""

    def make(kind: str) -> str:
        name = f"facts{next(NUMBERS)}"
        match kind:
            case "sqlite":
                return f"sqlite:///{tmp_path}/{name}.db"
            case "duckdb":
                return f"duckdb:///{tmp_path}/{name}.duckdb"
            case "parquet":
                return f"parquet:{tmp_path}/{name}"
        server: str = request.getfixturevalue("server")
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload]
        return server.replace("/postgres", f"/{name}")

    return make


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest, fresh: Callable[[str], str]) -> str:
    """A new database, of each kind in turn."""
    return fresh(request.param)


@pytest.fixture(params=[kind for kind in KINDS if kind != "parquet"])
def sql_url(request: pytest.FixtureRequest, fresh: Callable[[str], str]) -> str:
    return fresh(request.param)


def query(url: str, statement: str) -> list[Row]:
    """The rows of a query, for Parquet by DuckDB with a view for each data set."""
    if url.startswith("parquet:"):
        connection = duckdb.connect()
        for table in TABLES:
            files = f"{url.removeprefix('parquet:')}/{table.name}/*/*.parquet"
            read = f"SELECT * REPLACE (NULLIF(country, 'none') AS country) FROM read_parquet('{files}')"
            connection.execute(f"CREATE VIEW {table.name} AS {read}")
        for name, view in VIEWS.items():
            connection.execute(f"CREATE VIEW {name} AS {view}")
        return connection.execute(statement).fetchall()
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    try:
        with engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(statement))]
    finally:
        engine.dispose()


def contents(url: str, *, history: bool = True) -> dict[str, list[Row]]:
    """All rows of all tables, sorted, in the types of the schema."""
    if url.startswith("parquet:"):
        return {table.name: _sorted(_parquet_rows(url, table, history)) for table in TABLES}
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    try:
        with engine.connect() as connection:
            return {
                table.name: _sorted(
                    [
                        tuple(row)
                        for row in connection.execute(
                            select(*(c for c in table.columns if history or not c.name.startswith("valid_")))
                        )
                    ]
                )
                for table in TABLES
            }
    finally:
        engine.dispose()


def _parquet_rows(url: str, table: Any, history: bool) -> list[Row]:
    names = ", ".join(f'"{c.name}"' for c in table.columns if history or not c.name.startswith("valid_"))
    return query(url, f"SELECT {names} FROM {table.name}")


def _sorted(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=repr)


def valid(url: str, table: str, columns: str = "*") -> list[Row]:
    """The rows that hold."""
    return _sorted(query(url, f"SELECT {columns} FROM {table} WHERE valid_until IS NULL"))
