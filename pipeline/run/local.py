"""Worker processes of this machine: a report that crashes, hangs or outgrows memory takes only its own worker down.

Each worker is a Pebble pool of one process, started afresh (spawn): a worker that dies leaves no lock or half-sent
message to the others. Its report is tried once more alone after all the rest, then given up with the reason.
"""

import ctypes
import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Future, wait
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pebble import ProcessExpired, ProcessPool

from ..errors import OutputError
from .interrupts import held
from .job import Cause, Input, Job, Outcome, failed

POLL = 0.1  # seconds between two looks at the workers' memory
STARTS = 5
PAGE = os.sysconf("SC_PAGE_SIZE")
PR_SET_PDEATHSIG = 1
Retried = Callable[[Input, str], None]


def start(parent: int) -> int:
    """Make this process a worker and give its id: it heads its own process group and dies with its parent."""
    os.setpgid(0, 0)
    with suppress(AttributeError, OSError):  # Linux only
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
    from . import task  # noqa: F401  loaded before any report's time begins to count

    return os.getpid()


def work(item: Input, job: Job) -> Outcome:
    """`task.work`, in the worker: the parent never loads what reads reports."""
    from .task import work as work_here

    return work_here(item, job)


class Worker:
    """One worker process; `item` is the report that it has, `pid` is None until the process is there."""

    def __init__(self, item: Input) -> None:
        self.item: Input | None = item
        self.pid: int | None = None
        self.outgrew = False
        self.pool = ProcessPool(1, context=multiprocessing.get_context("spawn"))
        try:
            with held():
                self.start: Future[int] = self.pool.schedule(start, args=(os.getpid(),))
        except OSError as error:
            why = (
                f"{error.strerror}; see that /dev/shm may be written to, and how many files and processes you may have"
            )
            raise OutputError(f"worker processes cannot be started: {why}") from error
        self.work: Future[Outcome] | None = None

    def give(self, item: Input, job: Job) -> None:
        self.item = item
        try:
            with held():
                self.work = self.pool.schedule(work, args=(item, job), timeout=job.limits.timeout)
        except RuntimeError as error:  # somebody killed the process while it had nothing to do
            self.work = Future()
            self.work.set_exception(BrokenExecutor(str(error)))

    @property
    def future(self) -> Future[Any]:
        return self.work or self.start

    def result(self) -> Outcome | Cause:
        """What the work came to, or how it ended the process."""
        assert self.work
        try:
            return self.work.result()
        except TimeoutError:
            return "timeout"
        except MemoryError:
            return "memory"
        except (ProcessExpired, BrokenExecutor, CancelledError):
            return "memory" if self.outgrew else "crash"

    def watch(self, megabytes: int) -> None:
        """Kill the process if it holds more than that."""
        if self.pid and resident(self.pid) > megabytes * 2**20:
            self.outgrew = True
            self.kill()

    def kill(self) -> None:
        """End the process with all that it started (OCR engines, converters, in whatever session)."""
        for pid in [*descendants(self.pid), self.pid] if self.pid else []:
            with suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)

    def close(self) -> None:
        with held():
            self.kill()
            self.pool.stop()  # type: ignore[no-untyped-call]
            self.pool.join()


def descendants(pid: int) -> list[int]:
    """The processes below a process; none where the system does not tell."""
    found: list[int] = []
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            children = [int(child) for child in path.read_text().split()]
            found += [*children, *(each for child in children for each in descendants(child))]
    return found


def resident(pid: int) -> int:
    """Resident memory of a process in bytes, 0 where it has ended or the system does not tell."""
    try:
        handle = os.open(f"/proc/{pid}/statm", os.O_RDONLY)  # asked so often that a Path would show in the run's cost
        try:
            return int(os.read(handle, 100).split()[1]) * PAGE
        finally:
            os.close(handle)
    except (OSError, IndexError, ValueError):
        return 0


def run(items: Iterator[Input | None], job: Job, workers: int, retried: Retried) -> Iterator[Outcome]:
    """The outcome of each item, as they are done; `retried` hears of each one that is tried again, and why.

    A None among the items is a moment's work on something else: where many come in a row, workers are looked after.
    """
    suspects: dict[str, Input] = {}
    for item, outcome in _pass(items, job, workers):
        if isinstance(outcome, Outcome):
            yield outcome
        else:
            suspects[item.name] = item
            retried(item, outcome)
    for name in sorted(suspects):
        for item, outcome in _pass(iter([suspects[name]]), job, 1):
            yield outcome if isinstance(outcome, Outcome) else given_up(item, outcome, job)


def given_up(item: Input, cause: Cause, job: Job) -> Outcome:
    """Quarantine: what killed two workers, the second of them alone, is not tried again."""
    why = {
        "timeout": f"took longer than {job.limits.timeout:g} s, twice; raise --timeout" if job.limits.timeout else "",
        "memory": f"needed more than {job.limits.memory} MB, twice; raise --memory",
        "crash": "crashed the process that read it, twice; it may be damaged: save it anew or convert it",
    }[cause]
    return failed(item, cause, why)


class Solitary:
    """One worker process, kept from report to report, for who runs in a process that is not ours to risk."""

    def __init__(self) -> None:
        self.worker: Worker | None = None

    def outcome(self, item: Input, job: Job) -> tuple[Outcome, str | None]:
        """The outcome, and how the first attempt ended its process, if it did; a second one is the last."""
        first = self._attempt(item, job)
        if isinstance(first, Outcome):
            return first, None
        second = self._attempt(item, job)
        return (second if isinstance(second, Outcome) else given_up(item, second, job)), first

    def _attempt(self, item: Input, job: Job) -> Outcome | Cause:
        worker = self.worker or Worker(item)
        self.worker = worker
        try:
            worker.pid = worker.pid or worker.start.result()
            worker.give(item, job)
            while wait([worker.future], timeout=POLL).not_done:
                if job.limits.memory:
                    worker.watch(job.limits.memory)
            result = worker.result()
        except (ProcessExpired, BrokenExecutor, CancelledError):
            result = "crash"
        if not isinstance(result, Outcome):
            self.worker = None
            worker.close()
        return result


def _pass(items: Iterator[Input | None], job: Job, workers: int) -> Iterator[tuple[Input, Outcome | Cause]]:
    """Each item once: its outcome, or how it ended its worker."""
    crew: list[Worker] = []
    started = Started()
    try:
        while True:
            looking = _fill(crew, items, job, workers)
            busy = [worker for worker in crew if worker.item]
            if not busy and not looking:
                return
            wait([worker.future for worker in busy], timeout=0 if looking else POLL, return_when=FIRST_COMPLETED)
            for worker in busy:
                assert worker.item
                if not worker.future.done():
                    if job.limits.memory:
                        worker.watch(job.limits.memory)
                elif worker.pid is None:
                    started.check(worker, crew, job)
                else:
                    item, result = worker.item, worker.result()
                    worker.item = None
                    if not isinstance(result, Outcome):
                        crew.remove(worker)
                        worker.close()
                    yield item, result
    finally:
        with held():
            for worker in crew:
                worker.close()


def _fill(crew: list[Worker], items: Iterator[Input | None], job: Job, workers: int) -> bool:
    """Give every worker that has none an item, and start workers, while there are items; True if it took too long."""
    idle = [worker for worker in crew if not worker.item]
    began = time.monotonic()
    while idle or len(crew) < workers:
        try:
            item = next(items)
        except StopIteration:
            return False
        if item is None:
            if time.monotonic() - began > POLL:
                return True
        elif idle:
            idle.pop().give(item, job)
        else:
            with held():  # one that has been started is one that will be ended
                crew.append(Worker(item))
    return False


@dataclass(slots=True)
class Started:
    """Sees that workers start; one that is killed in the act is replaced, but not for ever."""

    failures: int = 0

    def check(self, worker: Worker, crew: list[Worker], job: Job) -> None:
        assert worker.item
        try:
            worker.pid = worker.start.result()
            self.failures = 0
        except (ProcessExpired, BrokenExecutor, CancelledError) as error:
            self.failures += 1
            if self.failures > STARTS:
                raise OutputError(f"worker processes cannot be started: {error}; see whether memory is full") from error
            worker.close()
            crew[crew.index(worker)] = Worker(worker.item)
        except Exception as error:
            why = f"{type(error).__name__}: {error}"
            raise OutputError(f"worker processes cannot be started: {why}; install reportfacts anew") from error
        else:
            worker.give(worker.item, job)
