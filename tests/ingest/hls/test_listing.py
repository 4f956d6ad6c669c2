import pytest
from hypothesis import given
from hypothesis import strategies as st

from flow.errors import FeedError
from ingest.hls.listing import MOST_SEGMENTS, Resource, Span, listing

BASE = "https://h/live/index.m3u8"
HEAD = "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXT-X-MEDIA-SEQUENCE:7\n"
LOW_LATENCY = """\
#EXTM3U
#EXT-X-VERSION:9
#EXT-X-TARGETDURATION:2
#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=1.92
#EXT-X-PART-INF:PART-TARGET=0.64
#EXT-X-MEDIA-SEQUENCE:7
#EXT-X-MAP:URI="init.mp4"
#EXT-X-PROGRAM-DATE-TIME:2026-11-22T05:00:00Z
#EXT-X-PART:DURATION=0.64,URI="7.0.m4s",INDEPENDENT=YES
#EXT-X-PART:DURATION=0.64,URI="7.1.m4s"
#EXT-X-PART:DURATION=0.64,URI="7.2.m4s"
#EXTINF:1.92,
7.m4s
#EXT-X-PROGRAM-DATE-TIME:2026-11-22T05:00:01.920Z
#EXT-X-PART:DURATION=0.64,URI="8.0.m4s",INDEPENDENT=YES
#EXT-X-PRELOAD-HINT:TYPE=PART,URI="8.1.m4s"
#EXT-X-RENDITION-REPORT:URI="../a/index.m3u8",LAST-MSN=8,LAST-PART=0
"""


def _spans(*lines: str) -> list[Span | None]:
    body = "".join(f"{line}\n" if line.startswith("#") else f"#EXTINF:4,\n{line}\n" for line in lines)
    return [piece.media.span for piece in listing(HEAD + body, BASE).pieces]


def test_segments_are_listed_with_what_stands_before_them() -> None:
    text = HEAD + (
        '#EXT-X-MAP:URI="i1.mp4"\n#EXTINF:4,\n7.m4s\n#EXT-X-GAP\n#EXTINF:3.5,\n8.m4s\n'
        '#EXT-X-DISCONTINUITY\n#EXT-X-MAP:URI="i2.mp4",BYTERANGE="700@0"\n#EXTINF:4,\n../9.m4s\n#EXT-X-ENDLIST\n'
    )
    found = listing(text, BASE)
    assert (found.ended, found.target) == (True, 4.0)
    first, second, third = found.pieces
    assert (first.sequence, first.media.url, first.init) == (
        7, "https://h/live/7.m4s", Resource(url="https://h/live/i1.mp4"),
    )
    assert (second.gap, second.seconds, second.broken) == (True, 3.5, False)
    assert (third.sequence, third.media.url, third.broken) == (9, "https://h/9.m4s", True)
    assert third.init == Resource(url="https://h/live/i2.mp4", span=Span(start=0, length=700))


def test_a_low_latency_playlist_is_read_as_a_plain_one() -> None:
    found = listing(LOW_LATENCY, BASE)
    assert [piece.media.url for piece in found.pieces] == ["https://h/live/7.m4s"]
    assert found.pieces[0].time == pytest.approx(1_795_323_600.0)


def test_byte_ranges_without_an_offset_go_on_where_the_last_one_ended() -> None:
    assert _spans("#EXT-X-BYTERANGE:10@5", "a", "#EXT-X-BYTERANGE:7", "a", "b", "#EXT-X-BYTERANGE:2@0", "a") == [
        Span(start=5, length=10), Span(start=15, length=7), None, Span(start=0, length=2),
    ]


@pytest.mark.parametrize("lines", [
    ("#EXT-X-BYTERANGE:10@5", "a", "#EXT-X-BYTERANGE:7", "b"), ("a", "#EXT-X-BYTERANGE:7", "a"),
    ("#EXT-X-BYTERANGE:0@5", "a"), ("#EXT-X-BYTERANGE:-1@5", "a"), ("#EXT-X-BYTERANGE:x", "a"),
    ("#EXT-X-BYTERANGE:9@-5", "a"), ("#EXT-X-BYTERANGE:" + "9" * 40, "a"),
])
def test_a_byte_range_that_means_nothing_is_refused(lines: tuple[str, ...]) -> None:
    """T-07."""
    with pytest.raises(FeedError, match="byte range"):
        _spans(*lines)


def test_the_time_of_a_segment_is_told_or_counted_from_its_neighbours() -> None:
    text = HEAD + (
        "#EXTINF:4,\na\n#EXT-X-PROGRAM-DATE-TIME:1970-01-01T00:01:40Z\n#EXTINF:4,\nb\n#EXTINF:2,\nc\n#EXTINF:2,\nd\n"
        "#EXT-X-PROGRAM-DATE-TIME:1970-01-01T08:20:00+07:00\n#EXTINF:2,\ne\n"
    )
    assert [piece.time for piece in listing(text, BASE).pieces] == [96.0, 100.0, 104.0, 106.0, 4800.0]
    assert [piece.time for piece in listing(HEAD + "#EXTINF:4,\na\n", BASE).pieces] == [None]


@pytest.mark.parametrize("child", [
    "file:///etc/passwd", "data:x,y", "ftp://h/x", "concat:a|b", "concatf:x", "pipe:0",
    "crypto:file:///etc/passwd", "fd:0", "gopher://h/x", "rtmp://h/x", "unix:/run/x", "async:file:/x",
    "tee:file:/x", "http://[x/", "cache:http://h/x", "ipfs://x", "hls+http://h/x",
])
def test_children_lead_to_http_or_nowhere(child: str) -> None:
    """T-07: segments, init sections and keys alike."""
    for body in (
        f"#EXTINF:4,\n{child}\n", f'#EXT-X-MAP:URI="{child}"\n#EXTINF:4,\nx.m4s\n',
        f'#EXT-X-KEY:METHOD=AES-128,URI="{child}"\n#EXTINF:4,\nx.ts\n',
    ):
        with pytest.raises(FeedError):
            listing(HEAD + body, BASE)


def test_what_looks_like_another_protocol_to_ffmpeg_is_a_file_on_the_same_server_here() -> None:
    """T-07."""
    found = listing(HEAD + "#EXTINF:4,\nsubfile,,start,0,end,9,,:/etc/passwd\n", BASE)
    assert found.pieces[0].media.url == "https://h/live/subfile,,start,0,end,9,,:/etc/passwd"


@pytest.mark.parametrize(("text", "sentence"), [
    ("<html>", "does not answer with an HLS playlist"), ("", "does not answer with an HLS playlist"),
    (HEAD + '#EXT-X-KEY:METHOD=AES-128,URI="k"\n#EXTINF:4,\na\n', "encrypted"),
    (HEAD + '#EXT-X-KEY:METHOD=SAMPLE-AES,URI="skd://k"\n#EXTINF:4,\na\n', "encrypted"),
    ("#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nv.m3u8\n", "another list of variants"),
    (HEAD.replace("SEQUENCE:7", "SEQUENCE:x"), "cannot be read"),
    (HEAD + "#EXTINF:4,\na\n" * (MOST_SEGMENTS + 1), "lists too much"),
    (HEAD + "#EXT-X-KEY:METHOD=NONE\n" * 101, "lists too much"), (HEAD + "\n" * 60_001, "lists too much"),
])
def test_what_cannot_be_taken_is_said_in_one_sentence(text: str, sentence: str) -> None:
    """T-07."""
    with pytest.raises(FeedError, match=sentence):
        listing(text, BASE)


def test_no_encryption_is_no_encryption() -> None:
    assert len(listing(HEAD + "#EXT-X-KEY:METHOD=NONE\n#EXTINF:4,\na\n", BASE).pieces) == 1


@pytest.mark.parametrize(("duration", "target"), [("0", 2.0), ("-3", 0.8), ("999999999", 20.0)])
def test_a_foolish_target_duration_is_bounded(duration: str, target: float) -> None:
    assert listing(HEAD.replace("DURATION:4", f"DURATION:{duration}"), BASE).target == target


@given(st.text(max_size=300), st.sampled_from([LOW_LATENCY, HEAD + "#EXTINF:4,\na\n"]), st.integers(0, 500))
def test_any_text_is_understood_or_refused(noise: str, text: str, at: int) -> None:
    """T-07: a hostile server cannot raise anything but a sentence for status."""
    try:
        listing(text[:at] + noise + text[at:], BASE)
    except FeedError:
        return


