"""`make stress`: 300 reports of mixed kinds, 30 of them bad; then the same killed fifty times."""

import sys
import tempfile
import time
from pathlib import Path

from . import load
from .harness import Stress, files, make_reports, reasons, statuses

GOOD, BAD, KILLS = 270, 30, 50


def main() -> int:
    failures = []

    def check(right: bool, what: str) -> None:
        print(f"{'ok  ' if right else 'FAIL'} {what}", flush=True)
        failures.extend([] if right else [what])

    with tempfile.TemporaryDirectory(prefix="reportfacts-stress-") as name:
        folder = Path(name)
        make_reports(folder / "reports", GOOD, BAD)
        stress = Stress(folder / "reports", folder / "trace")
        began = time.monotonic()
        code, said = stress.finish(folder / "calm")
        print(f"undisturbed: {time.monotonic() - began:.0f} s, {dict(reasons(folder / 'calm'))}", flush=True)
        check(code == 1, f"exit code 1 (was {code})")
        check("Traceback" not in said, "no traceback")
        check(statuses(folder / "calm") == {"ok": GOOD, "failed": BAD}, f"{GOOD} records, {BAD} reasons")
        began = time.monotonic()
        twice = stress.kills(folder / "killed", KILLS)
        code, _ = stress.finish(folder / "killed")
        print(f"{KILLS} kills and the rest: {time.monotonic() - began:.0f} s", flush=True)
        check(not twice, f"no finished report is done twice {twice[:5] or ''}".strip())
        check(code == 1, f"exit code 1 after the kills (was {code})")
        check(files(folder / "killed") == files(folder / "calm"), "the bytes of the undisturbed run")
        check(not list((folder / "killed").glob(".reportfacts/tmp/*")), "nothing half-written")
    for kind, wrong in load.killed():
        check(not wrong, f"{load.KILLS} kills of loads into {kind} {wrong[:3] or ''}".strip())
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
