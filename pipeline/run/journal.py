"""What a run has done so far, for the next one if this one is killed: it need not read each record to count its facts.

One line for each record, as in `run.json`. The record alone decides whether the work holds: a line that is missing or
torn only costs time.
"""

import json
from pathlib import Path
from typing import IO

from .job import Outcome
from .layout import STATE
from .report import entry


class Journal:
    """The journal of a local output; `end` removes it once `run.json` says the same."""

    def __init__(self, root: Path) -> None:
        self.path = root / STATE / "journal.jsonl"
        self.file: IO[bytes] | None = None

    def read(self) -> dict[str, Outcome]:
        found = {}
        try:
            lines = self.path.read_bytes().splitlines()
        except OSError:
            return {}
        for line in lines:
            try:
                outcome = Outcome(**json.loads(line), new=False)
            except (ValueError, TypeError):
                continue
            found[outcome.name] = outcome
        return found

    def add(self, outcome: Outcome) -> None:
        if self.file is None:
            self.file = self.path.open("ab", buffering=0)
            self.file.write(b"\n")  # the last line may be torn
        self.file.write(json.dumps(entry(outcome)).encode() + b"\n")

    def end(self) -> None:
        if self.file is not None:
            self.file.close()
        self.path.unlink(missing_ok=True)
