"""`make bench`: measures, prints a table for each part, and writes tests/bench/RESULTS.md, which the README quotes.

usage: python -m tests.bench [PART...]    (pdf, text, run, memory, load; default: all)

Over the real reports where they lie beside the repository, else over corpus/. Figures of a busy machine are worth
little: CPU seconds hold better than wall seconds, and ratios within one table better than both. What each process
spent in the CPU is asked of the system, so that waiting does not count.
"""

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2

from . import cluster, load, reports, scaling
from .measure import PROGRAMS

ROOT = Path(__file__).resolve().parents[2]
RESULTS = Path(__file__).with_name("RESULTS.md")
PDF_PROGRAMS = ("reportfacts", "pdfplumber", "pdfminer.six", "pypdfium2", "pdftotext")
TEXT_PROGRAMS = ("reportfacts --no-ner", "reportfacts", "spaCy")
ROUNDS = 3
HELPS = 7
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


def pdfs(table: Table) -> None:
    counts = {path: reports.pages(path) for path in reports.everything() if path.suffix == ".pdf"}
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
    """What a million such PDFs would take, from the cost of a page and of a task or report."""
    page = re.search(r"### (\d+) PDFs .*?, (\d+) pages.*?\| reportfacts \| ([\d.]+) \|", kept.get("pdf", ""), re.DOTALL)
    task = re.search(r"CPU ms a task \| ([\d.]+) \|", kept.get("run", ""))
    what = "a task of a cluster" if task else "a report for pool and bookkeeping"
    task = task or re.search(r"CPU ms a report \| ([\d.]+) \|", kept.get("run", ""))
    if not page or not task:
        return []
    pages, cost = MILLION * int(page[2]) / int(page[1]), float(page[3])
    seconds = (pages * cost + MILLION * float(task[1])) / 1000
    table = Table()
    table.head("A million reports, computed", "reports", "pages", "cores", "hours")
    for cores in CORES:
        table.row(f"{MILLION:,}", f"{pages:,.0f}", cores, f"{seconds / 3600 / cores:,.1f}")
    table.say("", f"From {cost} ms of CPU a page and {task[1]} ms {what}, as measured above, all cores busy.")
    return [*table.lines, ""]


def texts(table: Table) -> None:
    """The least CPU of some rounds, all programs in turn within each: what other processes disturb only adds."""
    paths = [p for p in reports.everything() if p.suffix == ".txt" and p.stat().st_size > 2000]
    paths = [p for p in paths if p.read_bytes().isascii() or "_ru" not in p.name]
    rounds = [{what: measure(what, paths) for what in TEXT_PROGRAMS if what in PROGRAMS} for _ in range(ROUNDS)]
    table.head(f"{len(paths)} English text reports", "program", "characters a CPU second", "of spaCy")
    rates = {
        what: max(f["characters"] / f["cpu"] for r in rounds if (f := r[what])) for what in rounds[0] if rounds[0][what]
    }
    for what, rate in rates.items():
        table.row(what, f"{rate:,.0f}", f"{rate / rates['spaCy']:.1f}" if "spaCy" in rates else "—")
    table.say("", "spaCy: its small English pipeline as it is shipped. reportfacts: all of it, with writing to disk.")


def runs(table: Table) -> None:
    found = scaling.measured()
    table.head(f"A run over {reports.COPIES} reports, {found.pages} pages", "what", "figure")
    table.row("one worker: wall seconds, CPU seconds", f"{found.one.wall:.1f}, {found.one.cpu:.1f}")
    table.row("two workers: wall seconds, CPU seconds", f"{found.two.wall:.1f}, {found.two.cpu:.1f}")
    table.row("from one worker to two, wall, start-up apart", f"{found.scaled:.2f} times as fast")
    table.row("what this machine gives: two runs over half of the reports each", f"{found.apart:.2f} times as fast")
    table.row("what this machine gives: two loops that only count", f"{found.loops:.2f} times as fast")
    table.row("two workers, of two runs that share nothing", f"{found.scaled / found.apart:.0%}")
    table.row("of all cores, taken by other processes meanwhile, at most", f"{found.others:.0%}")
    table.row("pool and bookkeeping, of CPU, start-up apart", f"{found.beside / found.spent:.1%}")
    table.row("pool and bookkeeping, CPU ms a report", f"{1000 * found.beside / reports.COPIES:.1f}")
    table.row("a dask cluster beside the work on the report, CPU ms a task", f"{1000 * cluster.measured():.1f}")
    table.row("start-up of a run with one worker, CPU seconds", f"{found.start:.2f}")
    table.row("unchanged rerun, of the first, CPU", f"1/{found.two.cpu / found.again.cpu:.0f}")
    table.row("unchanged rerun, of the first, wall", f"1/{found.two.wall / found.again.wall:.0f}")
    times = []
    for _ in range(HELPS):
        began = time.monotonic()
        subprocess.run([sys.executable, "-m", "pipeline", "--help"], cwd=ROOT, capture_output=True, check=True)
        times.append(time.monotonic() - began)
    table.row("`reportfacts --help`, seconds, median, least", f"{statistics.median(times):.2f}, {min(times):.2f}")
    table.say(
        "",
        "Two cores of a virtual machine are often two threads of one, and share its caches and its clock: nothing that "
        f"runs on both gets twice as fast. Each figure is the least of {scaling.ROUNDS} rounds.",
    )


def memory(table: Table) -> None:
    """The peak of one process that reads a report of LONG pages, put together from others."""
    long, sources = (
        pypdfium2.PdfDocument.new(),
        [p for p in reports.everything() if p.suffix == ".pdf" and reports.pages(p)],
    )
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
