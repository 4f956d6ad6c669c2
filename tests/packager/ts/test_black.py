import subprocess

import pytest

from desk.ffmpeg import find_ffmpeg
from packager.ts.black import key_picture, repeated_picture
from packager.ts.sps import held_back


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1280, 720), (854, 480), (426, 240), (128, 72)])
def test_a_decoder_shows_black_of_the_right_size_and_complains_of_nothing(width: int, height: int) -> None:
    stream = key_picture(width, height, 0) + repeated_picture(width, height, 1) + key_picture(width, height, 1)
    done = subprocess.run(
        [
            find_ffmpeg("").path, "-v", "warning", "-f", "h264", "-i", "pipe:0", "-fps_mode", "passthrough",
            "-f", "rawvideo", "-pix_fmt", "yuv420p", "pipe:1",
        ],
        input=stream, check=True, capture_output=True,
    )
    assert done.stderr == b""
    luma, picture = width * height, width * height * 3 // 2
    assert len(done.stdout) == 3 * picture
    assert done.stdout[:luma] == b"\x10" * luma
    assert done.stdout[luma:picture] == b"\x80" * (picture - luma)
    assert done.stdout == done.stdout[:picture] * 3


def test_it_is_small_and_shown_as_it_comes() -> None:
    picture = key_picture(1280, 720, 0)
    assert len(picture) < 5_000
    assert len(repeated_picture(1280, 720, 5)) < 30
    assert held_back(picture.split(b"\0\0\0\1")[2]) == 0


def test_neighbouring_key_pictures_differ() -> None:
    assert key_picture(128, 72, 0) != key_picture(128, 72, 1)
    assert key_picture(128, 72, 0) == key_picture(128, 72, 2)
