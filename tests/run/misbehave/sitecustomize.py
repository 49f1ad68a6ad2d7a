"""A reader for tests that crashes, hangs or eats memory, where a report's first line says so.

Python loads this file by itself in every process that has its folder on PYTHONPATH, so that the program needs no
door for tests. `%CRASH`, `%HANG`, `%EAT`; `%ONCE path` crashes until `path` exists; `%SLOW seconds` takes its time;
`%BUG` raises what nobody foresaw.
"""

import importlib
import importlib.abc
import os
import signal
import sys
import time
from pathlib import Path


def misbehave(data: bytes) -> None:
    line = data[:200].splitlines()[0].decode(errors="replace") if data else ""
    order, _, rest = line.partition(" ")
    if order == "%CRASH":
        os.kill(os.getpid(), signal.SIGSEGV)
    elif order == "%HANG":
        time.sleep(3600)
    elif order == "%EAT":
        eaten = []
        while True:
            eaten.append(b"\1" * 2**25)
            time.sleep(0.002)
    elif order == "%ONCE" and not Path(rest).exists():
        Path(rest).touch()
        os.kill(os.getpid(), signal.SIGSEGV)
    elif order == "%SLOW":
        time.sleep(float(rest))
    elif order == "%BUG":
        raise ZeroDivisionError("nobody foresaw this")


class Finder(importlib.abc.MetaPathFinder):
    """Puts the misbehaving reader in the place of the real one just before the stages are loaded."""

    def find_spec(self, name: str, path: object, target: object = None) -> None:
        if name != "pipeline.stages":
            return
        sys.meta_path.remove(self)
        ingest = importlib.import_module("pipeline.ingest")
        read = ingest.read

        def reader(path: Path, *args: object, **options: object) -> object:
            if path.is_file():
                misbehave(path.read_bytes())
            if trace := os.environ.get("READ_TRACE"):
                with Path(trace).open("a") as file:
                    file.write(f"{path.name}\n")
            return read(path, *args, **options)

        ingest.read = reader


sys.meta_path.insert(0, Finder())
