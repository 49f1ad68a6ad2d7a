"""The work on one report: read it, extract its record, write the files. Doing it twice is harmless."""

import json
import os
import traceback
from collections import Counter
from dataclasses import asdict, replace
from pathlib import Path

from ..errors import MissingProgram, NoRoomError, NotAReport, ReadError, RulesError
from ..records import Record, dump
from ..stages import Clock, Extraction, extract
from .inputs import local_copy, sha256_of
from .job import Input, Job, Outcome, failed
from .layout import LEDGER, RECORD, TEXT
from .store import NO_ROOM, Store, no_room, open_store


def work(item: Input, job: Job) -> Outcome:
    """Extract and write one report.

    NoRoomError where no report at all could be written (disk full, read-only): that ends the run. RulesError passes
    too, for no report can be read with such rules, and MemoryError, for the caller to try the report again alone.
    """
    clock = Clock()
    try:
        with local_copy(item) as path:
            before = _mark(path)
            found = _extracted(path, item, job, clock)
            if isinstance(found, Outcome):
                found = replace(found, sha256=_digest(path))
            if _mark(path) != before:
                return failed(item, "missing input", "changed while it was read; run again once it is complete")
    except FileNotFoundError:
        return failed(item, "missing input", "vanished before it was read; check the path")
    except OSError as error:
        return failed(item, "missing input", f"cannot be read: {error.strerror}; check that it may be")
    if isinstance(found, Outcome):
        return found
    try:
        write(open_store(job.output), item.name, found)
    except OSError as error:
        if error.errno in NO_ROOM:
            raise NoRoomError(no_room(job.output, error)) from error
        return failed(item, "output", f"{item.name}.json cannot be written: {error.strerror}; check the output folder")
    clock.lap("write")
    return replace(done(item.name, found.record), unexplained=len(found.unexplained), seconds=clock.seconds)


def _extracted(path: Path, item: Input, job: Job, clock: Clock) -> Extraction | Outcome:
    """What the report at this path gives, or why it gives nothing."""
    try:
        return extract(path, item.name, job.options, clock)
    except NotAReport as error:
        return Outcome(item.name, "skipped", "not a report", str(error))
    except MissingProgram as error:
        return Outcome(item.name, "failed", "missing program", str(error))
    except ReadError as error:
        gone = not os.access(path, os.R_OK)
        return Outcome(item.name, "failed", "missing input" if gone else "unreadable", str(error))
    except (RulesError, MemoryError):
        raise
    except Exception as error:
        return _bug(item, error)


def write(store: Store, name: str, found: Extraction) -> None:
    """The record last: where it stands, all of the report is done."""
    store.write(name + TEXT, found.report.text.encode("utf-8"))
    ledger = [json.dumps(asdict(each), ensure_ascii=False) + "\n" for each in found.unexplained]
    if ledger:
        store.write(name + LEDGER, "".join(ledger).encode("utf-8"))
    else:
        store.remove(name + LEDGER)
    store.write(name + RECORD, dump(found.record).encode("utf-8"))


def done(name: str, record: Record) -> Outcome:
    """The outcome that a record tells of."""
    return Outcome(
        name,
        "ok",
        sha256=record.source.sha256,
        rules=record.made_by.rules,
        facts=dict(sorted(Counter(fact.kind for fact in record.facts).items())),
        instruments=len(record.instruments),
        pages=record.source.pages,
        characters=max((span.end for span in record.languages), default=0),
    )


def _bug(item: Input, error: Exception) -> Outcome:
    """An error that nobody foresaw costs only this report; its traceback goes to the log."""
    frames = traceback.extract_tb(error.__traceback__)
    last = frames[-1]
    said = next(iter(str(error).splitlines()), "")
    why = f"a bug in reportfacts: {type(error).__name__} in {Path(last.filename).name}, line {last.lineno}: {said}"
    detail = "".join(traceback.format_exception(error))
    return replace(failed(item, "bug", f"{why[:400]}; please report it"), detail=detail)


def _digest(path: Path) -> str | None:
    """Of the bytes that a failure came of; None where they cannot be read."""
    try:
        return sha256_of(path)
    except OSError:
        return None


def _mark(path: Path) -> tuple[int, int, int]:
    about = path.stat()
    return about.st_size, about.st_mtime_ns, about.st_ino
