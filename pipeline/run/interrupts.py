"""Interruptions that wait: SIGINT and SIGTERM raise KeyboardInterrupt, but not amid what must not be cut in two.

An exception in the midst of waking a pool's thread leaves that thread asleep for ever, and the run with it.
"""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

_held = 0
_waiting: int | None = None


def listen() -> None:
    """Take the two signals for this process; for the main thread only."""
    for signum in (signal.SIGINT, signal.SIGTERM):
        signal.signal(signum, _arrived)


def _arrived(signum: int, _: object) -> None:
    global _waiting
    if _held:
        _waiting = signum
    else:
        raise KeyboardInterrupt(signum)


@contextmanager
def held() -> Iterator[None]:
    """What is done within is done whole; a signal that arrives meanwhile counts at its end."""
    global _held, _waiting
    _held += 1
    try:
        yield
    finally:
        _held -= 1
        if not _held and _waiting is not None:
            signum, _waiting = _waiting, None
            raise KeyboardInterrupt(signum)
