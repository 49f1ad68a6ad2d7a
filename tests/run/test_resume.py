"""What is done stays done, what is stale is done again, and the outputs are those of an undisturbed run."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.options import Options
from pipeline.run import Input, Job, Outcome
from pipeline.run.journal import Journal
from pipeline.run.resume import Earlier
from pipeline.run.store import LocalStore

from .conftest import MISBEHAVE, ROOT, Run, files, listed


def read_by(run: Run, *args: Any, trace: Path) -> set[str]:
    """The names of the reports that a run really read."""
    trace.unlink(missing_ok=True)
    run(*args, env={"READ_TRACE": str(trace)})
    return set(trace.read_text().split()) if trace.exists() else set()


def test_a_second_run_does_nothing(reports: Path, tmp_path: Path, run: Run) -> None:
    (reports / "empty.txt").write_bytes(b"")
    out = tmp_path / "out"
    assert len(read_by(run, reports, out, trace=tmp_path / "trace")) == 14
    before = files(out)
    assert read_by(run, reports, out, trace=tmp_path / "trace") == set()
    assert files(out) == before
    assert len(read_by(run, reports, out, "--force", trace=tmp_path / "trace")) == 14
    assert files(out) == before


def test_counts_do_not_need_run_json(reports: Path, tmp_path: Path, run: Run) -> None:
    out = tmp_path / "out"
    run(reports, out)
    before = files(out)
    (out / "run.json").unlink()
    assert read_by(run, reports, out, trace=tmp_path / "trace") == set()
    assert files(out) == before


def test_what_a_killed_run_had_done_is_known_without_its_records(tmp_path: Path) -> None:
    (tmp_path / ".reportfacts").mkdir()
    done = Outcome("a.txt", "ok", sha256="1" * 64, rules="2" * 64, facts={"date": 3}, pages=4)
    Journal(tmp_path).add(done)
    with (tmp_path / ".reportfacts/journal.jsonl").open("ab") as file:
        file.write(b'{"name": "torn')
    journal = Journal(tmp_path)
    journal.add(replace(done, name="b.txt"))
    assert journal.read() == {name: replace(done, name=name, new=False) for name in ("a.txt", "b.txt")}
    journal.end()
    assert journal.read() == {}


def test_a_report_that_cannot_be_read_any_more_costs_itself_only(
    reports: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(reports, tmp_path / "out")
    earlier = Earlier(LocalStore(tmp_path / "out"), Job(str(tmp_path / "out"), Options(ner=False)))
    item = Input("report2.txt", str(reports / "report2.txt"))
    assert earlier.find(item)[0]

    def refused(_: object) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pipeline.run.resume.sha256", refused)
    assert earlier.find(item) == (None, "cannot be read: Permission denied")


def test_only_what_changed_is_done(reports: Path, tmp_path: Path, run: Run) -> None:
    out = tmp_path / "out"
    run(reports, out)
    (reports / "report3.txt").write_text("Another text of the third report\n")
    (out / "report4.txt.txt").unlink()
    (out / "report5.txt.json").write_text("{")
    (out / "report6.txt.json").unlink()
    (reports / "report7.txt").touch()
    wanted = {"report3.txt", "report4.txt", "report5.txt", "report6.txt"}
    assert read_by(run, reports, out, trace=tmp_path / "trace") == wanted


def test_a_language_s_rules_concern_its_reports_only(reports: Path, tmp_path: Path, run: Run) -> None:
    overlay = tmp_path / "rules"
    (overlay / "languages").mkdir(parents=True)
    out = tmp_path / "out"
    run(reports, out, "--rules", str(overlay))
    (overlay / "languages" / "ru.toml").write_text('[passages]\nabbreviations = ["ст."]\n')
    done = run(reports, out, "--rules", str(overlay), "--explain")
    stale = [line for line in done.stderr.splitlines() if line.startswith("stale ")]
    assert len(stale) == 2 and all("sub/" in line and "rules changed: ru" in line for line in stale)


def test_other_options_make_all_stale(reports: Path, tmp_path: Path, run: Run, program: Any) -> None:
    out = tmp_path / "out"
    run(reports, out)
    done = program("run", reports, "-o", out, "--explain")
    assert done.stderr.count('made with {"ner": false}, now {"ner": true}') == 13


def test_a_record_without_report_is_told_and_pruned(reports: Path, tmp_path: Path, run: Run) -> None:
    out = tmp_path / "out"
    run(reports, out)
    (reports / "sub/report12.txt").unlink()
    done = run(reports, out)
    assert "sub/report12.txt" in done.stdout and json.loads((out / "run.json").read_text())["orphans"]
    run(reports, out, "--prune")
    run(reports, tmp_path / "fresh")
    assert files(out) == files(tmp_path / "fresh")


def popen(reports: Path, out: Path, *flags: str) -> "subprocess.Popen[str]":
    env = {**os.environ, "PYTHONPATH": f"{MISBEHAVE}{os.pathsep}{ROOT}"}
    command = [sys.executable, "-m", "pipeline", "run", reports, "-o", out, "--no-ner", "--workers", "2", *flags]
    return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def slow(reports: Path, seconds: float) -> None:
    for path in reports.rglob("report*.txt"):
        path.write_text(f"%SLOW {seconds}\n" + path.read_text())


def until(done: Any, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.02)


@pytest.mark.parametrize("seed", range(3))
def test_killed_at_any_moment(reports: Path, tmp_path: Path, run: Run, seed: int) -> None:
    slow(reports, 0.1)
    run(reports, tmp_path / "calm")
    out = tmp_path / "out"
    rng = random.Random(seed)
    for _ in range(2):
        process = popen(reports, out)
        time.sleep(rng.uniform(0.2, 2.0))
        process.kill()
        process.communicate()
    assert run(reports, out).returncode == 0
    assert files(out) == files(tmp_path / "calm")
    assert not list(out.glob(".reportfacts/tmp/*")) and not (out / ".reportfacts/journal.jsonl").exists()


def test_a_killed_worker_costs_nothing(reports: Path, tmp_path: Path, run: Run) -> None:
    slow(reports, 0.2)
    process = popen(reports, tmp_path / "out")
    for _ in range(3):
        time.sleep(0.5)
        for pid in children(process.pid):
            os.kill(pid, signal.SIGKILL)
            break
    _, said = process.communicate(timeout=120)
    assert process.returncode == 0, said
    run(reports, tmp_path / "calm")
    assert files(tmp_path / "out") == files(tmp_path / "calm")


def children(pid: int) -> list[int]:
    """The workers of a run: its children that head a process group of their own."""
    found = []
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        found += [int(child) for child in path.read_text().split()]
    return [child for child in found if os.getpgid(child) == child]


def test_workers_do_not_outlive_a_killed_run(reports: Path, tmp_path: Path) -> None:
    slow(reports, 5)
    process = popen(reports, tmp_path / "out")
    until(lambda: len(children(process.pid)) == 2)
    workers = children(process.pid)
    process.kill()
    process.communicate()
    until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in workers), 5)


@pytest.mark.parametrize(("signum", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interruption_ends_in_order(reports: Path, tmp_path: Path, run: Run, signum: int, code: int) -> None:
    slow(reports, 0.3)
    out = tmp_path / "out"
    process = popen(reports, out)
    until(lambda: len(list(out.rglob("report*.json"))) >= 2)
    workers = children(process.pid)
    process.send_signal(signum)
    _, said = process.communicate(timeout=20)
    assert process.returncode == code, said
    assert "Run the same command again" in said and "Traceback" not in said
    assert not any(Path(f"/proc/{pid}").exists() for pid in workers)
    assert not (out / ".reportfacts/lock").exists()
    run(reports, out)
    run(reports, tmp_path / "calm")
    assert files(out) == files(tmp_path / "calm")


def test_a_second_run_is_refused_while_one_runs(reports: Path, tmp_path: Path, run: Run) -> None:
    slow(reports, 0.5)
    out = tmp_path / "out"
    process = popen(reports, out)
    until((out / ".reportfacts/lock").exists)
    until(lambda: (out / ".reportfacts/lock").read_text())
    refused = run(reports, out)
    assert refused.returncode == 2
    assert f"process {process.pid} on " in refused.stderr
    process.kill()
    process.communicate()
    assert (out / ".reportfacts/lock").exists(), "a stale lock lies there"
    assert run(reports, out).returncode == 0


def test_a_report_that_changes_while_it_is_read(reports: Path, tmp_path: Path, run: Run) -> None:
    (reports / "growing.txt").write_text(
        "%SLOW 3\nA report that is being written\n" + "and long, hence done first\n" * 90
    )
    process = popen(reports, tmp_path / "out")
    until(lambda: len(list((tmp_path / "out").rglob("report*.json"))) >= 8)
    (reports / "growing.txt").write_text("%SLOW 0\nA report that is being written, and longer now\n")
    process.communicate(timeout=60)
    assert process.returncode == 1
    assert "changed while it was read" in listed(tmp_path / "out")["growing.txt"]["reason"]
    assert run(reports, tmp_path / "out").returncode == 0


def test_a_full_disk_ends_the_run_clearly(reports: Path, tmp_path: Path, run: Run) -> None:
    if os.geteuid() or not shutil.which("mount"):
        pytest.skip("only root can mount a small disk")
    small = tmp_path / "small"
    small.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", small], capture_output=True).returncode:
        pytest.skip("no mounting here")
    try:
        done = run(reports, small / "out")
        assert done.returncode == 1 and "No space left" in done.stderr and "Traceback" not in done.stderr
        for path in (small / "out").rglob("report*.json"):
            json.loads(path.read_text())
        with suppress(OSError):
            (small / "rest").write_bytes(bytes(2**20))
        for out in (small / "out", small / "new"):
            done = run(reports, out)
            assert done.returncode in (1, 2) and "No space left" in done.stderr and "Traceback" not in done.stderr
    finally:
        subprocess.run(["umount", "-l", small], check=True)
