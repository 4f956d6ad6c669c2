import subprocess
import time
from pathlib import Path

import pytest

from ingest.retry import HEALTHY_NS, SHORT_NS, Retry
from tests.ingest.media import FFMPEG, SENT, OnAir, make, picture
from tests.ingest.spawning import until
from tests.ingest.test_front import free_port


def _pauses(*lives: tuple[int, bool]) -> list[float]:
    state, pauses = Retry(), []
    for lasted, lived in lives:
        state, pause = state.after(lasted, lived=lived)
        pauses.append(pause)
    return pauses


def test_pauses_grow_to_eight_seconds_and_stay_there() -> None:
    """F-03: a feed that fails at once is not tried in a tight loop."""
    assert _pauses(*[(0, False)] * 7) == [0.5, 1, 2, 4, 8, 8, 8]


def test_ten_healthy_seconds_start_the_pauses_again() -> None:
    assert _pauses(*[(0, False)] * 4, (HEALTHY_NS, True), (0, False)) == [0.5, 1, 2, 4, 0.5, 1]


def test_a_feed_that_hung_for_long_without_a_picture_was_not_healthy() -> None:
    assert _pauses((0, False), (10 * HEALTHY_NS, False)) == [0.5, 1]


def test_a_feed_that_lives_shortly_again_and_again_is_not_healthy() -> None:
    assert _pauses(*[(HEALTHY_NS - 1, True)] * 3) == [0.5, 1, 2]


def test_a_listener_is_back_at_once_after_a_caller_and_pauses_for_six_tenths_of_a_second_at_most() -> None:
    assert Retry().after(SHORT_NS, lived=True, listens=True) == (Retry(), 0.1)
    state, pauses = Retry(), []
    for _ in range(4):
        state, pause = state.after(0, lived=False, listens=True)
        pauses.append(pause)
    assert pauses == [0.5, 0.6, 0.6, 0.6]


def test_what_kills_decoder_after_decoder_is_tried_twice_a_second_at_most() -> None:
    """F-03."""
    state, pauses = Retry(), []
    for _ in range(4):
        state, pause = state.after(SHORT_NS - 1, lived=True, listens=True)
        pauses.append(pause)
    assert pauses == [0.5, 0.6, 0.6, 0.6]


def _socket(port: int) -> str:
    """The number of the socket that has a UDP port; empty when nobody has it."""
    rows = [row.split() for row in Path("/proc/net/udp").read_text("ascii").splitlines()[1:]]
    return next((row[9] for row in rows if row[1].endswith(f":{port:04X}")), "")


@pytest.mark.line
def test_a_port_whose_caller_left_soon_is_open_again_a_second_after_a_start(tmp_path: Path) -> None:
    """F-05: whoever calls for a second, again and again; the start is measured, since machines differ."""
    film = make(tmp_path / "a.ts", *picture(seconds=1.2), *SENT[2:])
    port = free_port()
    call = (FFMPEG, "-v", "quiet", "-re", "-i", str(film), "-c", "copy", "-f", "mpegts", f"srt://127.0.0.1:{port}")
    began = time.monotonic()
    with OnAir(f"srt://127.0.0.1:{port}?mode=listener"):
        until(lambda: _socket(port) != "")
        start = time.monotonic() - began
        for _ in range(2):
            before = _socket(port)
            subprocess.run(call, check=False)
            left = time.monotonic()
            until(lambda before=before: _socket(port) not in ("", before))  # type: ignore[misc]
            assert time.monotonic() - left < 1.0 + 2 * start
