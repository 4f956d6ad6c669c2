"""Surgery on a small stream that FFmpeg made: what is read again is what was meant."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from desk.ffmpeg import find_ffmpeg
from tests.faults.clips import Clip, Clips
from tests.faults.transport import CLOCK, TABLES, Packet, clock_of, read, scrambled, shifted, since, without

FFMPEG = find_ffmpeg("").path


@pytest.fixture(scope="module")
def packets(tmp_path_factory: pytest.TempPathFactory) -> list[Packet]:
    clips = Clips(FFMPEG, tmp_path_factory.mktemp("clips"))
    return read(clips.path(Clip(seconds=3, bframes=2)).read_bytes())


def stamps(packets: Sequence[Packet], folder: Path) -> list[tuple[int, int]]:
    """Stream and PTS of each packet, as FFmpeg reads them."""
    path = folder / "a.ts"
    path.write_bytes(b"".join(packet.data for packet in packets))
    argv = [FFMPEG, "-loglevel", "error", "-copyts", "-i", str(path), "-map", "0", "-c", "copy"]
    argv += ["-f", "framecrc", "-"]
    lines = subprocess.run(argv, check=True, capture_output=True, text=True).stdout.splitlines()
    rows = [line.split(",") for line in lines if not line.startswith("#")]
    return [(int(row[0]), int(row[2])) for row in rows]


def test_packets_are_spread_over_the_length_of_the_stream(packets: list[Packet]) -> None:
    seconds = [packet.second for packet in packets]
    assert seconds == sorted(seconds)
    assert 2.5 < seconds[-1] < 3.3
    assert all(packet.data[0] == 0x47 for packet in packets)


def test_every_stamp_and_clock_is_shifted_and_nothing_else(packets: list[Packet], tmp_path: Path) -> None:
    moved = shifted(packets, 0.0, 100.0)
    before, after = stamps(packets, tmp_path), stamps(moved, tmp_path)
    assert [(stream, at + 100 * CLOCK) for stream, at in before] == after
    clocks = [(clock_of(one.data), clock_of(two.data)) for one, two in zip(packets, moved, strict=True)]
    assert all(two == one + 100 * CLOCK for one, two in clocks if one is not None and two is not None)
    assert shifted(moved, 0.0, -100.0) == packets


def test_stamps_wrap(packets: list[Packet]) -> None:
    moved = shifted(packets, 0.0, -10.0)
    clocks = [clock for packet in moved if (clock := clock_of(packet.data)) is not None]
    assert max(clocks) > (1 << 33) - 11 * CLOCK


def test_tables_are_left_out_for_a_while(packets: list[Packet]) -> None:
    left = without(packets, TABLES, 1.0, 2.0)
    times = [packet.second for packet in left if packet.pid in TABLES]
    assert times
    assert not [second for second in times if 1.0 <= second < 2.0]
    assert [packet for packet in left if packet.pid not in TABLES] == [
        packet for packet in packets if packet.pid not in TABLES
    ]


def test_who_joins_late_starts_at_once(packets: list[Packet]) -> None:
    assert 0.0 <= since(packets, 1.5)[0].second < 0.05


def test_scrambled_packets_say_so(packets: list[Packet]) -> None:
    turned = scrambled(packets, 1.0, 2.0)
    marked = [packet for packet in turned if packet.data[3] & 0xC0]
    assert marked
    assert all(1.0 <= packet.second < 2.0 and packet.pid not in TABLES for packet in marked)
