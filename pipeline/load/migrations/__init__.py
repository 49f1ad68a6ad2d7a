"""Versions of the schema, by Alembic: an older database is migrated, a newer or foreign one refused."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.ddl.postgresql import PostgresqlImpl
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, ForeignKeyConstraint, Index, Table, inspect, text

from ...errors import OutputError
from ..schema import TABLE, VIEWS

VERSION_TABLE = "reportfacts_revision"
VERSIONS = Path(__file__).parent / "versions"

# Of rows that others refer to and that may be tied to another report or section later on.
MOVABLE = ("fk_report_versions_report_id", "fk_facts_report_id", "fk_facts_version_section_id")


class DuckDbImpl(PostgresqlImpl):
    """DuckDB speaks PostgreSQL's DDL; Alembic finds this class by its dialect's name.

    DuckDB changes an indexed column by deleting and inserting its row, which it then refuses where other rows
    refer to that row. So here secondary indexes (it scans columns faster than it looks into them) and those three
    foreign keys are left out that stand on such columns; a load checks these references before it writes.
    """

    __dialect__ = "duckdb"

    def create_index(self, index: Index, **kw: Any) -> None:
        """Left out."""

    def drop_index(self, index: Index, **kw: Any) -> None:
        """Was left out."""

    def create_table(self, table: Table, **kw: Any) -> None:
        for constraint in list(table.constraints):
            if isinstance(constraint, ForeignKeyConstraint) and constraint.name in MOVABLE:
                table.constraints.remove(constraint)
        super().create_table(table, **kw)


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("version_locations", str(VERSIONS))
    config.set_main_option("path_separator", "newline")
    config.attributes["connection"] = connection
    return config


def head() -> str:
    """The revision of this program."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def revisions() -> set[str]:
    """All revisions that this program knows."""
    return {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}


def upgrade(connection: Connection, shown: str) -> None:
    """Bring a database to this program's revision, step by step; OutputError for what cannot be."""
    if check(connection, shown) == head():
        return
    for name in reversed(VIEWS):
        connection.execute(text(f"DROP VIEW IF EXISTS {name}"))
    command.upgrade(_config(connection), "head")
    for name, query in VIEWS.items():
        connection.execute(text(f"CREATE VIEW {name} AS {query}"))


def check(connection: Connection, shown: str) -> str | None:
    """The revision of a database that this program may use; OutputError for a newer or a foreign one."""
    context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
    found = context.get_current_revision()
    if found is None:
        taken = sorted({*TABLE, *VIEWS} & set(inspect(connection).get_table_names()))
        if taken:
            raise OutputError(f"{shown}: has a table {taken[0]} that is not of reportfacts; name another database")
    elif found not in revisions():
        raise OutputError(f"{shown}: has schema {found}, newer than {head()} of this program; install that reportfacts")
    return found
