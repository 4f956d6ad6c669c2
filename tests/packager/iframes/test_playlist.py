import re

from packager.blocks import Blocks
from packager.iframes.playlist import iframe_playlist_of
from tests.conformance.playlist import read_text
from tests.packager.stage import Stage


def _lists(segments: int) -> tuple[str, str]:
    """A rendition's own list and that of its pictures."""
    stage = Stage()
    stage.run(segments)
    playlists = stage.shelf.playlists
    return playlists["v0"].full.plain.decode(), playlists["iframes-v0"].full.plain.decode()  # type: ignore[index]


def test_it_lists_the_segments_of_its_rendition_and_no_parts() -> None:
    own, pictures = _lists(6)
    assert "#EXT-X-I-FRAMES-ONLY\n" in pictures
    assert "#EXT-X-PART" not in pictures
    assert "#EXT-X-PRELOAD-HINT" not in pictures
    mine, theirs = read_text(own), read_text(pictures)
    assert [(one.msn, one.uri, one.map, one.date) for one in theirs.segments] == [
        (one.msn, one.uri, one.map, one.date) for one in mine.segments
    ]
    for tag in ("EXT-X-SERVER-CONTROL", "EXT-X-TARGETDURATION"):
        assert theirs.value(tag) == mine.value(tag)


def test_a_segment_is_listed_when_it_is_whole_and_may_be_waited_for() -> None:
    stage = Stage()
    stage.run(3)
    playlist = stage.shelf.playlists["iframes-v0"]  # type: ignore[index]
    assert playlist.last_msn == stage.msn(2)
    assert (playlist.part_limit, playlist.hint) == (0, None)


def test_a_long_list_has_a_delta_that_says_what_it_skips() -> None:
    stage = Stage()
    stage.run(30)
    view = stage.publisher.view(stage.channel.ladder.video[0].id)
    assert view is not None
    playlist = iframe_playlist_of(view, Blocks(view.profile))
    assert playlist.delta is not None
    delta, full = playlist.delta.plain.decode(), playlist.full.plain.decode()
    skipped = re.search(r"#EXT-X-SKIP:SKIPPED-SEGMENTS=(\d+)\n", delta)
    assert skipped is not None
    assert "#EXT-X-I-FRAMES-ONLY\n" in delta
    rows = read_text(full).segments
    assert [one.uri for one in read_text(delta).segments] == [one.uri for one in rows][int(skipped[1]):]


def test_the_multivariant_playlist_names_each_with_its_size_and_the_pictures_codec_alone() -> None:
    stage = Stage()
    stage.run(3)
    lines = [line for line in stage.shelf.multivariants[-1].splitlines() if "I-FRAME" in line]
    assert len(lines) == 2
    assert all('CODECS="avc1.42c01f"' in line and "AUDIO" not in line for line in lines)
    assert 'URI="iframes-v0/index.m3u8"' in "".join(lines)
