"""Loading into SQLite, PostgreSQL, DuckDB and Parquet: the same rows, again and again without harm."""

import csv
import json
from datetime import datetime, timedelta

import pandas
import pytest

from pipeline.load import load
from pipeline.load.export import export
from pipeline.load.schema import COLUMNS, TABLES, VIEWS

from .build import all_kinds, article, figure, large, penalty, record, write
from .conftest import KINDS, contents, query, valid

T1 = datetime(2026, 1, 1, 12, 0, 0, 5)
T2, T3, T4 = (T1 + timedelta(days=n) for n in (1, 2, 3))


def counts(done):
    """What changed, without what did not: (inserted, updated, retired) by table."""
    found = {name: (c.inserted, c.updated, c.retired) for name, c in done.tables.items()}
    return {name: what for name, what in found.items() if any(what)}


@pytest.fixture
def records(tmp_path):
    return write(
        tmp_path / "records",
        record("a.pdf", "a", all_kinds(), symbol="A/1"),
        record("b.pdf", "b", [article("article-b", "7"), penalty("penalty-b", ["article-b"])], country=None),
        record("c.pdf", "c", [], country="KGZ", title="Tabs\tand \\ and\nlines", instruments=[]),
    )


def test_all_sinks_hold_the_same_rows(records, fresh):
    urls = [fresh(kind) for kind in KINDS]
    printed = [load(records, url, now=T1).tables for url in urls]
    tables = [contents(url) for url in urls]
    assert all(counted == printed[0] for counted in printed)
    for found in tables[1:]:
        assert found == tables[0]
    assert {name: counted.inserted for name, counted in printed[0].items()} == {n: len(r) for n, r in tables[0].items()}


def test_views_give_the_same_rows(records, fresh):
    found = []
    for kind in KINDS:
        url = fresh(kind)
        load(records, url, now=T1)
        found.append({name: sorted(map(str, map(plain, query(url, f"SELECT * FROM {name}")))) for name in VIEWS})
    assert all(views == found[0] for views in found)
    assert all(found[0].values())


def plain(row):
    """SQLite has no dates, times and booleans of its own in a view."""
    return tuple(
        str(v).removesuffix(".000000") if isinstance(v, (str, bool)) or hasattr(v, "isoformat") else v
        for v in (int(v) if isinstance(v, bool) else v for v in row)
    )


def test_loading_twice_changes_no_row(records, url):
    load(records, url, now=T1)
    before = contents(url)
    again = load(records, url, now=T2)
    assert counts(again) == {}
    assert {name: c.unchanged for name, c in again.tables.items()} == {n: len(rows) for n, rows in before.items()}
    assert contents(url) == before


def test_a_fact_that_vanishes_is_retired_with_its_children_and_comes_back(tmp_path, url):
    folder = tmp_path / "records"
    write(folder, record(facts=all_kinds()))
    load(folder, url, now=T1)
    whole = contents(url, history=False)
    write(folder, record(facts=[f for f in all_kinds() if f["kind"] not in ("penalty", "date")]))
    assert counts(load(folder, url, now=T2)) == {
        "report_versions": (0, 1, 0),
        "facts": (0, 0, 2),
        "penalties": (0, 0, 1),
        "penalty_articles": (0, 0, 1),
        "sanctions": (0, 0, 2),
        "dates": (0, 0, 1),
        "evidence_boxes": (0, 0, 2),
    }
    assert [row[0] for row in query(url, f"SELECT id FROM facts WHERE valid_until = '{T2}' ORDER BY id")] == [
        "date-d",
        "penalty-p",
    ]
    assert query(url, "SELECT * FROM penalties_by_article") == []
    write(folder, record(facts=all_kinds()))
    assert counts(load(folder, url, now=T3))["facts"] == (0, 2, 0)
    assert query(url, "SELECT id FROM facts WHERE valid_until IS NOT NULL") == []
    assert len(query(url, f"SELECT id FROM facts WHERE valid_from = '{T3}'")) == 2, "not said between"
    assert contents(url, history=False) == whole


def test_what_changes_in_a_fact_is_updated(tmp_path, url):
    folder = tmp_path / "records"
    write(folder, record(facts=all_kinds()))
    load(folder, url, now=T1)
    moved = [fact | {"evidence": fact["evidence"] | {"section": "2", "page": 2}} for fact in all_kinds()]
    write(folder, record(facts=moved, title="Corrected"))
    assert counts(load(folder, url, now=T2)) == {
        "reports": (0, 1, 0),
        "report_versions": (0, 1, 0),
        "facts": (0, len(all_kinds()), 0),
    }
    assert valid(url, "facts", "section_id, page") == [("2", 2)] * len(all_kinds())
    assert query(url, "SELECT title FROM reports") == [("Corrected",)]


def test_a_new_version_keeps_the_facts_of_the_old(tmp_path, url):
    old = record("a.pdf", "old", [article("article-a", "1"), figure()], symbol="A/1")
    new = record("a.pdf", "new", [article("article-a", "1"), article("article-b", "2")], symbol="A/1", title="Newer")
    load(write(tmp_path / "old", old), url, now=T1)
    load(write(tmp_path / "new", new), url, now=T2)
    assert len(valid(url, "facts")) == 4
    assert sorted(query(url, "SELECT id FROM current_facts")) == [("article-a",), ("article-b",)]
    assert query(url, "SELECT title FROM reports") == [("Newer",)]
    changes = query(url, "SELECT change, fact_id FROM changes_since_last_load ORDER BY fact_id")
    assert changes == [("kept", "article-a"), ("new", "article-b")]
    before = contents(url)
    load(tmp_path / "old", url, now=T3)
    assert contents(url) == before, "the old version, loaded again, is not the latest"


def test_formats_and_languages_of_a_report_in_one_load(tmp_path, url):
    russian = [{"language": "ru", "start": 0, "end": 900}, {"language": "en", "start": 900, "end": 1000}]
    folder = write(
        tmp_path / "records",
        record("a.docx", "docx", [article("article-a")], symbol="A/1"),
        record("a.pdf", "pdf", [article("article-a")], symbol="A/1"),
        record("ru.pdf", "ru", [article("article-r", language="ru")], symbol="A/1", languages=russian),
    )
    load(folder, url, now=T1)
    assert valid(url, "report_versions", "name, language, latest") == [
        ("a.docx", "en", False),
        ("a.pdf", "en", True),
        ("ru.pdf", "ru", True),
    ]
    assert sorted(query(url, "SELECT source, id FROM current_facts")) == [
        ("a.pdf", "article-a"),
        ("ru.pdf", "article-r"),
    ]
    before = contents(url)
    load(folder, url, now=T2)
    assert contents(url) == before


def test_one_file_under_two_names_is_loaded_once(tmp_path, url):
    folder = write(tmp_path / "records", record("a.pdf", "same", all_kinds()), record("b.pdf", "same", all_kinds()))
    done = load(folder, url, now=T1)
    assert [name.rsplit("/", 1)[1] for name, _ in done.same] == ["b.pdf.json"]
    assert done.refused == []
    assert query(url, "SELECT id FROM reports") == [("a.pdf",)]


def test_a_renamed_report_takes_its_facts_along(tmp_path, url):
    load(write(tmp_path / "before", record("a.pdf", "same", all_kinds())), url, now=T1)
    done = load(write(tmp_path / "after", record("b.pdf", "same", all_kinds())), url, now=T2)
    assert counts(done) == {"reports": (1, 0, 1), "report_versions": (0, 1, 0), "facts": (0, len(all_kinds()), 0)}
    assert valid(url, "reports", "id") == [("b.pdf",)]
    assert {row[0] for row in query(url, "SELECT report_id FROM current_facts")} == {"b.pdf"}
    load(tmp_path / "before", url, now=T3)
    assert valid(url, "reports", "id") == [("a.pdf",)]
    assert len(query(url, "SELECT * FROM current_facts")) == len(all_kinds())


def test_a_report_whose_country_is_found_later(tmp_path, url):
    load(write(tmp_path / "a", record(facts=all_kinds(), country=None)), url, now=T1)
    load(write(tmp_path / "b", record(facts=all_kinds(), country="FJI")), url, now=T2)
    assert {row[0] for row in query(url, "SELECT country FROM current_facts")} == {"FJI"}
    assert len(query(url, "SELECT * FROM facts")) == len(all_kinds())


def test_a_dry_run_tells_what_a_load_does_and_writes_nothing(records, tmp_path, url):
    first = load(records, url, now=T1, dry_run=True)
    assert not list(tmp_path.glob("facts*"))
    assert load(records, url, now=T1).tables == first.tables
    before = contents(url)
    write(records, record("a.pdf", "a2", [article()], symbol="A/1"), record("c.pdf", "c", [figure()], country="KGZ"))
    rehearsed = load(records, url, now=T2, dry_run=True)
    assert contents(url) == before
    done = load(records, url, now=T2)
    assert done.tables == rehearsed.tables
    assert done.tables["reports"].inserted == 0 and done.tables["report_versions"].inserted == 1


BROKEN = {
    "cut.json": '{"schema_version": "1.0", "source": {',
    "other.json": "[]",
    "empty.json": "",
}


def test_what_does_not_validate_is_refused_by_name_and_the_rest_loads(records, url):
    for name, text in BROKEN.items():
        (records / name).write_text(text)
    wrong = {
        "id-twice": {"facts": [article(), article()]},
        "no-section": {"facts": [article(section="9")]},
        "no-article": {"facts": [penalty(articles=["article-x"])]},
        "no-instrument": {"facts": [article(instrument="x")]},
        "nul": {"title": "a\x00b"},
        "backwards": {"paragraphs": [{"number": "1", "section": None, "start": 9, "end": 3}]},
        "country": {"country": "../"},
        "huge": {"facts": [figure(per=2**40)]},
    }
    for name, fields in wrong.items():
        write(records, record(name, name, **fields))
    done = load(records, url, now=T1)
    assert sorted(name.rsplit("/", 1)[1] for name, _ in done.refused) == sorted(
        [*BROKEN, *(f"{n}.json" for n in wrong)]
    )
    assert done.records == 3
    assert len(query(url, "SELECT * FROM report_versions")) == 3


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_an_export_equals_the_tables(records, tmp_path, fresh, form):
    write(records, record("a.docx", "docx", [article()], symbol="A/1"))  # a report with two versions
    url = fresh("duckdb")
    load(records, url, now=T1)
    export(records, tmp_path / "out", form)
    tables = contents(url, history=False)
    for table in TABLES:
        with (tmp_path / "out" / f"{table.name}.{form}").open(encoding="utf-8", newline="") as file:
            found = list(csv.reader(file))[1:] if form == "csv" else [list(json.loads(line).values()) for line in file]
        expected = [[_exported(value, form) for value in row] for row in tables[table.name]]
        assert sorted(map(str, found)) == sorted(map(str, expected)), table.name


def _exported(value, form):
    if form == "jsonl":
        return value.isoformat() if hasattr(value, "isoformat") else value
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def test_parquet_is_read_by_pandas_with_its_types_and_partitions(records, fresh, tmp_path):
    url = fresh("parquet")
    load(records, url, now=T1)
    folder = url.removeprefix("parquet:")
    for table in TABLES:
        frame = pandas.read_parquet(f"{folder}/{table.name}")
        assert set(frame.columns) == {*COLUMNS[table.name], "valid_from", "valid_until", "country"}
    facts = pandas.read_parquet(f"{folder}/facts", filters=[("country", "=", "LAO")])
    assert len(facts) == len(all_kinds()) and str(facts["valid_from"].dtype).startswith("datetime64")


def test_parquet_shows_a_load_as_a_whole(tmp_path, fresh):
    """Whoever opened the files before a load reads them to their end; a load shows nothing before its end."""
    from pipeline.load import load_record, sink_for

    url = fresh("parquet")
    load(write(tmp_path / "records", *large(3, 20)), url, now=T1)
    folder = tmp_path / url.rsplit("/", 1)[1]
    opened = [path.resolve() for path in (folder / "facts").glob("*/*.parquet")]
    before = contents(url)
    sink = sink_for(url)
    sink.exists()
    sink.prepare()
    load_record(sink, record("new.pdf", "new", all_kinds()), T2)
    assert contents(url) == before
    sink.close()
    assert len(contents(url)["reports"]) == 4
    assert sum(len(pandas.read_parquet(path)) for path in opened) == 60
