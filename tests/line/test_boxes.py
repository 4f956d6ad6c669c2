"""What an old box gets: the same encode as a transport stream, from a whole machine."""

import re
import subprocess
import urllib.request
from pathlib import Path

import pytest

from bench.machine import Machine
from desk.ffmpeg import find_ffmpeg
from tests.packager.ts.reader import read


def _get(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=20) as answer:
        body: bytes = answer.read()
        return body


def _segments(base: str) -> list[bytes]:
    names = re.findall(r"^[^#].*$", _get(f"{base}/index.m3u8").decode(), re.MULTILINE)
    return [_get(f"{base}/{name}") for name in names]


@pytest.mark.line
def test_segments_of_a_transport_stream_follow_each_other_without_a_seam(machine: Machine, tmp_path: Path) -> None:
    """F-15."""
    live = f"{machine.viewers}/live/line"
    _wait_for_two(machine)
    rungs = re.findall(r"^[^#].*$", _get(f"{live}/ts.m3u8").decode(), re.MULTILINE)
    for rung in rungs:
        bodies = _segments(f"{live}/{rung.removesuffix('/index.m3u8')}")
        assert read(b"".join(bodies)).wrong == []
        stream = tmp_path / "stream.ts"
        stream.write_bytes(b"".join(bodies))
        assert _complaints(str(stream), "-c", "copy") == ""


@pytest.mark.line
def test_a_player_of_old_plays_the_list_without_a_complaint(machine: Machine) -> None:
    _wait_for_two(machine)
    assert _complaints(f"{machine.viewers}/live/line/ts.m3u8", "-t", "6") == ""


def _wait_for_two(machine: Machine) -> None:
    """Until two segments are listed: by playing them, which waits as players do."""
    address = f"{machine.viewers}/live/line/index.m3u8"
    _complaints(address, "-t", "8", "-c", "copy")


def _complaints(address: str, *words: str) -> str:
    done = subprocess.run(
        [find_ffmpeg("").path, "-v", "warning", "-i", address, *words, "-f", "null", "-"],
        check=True, capture_output=True, text=True, timeout=60,
    )
    return done.stderr
