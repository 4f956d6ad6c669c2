import contextlib
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.ffmpeg import find_ffmpeg
from flow.errors import MediaError
from packager.ts.sps import SILENT, held_back
from tests.recorded import h264
from tests.recorded.bits import Bits


def of_x264(*options: str) -> bytes:
    stream = subprocess.run(
        [
            find_ffmpeg("").path, "-v", "error", "-f", "lavfi", "-i", "testsrc2=size=128x72:rate=25:duration=0.4",
            "-c:v", "libx264", "-pix_fmt", "yuv420p", *options, "-f", "h264", "pipe:1",
        ],
        check=True, stdout=subprocess.PIPE,
    ).stdout
    return next(nal for nal in stream.split(b"\0\0\0\1") if nal[:1] == b"\x67")


@pytest.mark.parametrize(("options", "pictures"), [
    (["-bf", "0"], 0),
    (["-bf", "1"], 1),
    (["-bf", "2", "-x264-params", "b-pyramid=none"], 1),
    (["-bf", "3"], 2),
    (["-bf", "3", "-x264-params", "nal-hrd=vbr:vbv-maxrate=300:vbv-bufsize=300:colorprim=bt709"], 2),
    (["-profile:v", "baseline"], 0),
    (["-bf", "2", "-x264-params", "cqm=jvt"], 2),
])
def test_x264_says_how_many_pictures_it_reorders(options: list[str], pictures: int) -> None:
    assert held_back(of_x264(*options)) == pictures


def test_pictures_in_the_order_of_their_coding_are_not_held_back() -> None:
    assert held_back(h264.sps(128, 72)) == 0


def test_a_stream_that_does_not_say_is_taken_to_hold_back_two() -> None:
    bits = Bits().u(8, 77).u(16, 31).ue(0).ue(0).ue(0).ue(4).ue(2).u(1, 0)
    bits = bits.ue(7).ue(4).u(1, 1).u(1, 1).u(1, 0).u(1, 0)
    assert held_back(b"\x67" + bits.rbsp()) == SILENT


@settings(deadline=None)
@given(st.binary(max_size=60))
def test_anything_else_is_refused_or_read(data: bytes) -> None:
    with contextlib.suppress(MediaError):
        assert held_back(b"\x67" + data) >= 0
