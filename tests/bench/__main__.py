"""`make bench`: measures, prints a table, and writes it to tests/bench/RESULTS.md, which the README quotes.

Over the real reports where they lie beside the repository, else over corpus/. Figures of a busy machine are worth
little: CPU seconds hold better than wall seconds, and ratios within one table better than both.
"""

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pypdfium2

from . import load
from .measure import PROGRAMS, WARM

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "reports"
RESULTS = Path(__file__).with_name("RESULTS.md")
PDF_PROGRAMS = ("reportfacts", "pdfplumber", "pdfminer.six", "pypdfium2", "pdftotext")
TEXT_PROGRAMS = ("reportfacts --no-ner", "reportfacts", "spaCy")
HELPS = 7


@dataclass
class Table:
    lines: list[str] = field(default_factory=list)

    def head(self, title: str, *columns: str) -> None:
        self.say("", f"### {title}", "", f"| {' | '.join(columns)} |", f"|{' --- |' * len(columns)}")

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


def pages(path: Path) -> int:
    """Pages with a text layer throughout; 0 for a PDF that has to be read by OCR."""
    pdf = pypdfium2.PdfDocument(path)
    return len(pdf) if all(len(page.get_textpage().get_text_bounded()) > 20 for page in pdf) else 0


def pdfs(table: Table, paths: list[Path]) -> None:
    counts = {path: pages(path) for path in paths}
    chosen = [path for path in paths if counts[path]]
    every = sum(counts[path] for path in chosen)
    table.head(f"{len(chosen)} PDFs with a text layer, {every} pages", "program", "CPU ms a page", "of pdfplumber")
    found = {what: measure(what, chosen) for what in PDF_PROGRAMS}
    base = (found["pdfplumber"] or {"cpu": float("nan")})["cpu"]
    for what, figures in found.items():
        if figures:
            table.row(what, f"{1000 * figures['cpu'] / every:.1f}", f"{figures['cpu'] / base:.2f}")


def texts(table: Table, paths: list[Path]) -> None:
    table.head(f"{len(paths)} English text reports", "program", "characters a CPU second", "of spaCy")
    found = {what: measure(what, paths) for what in TEXT_PROGRAMS if what in PROGRAMS}
    rates = {what: f["characters"] / f["cpu"] for what, f in found.items() if f}
    for what, rate in rates.items():
        times = f"{rate / rates['spaCy']:.1f}" if "spaCy" in rates else "—"
        table.row(what, f"{rate:,.0f}", times)


def run(paths: list[Path], out: Path, workers: int) -> tuple[float, float, dict[str, Any]]:
    """Wall and CPU seconds of a run, and what it says of its own cost."""
    cost = out.with_suffix(".timings")
    flags = ["--workers", str(workers), "--timings", str(cost)]
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    command = [sys.executable, "-m", "pipeline", "run", *map(str, paths), "-o", str(out), *flags]
    subprocess.run(command, cwd=ROOT, capture_output=True)
    wall, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu, json.loads(cost.read_text())


def runs(table: Table, paths: list[Path], folder: Path) -> None:
    table.head(f"A run over {len(paths)} reports", "what", "figure")
    tiny = folder / "tiny.txt"
    tiny.write_text(WARM)
    start_wall, start_cpu, _ = run([tiny], folder / "start", 1)
    one, cpu, cost = run(paths, folder / "one", 1)
    two, _, _ = run(paths, folder / "two", 2)
    again, _, _ = run(paths, folder / "two", 2)
    stages = sum(cost["cpu_seconds_by_stage"].values())
    table.row("one worker, wall seconds", f"{one:.1f}")
    table.row("two workers, wall seconds", f"{two:.1f}")
    table.row("scaling from one worker to two, start-up apart", f"{(one - start_wall) / (two - start_wall):.2f}")
    table.row("pool and bookkeeping, of CPU, start-up apart", f"{(cpu - start_cpu - stages) / stages:.1%}")
    table.row("start-up of a run, CPU seconds", f"{start_cpu:.2f}")
    table.row("unchanged rerun, of the first", f"1/{two / again:.0f}")


def helps(table: Table) -> None:
    times = []
    for _ in range(HELPS):
        began = time.monotonic()
        subprocess.run([sys.executable, "-m", "pipeline", "--help"], cwd=ROOT, capture_output=True, check=True)
        times.append(time.monotonic() - began)
    table.row("`reportfacts --help`, seconds", f"{statistics.median(times):.2f}")


def loads(table: Table) -> None:
    facts = f"{load.REPORTS * load.FACTS:,} facts"
    table.head(f"Loading {facts}", "into", "seconds", "again, of the first", "driver alone, seconds", "of its speed")
    for name, first, again, raw in load.measured():
        table.row(name, f"{first:.1f}", f"{again / first:.2f}", f"{raw:.1f}", f"{raw / first:.2f}")


def main() -> None:
    where = SHARED if SHARED.is_dir() else ROOT / "corpus" / "reports"
    everything = sorted(path for path in where.iterdir() if path.suffix in (".pdf", ".txt"))
    prose = [path for path in everything if path.suffix == ".txt" and path.stat().st_size > 2000]
    table = Table()
    with tempfile.TemporaryDirectory(prefix="reportfacts-bench-") as name:
        pdfs(table, [path for path in everything if path.suffix == ".pdf"])
        texts(table, [path for path in prose if path.read_bytes().isascii() or "_ru" not in path.name])
        runs(table, everything, Path(name))
        helps(table)
    loads(table)
    RESULTS.write_text("\n".join(table.lines).strip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
