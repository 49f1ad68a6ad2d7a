"""One run at a time in an output folder.

The kernel's lock (flock) decides, and ends with the process that holds it, however that dies: a stale lock
heals itself. What the file says (process, host, start) is for the message to whom is refused.
"""

import fcntl
import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import OutputError
from .layout import STATE
from .store import Store


@contextmanager
def hold(output: Path) -> Iterator[None]:
    """Hold the output for this process; OutputError names the holder where another one has it."""
    path = output / STATE / "lock"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = _acquire(path, output)
        os.ftruncate(handle, 0)
        os.pwrite(handle, json.dumps(holder()).encode(), 0)
    except OSError as error:
        raise OutputError(
            f"{output}: cannot be written: {error.strerror}; choose a folder for -o with room that you may write to"
        ) from error
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(handle)


@contextmanager
def hold_remote(store: Store, output: str) -> Iterator[None]:
    """Hold a remote output, as far as an object store can: it has no locks, so two runs that begin within the same
    moment may both get it. They would write the same bytes."""
    name = f"{STATE}/lock"
    try:
        said = store.read(name)
    except FileNotFoundError:
        said = b""
    except OSError as error:
        raise OutputError(
            f"{output}: cannot be reached: {error.strerror}; check the address and your rights"
        ) from error
    if said and not _dead(said):
        raise OutputError(f"{output}: {_held(said)}; wait for it to end, or if it is gone, remove {output}/{name}")
    try:
        store.write(name, json.dumps(holder()).encode())
    except OSError as error:
        raise OutputError(
            f"{output}: cannot be written: {error.strerror}; check the address and your rights"
        ) from error
    try:
        yield
    finally:
        store.remove(name)


def _dead(said: bytes) -> bool:
    """Whether the holder was a process of this machine that is gone."""
    try:
        who = json.loads(said)
        return bool(who["host"] == socket.gethostname()) and not Path(f"/proc/{int(who['pid'])}").exists()
    except (ValueError, KeyError, TypeError):
        return True


def holder() -> dict[str, str | int]:
    """Who holds the lock, for people: process, host, and the time of day when it began."""
    return {"pid": os.getpid(), "host": socket.gethostname(), "since": time.strftime("%Y-%m-%d %H:%M:%S %z")}


def _acquire(path: Path, output: Path) -> int:
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            said = os.pread(handle, 1000, 0)
            os.close(handle)
            raise OutputError(f"{output}: {_held(said)}; wait for it to end, or choose another folder for -o") from None
        # The last holder may have removed the file between our opening and locking it.
        if path.exists() and os.fstat(handle).st_ino == path.stat().st_ino:
            return handle
        os.close(handle)


def _held(said: bytes) -> str:
    try:
        who = json.loads(said)
        return f"held by process {who['pid']} on {who['host']}, running since {who['since']}"
    except (ValueError, KeyError, TypeError):
        return "held by another run that has just begun"
