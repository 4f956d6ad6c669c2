"""Addresses of a multivariant playlist under another folder."""

from dataclasses import replace

from flow.track import Track
from origin.gate.moved import moved
from packager.multivariant import Rung, multivariant_text
from tests.recorded.builder import channel_of

FOLDER = "/s/token/live/demo/"


def test_every_uri_moves_and_nothing_else_changes() -> None:
    """All kinds there are: pictures of two codecs, sounds in groups, captions, I-frames, thumbnails."""
    channel = replace(
        channel_of(groups=2, hevc=True), captions=Track(language="vi", name="Phụ đề"),
        tracks=(Track(language="vi", name="Tiếng Việt"), Track(language="en", name='English, URI=')),
    )
    figures = {rung.id: Rung(bandwidth=1, average=1, codecs="avc1,mp4a") for rung in channel.ladder.video}
    text = multivariant_text(channel, figures, thumbnails=True)
    there = moved(text, FOLDER)
    assert there.replace(FOLDER, "") == text
    addresses = [line for line in text.splitlines() if not line.startswith("#")]
    named = text.count('NAME="English, URI="')
    assert there.count(FOLDER) == len(addresses) + text.count('URI="') - named
    assert there.count('NAME="English, URI="') == named > 0


def test_a_name_that_looks_like_an_address_is_left_alone() -> None:
    """T-13."""
    line = '#EXT-X-MEDIA:NAME="a URI=",URI="audio/index.m3u8",LANGUAGE="vi"'
    assert moved(line, "/x/") == '#EXT-X-MEDIA:NAME="a URI=",URI="/x/audio/index.m3u8",LANGUAGE="vi"\n'
