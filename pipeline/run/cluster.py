"""The same work on a dask.distributed cluster.

A task is one report. It looks itself whether an earlier run's work still holds, so doing it twice is harmless: what a
dead machine had is simply done again. On each of the cluster's workers reports are read in a process of their own, as
on one machine, so that a report that crashes, hangs or outgrows memory costs neither the worker nor its neighbours.
"""

import hashlib
import importlib
import multiprocessing
import threading
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from ..errors import UsageError
from .job import Input, Job, Outcome, failed
from .local import Retried, Solitary
from .resume import Earlier
from .store import is_url, open_store

RETRIES = 3
AHEAD = 4  # tasks that the scheduler has for each thread of the cluster
CONNECT = 15


def run(
    items: Iterator[Input | None], job: Job, scheduler: str | None, retried: Retried, force: bool
) -> Iterator[Outcome]:
    """The outcome of each item as the cluster has it; UsageError where there is no cluster."""
    client = connect(scheduler)
    try:
        distributed: Any = importlib.import_module("distributed")

        job = replace(job, output=_everywhere(job.output), options=_options(job))
        reports = filter(None, items)
        waiting: dict[str, Input] = {}

        def submit(item: Input) -> Any:
            key = f"report-{hashlib.sha256(item.name.encode()).hexdigest()[:32]}"
            waiting[key] = item
            there = replace(item, location=_everywhere(item.location))
            return client.submit(task, there, job, force, key=key, retries=RETRIES, pure=False)

        ahead = AHEAD * max(sum(client.nthreads().values()), 1)
        active = distributed.as_completed([submit(item) for item in islice(reports, ahead)], loop=client.loop)
        for future in active:
            item = waiting.pop(future.key)
            try:
                outcome, again = future.result()
            except distributed.KilledWorker:
                outcome, again = failed(item, "crash", "took down the machines that tried to read it"), None
            if again:
                retried(item, again)
            yield outcome
            for following in islice(reports, 1):
                active.add(submit(following))
    finally:
        client.close()


def connect(scheduler: str | None) -> Any:
    """A client of the cluster at that address."""
    if not scheduler:
        raise UsageError("--engine dask: needs the cluster's address: --scheduler tcp://host:8786")
    try:
        distributed: Any = importlib.import_module("distributed")
    except ImportError as error:
        raise UsageError("--engine dask: install it with: pip install 'reportfacts[cluster]'") from error
    try:
        return distributed.Client(scheduler, timeout=CONNECT, set_as_default=False)
    except (OSError, ValueError) as error:
        raise UsageError(f"--scheduler {scheduler}: no cluster answers there: {error}") from error


def task(item: Input, job: Job, force: bool) -> tuple[Outcome, str | None]:
    """On a worker of the cluster: the outcome of one report, and what ended its first attempt, if that failed."""
    why: str | None = "--force"
    if not force:
        outcome, why = _earlier(job).find(item)
        if outcome is not None:
            return outcome, None
    result, again = _solitary().outcome(item, job)
    return replace(result, why=why), again


@cache
def _earlier(job: Job) -> Earlier:
    return Earlier(open_store(job.output), job, counts=False)


_mine = threading.local()


def _solitary() -> Solitary:
    """This thread's own reading process, kept from task to task."""
    # The workers of dask's nannies are daemons, which multiprocessing lets have no children. Ours die with them.
    multiprocessing.current_process()._config.pop("daemon", None)  # type: ignore[attr-defined]
    if not hasattr(_mine, "solitary"):
        _mine.solitary = Solitary()
    solitary: Solitary = _mine.solitary
    return solitary


def _everywhere(location: str) -> str:
    """A location that means the same in every worker's folder."""
    return location if is_url(location) else str(Path(location).resolve())


def _options(job: Job) -> Any:
    rules = job.options.rules
    return replace(job.options, rules=rules.resolve() if rules else None)
