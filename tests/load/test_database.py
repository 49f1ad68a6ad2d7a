"""The README's queries give the same in each database, its diagram is that of the schema."""

import re
import subprocess
import sys

import pytest

from pipeline.load import METADATA, load
from pipeline.load.schema import TABLES

from .database import QUERIES, ROOT, answer, diagram, render

README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def outputs():
    folder = ROOT / "outputs" / "reports"
    if not folder.is_dir():
        pytest.skip("no outputs/: make outputs")
    return folder


def test_queries_of_the_readme_give_the_same_in_every_database(outputs, fresh):
    answers = []
    for kind in ("sqlite", "duckdb", "postgresql"):
        url = fresh(kind)
        load(outputs, url)
        answers.append([answer(url, query) for _, query in QUERIES])
    assert answers[1] == answers[0] and answers[2] == answers[0]
    assert all(rows for _, rows in answers[0])


def test_the_diagram_names_every_table_and_tie():
    lines = list(diagram())
    assert {line.split()[0] for line in lines if line.endswith("{")} == {table.name for table in TABLES}
    assert sum("--o" in line for line in lines) == sum(len(t.foreign_key_constraints) for t in TABLES)


def test_the_readme_shows_the_diagram_and_the_queries():
    if "erDiagram" not in README:
        pytest.skip("README.md has no diagram; make readme")
    assert "\n".join(diagram()) in README
    assert all(query.strip() in README for _, query in QUERIES)


def test_the_part_is_the_same_each_time(outputs):
    assert render() == render()


def test_the_command_for_datasette_finds_the_metadata():
    code = re.search(r"python -c '([^']+)'", render())
    assert code
    done = subprocess.run([sys.executable, "-c", code[1]], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout.strip() == str(METADATA) and METADATA.is_file()
