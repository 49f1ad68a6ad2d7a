"""Versions of the schema, by Alembic: an older database is migrated, a newer or foreign one refused."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.ddl.postgresql import PostgresqlImpl
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from ...errors import OutputError
from ..schema import VIEWS


class DuckDbImpl(PostgresqlImpl):
    """DuckDB speaks PostgreSQL's DDL; Alembic finds this class by its dialect's name."""

    __dialect__ = "duckdb"


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    return config


def head() -> str:
    """The revision of this program."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def revision_of(connection: Connection) -> str | None:
    """The revision of the schema that a database has; None where it has none."""
    return MigrationContext.configure(connection).get_current_revision()


def upgrade(connection: Connection, shown: str) -> None:
    """Bring a database to this program's revision, step by step; OutputError for what cannot be."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('reportfacts schema'))"))
    if check(connection, shown) == head():
        return
    for name in reversed(VIEWS):
        connection.execute(text(f"DROP VIEW IF EXISTS {name}"))
    command.upgrade(_config(connection), "head")
    for name, query in VIEWS.items():
        connection.execute(text(f"CREATE VIEW {name} AS {query}"))


def check(connection: Connection, shown: str) -> str | None:
    """The revision of a database that this program may use; OutputError for a newer or a foreign one."""
    found = revision_of(connection)
    if found is None and "facts" in inspect(connection).get_table_names():
        raise OutputError(f"{shown}: has a table facts that is not of reportfacts; name another database")
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    if found is not None and found not in known:
        raise OutputError(f"{shown}: has schema {found}, newer than {head()} of this program; install that reportfacts")
    return found
