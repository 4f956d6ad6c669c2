"""A channel with HEVC beside AVC: a real encoder, which is killed once, and the packager behind it."""

import imageio_ffmpeg
import pytest

from flow.canvas import Canvas
from flow.chunk import Chunk, Init
from flow.ids import RenditionId
from flow.ladder import Ladder, Rendition, SoundGroup
from flow.timebase import GOP
from tests.conformance.boxes import codec_of, fragments_of, is_idr
from tests.conformance.playlist import read_text
from tests.conformance.texts import across
from tests.packager.stage import Stage
from tests.packager.ts.test_line import Book
from tests.recorded.builder import EPOCH
from tests.transcode.fed import FIRST, Fed
from tests.transcode.steps import channel, until
from transcode.hevc import with_hevc

pytestmark = pytest.mark.line

_RUNG = Rendition(
    id=RenditionId("v64"), width=64, height=64, fps=25, crf=28, maxrate=100_000, bufsize=100_000,
    preset="ultrafast",
)
SMALL = Ladder(
    name="small", canvas=Canvas(width=64, height=64), video=(_RUNG,), sounds=(SoundGroup(bitrate=64_000),),
)


@pytest.fixture(scope="module")
def line() -> Fed:
    """Two segments, the encoder's death, and as much again."""
    fed = Fed(channel(with_hevc(SMALL)), imageio_ffmpeg.get_ffmpeg_exe())
    try:
        fed.feed(3 * 48)
        until(lambda: fed.reached(FIRST + 2 * 48))
        fed.children.started[0].kill()
        until(lambda: fed.encoder.status().restarts == 1)
        fed.feed(4 * 48)
        until(lambda: fed.reached(FIRST + 6 * 48))
    finally:
        fed.encoder.stop()
    return fed


def test_hevc_lies_on_the_grid_as_avc_does(line: Fed) -> None:
    for name in ("v64", "v64-hevc"):
        inits = {one.run: one.body for one in line.packets if isinstance(one, Init) and one.rendition == name}
        chunks = [one for one in line.packets if isinstance(one, Chunk) and one.rendition == name]
        assert chunks[0].start == EPOCH
        assert len(inits) == 2
        for chunk in chunks:
            (fragment,) = fragments_of(chunk.body)
            begins = chunk.start % GOP == 0
            assert (chunk.independent, fragment.sync, is_idr(fragment, inits[chunk.run])) == (begins,) * 3


def test_a_restarted_encoder_goes_on_in_both_without_a_discontinuity(line: Fed) -> None:
    """F-01: the init sections of two runs are the same bytes."""
    stage = Stage(line.channel)
    stage.play(line.in_order())
    assert across(stage.shelf.texts()) == []
    for rendition in line.channel.encoded:
        segments = read_text(stage.shelf.text(rendition)).segments
        assert not any(segment.discontinuity for segment in segments)
        assert sum(segment.gap for segment in segments) <= 2


def test_players_find_hevc_behind_avc_and_boxes_find_none(line: Fed) -> None:
    stage = Stage(line.channel, recipes=Book())
    stage.play(line.in_order())
    init = next(one for one in line.packets if isinstance(one, Init) and one.rendition == "v64-hevc")
    assert init.codecs == codec_of(init.body)
    assert init.codecs.startswith("hvc1.1.6.L")
    lines = stage.shelf.multivariants[-1].splitlines()
    assert [one for one in lines if one.startswith("v64")] == ["v64/index.m3u8", "v64-hevc/index.m3u8"]
    streams = [one for one in lines if one.startswith("#EXT-X-STREAM-INF")]
    assert ["avc1." in one for one in streams] == [True, False]
    assert f'CODECS="{init.codecs},mp4a.40.2"' in streams[1]
    assert all('AUDIO="audio"' in one for one in streams)
    pictures = [one for one in lines if one.startswith("#EXT-X-I-FRAME-STREAM-INF")]
    assert [init.codecs in one for one in pictures] == [False, True]
    assert "hevc" not in stage.shelf.for_boxes[-1]
    assert "iframes-v64-hevc" in stage.shelf.playlists
    assert "ts-v64-hevc" not in stage.shelf.playlists
