"""What a task on a dask cluster costs beside the work on its report: scheduling, sending, the look at earlier work."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import distributed
import psutil

from pipeline.run import Input, Job, Outcome, Request, Summary, run

from .reports import ROOT

WARM, TASKS = 10, 100


class Quiet:
    """Watches a run and says nothing."""

    def begin(self, inputs: int) -> None: ...
    def stale(self, item: Input, why: str) -> None: ...
    def retried(self, item: Input, cause: str) -> None: ...
    def done(self, outcome: Outcome) -> None: ...


def measured() -> float:
    """CPU seconds a task of client, scheduler, worker and reading process, without the stages of the reading."""
    local: Any = distributed.LocalCluster
    with (
        tempfile.TemporaryDirectory(prefix="reportfacts-bench-") as name,
        local(n_workers=1, threads_per_worker=1, processes=True, dashboard_address=None) as started,
    ):
        address = started.scheduler_address
        _run(_reports(Path(name) / "warm", WARM), address)
        before = _used()
        summary = _run(_reports(Path(name) / "reports", TASKS), address)
        used = _used() - before
    return (used - sum(sum(outcome.seconds.values()) for outcome in summary.outcomes.values())) / TASKS


def _run(folder: Path, address: str) -> Summary:
    job = Job(f"{folder}-out")
    return run(Request((str(folder),), job, engine="dask", scheduler=address), Quiet())


def _reports(folder: Path, count: int) -> Path:
    """So many small reports, no two with the same bytes."""
    folder.mkdir()
    text = (ROOT / "corpus" / "reports" / "views-arden.txt").read_bytes()
    for n in range(count):
        (folder / f"{n:03}.txt").write_bytes(text + b"\n" * n)
    return folder


def _used() -> float:
    """CPU seconds so far of this process and of all below it."""
    return sum(sum(process.cpu_times()[:2]) for process in _all())


def _all() -> Iterator[psutil.Process]:
    mine = psutil.Process(os.getpid())
    yield mine
    yield from mine.children(recursive=True)
