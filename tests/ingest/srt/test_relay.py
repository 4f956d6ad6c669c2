"""What one SRT front brings, handed to one decoder after the other."""

import os
from collections.abc import Iterator
from threading import Thread

import pytest

from ingest.reasons import ANEW, FAILED
from ingest.srt.line import SrtLine
from ingest.srt.relay import SrtRelay
from tests.ingest.srt.fronts import PipeFront
from tests.ingest.srt.test_behind import timed
from tests.ingest.udp.test_continuity import packet
from tests.ingest.udp.test_receiver import take
from tests.ingest.udp.test_timeline import clock

PAT, PMT = packet(0, 0), packet(0x1000, 0)


class Running:
    """A relay at work, and its first line."""

    def __init__(self) -> None:
        self.front, self.line = PipeFront(), SrtLine()
        self.relay = SrtRelay(self.front, self.line)
        self.thread = Thread(target=self._run)
        self.thread.start()
        self._lines = [self.line]

    def _run(self) -> None:
        self.relay.run(self.front.reading)
        self.relay.close()

    def next(self) -> SrtLine:
        line = SrtLine()
        self.relay.hand(line)
        self._lines.append(line)
        return line

    def end(self) -> None:
        self.relay.stop()
        for line in self._lines:
            os.close(line.reading)
        self.thread.join(5)


@pytest.fixture
def running() -> Iterator[Running]:
    made = Running()
    yield made
    made.end()
    assert not made.thread.is_alive()


@pytest.mark.parametrize("reads", [500, 0, 90_000], ids=["forward", "back", "over a day"])
def test_a_leap_of_the_clock_is_for_the_next_decoder_with_the_tables(running: Running, reads: float) -> None:
    """F-11, F-16: no decoder sees both sides of it, so none fills the gap; the connection stays."""
    before, after = [PAT, PMT, clock(20), packet(256, 1)], [clock(reads), packet(256, 2)]
    running.front.send(*before, *after)
    assert take(running.line.reading, 4 * 188) == b"".join(before)
    assert os.read(running.line.reading, 1) == b""
    assert running.line.trouble == ANEW
    following = running.next()
    assert take(following.reading, 4 * 188) == b"".join([PAT, PMT, *after])
    assert not running.front.stopped


def test_what_a_front_had_looked_at_comes_at_once_and_is_no_leap(running: Running) -> None:
    sent = [clock(20), clock(20.5), clock(21), clock(21.5)]
    running.front.send(*sent)
    assert take(running.line.reading, 4 * 188) == b"".join(sent)
    assert running.line.trouble == ""


def test_packets_cut_in_two_are_put_together(running: Running) -> None:
    whole = packet(256, 1) + packet(256, 2)
    running.front.send(whole[:200])
    assert take(running.line.reading, 188) == whole[:188]
    running.front.send(whole[200:])
    assert take(running.line.reading, 188) == whole[188:]


def test_the_end_of_the_front_is_seen_by_its_decoder(running: Running) -> None:
    running.front.send(packet(256, 1))
    assert take(running.line.reading, 188) == packet(256, 1)
    running.front.stop()
    assert os.read(running.line.reading, 1) == b""
    assert running.line.trouble == ""


def test_a_front_whose_decoder_died_goes_on_with_the_next_one_and_nothing_is_lost(running: Running) -> None:
    """F-01: the sender need not call again."""
    os.close(running.line.reading)
    running._lines.clear()
    running.front.send(PAT, packet(256, 1))
    following = running.next()
    assert take(following.reading, 3 * 188) == PAT + PAT + packet(256, 1)
    assert not running.front.stopped


@pytest.mark.parametrize("late", [
    packet(257, 1),  # what is left of a picture or a frame
    timed(257, 20.4),
])
def test_what_a_front_gives_out_late_of_the_time_before_a_leap_is_left_out(running: Running, late: bytes) -> None:
    """F-11: a decoder that began with it would tear the sound from the picture."""
    after = [clock(500), late, timed(257, 500.2), packet(257, 2), packet(257, 3)]
    running.front.send(PAT, clock(20), *after)
    assert take(running.line.reading, 2 * 188) == PAT + clock(20)
    following = running.next()
    running.front.send(packet(257, 4))
    wanted = [PAT, timed(257, 500.2), packet(257, 2), packet(257, 3), packet(257, 4)]
    got = take(following.reading, 6 * 188)
    assert got == b"".join([PAT, clock(500), *wanted[1:]])


def test_a_decoder_that_died_before_its_turn_is_passed_over(running: Running) -> None:
    running.front.send(PAT, packet(256, 1))
    assert take(running.line.reading, 2 * 188) == PAT + packet(256, 1)
    for line in (running.line, running.next()):
        os.close(line.reading)
    running._lines.clear()
    running.front.send(packet(256, 2))
    following = running.next()
    assert take(following.reading, 2 * 188) == PAT + packet(256, 2)


def test_a_front_whose_decoder_died_and_has_no_successor_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.srt.relay._PATIENCE", 0.01)
    running = Running()
    os.close(running.line.reading)
    running._lines.clear()
    running.front.send(packet(256, 1))
    running.thread.join(5)
    assert running.front.stopped
    running.end()


def test_a_front_that_no_decoder_comes_for_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.srt.relay._PATIENCE", 0.01)
    running = Running()
    running.front.send(clock(20), clock(500))
    running.thread.join(5)
    assert running.front.stopped
    running.end()


def test_what_nobody_foresaw_costs_the_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.srt.relay.Timeline", lambda _: None)
    running = Running()
    running.front.send(packet(256, 1))
    running.thread.join(5)
    assert running.line.trouble == FAILED
    assert running.front.stopped
    running.end()
