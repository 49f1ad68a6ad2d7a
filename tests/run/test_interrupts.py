"""A signal that arrives amid what must be done whole counts at its end."""

import os
import signal
from collections.abc import Iterator

import pytest

from pipeline.run.interrupts import held, listen


@pytest.fixture(autouse=True)
def listening() -> Iterator[None]:
    before = {signum: signal.getsignal(signum) for signum in (signal.SIGINT, signal.SIGTERM)}
    listen()
    yield
    for signum, handler in before.items():
        signal.signal(signum, handler)


def test_a_signal_counts_at_once() -> None:
    with pytest.raises(KeyboardInterrupt) as caught:
        os.kill(os.getpid(), signal.SIGTERM)
    assert caught.value.args == (signal.SIGTERM,)


def test_what_is_held_is_done_whole() -> None:
    done = []
    with pytest.raises(KeyboardInterrupt) as caught, held():
        with held():
            os.kill(os.getpid(), signal.SIGINT)
            done.append(1)
        done.append(2)
    assert (done, caught.value.args) == ([1, 2], (signal.SIGINT,))


def test_nothing_is_left_of_it() -> None:
    with held():
        pass
