"""`make bench`: measures, prints a table for each part, and writes tests/bench/RESULTS.md, which the README quotes.

usage: python -m tests.bench [PART...]    (pdf, text, run, memory, load; default: all)

Over the real reports where they lie beside the repository, else over corpus/. Figures of a busy machine are worth
little: CPU seconds hold better than wall seconds, and ratios within one table better than both. What each process
spent in the CPU is asked of the system, so that waiting does not count.
"""

import json
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pypdfium2

from . import load
from .measure import PROGRAMS

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "reports"
RESULTS = Path(__file__).with_name("RESULTS.md")
PDF_PROGRAMS = ("reportfacts", "pdfplumber", "pdfminer.six", "pypdfium2", "pdftotext")
TEXT_PROGRAMS = ("reportfacts --no-ner", "reportfacts", "spaCy")
ROUNDS = 3
HELPS = 7
COPIES, SMALL = 240, 150_000
"""A run is measured over so many reports: copies of those below so many bytes, each with a mark of its own."""
LONG = 500
MILLION, CORES = 10**6, (2, 16, 64, 256)


@dataclass
class Table:
    lines: list[str] = field(default_factory=list)

    def head(self, title: str, *columns: str) -> None:
        self.say(f"### {title}", "", f"| {' | '.join(columns)} |", f"|{' --- |' * len(columns)}")

    def row(self, *cells: object) -> None:
        self.say(f"| {' | '.join(map(str, cells))} |")

    def say(self, *lines: str) -> None:
        self.lines += lines
        print("\n".join(lines), flush=True)


def measure(what: str, paths: list[Path]) -> dict[str, float] | None:
    command = [sys.executable, "-m", "tests.bench.measure", what, *map(str, paths)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        print(f"{what}: {done.stderr.strip().splitlines()[-1]}", file=sys.stderr)
        return None
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def everything() -> list[Path]:
    where = SHARED if SHARED.is_dir() else ROOT / "corpus" / "reports"
    return sorted(path for path in where.iterdir() if path.suffix in (".pdf", ".txt"))


def pages(path: Path) -> int:
    """Pages with a text layer throughout; 0 for a PDF that has to be read by OCR."""
    pdf = pypdfium2.PdfDocument(path)
    return len(pdf) if all(len(page.get_textpage().get_text_bounded()) > 20 for page in pdf) else 0


def pdfs(table: Table) -> None:
    counts = {path: pages(path) for path in everything() if path.suffix == ".pdf"}
    chosen = [path for path in counts if counts[path]]
    every = sum(counts.values())
    table.head(f"{len(chosen)} PDFs with a text layer, {every} pages", "program", "CPU ms a page", "of pdfplumber")
    found = {what: measure(what, chosen) for what in PDF_PROGRAMS}
    base = (found["pdfplumber"] or {"cpu": float("nan")})["cpu"]
    for what, figures in found.items():
        if figures:
            table.row(what, f"{1000 * figures['cpu'] / every:.1f}", f"{figures['cpu'] / base:.2f}")
    table.say("", "reportfacts reads, extracts with NER, validates and writes; the others only give the text.")


def million(kept: dict[str, str]) -> list[str]:
    """What a million such PDFs would take, from the cost of a page and of a report that the other parts found."""
    page = re.search(r"### (\d+) PDFs .*?, (\d+) pages.*?\| reportfacts \| ([\d.]+) \|", kept.get("pdf", ""), re.DOTALL)
    report = re.search(r"CPU ms a report \| ([\d.]+) \|", kept.get("run", ""))
    if not page or not report:
        return []
    pages, cost = MILLION * int(page[2]) / int(page[1]), float(page[3])
    seconds = (pages * cost + MILLION * float(report[1])) / 1000
    table = Table()
    table.head("A million reports, computed", "reports", "pages", "cores", "hours")
    for cores in CORES:
        table.row(f"{MILLION:,}", f"{pages:,.0f}", cores, f"{seconds / 3600 / cores:,.1f}")
    table.say(
        "", f"From {cost} ms of CPU a page and {report[1]} ms a report for pool and bookkeeping, as measured above."
    )
    return [*table.lines, ""]


def texts(table: Table) -> None:
    """The least CPU of some rounds, all programs in turn within each: what other processes disturb only adds."""
    paths = [p for p in everything() if p.suffix == ".txt" and p.stat().st_size > 2000]
    paths = [p for p in paths if p.read_bytes().isascii() or "_ru" not in p.name]
    rounds = [{what: measure(what, paths) for what in TEXT_PROGRAMS if what in PROGRAMS} for _ in range(ROUNDS)]
    table.head(f"{len(paths)} English text reports", "program", "characters a CPU second", "of spaCy")
    rates = {
        what: max(f["characters"] / f["cpu"] for r in rounds if (f := r[what])) for what in rounds[0] if rounds[0][what]
    }
    for what, rate in rates.items():
        table.row(what, f"{rate:,.0f}", f"{rate / rates['spaCy']:.1f}" if "spaCy" in rates else "—")
    table.say("", "spaCy: its small English pipeline as it is shipped. reportfacts: all of it, with writing to disk.")


def run(folder: Path, out: Path, workers: int) -> tuple[float, float, dict[str, Any]]:
    """Wall and CPU seconds of a run, and what it says of its own cost."""
    cost = out.with_suffix(".timings")
    flags = ["--workers", str(workers), "--timings", str(cost)]
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    command = [sys.executable, "-m", "pipeline", "run", str(folder), "-o", str(out), *flags]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if not cost.exists():
        raise SystemExit(done.stderr)
    wall, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu, json.loads(cost.read_text())


def copies(folder: Path) -> None:
    """COPIES reports, no two with the same bytes."""
    folder.mkdir()
    small = [
        path for path in everything() if 2000 < path.stat().st_size < SMALL and (path.suffix != ".pdf" or pages(path))
    ]
    for n in range(COPIES):
        path = small[n % len(small)]
        mark = f"\n%{n}\n" if path.suffix == ".pdf" else "\n" * (n + 1)
        (folder / f"{n:03}-{path.name}").write_bytes(path.read_bytes() + mark.encode())


def warm(folder: Path) -> None:
    """Few reports that make two workers load and compile all that they need: that is start-up too."""
    folder.mkdir()
    for path in (ROOT / "corpus" / "reports").glob("*-[av]*.txt"):
        for n in range(2):
            (folder / f"{n}-{path.name}").write_bytes(path.read_bytes() + b"\n" * n)


def used() -> float:
    """CPU seconds that all processes of this machine together have had (Linux)."""
    user, nice, system, *_ = Path("/proc/stat").read_text().split()[1:]
    return (int(user) + int(nice) + int(system)) / os.sysconf("SC_CLK_TCK")


def runs(table: Table) -> None:
    with tempfile.TemporaryDirectory(prefix="reportfacts-bench-") as name:
        folder = Path(name)
        copies(folder / "reports")
        warm(folder / "tiny")
        start_wall, start_cpu, tiny = run(folder / "tiny", folder / "start", 1)
        starts_wall, _, _ = run(folder / "tiny", folder / "starts", 2)
        one, cpu, cost = run(folder / "reports", folder / "one", 1)
        all_before = used()
        two, cpu_two, _ = run(folder / "reports", folder / "two", 2)
        others = (used() - all_before - cpu_two) / two / (os.cpu_count() or 1)
        again, again_cpu, _ = run(folder / "reports", folder / "two", 2)
    spent = sum(cost["cpu_seconds_by_stage"].values())
    start_cpu -= sum(tiny["cpu_seconds_by_stage"].values())
    beside = cpu - start_cpu - spent
    table.head(f"A run over {COPIES} reports, {cost['pages']} pages", "what", "figure")
    table.row("one worker: wall seconds, CPU seconds", f"{one:.1f}, {cpu:.1f}")
    table.row("two workers: wall seconds, CPU seconds", f"{two:.1f}, {cpu_two:.1f}")
    scaled = (one - start_wall) / (two - starts_wall)
    table.row("from one worker to two, wall, start-up apart", f"{scaled:.2f} times as fast")
    table.row("of all cores, taken by other processes during the latter", f"{max(others, 0):.0%}")
    table.row("pool and bookkeeping, of CPU, start-up apart", f"{beside / spent:.1%}")
    table.row("pool and bookkeeping, CPU ms a report", f"{1000 * beside / COPIES:.1f}")
    table.row("start-up of a run with one worker, CPU seconds", f"{start_cpu:.2f}")
    table.row("unchanged rerun, of the first, CPU", f"1/{cpu_two / again_cpu:.0f}")
    table.row("unchanged rerun, of the first, wall", f"1/{two / again:.0f}")
    times = []
    for _ in range(HELPS):
        began = time.monotonic()
        subprocess.run([sys.executable, "-m", "pipeline", "--help"], cwd=ROOT, capture_output=True, check=True)
        times.append(time.monotonic() - began)
    table.row("`reportfacts --help`, seconds, median, least", f"{statistics.median(times):.2f}, {min(times):.2f}")
    table.say(
        "", "The pool's polling takes some 5 ms of CPU a second: it weighs more where other processes make a run wait."
    )


def memory(table: Table) -> None:
    """The peak of one process that reads a report of LONG pages, put together from others."""
    long, sources = pypdfium2.PdfDocument.new(), [p for p in everything() if p.suffix == ".pdf" and pages(p)]
    while len(long) < LONG:
        for path in sources:
            other = pypdfium2.PdfDocument(path)
            long.import_pages(other, list(range(min(len(other), LONG - len(long)))))
    with tempfile.TemporaryDirectory(prefix="reportfacts-bench-") as name:
        path = Path(name) / "long.pdf"
        long.save(path)
        size = path.stat().st_size / 2**20
        found = measure("reportfacts", [path])
    table.head(f"A PDF of {LONG} pages, {size:.0f} MB", "what", "figure")
    if found:
        table.row("peak of resident memory, MB", f"{found['megabytes']:.0f}")
        table.row("CPU ms a page", f"{1000 * found['cpu'] / LONG:.1f}")


def loads(table: Table) -> None:
    facts = f"{load.REPORTS * load.FACTS:,} facts"
    table.head(f"Loading {facts}", "into", "seconds", "again, of the first", "driver alone, seconds", "of its speed")
    for name, first, again, raw in load.measured():
        table.row(name, f"{first:.1f}", f"{again / first:.2f}", f"{raw:.1f}", f"{raw / first:.2f}")


PARTS: dict[str, Callable[[Table], None]] = {"pdf": pdfs, "text": texts, "run": runs, "memory": memory, "load": loads}


def main() -> None:
    written = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else ""
    kept = dict(re.findall(r"<!-- part (\w+) -->\n(.*?)(?=\n<!-- part |\n### A million|\Z)", written, re.DOTALL))
    for name in sys.argv[1:] or PARTS:
        table = Table()
        before = os.getloadavg()[1]
        PARTS[name](table)
        busy = f"{(before + os.getloadavg()[1]) / 2:.1f}"
        table.say("", f"Measured on {os.cpu_count()} cores while {busy} processes wanted them, on average.", "")
        kept[name] = "\n".join(table.lines)
        parts = [f"<!-- part {part} -->\n{kept[part].strip()}\n" for part in PARTS if part in kept]
        RESULTS.write_text("\n".join([*parts, *million(kept)]), encoding="utf-8")


if __name__ == "__main__":
    main()
