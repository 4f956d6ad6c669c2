"""An SRT feed's front, which outlives its decoders where the sender's clock leaps."""

import os
from pathlib import Path

import pytest

from flow.errors import FeedError
from ingest.front import Front
from ingest.kinds import feed_of
from ingest.reasons import ANEW
from ingest.srt.line import SrtLine
from ingest.srt.tap import SrtTap
from tests.faults.crafted import CraftedCall
from tests.faults.transport import Packet, clock_of, read, shifted
from tests.ingest.media import FFMPEG, SENT, make, picture, sound
from tests.ingest.spawning import spawn, until
from tests.ingest.srt.fronts import PipeFront
from tests.ingest.test_front import free_port
from tests.ingest.udp.test_receiver import take
from tests.ingest.udp.test_timeline import clock


def test_the_same_front_goes_on_after_a_leap_and_another_after_its_end() -> None:
    """F-11."""
    fronts = [PipeFront(), PipeFront()]
    made = iter(fronts)
    tap = SrtTap(lambda: next(made))
    first, relay = tap.attach()
    fronts[0].send(clock(20), clock(500))
    assert take(first.reading, 188) == clock(20)
    assert os.read(first.reading, 1) == b""
    second, same = tap.attach()
    assert same is relay
    assert take(second.reading, 188) == clock(500)
    tap.release(relay)
    third, other = tap.attach()
    assert other is not relay
    assert fronts[0].stopped
    tap.stop()
    tap.stop()
    assert fronts[1].stopped
    for line in (first, second, third):
        os.close(line.reading)


def test_a_front_that_cannot_be_started_is_told_and_tried_again() -> None:
    fronts = iter([PipeFront("no such host"), PipeFront()])
    tap = SrtTap(lambda: next(fronts))
    with pytest.raises(FeedError, match="no such host"):
        tap.attach()
    line, _ = tap.attach()
    tap.stop()
    assert os.read(line.reading, 1) == b""
    os.close(line.reading)


def clocks(line: SrtLine) -> list[float]:
    """Clock references of a line in seconds, up to its end."""
    body = bytearray()
    while data := os.read(line.reading, 1 << 16):
        body += data
    os.close(line.reading)
    found = [clock_of(bytes(body[at:at + 188])) for at in range(0, len(body), 188)]
    return [reading / 90_000 for reading in found if reading is not None]


@pytest.mark.line
def test_one_call_whose_clock_leaps_forward_and_back_stays_one_call(tmp_path: Path) -> None:
    """F-11, F-16: over real SRT: the leaps arrive as they were sent, and each is a new decoder's affair."""
    film = read(make(tmp_path / "a.ts", *picture(seconds=1.2), *sound(1.2), *SENT).read_bytes())
    sent: list[Packet] = []
    for place, seconds in enumerate((0.0, 480.0, 0.0)):
        life = shifted(film, 0.0, seconds)
        sent += [one.at(place * 1.3 + one.second) for one in life]
    port = free_port()
    feed = feed_of(f"srt://127.0.0.1:{port}?mode=listener")
    tap = SrtTap(lambda: Front(feed, spawn=spawn, ffmpeg=FFMPEG))
    try:
        line, relay = tap.attach()
        until(lambda: b":%04X" % port in Path("/proc/net/udp").read_bytes())
        with CraftedCall(FFMPEG, f"srt://127.0.0.1:{port}?pkt_size=1316", sent):
            first = clocks(line)
            assert line.trouble == ANEW
            line, same = tap.attach()
            second = clocks(line)
            assert line.trouble == ANEW
            line, last = tap.attach()
            third = clocks(line)
    finally:
        tap.stop()
    assert relay is same is last
    assert max(first) < 10 < 470 < min(second)
    assert third
    assert max(third) < 10
