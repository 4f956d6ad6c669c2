"""The whole line under `kill -9`: what dies comes back by itself, and the playlist says what was lost.

The tests run in order over one machine: each starts from a channel on air.
"""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk.line import XACAST, Line, until

pytestmark = pytest.mark.line

NEXT_SEGMENT = 4.0
"""Seconds after the encoder's death until media is listed again."""
ALL_BACK = 15.0
"""Seconds from `xacast up` to new segments after everything was killed."""


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Line]:
    machine = Line(tmp_path_factory.mktemp("line") / "data")
    machine.up()
    yield machine
    machine.down()


def test_a_channel_comes_on_air_with_one_command(line: Line) -> None:
    done = line.xacast("start", "demo", "--open", "--feed", "testcard:", "--ladder", "tiny")
    assert done.returncode == 0, done.stderr
    assert "channel demo is on air" in done.stdout
    assert "/watch/demo" in done.stdout
    listing = line.await_segments(1, 10)
    assert not any(segment.discontinuity for segment in listing.segments)
    assert line.report()["state"] == "live"
    assert line.xacast("start", "demo", "--open", "--feed", "testcard:", "--ladder", "tiny").returncode == 2


def test_a_killed_decoder_is_not_seen_by_players(line: Line) -> None:
    """F-04, F-05: no tick is missing, no discontinuity, no gap; the feed is back by itself."""
    first = line.pid("decoder")
    before = line.playlist().next_msn
    restarts = line.report()["worker"]["status"]["encoder_restarts"]
    line.kill("decoder")
    until(lambda: line.pid("decoder") != first, 5, "the decoder did not come back")
    until(lambda: line.report()["state"] == "live", 5, "the feed is not on air again")
    listing = line.await_segments(2, 8)
    since = [segment for segment in listing.segments if segment.msn >= before]
    assert len(since) >= 2
    assert not any(segment.gap or segment.discontinuity for segment in since)
    assert line.report()["worker"]["status"]["encoder_restarts"] == restarts


def test_a_killed_encoder_costs_at_most_two_segments(line: Line) -> None:
    """F-01: media again within 4 s, at most 2 segments lost, as GAP, without a discontinuity.

    "Media again" is the next segment's first part: the first new media that the playlist lists.
    """
    _lose_at_most_two(line, "encoder", NEXT_SEGMENT)


def test_a_killed_worker_costs_little_more_than_its_start(line: Line) -> None:
    """F-01: the supervisor starts it again; nothing of the old one is left, and no number is used twice."""
    old = {line.pid(role) for role in ("worker", "decoder", "encoder")}
    _lose_at_most_two(line, "worker", NEXT_SEGMENT + 2.0)
    assert not old & set(line.processes())


def _lose_at_most_two(line: Line, role: str, limit: float) -> None:
    line.await_segments(1, 5)
    killed_at = line.playlist().next_msn
    line.kill(role)
    line.await_parts_after(killed_at, limit)
    listing = line.await_segments(2, 10)
    since = [segment for segment in listing.segments if segment.msn >= killed_at]
    assert sum(segment.gap for segment in since) <= 2
    assert not any(segment.discontinuity for segment in listing.segments)
    assert [segment.msn for segment in since] == list(range(killed_at, killed_at + len(since)))


def test_a_killed_headend_costs_no_segment(line: Line) -> None:
    """F-30: the worker goes on encoding, and sends again what the dead headend had not kept."""
    worker, encoder = line.pid("worker"), line.pid("encoder")
    line.await_segments(1, 5)
    before = line.playlist().next_msn
    line.kill("headend")
    listing = line.await_parts_after(before + 1, 12)
    since = [segment for segment in line.await_segments(1, 5).segments if segment.msn >= before]
    assert len(since) >= 2
    assert not any(segment.gap or segment.discontinuity for segment in [*since, *listing.segments[-2:]])
    assert (line.pid("worker"), line.pid("encoder")) == (worker, encoder)


def test_a_killed_supervisor_takes_everything_along_and_numbers_go_on(line: Line) -> None:
    """F-22: nothing is left behind; `xacast up` brings new segments within 15 s and uses no number twice."""
    last = line.playlist().next_msn - 1
    assert line.supervisor is not None
    line.supervisor.send_signal(signal.SIGKILL)
    line.supervisor.wait()
    until(lambda: not line.processes(), 5, f"left behind: {line.processes()}")
    started = time.monotonic()
    line.up()
    listing = line.await_parts_after(last, ALL_BACK - (time.monotonic() - started))
    assert listing.next_msn > last
    line.await_segments(1, 5)
    assert line.report()["state"] in {"live", "slate"}


def test_a_second_supervisor_is_refused(line: Line) -> None:
    done = line.xacast("up")
    assert done.returncode == 2
    assert "xacast is up already" in done.stderr
    assert line.report()["playlist"]


def test_ctrl_c_stops_everything_within_five_seconds(line: Line) -> None:
    assert line.supervisor is not None
    started = time.monotonic()
    line.supervisor.send_signal(signal.SIGINT)
    assert line.supervisor.wait(5) == 130
    until(lambda: not line.processes(), 5 - (time.monotonic() - started), f"left behind: {line.processes()}")
    assert not Path(line.data, "run", "ports.json").exists()
    assert line.xacast("status").returncode == 2


def test_the_demo_comes_up_tells_where_and_goes(line: Line, tmp_path: Path) -> None:
    env = {**line.env, "XACAST_DATA": str(tmp_path)}
    with subprocess.Popen([XACAST, "demo"], env=env, stdout=subprocess.PIPE, text=True) as demo:
        assert demo.stdout is not None
        said = []
        while not said or "Ctrl-C" not in said[-1]:
            said.append(demo.stdout.readline())
            assert said[-1], "".join(said)
        os.kill(demo.pid, signal.SIGINT)
        assert demo.wait(5) == 130
    text = "".join(said)
    assert "channel demo is on air" in text
    assert "/watch/demo" in text
    assert "/live/demo/index.m3u8" in text
