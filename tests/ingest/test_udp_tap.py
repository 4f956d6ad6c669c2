"""A feed's sockets, which outlive its decoders."""

import os
from collections.abc import Iterator

import pytest

from ingest.kinds import feed_of
from ingest.reasons import ANEW
from ingest.udp_tap import UdpTap
from tests.ingest.spawning import until
from tests.ingest.test_front import free_port
from tests.ingest.test_timeline import clock
from tests.ingest.test_udp_receiver import send, stream, take

PORT = free_port()


@pytest.fixture
def tap() -> Iterator[UdpTap]:
    made = UdpTap(feed_of(f"udp://127.0.0.1:{PORT}"))
    yield made
    made.stop()


def test_what_comes_between_two_decoders_is_for_the_next(tap: UdpTap) -> None:
    """F-01: the key picture at which a source begins is not missed."""
    first = tap.attach()
    send(PORT, *stream(0))
    assert take(first.reading, 188) == stream(0)[0]
    tap.detach(first)
    assert os.read(first.reading, 1) == b""
    send(PORT, *stream(1, 2))
    until(lambda: tap._kept_bytes == 2 * 188)
    second = tap.attach()
    assert take(second.reading, 2 * 188) == b"".join(stream(1, 2))
    for line in (first, second):
        os.close(line.reading)


def test_a_stream_that_begins_anew_ends_the_connection_and_waits_for_the_next(tap: UdpTap) -> None:
    """F-11, F-15: the new source begins with its first packet, and behind nothing of the old one."""
    first = tap.attach()
    send(PORT, clock(1_000))
    assert take(first.reading, 188) == clock(1_000)
    send(PORT, clock(0), clock(0.04))
    assert os.read(first.reading, 1) == b""
    assert first.trouble == ANEW
    until(lambda: tap._kept_bytes == 2 * 188)
    second = tap.attach()
    assert take(second.reading, 2 * 188) == clock(0) + clock(0.04)
    for line in (first, second):
        os.close(line.reading)


def test_what_nobody_fetches_does_not_pile_up(tap: UdpTap, monkeypatch: pytest.MonkeyPatch) -> None:
    """F-25."""
    monkeypatch.setattr("ingest.udp_tap._KEPT", 3 * 188)
    line = tap.attach()
    tap.detach(line)
    os.close(line.reading)
    send(PORT, *stream(*range(10)))
    until(lambda: tap._kept_bytes == 3 * 188 and tap._kept[-1] == stream(9)[0])
