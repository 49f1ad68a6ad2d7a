"""Many reports into one output folder: each done once, whole or not at all, and one bad report never stops the others.

paths ──inputs──▶ Plan ──resume──▶ stale Inputs ──local | cluster──▶ Outcomes ──report──▶ run.json
"""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from ..errors import NoRoomError, UsageError
from . import lock, report
from .inputs import Plan, plan
from .job import Input, Job, Limits, Outcome
from .journal import Journal
from .layout import LEDGER, RECORD, TEXT
from .report import Summary
from .resume import Earlier
from .store import NO_ROOM, LocalStore, Store, no_room, open_store

__all__ = ["Input", "Job", "Limits", "Outcome", "Request", "Summary", "Watcher", "run"]

EngineName = Literal["local", "dask"]
Engine = Callable[[Iterator[Input | None]], Iterator[Outcome]]


@dataclass(frozen=True, slots=True)
class Request:
    """One call of `reportfacts run`."""

    paths: tuple[str, ...]
    job: Job
    workers: int = 0
    force: bool = False
    prune: bool = False
    engine: EngineName = "local"
    scheduler: str | None = None


class Watcher(Protocol):
    """Who is told of a run's progress: the screen, the log."""

    def begin(self, inputs: int) -> None: ...
    def stale(self, item: Input, why: str) -> None: ...
    def retried(self, item: Input, cause: str) -> None: ...
    def done(self, outcome: Outcome) -> None: ...


def run(request: Request, watcher: Watcher) -> Summary:
    """Work through all inputs, and write `run.json`. UsageError, OutputError or RulesError end it before or midway."""
    began = time.monotonic()
    job = request.job
    _check(job)
    found = plan(request.paths, job.output)
    if request.prune and found.unknown:
        raise UsageError(f"--prune: {found.unknown[0]}; see to it first, or the records from there would be removed")
    store = open_store(job.output)
    with lock.hold(store.root) if isinstance(store, LocalStore) else lock.hold_remote(store, job.output):
        if isinstance(store, LocalStore):
            store.sweep()
        work = Run(request, found, store, watcher)
        work.all()
        orphans = _orphans(store, found.items, request.prune)
        summary = Summary(
            work.outcomes, orphans, request.prune, time.monotonic() - began, work.workers, dict(work.retried)
        )
        _write(store, job, report.listing(summary, job, work.earlier.digests))
        if work.journal:
            work.journal.end()
        return replace(summary, wall=time.monotonic() - began)


class Run:
    """A run under way: what is done of it, by name."""

    def __init__(self, request: Request, found: Plan, store: Store, watcher: Watcher) -> None:
        self.request, self.found, self.store, self.watcher = request, found, store, watcher
        self.earlier = Earlier(store, request.job)
        self.journal = Journal(store.root) if isinstance(store, LocalStore) else None
        self.outcomes: dict[str, Outcome] = {}
        self.retried: dict[str, str] = {}
        self.workers = request.workers or len(os.sched_getaffinity(0))

    def all(self) -> None:
        self.watcher.begin(len(self.found.items) + len(self.found.outcomes))
        for outcome in self.found.outcomes.values():
            self.settle(outcome)
        for outcome in self.engine()(self.stale()):
            if outcome.why:
                self.watcher.stale(self.found.items[outcome.name], outcome.why)
            self.settle(self.keep(outcome) if outcome.new else outcome)
        for folder, names in self.found.folders.items():
            if all(self.outcomes[name].status == "skipped" for name in names):
                why = f"{folder}: holds no report; check the path"
                self.settle(Outcome(folder, "failed", "missing input", why))

    def settle(self, outcome: Outcome) -> None:
        self.outcomes[outcome.name] = outcome
        self.watcher.done(outcome)

    def keep(self, outcome: Outcome) -> Outcome:
        """Bring the output into line with the outcome of an item that was worked on."""
        item = self.found.items[outcome.name]
        try:
            if outcome.status == "ok":
                self.earlier.forget(item)
                if self.journal:
                    self.journal.add(outcome)
                return outcome
            return self.earlier.remember(item, outcome)
        except OSError as error:
            if error.errno in NO_ROOM:
                raise NoRoomError(no_room(self.request.job.output, error)) from error
            return outcome

    def stale(self) -> Iterator[Input | None]:
        """The inputs to work on, None for each that is done.

        The largest come first, so that no long one is left to a single worker at the end.
        """
        for item in sorted(self.found.items.values(), key=lambda item: (-item.bytes, item.name)):
            if self.request.engine == "dask":  # whose tasks look for themselves
                yield item
                continue
            if self.request.force:
                outcome, why = None, "--force"
            else:
                outcome, why = self.earlier.find(item)
            if outcome is not None:
                self.settle(outcome)
                yield None
            else:
                self.watcher.stale(item, why)
                yield item

    def retry(self, item: Input, cause: str) -> None:
        self.retried[item.name] = cause
        self.watcher.retried(item, cause)

    def engine(self) -> Engine:
        """The way in which the items are worked on."""
        job = self.request.job
        if self.request.engine == "local":
            from . import local

            return lambda items: local.run(items, job, self.workers, self.retry)
        from . import cluster

        return lambda items: cluster.run(items, job, self.request.scheduler, self.retry, self.request.force)


def _check(job: Job) -> None:
    """Refuse rules that cannot be used before anything is done."""
    if job.options.rules is not None:
        from .. import rules

        rules.load(job.options.rules)


def _orphans(store: Store, names: Iterable[str], prune: bool) -> tuple[str, ...]:
    """Records in the output whose report is not among the inputs; `prune` removes them with their texts."""
    known = {f"{name}.json" for name in names} | {"run.json"}
    found = []
    for name in store.names():
        if name.endswith(".json") and name not in known and _is_record(store, name):
            found.append(name.removesuffix(".json"))
    if prune:
        for stem in found:
            for ending in (RECORD, TEXT, LEDGER):
                store.remove(stem + ending)
        return ()
    return tuple(found)


def _is_record(store: Store, name: str) -> bool:
    head, _ = store.ends(name, 400)
    return b'"schema_version"' in head and b'"source"' in head


def _write(store: Store, job: Job, listing: object) -> None:
    try:
        store.write("run.json", report.dump(listing))
    except OSError as error:
        raise NoRoomError(no_room(f"{job.output}/run.json", error)) from error
