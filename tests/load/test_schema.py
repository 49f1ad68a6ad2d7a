"""The schema: its migrations, its constraints, databases of other programs; and what may not be printed."""

import sqlite3
import subprocess
import sys
from datetime import datetime

import duckdb
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from pipeline.errors import OutputError
from pipeline.load import load, migrations, prepare, sink_for
from pipeline.load.plan import key_size
from pipeline.load.rows import report_row, rows, sizes, version_row
from pipeline.load.schema import COLUMNS, HISTORY, TABLES, metadata

from .build import all_kinds, article, first_kinds, penalty, record, write
from .conftest import contents, query

NEXT = '''"""A column more."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("reports", sa.Column("series", sa.Text()))
'''


@pytest.fixture
def next_release(tmp_path, monkeypatch):
    """Within it this program is one whose schema has a revision more."""
    folder = tmp_path / "versions"
    folder.mkdir()
    for path in migrations.VERSIONS.glob("r*.py"):
        (folder / path.name).write_text(path.read_text())
    (folder / "r0003_next.py").write_text(NEXT)

    class Next:
        def __enter__(self):
            self.patch = pytest.MonkeyPatch()
            self.patch.setattr(migrations, "VERSIONS", folder)

        def __exit__(self, *_):
            self.patch.undo()

    return Next()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_migrations_make_what_the_schema_says(fresh, kind):
    url = fresh(kind)
    prepare(url)
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as connection:
        options = {"version_table": migrations.VERSION_TABLE, "compare_type": True}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), metadata) == []
    engine.dispose()


def test_the_key_comes_first_and_the_history_last():
    for table in TABLES:
        names = [column.name for column in table.columns]
        assert [column.name for column in table.primary_key] == names[: key_size(table)]
        assert names == [*COLUMNS[table.name], *HISTORY]


def test_an_older_database_is_migrated_with_its_rows(tmp_path, sql_url, next_release):
    load(write(tmp_path / "records", record(facts=all_kinds())), sql_url)
    before = contents(sql_url)
    with next_release:
        prepare(sql_url)
        prepare(sql_url)
    assert query(sql_url, f"SELECT version_num FROM {migrations.VERSION_TABLE}") == [("0003",)]
    assert query(sql_url, "SELECT series FROM reports") == [(None,)]
    assert len(query(sql_url, "SELECT * FROM current_facts")) == 7
    assert contents(sql_url) == before


def test_a_database_of_the_first_release_is_upgraded(tmp_path, sql_url):
    """Its rows stay, the new kinds find their place, and the constraints are those of a new database."""
    old, at = record(facts=first_kinds()), datetime(2026, 1, 1)
    tables = {"reports": [report_row(old)], "report_versions": [version_row(old, True)]} | rows(old)
    engine = create_engine(sql_url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        command.upgrade(migrations._config(connection), "0001")
        for table in TABLES:
            for row in tables.get(table.name, ()):
                values = dict(zip(COLUMNS[table.name], row, strict=True))
                connection.execute(table.insert(), values | {"valid_from": at})
    engine.dispose()
    prepare(sql_url)
    assert query(sql_url, f"SELECT version_num FROM {migrations.VERSION_TABLE}") == [("0002",)]
    before = contents(sql_url)
    assert sum(map(len, before.values())) == sum(map(len, tables.values()))
    load(write(tmp_path / "records", record(facts=all_kinds())), sql_url)
    assert set(before["sanctions"]) <= set(contents(sql_url)["sanctions"])
    assert query(sql_url, "SELECT party, treaty, action, edtf FROM treaty_actions_by_country") == [
        ("LAO", "Penal Code", "ratified", "2014-02")
    ]
    assert query(sql_url, "SELECT made_to, made_by, paragraph FROM recommendations_by_country") == [
        ("LAO", "Committee against Torture", "1(a)")
    ]


def test_a_newer_database_is_refused(tmp_path, sql_url, next_release):
    with next_release:
        prepare(sql_url)
    with pytest.raises(OutputError, match="has schema 0003, newer than 0002 of this program; install that"):
        load(write(tmp_path / "records", record()), sql_url)


def test_data_sets_of_an_older_program_are_refused(tmp_path, fresh, next_release):
    url = fresh("parquet")
    load(write(tmp_path / "records", record()), url)
    with next_release, pytest.raises(OutputError, match=r"has schema 0002 of an older .* load into a new folder"):
        load(tmp_path / "records", url)


def test_a_foreign_database_is_left_alone(fresh):
    url = fresh("sqlite")
    with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
        connection.execute("CREATE TABLE reports (n INTEGER)")
    with pytest.raises(OutputError, match="has a table reports that is not of reportfacts; name another"):
        prepare(url)
    assert query(url, "SELECT name FROM sqlite_master") == [("reports",)]


def test_what_is_no_database_is_refused(tmp_path):
    (tmp_path / "facts.db").write_text("not a database, but long enough to be taken for one" * 20)
    with pytest.raises(OutputError, match="not a database"):
        prepare(f"sqlite:///{tmp_path}/facts.db")
    with pytest.raises(OutputError, match=r"unable to open database file .is there a folder"):
        prepare(f"sqlite:///{tmp_path}/none/facts.db")


def test_the_database_itself_refuses_what_contradicts(sql_url):
    """Constraints are real: a load past our own checks refuses the record and keeps nothing of it."""
    from pipeline.load import Refused, load_record

    sink = sink_for(sql_url)
    sink.prepare()
    for facts in ([penalty(articles=["article-x"])], [article(), article()], [article(instrument="none")]):
        with pytest.raises(Refused):
            load_record(sink, record(facts=facts), datetime(2026, 1, 1))
    sink.close()
    assert not any(contents(sql_url).values())


def test_schema_only(program, url, tmp_path):
    assert program("load", "--schema-only", url).returncode == 0
    assert not any(contents(url).values())


def test_rows_are_as_many_as_was_said():
    one = record(facts=[*all_kinds(), penalty("penalty-q", ["article-a", "article-a"])])
    found = rows(one)
    assert {name: len(rows) for name, rows in found.items()} == sizes(one)
    for name, of_table in found.items():
        assert all(len(row) == len(COLUMNS[name]) for row in of_table), name


# ── what is said ─────────────────────────────────────────────────────────────────────────

SECRET = "s3cr3t-Wort"
REFUSED = (
    f"postgresql://loader:{SECRET}@127.0.0.1:1/facts",
    f"postgresql://127.0.0.1:1/facts?user=loader&password={SECRET}",
    f"postgresql://loader:{SECRET}@127.0.0.1:port/facts",
    f"postgresql://loader:{SECRET}@/facts?host=/nowhere",
    f"mysql://loader:{SECRET}@127.0.0.1/facts",
    f"nosuch://loader:{SECRET}@host/facts",
    f"postgresql//loader:{SECRET}@host",
    f"{SECRET}",
)


@pytest.mark.parametrize("url", REFUSED)
def test_passwords_are_never_said(program, tmp_path, url):
    done = program("load", write(tmp_path / "records", record()), url)
    assert done.returncode == 2
    assert SECRET not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr and len(done.stderr.splitlines()) == 1


def test_a_wrong_password_is_not_repeated(program, tmp_path, fresh):
    url = fresh("postgresql").replace("pw-of-the-loader", SECRET)
    done = program("load", write(tmp_path / "records", record()), url)
    assert done.returncode == 2 and "password authentication failed" in done.stderr
    assert SECRET not in done.stderr


def test_the_command_says_what_it_did(program, tmp_path, fresh):
    folder = write(tmp_path / "records", record(facts=all_kinds()))
    (folder / "bad.json").write_text("{}")
    done = program("load", folder, fresh("sqlite"))
    assert done.returncode == 1
    assert "facts                        7         0          0        0" in done.stdout
    assert f"refused {folder}/bad.json: schema_version: Field required" in done.stdout


def test_importing_the_command_needs_no_driver():
    code = "import pipeline.cli, sys; sys.exit(bool({'duckdb', 'pyarrow', 'psycopg', 'sqlalchemy'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_duckdb_file_is_a_plain_one(tmp_path, fresh):
    url = fresh("duckdb")
    load(write(tmp_path / "records", record(facts=all_kinds())), url)
    with duckdb.connect(url.removeprefix("duckdb:///"), read_only=True) as connection:
        assert connection.execute("SELECT COUNT(*) FROM penalties_by_article").fetchall() == [(2,)]
