"""What a run costs with one worker and with two, beside what the machine gives to two processes that share nothing.

All kinds of run are measured in turn within each round, and the least of the rounds counts: what other processes
disturb only adds.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import reports

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 3
LOOP = [sys.executable, "-c", "x = 0\nfor n in range(30_000_000): x += n & 7"]


@dataclass(frozen=True)
class Cost:
    """Wall and CPU seconds."""

    wall: float
    cpu: float


@dataclass(frozen=True)
class Figures:
    """What was measured; `scaled`, `apart` and `loops` are how many times as fast two are as one."""

    pages: int
    one: Cost
    two: Cost
    again: Cost
    scaled: float
    apart: float
    loops: float
    others: float
    spent: float
    beside: float
    start: float


def measured() -> Figures:
    with tempfile.TemporaryDirectory(prefix="reportfacts-bench-") as name:
        folder = Path(name)
        reports.copies(folder / "reports")
        reports.warm(folder / "tiny")
        every, tiny, halves = folder / "reports", folder / "tiny", reports.halves(folder / "reports")
        kinds: dict[str, list[list[str]]] = {
            "start": [program(tiny, folder / "start", 1)],
            "starts": [program(tiny, folder / "starts", 2)],
            "starts apart": [program(tiny, folder / f"start{n}", 1) for n in range(2)],
            "one": [program(every, folder / "one", 1)],
            "two": [program(every, folder / "two", 2)],
            "two apart": [program(half, folder / f"half{n}", 1) for n, half in enumerate(halves)],
            "loop": [LOOP],
            "loops": [LOOP, LOOP],
        }
        before, began = used(), time.monotonic()
        mine = resource.getrusage(resource.RUSAGE_CHILDREN)
        rounds = [{kind: side_by_side(commands) for kind, commands in kinds.items()} for _ in range(ROUNDS)]
        others = used() - before - cpu_since(mine)
        others /= (time.monotonic() - began) * (os.cpu_count() or 1)
        again = side_by_side([[flag for flag in kinds["two"][0] if flag != "--force"]])
        cost, start = (json.loads((folder / f"{kind}.timings").read_text()) for kind in ("one", "start"))
    return figures(rounds, again, max(others, 0.0), cost, start)


def figures(
    rounds: Sequence[dict[str, Cost]], again: Cost, others: float, cost: dict[str, Any], start: dict[str, Any]
) -> Figures:
    least = {
        kind: Cost(min(each[kind].wall for each in rounds), min(each[kind].cpu for each in rounds))
        for kind in rounds[0]
    }
    alone = least["one"].wall - least["start"].wall
    last = rounds[-1]
    spent = sum(cost["cpu_seconds_by_stage"].values())
    starting = last["start"].cpu - sum(start["cpu_seconds_by_stage"].values())
    return Figures(
        pages=cost["pages"],
        one=least["one"],
        two=least["two"],
        again=again,
        scaled=alone / (least["two"].wall - least["starts"].wall),
        apart=alone / (least["two apart"].wall - least["starts apart"].wall),
        loops=2 * least["loop"].wall / least["loops"].wall,
        others=others,
        spent=spent,
        beside=last["one"].cpu - starting - spent,
        start=starting,
    )


def program(folder: Path, out: Path, workers: int) -> list[str]:
    """The command of a run that does all reports anew."""
    command = [sys.executable, "-m", "pipeline", "run", str(folder), "-o", str(out), "--workers", str(workers)]
    return [*command, "--timings", f"{out}.timings", "--force"]


def side_by_side(commands: Sequence[Sequence[str]]) -> Cost:
    """What these processes cost together, from the start of the first to the end of the last."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    started = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for command in commands
    ]
    codes = [process.wait() for process in started]
    if any(codes):
        raise SystemExit(f"failed: {commands}")
    return Cost(time.monotonic() - began, cpu_since(before))


def cpu_since(before: resource.struct_rusage) -> float:
    """CPU seconds of the children that have ended since then."""
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def used() -> float:
    """CPU seconds that all processes of this machine together have had (Linux)."""
    user, nice, system, *_ = Path("/proc/stat").read_text().split()[1:]
    return (int(user) + int(nice) + int(system)) / os.sysconf("SC_CLK_TCK")
