"""What people see of a run: a progress bar in a terminal, plain lines elsewhere, a table at the end, a log."""

import json
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import IO

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Table

from ..errors import NoRoomError
from .job import Input, Outcome
from .report import Summary, total

KINDS = ("article", "penalty", "date", "figure", "indicator", "treaty_action", "recommendation")
ROWS = 60
HEADS = {"indicator": "indic.", "treaty_action": "treaty", "recommendation": "asked", "instrument": "instr."}
"""Short heads, so that a terminal of 80 columns has room for the names of the reports."""


class Screen:
    """Progress on the terminal; where there is none, a line for each report that is done."""

    def __init__(self, console: Console, explain: bool = False) -> None:
        self.console, self.explain = console, explain
        self.failures = 0
        self.began = time.monotonic()
        self.new = 0
        self.finished = 0
        self.task: TaskID | None = None
        self.bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
            TextColumn("{task.fields[failures]}"),
            console=console,
            transient=True,
        )

    def begin(self, inputs: int) -> None:
        if self.console.is_terminal:
            self.task = self.bar.add_task("reports", total=inputs, rate="", failures="")
            self.bar.start()

    def stale(self, item: Input, why: str) -> None:
        if self.explain:
            self._say(f"stale   {item.name}: {why}")

    def retried(self, item: Input, cause: str) -> None:
        self._say(f"retry   {item.name}: {cause}; tried again alone at the end")

    def done(self, outcome: Outcome) -> None:
        self.failures += outcome.status == "failed"
        self.new += outcome.new
        self.finished += 1
        if outcome.status == "failed":
            self._say(f"failed  {outcome.reason}")
        elif outcome.new and self.task is None:
            self._say(f"{outcome.status:<7} {outcome.name if outcome.status == 'ok' else outcome.reason}")
        if self.task is not None:
            rate = f"{self.new / max(time.monotonic() - self.began, 1e-9):.1f}/s"
            failures = f"[red]{self.failures} failed" if self.failures else ""
            self.bar.update(self.task, advance=1, rate=rate, failures=failures)

    def end(self) -> None:
        self.bar.stop()

    def _say(self, line: str) -> None:
        self.console.print(escape(plain(line)), soft_wrap=True, highlight=False)


def plain(line: str) -> str:
    """A line that a terminal shows as such, whatever stands in the name of a file: `a\\nb.pdf`."""
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in line)


class Log:
    """One JSON line for each event, with the time of day."""

    def __init__(self, file: IO[str]) -> None:
        self.file = file

    def begin(self, inputs: int) -> None:
        self._write("begin", inputs=inputs)

    def stale(self, item: Input, why: str) -> None:
        self._write("stale", name=item.name, why=why)

    def retried(self, item: Input, cause: str) -> None:
        self._write("retry", name=item.name, cause=cause)

    def done(self, outcome: Outcome) -> None:
        told = {"name": outcome.name, "status": outcome.status, "new": outcome.new}
        if outcome.status == "ok":
            seconds = {stage: round(spent, 4) for stage, spent in outcome.seconds.items()}
            told |= {"facts": dict(outcome.facts), "cpu_seconds": seconds}
        else:
            told |= {"cause": outcome.cause, "reason": outcome.reason, "detail": outcome.detail}
        self._write("done", **told)

    def end(self, how: str) -> None:
        self._write("end", how=how)

    def _write(self, event: str, **fields: object) -> None:
        at = time.strftime("%Y-%m-%dT%H:%M:%S%z")
        try:
            self.file.write(json.dumps({"at": at, "event": event, **fields}, ensure_ascii=False) + "\n")
            self.file.flush()
        except OSError as error:
            with suppress(OSError):  # which would try to write the same again
                self.file.close()
            raise NoRoomError(f"{self.file.name}: cannot be written: {error.strerror}; then run again") from error


class Both:
    """Tells every event to several watchers."""

    def __init__(self, *watchers: Screen | Log) -> None:
        self.watchers = watchers

    def begin(self, inputs: int) -> None:
        for watcher in self.watchers:
            watcher.begin(inputs)

    def stale(self, item: Input, why: str) -> None:
        for watcher in self.watchers:
            watcher.stale(item, why)

    def retried(self, item: Input, cause: str) -> None:
        for watcher in self.watchers:
            watcher.retried(item, cause)

    def done(self, outcome: Outcome) -> None:
        for watcher in self.watchers:
            watcher.done(outcome)


def show(summary: Summary, console: Console) -> None:
    """The facts by report as a table, then what to know of the run in a few lines."""
    done = sorted((o for o in summary.outcomes.values() if o.status == "ok"), key=lambda o: o.name)
    if done:
        console.print(_table(done))
    seconds = total(o.seconds for o in done if o.new)
    if seconds:
        stages = ", ".join(f"{stage} {spent:.2f} s" for stage, spent in seconds.most_common())
        console.print(f"CPU time by stage: {stages}", soft_wrap=True, highlight=False)
    counts = summary.statuses
    before = sum(not o.new for o in summary.outcomes.values())
    console.print(
        f"{counts['ok']} ok, {counts['failed']} failed, {counts['skipped']} skipped"
        f" ({before} as before) in {summary.wall:.1f} s by {summary.workers} worker(s)",
        highlight=False,
    )
    causes = total({o.cause: 1} for o in summary.outcomes.values() if o.status == "failed" and o.cause)
    if causes:
        console.print("failed by cause: " + ", ".join(f"{cause} {n}" for cause, n in sorted(causes.items())))
    if summary.orphans:
        console.print(
            f"{len(summary.orphans)} record(s) without a report among these inputs (--prune removes them): "
            + ", ".join(escape(plain(name)) for name in summary.orphans[:5])
            + (", …" if len(summary.orphans) > 5 else ""),
            soft_wrap=True,
            highlight=False,
        )


def _table(done: Sequence[Outcome]) -> Table:
    table = Table("report", *(HEADS.get(kind, kind) for kind in (*KINDS, "instrument")), box=None, header_style="bold")
    for column in table.columns[1:]:
        column.justify = "right"
    for outcome in done[:ROWS]:
        table.add_row(escape(plain(outcome.name)), *_cells(outcome))
    if len(done) > ROWS:
        table.add_row(f"… and {len(done) - ROWS} more", *[""] * (len(KINDS) + 1))
    facts = total(o.facts for o in done)
    table.add_section()
    table.add_row("all", *(str(facts[kind]) for kind in KINDS), str(sum(o.instruments for o in done)), style="bold")
    return table


def _cells(outcome: Outcome) -> list[str]:
    return [*(str(outcome.facts.get(kind, 0)) for kind in KINDS), str(outcome.instruments)]
