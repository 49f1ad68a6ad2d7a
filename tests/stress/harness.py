"""What `make stress` and its small sample in the tests share: the reports, the run, the kills, the comparison."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MISBEHAVE = ROOT / "tests" / "run" / "misbehave"

ENGLISH = """REPORT No. {n} OF THE COMMITTEE

I. Legislation

{paragraphs}
"""
PARAGRAPH = (
    "{p}. Article {a} of the Penal Code (2005) punishes theft by {p} months to {y} years of imprisonment and a fine of "
    "up to {n},000 dollars. On {d} September 20{y:02d} the Committee met; {n} children, or {p}.5 per cent, were there."
)
RUSSIAN = """ДОКЛАД КОМИТЕТА № {n}

I. Законодательство

1. Статья {n} Уголовного кодекса наказывает кражу лишением свободы на срок до {y} лет. {d} сентября 2016 года Комитет
провёл заседание, на котором присутствовали {n} детей.
"""
HTML = "<!DOCTYPE html><html><head><title>Report {n}</title></head><body><h1>Report {n}</h1><p>{text}</p></body></html>"

BAD = ("%CRASH\n", "%HANG\n", "%EAT\n", "", "%PDF-1.7\n1 0 obj\n<< /Type /Catalog", "%PDF-1.4\n%%EOF\n")


def make_reports(folder: Path, good: int, bad: int, *, seed: int = 0) -> None:
    """`good` reports as text, HTML, PDF and DOCX; `bad` ones crash, hang, eat memory, or are broken."""
    rng = random.Random(seed)
    printed = sorted([*(ROOT / "corpus").rglob("*.pdf"), *(ROOT / "corpus").rglob("*.docx")])
    for n in range(good):
        target = folder / f"year{n % 7}" / f"report{n:04}"
        target.parent.mkdir(parents=True, exist_ok=True)
        written(target, n, rng, printed)
    for n in range(bad):
        target = folder / f"year{n % 7}" / f"zbad{n:03}"
        target.parent.mkdir(parents=True, exist_ok=True)
        text = BAD[n % len(BAD)]
        target.with_suffix(".pdf" if text.startswith("%PDF") else ".txt").write_text(text)


def written(target: Path, n: int, rng: random.Random, printed: list[Path]) -> None:
    """One good report, its kind by its number."""
    y, d = rng.randint(10, 20), rng.randint(1, 28)
    paragraph = [PARAGRAPH.format(p=p, a=p + n, n=n + 2, y=y, d=d) for p in range(2, rng.randint(4, 40))]
    match n % 6:
        case 1:
            target.with_suffix(".txt").write_text(RUSSIAN.format(n=n + 2, y=y, d=d), encoding="utf-8")
        case 2:
            target.with_suffix(".html").write_text(HTML.format(n=n, text="</p><p>".join(paragraph)))
        case 3 if printed:
            source = printed[n % len(printed)]
            shutil.copy(source, target.with_suffix(source.suffix))
        case _:
            target.with_suffix(".txt").write_text(ENGLISH.format(n=n, paragraphs="\n\n".join(paragraph)))


@dataclass(frozen=True)
class Stress:
    """One stress: where its reports and the trace of what was read are, and how the run is called."""

    reports: Path
    trace: Path
    timeout: float = 5
    memory: int = 500
    workers: int = 2

    def start(self, out: Path) -> "subprocess.Popen[str]":
        env = {**os.environ, "PYTHONPATH": f"{MISBEHAVE}{os.pathsep}{ROOT}", "READ_TRACE": str(self.trace)}
        limits = ["--timeout", str(self.timeout), "--memory", str(self.memory), "--workers", str(self.workers)]
        command = [sys.executable, "-m", "pipeline", "run", str(self.reports), "-o", str(out), "--no-ner", *limits]
        return subprocess.Popen(
            command, env=env, cwd=ROOT, text=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )

    def finish(self, out: Path) -> tuple[int, str]:
        """Run to the end: the exit code and what it said."""
        process = self.start(out)
        _, said = process.communicate()
        return process.returncode, said

    def kills(self, out: Path, times: int, *, seed: int = 0, longest: float = 4) -> list[str]:
        """Kill the run (every third time a worker before) at random moments; the reports that were done twice."""
        rng = random.Random(seed)
        twice: list[str] = []
        for n in range(times):
            done = finished(out)
            self.trace.unlink(missing_ok=True)
            process = self.start(out)
            if n % 3 == 2:
                time.sleep(rng.uniform(0.1, longest / 2))
                if workers := children(process.pid):
                    os.kill(rng.choice(workers), signal.SIGKILL)
            time.sleep(rng.uniform(0.1, longest))
            process.kill()
            process.communicate()
            read = set(self.trace.read_text().split()) if self.trace.exists() else set()
            twice += sorted(read & done)
        return twice


def finished(out: Path) -> set[str]:
    """The names of the reports whose work stands in the output."""
    records = {path.name.removesuffix(".json") for path in out.rglob("*.json") if path.name != "run.json"}
    return {name for name in records if not name.endswith(".gold")}


def children(pid: int) -> list[int]:
    """The workers of a run: its children that head a process group of their own."""
    found: list[int] = []
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [int(child) for child in path.read_text().split()]
        except OSError:
            continue
    return [child for child in found if leads(child)]


def leads(pid: int) -> bool:
    try:
        return os.getpgid(pid) == pid
    except ProcessLookupError:
        return False


def files(out: Path) -> dict[str, bytes]:
    """All outputs with their bytes, but for the run's own state."""
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and ".reportfacts" not in path.parts
    }


def statuses(out: Path) -> Counter[str]:
    return Counter(entry["status"] for entry in json.loads((out / "run.json").read_text())["inputs"])


def reasons(out: Path) -> Counter[str]:
    return Counter(e["cause"] for e in json.loads((out / "run.json").read_text())["inputs"] if e["cause"])
