"""Kills of the loading process at random moments: nothing is lost, nothing is there twice.

`python -m tests.stress.load` kills twenty loads into each kind of database.
"""

import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg

from pipeline.load import load
from pipeline.records import Record

from ..load import postgres
from ..load.build import large, write
from ..load.conftest import contents, query

KILLS = 20
ROOT = Path(__file__).resolve().parents[2]


def kills(url: str, undisturbed: str, folder: Path, *, times: int, reports: int, facts: int, seed: int) -> list[str]:
    """What is wrong after loads that were killed and a last one that was not; two empty databases are given.

    After each kill every report has to be there whole, as the load before or the killed one says it, or not at all.
    """
    rng = random.Random(seed)
    editions = [large(reports, facts, seed=seed), _edited(large(reports, facts, seed=seed))]
    folders = [write(folder / f"edition{n}", *records) for n, records in enumerate(editions)]
    took = _seconds(folders[0], undisturbed)
    load(folders[1], undisturbed)
    wrong = []
    for n in range(times):
        process = subprocess.Popen(_command(folders[n % 2], url), cwd=ROOT, stdout=subprocess.DEVNULL)
        time.sleep(rng.uniform(0.3, 1.05) * took)
        process.kill()
        process.wait()
        torn = _torn(url, editions) if _made(url) else []
        wrong += [f"{url.split(':')[0]}, kill {n}: {name} is half there" for name in torn]
    load(folders[0], url)
    load(folders[1], url)
    ours, expected = contents(url, history=False), contents(undisturbed, history=False)
    wrong += [f"{url.split(':')[0]}: {name} differs" for name in ours if ours[name] != expected[name]]
    if any(counts.inserted + counts.updated + counts.retired for counts in load(folders[1], url).tables.values()):
        wrong.append(f"{url.split(':')[0]}: the last load did not finish")
    return wrong


def whole(url: str, records: list[Record]) -> set[str]:
    """The names of the reports whose valid facts and boxes are exactly those of these records."""
    found: dict[str, set[str]] = {}
    for report, fact in query(url, "SELECT report_id, id FROM facts WHERE valid_until IS NULL"):
        found.setdefault(report, set()).add(fact)
    boxes = "SELECT f.report_id, COUNT(*) FROM evidence_boxes b JOIN facts f ON f.version = b.version"
    counted = dict(query(url, f"{boxes} AND f.id = b.fact_id WHERE b.valid_until IS NULL GROUP BY f.report_id"))
    return {
        record.source.name
        for record in records
        if found.get(record.source.name) == {fact.id for fact in record.facts}
        and counted[record.source.name] == sum(len(fact.evidence.boxes) for fact in record.facts)
    }


def _torn(url: str, editions: list[list[Record]]) -> set[str]:
    there = {row[0] for row in query(url, "SELECT id FROM reports")}
    return there - set().union(*(whole(url, records) for records in editions))


def _edited(records: list[Record]) -> list[Record]:
    """The same reports as a better program reads them: every third fact is gone."""
    return [
        record.model_copy(update={"facts": tuple(f for n, f in enumerate(record.facts) if n % 3)}) for record in records
    ]


def _made(url: str) -> bool:
    """Whether the tables are there: a kill may come before."""
    try:
        query(url, "SELECT COUNT(*) FROM evidence_boxes")
    except Exception:  # of any driver
        return False
    return True


def _command(folder: Path, url: str) -> list[str]:
    return [sys.executable, "-m", "pipeline", "load", str(folder), url]


def _seconds(folder: Path, url: str) -> float:
    began = time.monotonic()
    subprocess.run(_command(folder, url), cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - began


def killed(times: int = KILLS) -> Iterator[tuple[str, list[str]]]:
    """Each kind of database, and what is wrong with it after the kills."""
    with tempfile.TemporaryDirectory(prefix="reportfacts-stress-") as name, postgres.server() as server:
        folder = Path(name)
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute("CREATE DATABASE ours")
            connection.execute("CREATE DATABASE theirs")
        urls = {
            "SQLite": (f"sqlite:///{folder}/ours.db", f"sqlite:///{folder}/theirs.db"),
            "DuckDB": (f"duckdb:///{folder}/ours.duckdb", f"duckdb:///{folder}/theirs.duckdb"),
            "Parquet": (f"parquet:{folder}/ours", f"parquet:{folder}/theirs"),
            "PostgreSQL": (server.replace("/postgres", "/ours"), server.replace("/postgres", "/theirs")),
        }
        for n, (kind, (ours, theirs)) in enumerate(urls.items()):
            yield kind, kills(ours, theirs, folder / kind, times=times, reports=40, facts=200, seed=n)


def main() -> int:
    failed = 0
    for kind, wrong in killed():
        print(f"{'FAIL' if wrong else 'ok  '} {kind}: {KILLS} kills {'; '.join(wrong[:5])}".rstrip(), flush=True)
        failed += bool(wrong)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
