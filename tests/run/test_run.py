"""`reportfacts run` as a user calls it: what it writes, says and returns."""

import json
import os
import stat
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from pipeline import schema
from pipeline.errors import ReadError
from pipeline.run import Input, Job, task
from pipeline.run.inputs import plan

from .conftest import Run, files, listed


def test_a_folder_becomes_records(reports: Path, tmp_path: Path, run: Run) -> None:
    out = tmp_path / "out"
    done = run(reports, out)
    assert done.returncode == 0, done.stderr
    inputs = listed(out)
    assert {e["status"] for name, e in inputs.items() if name != "map.png"} == {"ok"}
    assert inputs["map.png"]["status"] == "skipped"
    assert inputs["map.png"]["reason"].startswith("map.png: ")
    assert len(inputs) == 13
    record = json.loads((out / "sub/report12.txt.json").read_text())
    assert record["source"]["name"] == "sub/report12.txt"
    assert "report2.txt" in done.stdout and "12 ok, 0 failed, 1 skipped" in done.stdout
    assert not list(out.glob(".reportfacts/tmp/*")) and not (out / ".reportfacts/lock").exists()


def test_every_quote_is_the_text_at_its_place(reports: Path, tmp_path: Path, run: Run) -> None:
    out = tmp_path / "out"
    run(reports, out)
    for path in out.rglob("report*.json"):
        text = path.with_suffix("").with_name(path.name.removesuffix(".json") + ".txt").read_bytes().decode()
        for fact in json.loads(path.read_text())["facts"]:
            evidence = fact["evidence"]
            assert text[evidence["start"] : evidence["end"]] == evidence["quote"]


def test_what_describes_a_folder_is_skipped(tmp_path: Path) -> None:
    for name in ("README.md", "sub/LICENSE", "sub/readme-first.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("Reports of the Committee.\n")
    found = plan([str(tmp_path)], str(tmp_path / "out"))
    assert set(found.outcomes) == {"README.md", "sub/LICENSE"} and set(found.items) == {"sub/readme-first.txt"}
    assert found.outcomes["README.md"].status == "skipped"
    assert set(plan([str(tmp_path / "README.md")], "out").items) == {"README.md"}


def test_line_ends_are_kept(tmp_path: Path, run: Run) -> None:
    source = tmp_path / "a.txt"
    source.write_bytes(b"First line of a report\r\nsecond line of it\rthird line\n")
    run(source, tmp_path / "out")
    assert (tmp_path / "out/a.txt.txt").read_bytes() == source.read_bytes()


def test_run_json_is_valid(reports: Path, tmp_path: Path, run: Run) -> None:
    (reports / "empty.txt").write_bytes(b"")
    run(reports, tmp_path / "out")
    jsonschema.validate(json.loads((tmp_path / "out/run.json").read_text()), schema.run_schema())


@pytest.mark.parametrize(
    "variant",
    [
        {"workers": 1},
        {"workers": 3, "env": {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C"}},
        {"workers": 2, "env": {"PYTHONHASHSEED": "99", "TZ": "America/Lima", "LC_ALL": "C.UTF-8", "LANG": "ru_RU"}},
    ],
)
def test_the_same_bytes_however_it_is_run(reports: Path, tmp_path: Path, run: Run, variant: dict[str, Any]) -> None:
    run(reports, tmp_path / "first", "--workers", 2)
    run(reports, tmp_path / "other", "--workers", variant["workers"], env=variant.get("env"))
    assert files(tmp_path / "first") == files(tmp_path / "other")


def test_bad_inputs_fail_alone(reports: Path, tmp_path: Path, run: Run) -> None:
    (reports / "empty.txt").write_bytes(b"")
    (reports / "cut.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n<<")
    (reports / "link.txt").symlink_to(reports / "nowhere.txt")
    (reports / "none").mkdir()
    os.mkfifo(reports / "pipe")
    out = tmp_path / "out"
    done = run(reports, reports / "none", tmp_path / "missing.pdf", out)
    assert done.returncode == 1
    inputs = listed(out)
    failed = {name for name, entry in inputs.items() if entry["status"] == "failed"}
    assert failed == {"empty.txt", "cut.pdf", "link.txt", str(reports / "none"), str(tmp_path / "missing.pdf")}
    assert inputs["pipe"]["status"] == "skipped"
    assert sum(entry["status"] == "ok" for entry in inputs.values()) == 12
    assert "Traceback" not in done.stderr
    for name in failed:
        assert Path(name).name in inputs[name]["reason"]
        assert len(inputs[name]["reason"].splitlines()) == 1
        assert inputs[name]["reason"] in done.stderr


def test_a_folder_that_cannot_be_looked_into_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "closed").mkdir()
    (tmp_path / "a.txt").write_text("A report\n")
    scan = os.scandir

    def refused(path: str) -> Any:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refused)
    found = plan([str(tmp_path)], "out")
    closed = str(tmp_path / "closed")
    assert set(found.items) == {"a.txt"} and len(found.unknown) == 1
    assert (found.outcomes[closed].status, found.outcomes[closed].cause) == ("failed", "missing input")


def test_nothing_is_pruned_for_a_path_that_is_not_there(reports: Path, tmp_path: Path, run: Run) -> None:
    out = tmp_path / "out"
    run(reports, out)
    before = files(out)
    done = run(tmp_path / "report", out, "--prune")
    assert done.returncode == 2 and f"--prune: {tmp_path}/report: does not exist" in done.stderr
    assert files(out) == before


def test_names_that_nobody_expects(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    for name in (b"a\xff.txt", b"a\xfe.txt", b"new\nline.txt", b"esc\x1b[2J.txt", b"[red]%s.txt", b"x" * 251 + b".txt"):
        (folder / os.fsdecode(name)).write_text("A report of the Committee, with a name.\n")
    (folder / "loop").symlink_to(folder)
    done = run(folder, tmp_path / "out")
    inputs = listed(tmp_path / "out")
    assert {name for name, e in inputs.items() if e["status"] == "ok"} == {
        "new\nline.txt",
        "esc\x1b[2J.txt",
        "[red]%s.txt",
    }
    assert {name for name, e in inputs.items() if e["cause"] == "unreadable"} == {"a\\xff.txt", "a\\xfe.txt"}
    assert inputs["x" * 251 + ".txt"]["cause"] == "output" and inputs["loop"]["status"] == "skipped"
    assert "ok      new\\nline.txt" in done.stderr and "\x1b" not in done.stderr + done.stdout


def test_a_report_that_changes_while_it_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "half.pdf"
    path.write_bytes(b"%PDF-1.7\n")

    def read(*_: object) -> None:
        path.write_bytes(b"%PDF-1.7\nthe rest has arrived")
        raise ReadError("half.pdf: damaged")

    monkeypatch.setattr(task, "extract", read)
    outcome = task.work(Input("half.pdf", str(path)), Job(str(tmp_path / "out")))
    assert outcome.cause == "missing input" and "changed while it was read" in str(outcome.reason)


def test_logs_and_timings_that_cannot_be_written(reports: Path, tmp_path: Path, run: Run) -> None:
    full = run(reports, tmp_path / "out", "--log-file", "/dev/full")
    assert full.returncode == 1 and "reportfacts: /dev/full: cannot be written: No space" in full.stderr
    nowhere = run(reports, tmp_path / "out", "--timings", str(tmp_path / "no/where.json"))
    assert nowhere.returncode == 2 and "--timings" in nowhere.stderr
    assert not list(tmp_path.rglob("report*.json")), "that is told before the work"


def test_a_bug_costs_one_report_and_goes_to_the_log(reports: Path, tmp_path: Path, run: Run) -> None:
    (reports / "bug.txt").write_text("%BUG\n")
    done = run(reports, tmp_path / "out", "--log-file", str(tmp_path / "log"))
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert "ZeroDivisionError" in listed(tmp_path / "out")["bug.txt"]["reason"]
    events = [json.loads(line) for line in (tmp_path / "log").read_text().splitlines()]
    assert [e for e in events if e.get("name") == "bug.txt" and "Traceback" in (e.get("detail") or "")]
    assert {e["event"] for e in events} == {"begin", "stale", "done", "end"}


def test_two_reports_with_one_output_are_refused(reports: Path, tmp_path: Path, run: Run) -> None:
    twin = tmp_path / "twin"
    twin.mkdir()
    (twin / "report2.txt").write_text("Another report\n")
    done = run(reports, twin, tmp_path / "out")
    assert done.returncode == 2 and not (tmp_path / "out/run.json").exists()
    assert str(twin / "report2.txt") in done.stderr and str(reports / "report2.txt") in done.stderr


def test_the_same_file_twice_is_one_input(reports: Path, tmp_path: Path, run: Run) -> None:
    done = run(reports, reports / "report2.txt", tmp_path / "out")
    assert done.returncode == 0 and len(listed(tmp_path / "out")) == 13


def test_an_output_inside_the_inputs_is_not_read(reports: Path, run: Run) -> None:
    out = reports / "out"
    run(reports, out)
    first = files(out)
    run(reports, out)
    assert files(out) == first


def test_an_output_that_cannot_be_is_a_wrong_call(reports: Path, tmp_path: Path, run: Run) -> None:
    (tmp_path / "file").write_text("")
    done = run(reports, tmp_path / "file")
    assert done.returncode == 2 and "Traceback" not in done.stderr and str(tmp_path / "file") in done.stderr


def test_one_output_that_cannot_be_written_fails_alone(reports: Path, tmp_path: Path, run: Run) -> None:
    out = tmp_path / "out"
    (out / "report2.txt.json").mkdir(parents=True)
    done = run(reports, out)
    assert done.returncode == 1
    entry = listed(out)["report2.txt"]
    assert (entry["status"], entry["cause"]) == ("failed", "output")
    assert sum(e["status"] == "ok" for e in listed(out).values()) == 11


def test_rules_that_cannot_be_used_are_a_wrong_call(reports: Path, tmp_path: Path, run: Run) -> None:
    done = run(reports, tmp_path / "out", "--rules", str(tmp_path / "nowhere"))
    assert done.returncode == 2 and "nowhere" in done.stderr and "Traceback" not in done.stderr


def test_timings_say_what_it_cost(reports: Path, tmp_path: Path, run: Run) -> None:
    run(reports, tmp_path / "out", "--timings", str(tmp_path / "t.json"))
    cost = json.loads((tmp_path / "t.json").read_text())
    assert cost["reports"] == {"done": 12, "as before": 0} and len(cost["by_report"]) == 12
    assert {"read", "extract", "write"} <= set(cost["cpu_seconds_by_stage"])


def test_outputs_are_readable_by_others(reports: Path, tmp_path: Path, run: Run) -> None:
    run(reports, tmp_path / "out")
    assert stat.S_IMODE((tmp_path / "out/run.json").stat().st_mode) & 0o400
