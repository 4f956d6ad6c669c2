"""Whatever a feed's colours were coded with, they are BT.709 on the canvas."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from flow.tick import Picture
from ingest.colours import blind, converted
from ingest.pictures.planes import ink, planes_of
from tests.ingest.media import SMALL, OnAir, make
from tests.ingest.test_decoder import Caught

BARS = {"0xC02040": (192, 32, 64), "0x20C040": (32, 192, 64), "0x2040C0": (32, 64, 192)}
H264 = ("libx264", "-preset", "ultrafast", "-qp", "4")
HEVC = ("libx265", "-preset", "ultrafast", "-x265-params", "qp=4:log-level=none")


@pytest.mark.parametrize(("line", "unsaid"), [
    ("h264 (Main) (avc1 / 0x31637661), yuv420p(tv, smpte170m/bt709/bt709, progressive), 640x480", False),
    ("h264 (Main), yuv420p(bt709/unknown/unknown, progressive), 640x480, 25 fps", False),
    ("mpeg2video (Main), yuv420p(tv, bt470bg, top first), 720x576 [SAR 64:45 DAR 16:9], 25 fps", False),
    ("mjpeg (Baseline), yuvj420p(pc, bt470bg/unknown/unknown), 640x480", False),
    ("hevc (Main 10), yuv420p10le(tv, bt2020nc/bt2020/smpte2084), 1920x1080, 25 fps", False),
    ("hevc (Main) (HEVC / 0x43564548), yuv420p(tv), 640x480, 25 fps", True),
    ("hevc (Main), yuv420p(tv, progressive), 640x480, 25 fps", True),
    ("hevc (Main), 1 reference frame (HEVC / 0x43564548), yuv420p(tv, left), 640x480, 25 fps", True),
    ("hevc (Main), 1 reference frame, yuv420p(tv, bt709/unknown/unknown, topleft), 640x480", False),
    ("hevc (Main), yuv420p(tv, unknown/bt709/bt709, progressive), 640x480, 25 fps", True),
    ("vp9 (Profile 0), yuv420p, 640x480, 25 fps", True), ("av1 (Main), yuv420p(tv, top first), 640x480", True),
    ("png, rgb24(pc, gbr/unknown/unknown), 640x480, 25 fps", None), ("h264, 16x16, 25 fps", None),
    ("h264 (Main) (avc1 / 0x31637661), none, 25 fps", None),
])
def test_whether_anything_is_known_of_a_matrix_is_read_from_ffmpegs_line(line: str, unsaid: bool | None) -> None:
    assert blind(line) is unsaid


def test_what_says_nothing_is_left_alone() -> None:
    assert converted(blindly=True) == "in_color_matrix=bt709:out_color_matrix=bt709"
    assert converted(blindly=False) == "in_color_matrix=auto:out_color_matrix=bt709"


def film(folder: Path, matrix: str, said: str, *codec: str) -> Path:
    """Three bars, made with that matrix, which the film gives as `said`."""
    bars = "".join(f"color={one}:s=142x240:r=25:d=2,format=gbrp[{at}];" for at, one in enumerate(BARS))
    made = f"scale=out_color_matrix={matrix}:out_range=limited,format=yuv420p,setparams=colorspace={said}"
    return make(folder / "a.mkv", "-filter_complex", f"{bars}[0][1][2]hstack=3,{made}", "-c:v", *codec)


def colours(picture: Picture) -> list[tuple[int, ...]]:
    """Y, Cb and Cr in the middle of each bar."""
    planes = planes_of(bytearray(picture), SMALL)
    return [
        (int(planes.y[120, x]), int(planes.u[60, x // 2]), int(planes.v[60, x // 2])) for x in (71, 213, 355)
    ]


def off(picture: Picture) -> int:
    """By how much the bars of a picture differ from what they should be, at most."""
    wanted = [tuple(ink(*colour)) for colour in BARS.values()]
    return int(np.abs(np.subtract(colours(picture), wanted)).max())


@pytest.mark.line
@pytest.mark.parametrize(("matrix", "said", "codec"), [
    ("bt601", "smpte170m", H264), ("bt2020", "bt2020nc", HEVC), ("bt709", "bt709", H264),
    ("bt709", "unknown", H264),
])
def test_bars_of_any_matrix_have_the_canvas_colours(
    tmp_path: Path, matrix: str, said: str, codec: tuple[str, ...],
) -> None:
    caught = Caught(str(film(tmp_path, matrix, said, *codec)))
    caught.enough = 1
    caught.decoder.run()
    assert caught.decoder.facts.blind is False
    assert off(caught.pictures[0]) <= 3


@pytest.mark.line
def test_a_still_picture_has_its_colours(tmp_path: Path) -> None:
    picture = Image.new("RGB", (426, 240))
    for at, colour in enumerate(BARS.values()):
        picture.paste(colour, (at * 142, 0, at * 142 + 142, 240))
    picture.save(tmp_path / "a.png")
    caught = Caught(str(tmp_path / "a.png"))
    caught.enough = 1
    caught.decoder.run()
    assert off(caught.pictures[0]) <= 2


@pytest.mark.line
def test_pictures_of_which_nothing_is_known_are_left_alone_where_ffmpeg_would_not(tmp_path: Path) -> None:
    """Another decoder takes over before the first picture; it is no fault of the feed's."""
    with OnAir(str(film(tmp_path, "bt709", "unknown", *HEVC))) as air:
        air.until_live(5)
        assert off(air.ticks[-1].pictures[0]) <= 3
        assert (air.feed.restarts, air.feed.why) == (0, "")
    assert {after.index - before.index for before, after in pairwise(air.ticks)} == {1}
