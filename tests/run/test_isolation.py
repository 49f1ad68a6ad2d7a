"""Reports that crash, hang or eat memory cost themselves only."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.errors import OutputError
from pipeline.run import Input, Job, Outcome, local

from .conftest import ENGLISH, Run, files, listed
from .test_resume import until


def test_culprits_are_given_up_and_the_rest_is_done(reports: Path, tmp_path: Path, run: Run) -> None:
    for order in ("CRASH", "HANG", "EAT"):
        (reports / f"{order.lower()}.txt").write_text(f"%{order}\n")
    out = tmp_path / "out"
    done = run(reports, out, "--timeout", 5, "--memory", 400, "--workers", 2)
    assert done.returncode == 1, done.stderr
    inputs = listed(out)
    assert {n: e["cause"] for n, e in inputs.items() if e["status"] == "failed"} == {
        "crash.txt": "crash",
        "hang.txt": "timeout",
        "eat.txt": "memory",
    }
    assert sum(entry["status"] == "ok" for entry in inputs.values()) == 12
    retried = {line.split()[1].rstrip(":") for line in done.stderr.splitlines() if line.startswith("retry ")}
    assert {"crash.txt", "hang.txt", "eat.txt"} <= retried  # and, on a slow machine, who was merely late

    quiet = run(reports, out, "--timeout", 5, "--memory", 400)
    assert quiet.returncode == 1 and "retry" not in quiet.stderr, "what was given up is not tried again"
    raised = run(reports, out, "--timeout", 6, "--memory", 400, "--explain")
    assert raised.stderr.count("stale ") == 1 and "hang.txt: --timeout was raised" in raised.stderr


def test_who_crashed_once_is_done_alone(reports: Path, tmp_path: Path, run: Run) -> None:
    (reports / "unlucky.txt").write_text(f"%ONCE {tmp_path}/mark\n" + ENGLISH.format(n=3))
    done = run(reports, tmp_path / "out")
    assert done.returncode == 0 and "retry   unlucky.txt: crash" in done.stderr
    assert listed(tmp_path / "out")["unlucky.txt"]["status"] == "ok"


def test_a_report_that_fails_now_has_no_record_left(reports: Path, tmp_path: Path, run: Run) -> None:
    out = tmp_path / "out"
    run(reports, out)
    (reports / "report2.txt").write_bytes(b"")
    run(reports, out)
    assert listed(out)["report2.txt"]["status"] == "failed"
    assert not (out / "report2.txt.json").exists() and not (out / "report2.txt.txt").exists()
    run(reports, tmp_path / "fresh")
    assert files(out) == files(tmp_path / "fresh")


def test_a_worker_that_is_killed_while_it_has_nothing_to_do(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A report of the Committee\n")
    item, job = Input("a.txt", str(tmp_path / "a.txt")), Job(str(tmp_path / "out"))
    alone = local.Solitary()
    assert isinstance(alone.outcome(item, job)[0], Outcome)
    assert alone.worker and alone.worker.pid
    os.kill(alone.worker.pid, signal.SIGKILL)
    until(lambda: not alone.worker or not alone.worker.pool.active)
    outcome, again = alone.outcome(item, job)
    assert (outcome.status, again) == ("ok", "crash")
    alone.worker.close()


def test_workers_that_cannot_be_started_end_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pipeline.run.local.ProcessPool.schedule", refused)
    with pytest.raises(OutputError, match="cannot be started: Permission denied; see that /dev/shm"):
        list(local.run(iter([Input("a.txt", "a.txt")]), Job(str(tmp_path)), 1, lambda *_: None))


def test_results_come_in_while_many_reports_need_no_work(tmp_path: Path) -> None:
    """A run that is resumed looks after its workers while it passes by what is done."""
    seen: list[str] = []

    def items() -> Iterator[Input | None]:
        yield Input("a.txt", str(tmp_path / "a.txt"))
        while not seen:
            yield None

    (tmp_path / "a.txt").write_text("A report of the Committee\n")
    for outcome in local.run(items(), Job(str(tmp_path / "out")), 2, lambda *_: None):
        seen.append(outcome.name)
    assert seen == ["a.txt"]
