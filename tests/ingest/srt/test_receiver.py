"""A carrier for SRT: one decoder's share of a connection."""

import os
from dataclasses import replace

from ingest.carrier import Carried
from ingest.facts import Facts
from ingest.reasons import ANEW
from ingest.srt.receiver import SrtReceiver
from ingest.srt.tap import SrtTap
from tests.ingest.spawning import until
from tests.ingest.srt.fronts import PipeFront
from tests.ingest.udp.test_receiver import take
from tests.ingest.udp.test_timeline import clock


def test_a_receiver_that_is_stopped_leaves_the_connection_to_the_next_one() -> None:
    front = PipeFront()
    tap = SrtTap(lambda: front)
    receiver = SrtReceiver(tap)
    assert (receiver.carried, receiver.trouble, receiver.facts) == (Carried(), "", Facts())
    end = receiver.start()[0]
    front.trouble = "the sender closed the connection"
    assert receiver.trouble == front.trouble
    receiver.stop()
    assert not front.stopped
    tap.stop()
    assert front.stopped
    assert os.read(end, 1) == b""
    os.close(end)


def test_when_the_front_has_ended_its_process_is_not_waited_for() -> None:
    """F-05: the port is free at once."""
    front = PipeFront()
    receiver = SrtReceiver(SrtTap(lambda: front))
    end = receiver.start()[0]
    os.close(front.writing)
    assert os.read(end, 1) == b""
    front.writing = os.dup(end)
    receiver.stop()
    assert front.stopped
    os.close(end)


def test_one_that_is_stopped_before_it_begins_leaves_nothing_open() -> None:
    front = PipeFront()
    receiver = SrtReceiver(SrtTap(lambda: front))
    receiver.stop()
    end = receiver.start()[0]
    assert front.stopped
    os.close(end)


def test_after_a_leap_the_connection_stays_for_the_next_one_and_losses_are_counted_once() -> None:
    """F-11."""
    front = PipeFront()
    tap = SrtTap(lambda: front)
    first = SrtReceiver(tap)
    end = first.start()[0]
    front.carried = replace(front.carried, lost=3)
    front.send(clock(20), clock(500))
    assert take(end, 188) == clock(20)
    assert os.read(end, 1) == b""
    assert (first.trouble, first.carried) == (ANEW, Carried(bytes=188, lost=3))
    first.stop()
    assert not front.stopped
    second = SrtReceiver(tap)
    other = second.start()[0]
    assert take(other, 188) == clock(500)
    until(lambda: second.carried == Carried(bytes=188))
    tap.stop()
    assert front.stopped
    for each in (end, other):
        os.close(each)


def test_opus_is_found_out_by_the_front_and_the_next_decoder_of_the_same_call_is_not_promised_frames() -> None:
    front = PipeFront()
    tap = SrtTap(lambda: front)
    first = SrtReceiver(tap)
    end = first.start()[0]
    assert first.framed
    front.send(clock(20))
    assert take(end, 188) == clock(20)
    front.facts = Facts(video=("h264 16x16",), audio=("opus 48000 Hz stereo",))
    assert not first.framed
    first.stop()
    os.close(end)
    front.send(clock(20.1))
    second = SrtReceiver(tap)
    other = second.start()[0]
    assert not second.framed
    assert take(other, 188) == clock(20.1)
    tap.stop()
    assert front.stopped
    os.close(other)
