"""A card that fails on air, as viewers see it: a real encoder is killed, and the packager stands behind it."""

from pathlib import Path

import imageio_ffmpeg
import pytest

from flow.chunk import Chunk
from flow.encoder_kind import EncoderKind
from tests.conformance.playlist import read_text
from tests.conformance.texts import across
from tests.packager.stage import Stage
from tests.recorded.builder import EPOCH
from tests.transcode.card import BROKEN, card
from tests.transcode.fed import FIRST, Fed
from tests.transcode.steps import channel, until
from transcode.presets import load_ladder

pytestmark = pytest.mark.line


def line_on_a_card(folder: Path) -> Fed:
    return Fed(channel(load_ladder("tiny")), card(folder, imageio_ffmpeg.get_ffmpeg_exe()), EncoderKind.NVENC)


def test_viewers_see_one_discontinuity_and_the_picture_goes_on(tmp_path: Path) -> None:
    """F-01: x264 takes over with the next segment; its init section is another one, and the lists say so once."""
    line = line_on_a_card(tmp_path)
    try:
        line.feed(3 * 48)
        until(lambda: line.reached(FIRST + 2 * 48))
        (tmp_path / BROKEN).touch()
        line.children.started[0].kill()
        until(lambda: line.encoder.status().restarts == 1)
        line.feed(4 * 48)
        until(lambda: line.reached(FIRST + 6 * 48))
        status = line.encoder.status()
    finally:
        line.encoder.stop()
    assert (status.kind, status.fallen) == (EncoderKind.X264, "nvenc: the encoder was killed by signal 9")
    stage = Stage(line.channel)
    stage.play(line.in_order())
    assert across(stage.shelf.texts()) == []
    for rendition in line.channel.encoded:
        segments = read_text(stage.shelf.text(rendition)).segments
        (broken,) = [segment for segment in segments if segment.discontinuity]
        assert broken.msn <= FIRST // 48 + 4
        assert sum(segment.gap for segment in segments) <= 2
        assert not any(segment.gap for segment in segments if segment.msn >= broken.msn)
    assert len({segment.map for segment in read_text(stage.shelf.text(line.channel.encoded[0])).segments}) == 2


def test_a_card_that_cannot_be_opened_any_more_costs_no_media(tmp_path: Path) -> None:
    """Between trial and start it broke, or its places are all taken."""
    (tmp_path / BROKEN).touch()
    line = line_on_a_card(tmp_path)
    try:
        line.feed(10)
        until(lambda: line.encoder.status().restarts == 1)
        line.feed(48 + 24)
        until(lambda: line.reached(FIRST + 48))
        status = line.encoder.status()
    finally:
        line.encoder.stop()
    assert status.kind is EncoderKind.X264
    assert "OpenEncodeSessionEx failed" in status.fallen
    assert next(packet.start for packet in line.packets if isinstance(packet, Chunk)) == EPOCH
    assert status.why == ""
