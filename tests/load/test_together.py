"""Loads that are killed, cut off from their database, or run beside each other."""

import signal
import sqlite3
import subprocess
import sys
import threading
import time
from datetime import datetime

import psycopg
import pytest

from pipeline.errors import OutputError
from pipeline.load import load, load_record, sink_for
from pipeline.load import parquet as parquet_sink
from pipeline.load import sql as sql_sink

from ..stress.load import kills, whole
from .build import article, figure, large, record, write
from .conftest import KINDS, contents, query, valid

T1 = datetime(2026, 1, 1, 12, 0, 0, 5)


@pytest.mark.parametrize("kind", KINDS)
def test_kills_lose_and_double_nothing(tmp_path, fresh, kind):
    assert kills(fresh(kind), fresh(kind), tmp_path, times=3, reports=12, facts=60, seed=1) == []


def start(folder, url):
    command = [sys.executable, "-m", "pipeline", "load", str(folder), url]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.mark.parametrize("kind", KINDS)
def test_two_loads_at_once(tmp_path, fresh, kind):
    """Each of the same records and of another version of each of them, into tables that nobody made yet."""
    older = [record(f"{n}.pdf", f"old {n}", [article(), figure()], symbol=f"A/{n}") for n in range(8)]
    newer = [record(f"{n}.pdf", f"new {n}", [article("article-b")], symbol=f"A/{n}") for n in range(8)]
    folders = [
        write(tmp_path / "one", *older),
        write(tmp_path / "two", *(one.model_copy(update={"title": "Newer"}) for one in newer)),
        write(tmp_path / "three", *older),
    ]
    url, expected = fresh(kind), fresh(kind)
    running = [start(folder, url) for folder in folders]
    said = [(process.communicate(timeout=120), process.returncode) for process in running]
    assert [code for _, code in said] == [0, 0, 0], said
    load(folders[0], expected, now=T1)
    load(folders[1], expected, now=T1)
    both, alone = contents(url, history=False), contents(expected, history=False)
    for name in set(both) - {"reports", "report_versions"}:  # which load came last is not told
        assert both[name] == alone[name], name
    assert len(both["reports"]) == 8 and len(both["report_versions"]) == 16
    latest = dict(valid(url, "report_versions", "report_id, version") and query(url, _LATEST))
    assert latest == {f"A/{n}": 1 for n in range(8)}, "one latest version of each report"


_LATEST = "SELECT report_id, COUNT(*) FROM report_versions WHERE latest GROUP BY report_id"


@pytest.mark.parametrize("kind", ["sqlite", "duckdb", "parquet"])
def test_a_load_waits_then_says_what_holds_it(tmp_path, fresh, kind, monkeypatch):
    folder = write(tmp_path / "records", record())
    url = fresh(kind)
    load(folder, url, now=T1)
    monkeypatch.setattr(sql_sink, "LOCK_WAIT", 0.3)
    monkeypatch.setattr(parquet_sink, "LOCK_WAIT", 0.3)
    with _held(url), pytest.raises(OutputError, match=r"another (program|load) held it.*try again"):
        load(folder, url, now=T1)
    load(folder, url, now=T1)


HOLD = {
    "sqlite": "import sqlite3; c = sqlite3.connect(path, isolation_level=None); c.execute('BEGIN IMMEDIATE')",
    "duckdb": "import duckdb; c = duckdb.connect(path)",
    "parquet": "import fcntl; c = open(path + '/.lock', 'w'); fcntl.flock(c, fcntl.LOCK_EX)",
}


class _held:
    """Another process that writes to the database."""

    def __init__(self, url):
        kind, path = url.split(":", 1)
        code = f"path = {path.removeprefix('///')!r}; {HOLD[kind]}; print('held', flush=True); input()"
        self.process = subprocess.Popen(
            [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def __enter__(self):
        assert self.process.stdout.readline() == "held\n"

    def __exit__(self, *_):
        self.process.communicate("\n")


def test_a_load_that_has_to_wait_goes_on_when_the_other_is_done(tmp_path, fresh):
    folder, url = write(tmp_path / "records", record()), fresh("sqlite")
    load(folder, url, now=T1)
    other = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    timer = threading.Timer(0.5, lambda: other.execute("COMMIT"))
    timer.start()
    assert load(folder, url, now=T1).records == 1
    timer.join()


@pytest.mark.parametrize("kind", ["sqlite", "parquet"])
def test_an_interrupted_load_says_so(tmp_path, fresh, kind):
    folder, url = write(tmp_path / "records", record("b.pdf", "b")), fresh(kind)
    load(folder, url, now=T1)
    before = contents(url)
    with _held(url):
        write(folder, record("a.pdf", "a"))
        process = start(folder, url)
        time.sleep(3)
        process.send_signal(signal.SIGINT)
        said = process.communicate(timeout=60)
    assert process.returncode == 130 and "interrupted" in said[1] and "Traceback" not in said[1]
    assert contents(url) == before
    assert load(folder, url, now=T1).tables["reports"].inserted == 1


def test_readers_go_on_while_a_load_writes(tmp_path, fresh):
    url = fresh("sqlite")
    load(write(tmp_path / "records", record()), url, now=T1)
    sink = sink_for(url)
    sink.prepare()
    with sink.transaction("x", "y"):
        assert len(query(url, "SELECT * FROM reports")) == 1
    sink.close()


def test_a_lost_connection_leaves_each_report_old_or_new(tmp_path, fresh, server):
    records = large(8, 200)
    folder, url, expected = write(tmp_path / "records", *records), fresh("postgresql"), fresh("postgresql")
    load(folder, expected, now=T1)

    def cut(name):
        if name == "report00004.pdf.json":
            with psycopg.connect(server, autocommit=True) as connection:
                connection.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
                    [url.rsplit("/", 1)[1]],
                )

    with pytest.raises(OutputError) as error:
        load(folder, url, now=T1, progress=cut)
    assert "pw-of-the-loader" not in str(error.value)
    assert len(whole(url, records)) == 4
    load(folder, url, now=T1)
    assert contents(url) == contents(expected)


def test_two_versions_of_a_report_wait_for_each_other(fresh):
    url = fresh("postgresql")
    first, second = (record("a.pdf", text, [article()], symbol="A/1") for text in ("one", "two"))
    ours, theirs = sink_for(url), sink_for(url)
    ours.prepare()
    theirs.prepare()
    done = []
    with ours.transaction("A/1", first.source.sha256):
        thread = threading.Thread(target=lambda: done.append(load_record(theirs, second, T1)))
        thread.start()
        time.sleep(0.5)
        assert done == []
    thread.join()
    assert len(done) == 1
    load_record(ours, first, datetime(2026, 1, 2))
    assert valid(url, "report_versions", "version, latest") == sorted(
        [(first.source.sha256, True), (second.source.sha256, False)], key=repr
    )
    ours.close()
    theirs.close()
