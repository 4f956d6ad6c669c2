"""The thread that writes behind."""

import threading
from collections.abc import Iterator

import pytest

from origin.disk_writer import DiskWriter


def nothing() -> None:
    """A job that does nothing."""


@pytest.fixture
def writer() -> Iterator[DiskWriter]:
    found = DiskWriter(limit=100, idle=nothing)
    yield found
    found.stop(5)


def test_jobs_are_done_in_order(writer: DiskWriter) -> None:
    done: list[int] = []
    for index in range(50):
        assert writer.offer(lambda index=index: done.append(index))  # type: ignore[misc]
    writer.start()
    assert writer.flush(5)
    assert done == list(range(50))


def test_what_does_not_fit_is_refused_at_once(writer: DiskWriter) -> None:
    """F-21: a slow disk is never felt by the caller."""
    gate, entered = threading.Event(), threading.Event()

    def slow() -> None:
        entered.set()
        gate.wait(5)

    writer.start()
    assert writer.offer(slow, 90)
    assert entered.wait(5)
    assert writer.offer(nothing, 60)
    assert not writer.offer(nothing, 60)
    assert writer.offer(nothing, 40)
    assert writer.waiting_bytes == 100
    assert not writer.flush(0.01)
    gate.set()
    assert writer.flush(5)
    assert writer.waiting_bytes == 0
    assert writer.offer(nothing, 100)


def test_urgent_jobs_and_others_are_done_by_turns(writer: DiskWriter) -> None:
    """F-21: on a slow disk neither keeps the other from being done."""
    done: list[str] = []
    for name in ("a", "b", "c", "d"):
        writer.offer(lambda name=name: done.append(name))  # type: ignore[misc]
    for name in ("1", "2"):
        writer.offer(lambda name=name: done.append(name), urgent=True)  # type: ignore[misc]
    writer.start()
    assert writer.flush(5)
    assert "".join(done) == "1a2bcd"


def test_how_long_the_oldest_job_has_been_waiting_is_known_also_while_it_is_done() -> None:
    now = 5
    entered, gate = threading.Event(), threading.Event()
    writer = DiskWriter(limit=100, idle=nothing, now_ns=lambda: now)
    assert writer.behind_ns == 0

    def slow() -> None:
        entered.set()
        gate.wait(5)

    writer.offer(slow)
    now = 8
    writer.offer(nothing)
    assert writer.behind_ns == 3
    writer.start()
    assert entered.wait(5)
    now = 9
    assert writer.behind_ns == 4
    gate.set()
    assert writer.flush(5)
    assert writer.behind_ns == 0
    assert writer.stop(5)


def test_stopping_finishes_what_waits(writer: DiskWriter) -> None:
    done: list[int] = []
    writer.start()
    for index in range(20):
        writer.offer(lambda index=index: done.append(index))  # type: ignore[misc]
    assert writer.stop(5)
    assert done == list(range(20))
    assert not writer.alive


def test_stopping_does_not_wait_for_ever() -> None:
    gate = threading.Event()
    writer = DiskWriter(limit=100, idle=nothing)
    writer.start()
    writer.offer(lambda: gate.wait(5) and None)  # type: ignore[arg-type]
    writer.offer(nothing)
    assert not writer.stop(0.01)
    gate.set()
    assert writer.stop(5)


def test_an_idle_thread_tidies_up() -> None:
    tidied = threading.Event()
    writer = DiskWriter(limit=100, idle=tidied.set, idle_seconds=0.001)
    writer.start()
    assert tidied.wait(5)
    assert writer.stop(5)


def test_a_writer_may_be_started_again(writer: DiskWriter) -> None:
    done = threading.Event()
    for _ in range(2):
        done.clear()
        writer.start()
        writer.offer(done.set)
        assert writer.flush(5)
        assert done.is_set()
        assert writer.stop(5)
