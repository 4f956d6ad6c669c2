import subprocess
from pathlib import Path

import pytest

from desk.ffmpeg import find_ffmpeg
from flow.errors import MediaError
from flow.ladder import AUDIO
from flow.timebase import GOP
from packager.iframes.picture import picture_of
from packager.ts.samples import Cutter
from tests.packager.ts.media import V0, encoded, recorded
from tests.recorded.builder import EPOCH


def test_it_is_the_segments_first_picture_at_its_place() -> None:
    segment = recorded(V0, EPOCH)
    (picture,) = Cutter().samples(picture_of(segment))
    first = Cutter().samples(segment)[0]
    assert (picture.at, picture.shift, picture.sync) == (EPOCH, first.shift, True)
    assert bytes(picture.body) == bytes(first.body)


def test_it_lasts_as_long_as_the_segment() -> None:
    trun = picture_of(recorded(V0, EPOCH)).split(b"trun")[1]
    assert int.from_bytes(trun[12:16], "big") == GOP


def test_what_ffmpeg_encodes_becomes_a_picture_that_ffmpeg_decodes(tmp_path: Path) -> None:
    piece = encoded(EPOCH, 4)[0]
    film = tmp_path / "picture.mp4"
    film.write_bytes(piece.picture_init + picture_of(piece.picture))
    words = ["-v", "error", "-xerror", "-i", str(film), "-f", "rawvideo", "-pix_fmt", "gray", "pipe:1"]
    done = subprocess.run([find_ffmpeg("").path, *words], capture_output=True, check=True)
    assert done.stderr == b""
    assert len(done.stdout) > 0


@pytest.mark.parametrize("segment", [b"", b"\0\0\0\x08moof", recorded(V0, EPOCH)[:-7]])
def test_what_has_no_first_picture_is_an_error_of_the_media(segment: bytes) -> None:
    with pytest.raises(MediaError):
        picture_of(segment)


def test_a_segment_of_sound_has_none_but_breaks_nothing() -> None:
    assert picture_of(recorded(AUDIO, EPOCH))
