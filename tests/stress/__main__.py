"""`make stress`: 300 reports of mixed kinds, 30 of them bad; then the same killed fifty times.

Writes what came of it to RESULTS.md beside this file, which the README quotes.
"""

import os
import platform
import sys
import tempfile
import time
from pathlib import Path

from . import load
from .harness import Stress, files, make_reports, reasons, statuses

GOOD, BAD, KILLS = 270, 30, 50
RESULTS = Path(__file__).with_name("RESULTS.md")
ABOUT = """{reports} reports (text, HTML, PDF, DOCX; English and Russian), {bad} of them bad: they crash the
process that reads them, hang it, eat its memory, are empty, damaged or cut off. One run to its end; then the same work
into another folder, killed with SIGKILL {kills} times at random moments (every third time a worker is killed before),
and run to its end.

| checked | outcome |
| --- | --- |
{rows}

{machine}
"""


def main() -> int:
    failures: list[str] = []
    rows: list[str] = []

    def check(right: bool, what: str) -> None:
        print(f"{'ok  ' if right else 'FAIL'} {what}", flush=True)
        failures.extend([] if right else [what])
        rows.append(f"| {what} | {'yes' if right else 'NO'} |")

    with tempfile.TemporaryDirectory(prefix="reportfacts-stress-") as name:
        folder = Path(name)
        make_reports(folder / "reports", GOOD, BAD)
        stress = Stress(folder / "reports", folder / "trace")
        busy, began = os.getloadavg()[1], time.monotonic()
        code, said = stress.finish(folder / "calm")
        calm, why = time.monotonic() - began, ", ".join(f"{n} {w}" for w, n in sorted(reasons(folder / "calm").items()))
        print(f"undisturbed: {calm:.0f} s, {why}", flush=True)
        check(code == 1, f"exit code 1 (was {code})")
        check("Traceback" not in said, "no traceback")
        check(statuses(folder / "calm") == {"ok": GOOD, "failed": BAD}, f"{GOOD} records, {BAD} reasons ({why})")
        began = time.monotonic()
        twice = stress.kills(folder / "killed", KILLS)
        code, _ = stress.finish(folder / "killed")
        killed = time.monotonic() - began
        print(f"{KILLS} kills and the rest: {killed:.0f} s", flush=True)
        check(not twice, f"no finished report is done twice {twice[:5] or ''}".strip())
        check(code == 1, f"exit code 1 after the kills (was {code})")
        check(files(folder / "killed") == files(folder / "calm"), "the bytes of the undisturbed run")
        check(not list((folder / "killed").glob(".reportfacts/tmp/*")), "nothing half-written")
    for kind, wrong in load.killed():
        check(not wrong, f"{load.KILLS} kills of loads into {kind} {wrong[:3] or ''}".strip())
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}, two workers; the undisturbed run took"
    machine += f" {calm:.0f} s, the kills and the rest {killed:.0f} s, {busy:.0f} other processes being busy."
    text = ABOUT.format(reports=GOOD + BAD, bad=BAD, kills=KILLS, rows="\n".join(rows), machine=machine)
    RESULTS.write_text(text, encoding="utf-8")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
