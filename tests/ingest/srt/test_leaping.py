"""How a front writes a transport stream whose clock goes back; over real SRT: see test_tap.py."""

import subprocess
from itertools import pairwise
from pathlib import Path

import pytest

from ingest.srt.leaping import leaping
from tests.faults.transport import WRAPPED, clock_of, read, shifted
from tests.ingest.media import FFMPEG, SENT, make, picture, sound


@pytest.mark.parametrize("back", [3.0, 480.0])
def test_the_times_behind_a_leap_backwards_are_those_that_came(tmp_path: Path, back: float) -> None:
    """F-11."""
    made = make(tmp_path / "a.ts", *picture(seconds=4), *sound(4), *SENT)
    film = read(made.read_bytes())
    leapt = tmp_path / "b.ts"
    leapt.write_bytes(b"".join(packet.data for packet in shifted(shifted(film, 0.0, 500), 2.0, -back)))
    listing = tmp_path / "list"
    listing.write_text(f"file '{leapt}'\n")
    options = [word for name, value in leaping().items() for word in (f"-{name}", str(value))]
    argv = [FFMPEG, "-v", "error", "-f", "concat", "-safe", "0", "-i", str(listing), "-c", "copy", *options]
    done = subprocess.run([*argv, "-f", "mpegts", "-"], check=True, capture_output=True)
    clocks = [clock for packet in read(done.stdout) if (clock := clock_of(packet.data)) is not None]
    # The stream begins at 0 here, so that a time before it is one before the end of the 33 bits.
    half = WRAPPED // 2
    steps = [((after - before + half) % WRAPPED - half) / 90_000 for before, after in pairwise(clocks)]
    assert min(steps) == pytest.approx(-back, abs=0.2)
    assert sum(step < 0 for step in steps) == 1
    assert max(steps) < 0.5
    assert sum(steps) == pytest.approx(4 - back, abs=0.4)
