"""What feeds may be, decoded for real: whatever comes in, the canvas at its rate and stereo come out."""

import struct
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from flow.tick import Tick
from tests.ingest.media import H264, SMALL, OnAir, make, picture

pytestmark = pytest.mark.line
BLACK, WHITE = 16, 235
SLOW = (*H264[:6], "-g", "25")
"""As H264, in whatever form of pixels the source has."""


def halves(across: str) -> tuple[str, ...]:
    """White in one half, black in the other: the first rows, or the first columns."""
    whole = {"X": "W", "Y": "H"}[across]
    drawn = f"geq=lum='if(lt({across},{whole}/2),{WHITE},{BLACK})':cb=128:cr=128"
    return ("-f", "lavfi", "-i", f"color=s=426x240:r=25:d=2,format=yuv420p,{drawn}")


def lived(clip: Path, ticks: int = 12) -> list[Tick]:
    with OnAir(str(clip)) as air:
        return air.until_live(ticks)


def luma(tick: Tick) -> np.ndarray:
    whole = np.frombuffer(bytes(tick.pictures[0]), np.uint8)
    return whole[:SMALL.width * SMALL.height].reshape(SMALL.height, SMALL.width).astype(int)


def test_a_picture_that_is_to_be_turned_is_turned(tmp_path: Path) -> None:
    """As telephones send it: upright on its side, with a matrix that says so (ISO/IEC 14496-12, 8.3.2)."""
    clip = make(tmp_path / "a.mp4", *halves("X"), *H264)
    data = clip.read_bytes()
    straight, turned = (struct.pack(">9i", *rows) for rows in (
        (1 << 16, 0, 0, 0, 1 << 16, 0, 0, 0, 1 << 30), (0, 1 << 16, 0, -1 << 16, 0, 0, 240 << 16, 0, 1 << 30),
    ))
    at = data.index(straight, data.index(b"tkhd"))
    clip.write_bytes(data[:at] + turned + data[at + len(straight):])
    shown = luma(lived(clip)[-1])
    assert (shown[:, :130] == BLACK).all(), "an upright picture has bars at its sides"
    assert shown[20:100, 180:240].mean() > 200
    assert shown[140:220, 180:240].mean() < 50


def test_the_halves_of_an_interlaced_picture_do_not_stand_in_one(tmp_path: Path) -> None:
    """Each picture of the source has white in its even rows and black in the odd ones: two moments."""
    rows = f"geq=lum='if(mod(Y,2),{BLACK},{WHITE})':cb=128:cr=128"
    clip = make(
        tmp_path / "a.ts", "-f", "lavfi", "-i", f"color=s=426x240:r=25:d=2,format=yuv420p,{rows},setfield=tff",
        *H264, "-flags", "+ilme+ildct", "-x264-params", "tff=1",
    )
    shown = luma(lived(clip)[-1])
    assert np.abs(np.diff(shown[20:220, 213])).mean() < 20


@pytest.mark.parametrize("form", ["yuv422p10le", "yuv444p", "yuvj420p"])
def test_whatever_form_its_pixels_have_its_brightness_is_the_same(tmp_path: Path, form: str) -> None:
    clip = make(tmp_path / "a.mkv", *halves("Y"), *SLOW, "-pix_fmt", form)
    shown = luma(lived(clip)[-1])
    assert abs(shown[:110].mean() - WHITE) < 4
    assert abs(shown[130:].mean() - BLACK) < 4


@pytest.mark.parametrize(("rate", "changes"), [(2, range(1, 5)), (120, range(22, 25))])
def test_a_slow_feed_s_pictures_are_repeated_and_a_fast_one_s_left_out(
    tmp_path: Path, rate: int, changes: range,
) -> None:
    clip = make(tmp_path / "a.mp4", *picture(rate=str(rate), seconds=3), *H264)
    ticks = lived(clip, 25)
    shown = [bytes(tick.pictures[0]) for tick in ticks]
    assert sum(one != other for one, other in pairwise(shown)) in changes


def test_who_speaks_in_the_middle_of_six_channels_is_heard_on_both_sides(tmp_path: Path) -> None:
    voice = "sine=440:r=44100:d=3,pan=5.1|FC=c0"
    clip = make(tmp_path / "a.mkv", *picture(seconds=3), "-f", "lavfi", "-i", voice, *H264, "-c:a", "ac3")
    sides = np.frombuffer(bytes(lived(clip, 25)[-1].sounds[0]), "<i2").reshape(-1, 2).astype(int)
    assert np.abs(sides).max(axis=0).min() > 300
    assert abs(np.abs(sides[:, 0]).mean() - np.abs(sides[:, 1]).mean()) < 50
