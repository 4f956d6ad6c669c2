import pytest
from hypothesis import given
from hypothesis import strategies as st

from flow.errors import FeedError
from ingest.hls_plan import Choice, Piece, choose, window

BASE = "https://h/live/index.m3u8"
MASTER = """\
#EXTM3U
#EXT-X-VERSION:7
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="English",DEFAULT=NO,URI="en.m3u8"
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="Tiếng Việt",DEFAULT=YES,URI="vi.m3u8"
#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="s",NAME="vi",URI="vtt.m3u8"
#EXT-X-STREAM-INF:BANDWIDTH=5000000,RESOLUTION=1920x1080,CODECS="avc1.640028,mp4a.40.2",AUDIO="a"
high.m3u8
#EXT-X-STREAM-INF:BANDWIDTH=900000,RESOLUTION=854x480,AUDIO="a"
low.m3u8
#EXT-X-STREAM-INF:BANDWIDTH=2500000,RESOLUTION=1280x720,AUDIO="a"
mid.m3u8
"""
LIVE = """\
#EXTM3U
#EXT-X-VERSION:3
#EXT-X-TARGETDURATION:4
#EXT-X-MEDIA-SEQUENCE:100
""" + "".join(f"#EXTINF:4.0,\ns{number}.ts\n" for number in range(100, 106))
FMP4 = """\
#EXTM3U
#EXT-X-VERSION:7
#EXT-X-TARGETDURATION:2
#EXT-X-MEDIA-SEQUENCE:7
#EXT-X-MAP:URI="init-1.mp4"
#EXTINF:2,
7.m4s
#EXT-X-GAP
#EXTINF:2,
8.m4s
#EXT-X-DISCONTINUITY
#EXT-X-MAP:URI="init-2.mp4"
#EXTINF:2,
9.m4s
"""


def _numbers(text: str, after: int | None, join: int | None = None) -> list[int]:
    return [piece.sequence for piece in window(text, BASE, after, None, join=join).pieces]


@pytest.mark.parametrize(("height", "picture"), [
    (1080, "high"), (720, "mid"), (719, "low"), (240, "low"), (2160, "high"),
])
def test_the_best_variant_that_fits_the_canvas_is_taken_else_the_lowest(height: int, picture: str) -> None:
    choice = choose(MASTER, BASE, height)
    assert choice == Choice(picture=f"https://h/live/{picture}.m3u8", sound="https://h/live/vi.m3u8")


def test_sound_without_an_address_comes_with_the_picture() -> None:
    media = '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="x",DEFAULT=YES\n'
    text = f'#EXTM3U\n{media}#EXT-X-STREAM-INF:BANDWIDTH=1,AUDIO="a"\nv.m3u8\n'
    assert choose(text, BASE, 720) == Choice(picture="https://h/live/v.m3u8")


def test_of_variants_without_a_size_the_one_with_most_bits_is_taken() -> None:
    text = "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=9\nb.m3u8\n#EXT-X-STREAM-INF:BANDWIDTH=1\na.m3u8\n"
    assert choose(text, BASE, 720) == Choice(picture="https://h/live/b.m3u8")


def test_a_media_playlist_offers_no_choice() -> None:
    assert choose(LIVE, BASE, 720) is None


def test_a_viewer_starts_three_segments_from_the_live_end() -> None:
    found = window(LIVE, BASE, None, None)
    assert found.pieces == tuple(
        Piece(sequence=number, url=f"https://h/live/s{number}.ts", init=None) for number in (103, 104, 105)
    )
    assert (found.ended, found.pause) == (False, 4.0)


def test_then_only_what_is_new_is_fetched_and_asked_for_twice_as_often_when_nothing_is() -> None:
    assert _numbers(LIVE, 103) == [104, 105]
    found = window(LIVE, BASE, 105, None)
    assert (found.pieces, found.pause) == ((), 2.0)


def test_sound_that_comes_apart_joins_at_the_pictures_number() -> None:
    assert _numbers(LIVE, None, join=102) == [102, 103, 104, 105]
    assert _numbers(LIVE, None, join=9_000) == [103, 104, 105]
    assert _numbers(LIVE, 104, join=102) == [105]


def test_a_film_is_fetched_whole() -> None:
    found = window(LIVE + "#EXT-X-ENDLIST\n", BASE, None, None)
    assert (len(found.pieces), found.ended) == (6, True)


def test_an_init_section_goes_before_the_first_segment_that_needs_it_and_gaps_are_left_out() -> None:
    assert window(FMP4, BASE, None, None).pieces == (
        Piece(sequence=7, url="https://h/live/7.m4s", init="https://h/live/init-1.mp4"),
        Piece(sequence=9, url="https://h/live/9.m4s", init="https://h/live/init-2.mp4"),
    )
    assert window(FMP4, BASE, 8, "https://h/live/init-2.mp4").pieces[0].init is None


@pytest.mark.parametrize("child", ["file:///etc/passwd", "data:x,y", "ftp://h/x", "concat:a|b", "http://[x/"])
def test_children_lead_to_http_or_nowhere(child: str) -> None:
    """T-07: segments, init sections and variants alike."""
    texts = [
        f"#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\n{child}\n",
        f'#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXT-X-MAP:URI="{child}"\n#EXTINF:4,\nx.m4s\n',
    ]
    for text in texts:
        with pytest.raises(FeedError):
            window(text, BASE, None, None)
    with pytest.raises(FeedError):
        choose(f"#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n{child}\n", BASE, 720)
    sound = f'#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="x",URI="{child}"\n'
    with pytest.raises(FeedError):
        choose(f'#EXTM3U\n{sound}#EXT-X-STREAM-INF:BANDWIDTH=1,AUDIO="a"\nv.m3u8\n', BASE, 720)


@pytest.mark.parametrize(("text", "sentence"), [
    ("<html>", "does not answer with an HLS playlist"),
    ("", "does not answer with an HLS playlist"),
    (LIVE.replace("#EXTINF:4.0,\ns105", '#EXT-X-KEY:METHOD=AES-128,URI="k"\n#EXTINF:4.0,\ns105'), "encrypted"),
    (LIVE.replace("#EXTINF:4.0,\ns105", "#EXT-X-BYTERANGE:9@0\n#EXTINF:4.0,\ns105"), "byte ranges"),
    (MASTER, "another list of variants"),
    (LIVE.replace("SEQUENCE:100", "SEQUENCE:x"), "cannot be read"),
])
def test_what_cannot_be_taken_is_said_in_one_sentence(text: str, sentence: str) -> None:
    with pytest.raises(FeedError, match=sentence):
        window(text, BASE, None, None)


def test_no_encryption_is_no_encryption() -> None:
    assert _numbers(LIVE.replace("#EXTINF", "#EXT-X-KEY:METHOD=NONE\n#EXTINF", 1), None) == [103, 104, 105]


@pytest.mark.parametrize(("duration", "pause"), [("0", 1.0), ("-3", 0.4), ("999999999", 10.0)])
def test_a_foolish_target_duration_neither_floods_nor_stalls(duration: str, pause: float) -> None:
    found = window(LIVE.replace("DURATION:4", f"DURATION:{duration}"), BASE, 105, None)
    assert found.pause == pause


@given(st.text(max_size=300), st.sampled_from([LIVE, FMP4, MASTER]), st.integers(0, 500))
def test_any_text_is_understood_or_refused(noise: str, text: str, at: int) -> None:
    """T-07: a hostile server cannot raise anything but a sentence for status."""
    text = text[:at] + noise + text[at:]
    for read in (lambda: choose(text, BASE, 720), lambda: window(text, BASE, None, None)):
        try:
            read()
        except FeedError:
            continue
