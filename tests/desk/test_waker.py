"""A wait that anyone may end."""

import os
import signal
import time

from desk.waker import Waker


def test_a_wake_ends_the_next_wait_and_only_that() -> None:
    waker = Waker()
    for _ in range(100_000 // 50):
        waker.wake()
    began = time.monotonic()
    waker.wait(30)
    assert time.monotonic() - began < 5
    began = time.monotonic()
    waker.wait(0.01)
    assert time.monotonic() - began >= 0.005
    waker.close()


def test_a_full_pipe_holds_nobody_up() -> None:
    waker = Waker()
    for _ in range(70_000):
        waker.wake()
    waker.wait(1)
    waker.close()


def test_a_signal_handler_may_wake() -> None:
    waker = Waker()
    before = signal.signal(signal.SIGUSR1, lambda *_: waker.wake())
    try:
        os.kill(os.getpid(), signal.SIGUSR1)
        began = time.monotonic()
        waker.wait(30)
        assert time.monotonic() - began < 5
    finally:
        signal.signal(signal.SIGUSR1, before)
        waker.close()
