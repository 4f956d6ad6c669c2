"""The reader of playlists that all checks share."""

from tests.conformance.playlist import read_text

TEXT = """#EXTM3U
#EXT-X-VERSION:6
#EXT-X-TARGETDURATION:2
#EXT-X-MEDIA-SEQUENCE:10
#EXT-X-MAP:URI="init-7.mp4"
#EXT-X-PROGRAM-DATE-TIME:1970-01-01T00:00:19.200Z
#EXT-X-PART:DURATION=0.64000,URI="10-7.0.m4s",INDEPENDENT=YES
#EXT-X-PART:DURATION=0.64000,URI="10-0.1.m4s",GAP=YES
#EXT-X-GAP
#EXTINF:1.92000,
10-0.m4s
#EXT-X-PART:DURATION=0.64000,URI="11-7.0.m4s",INDEPENDENT=YES
#EXT-X-PRELOAD-HINT:TYPE=PART,URI="11-7.1.m4s"
"""


def test_parts_belong_to_the_segment_that_follows_them() -> None:
    listing = read_text(TEXT)
    assert [part.uri for part in listing.segments[0].parts] == ["10-7.0.m4s", "10-0.1.m4s"]
    assert listing.segments[0].gap
    assert [part.gap for part in listing.segments[0].parts] == [False, True]
    assert (listing.next, listing.hint) == ((11, 1), "11-7.1.m4s")


def test_skipped_segments_count() -> None:
    skipped = TEXT.replace("#EXT-X-MAP:URI=\"init-7.mp4\"", "#EXT-X-SKIP:SKIPPED-SEGMENTS=5")
    assert read_text(skipped).next_msn == 16


def test_a_key_behind_the_last_segment_is_that_of_the_part_hinted_at() -> None:
    part = '#EXT-X-PART:DURATION=0.64000,URI="11-7.0.m4s",INDEPENDENT=YES'
    closed = TEXT.replace(part, "#EXT-X-KEY:METHOD=NONE")
    listing = read_text(closed)
    assert (listing.open, listing.hinted_key) == (None, "METHOD=NONE")


def test_what_is_no_playlist_has_nothing() -> None:
    assert (read_text("").everything, read_text("\x00").tags) == ([], [])
