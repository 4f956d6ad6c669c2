from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flow.errors import FeedError
from ingest.hls.listing import Listing, Piece, Resource
from ingest.hls.plan import Choice, Sound, Spot, Step, choose, step

BASE = "https://h/live/index.m3u8"
MASTER = """\
#EXTM3U
#EXT-X-VERSION:7
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="English",LANGUAGE="en",DEFAULT=NO,URI="en.m3u8"
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="Tiếng Việt",DEFAULT=YES,URI="vi.m3u8"
#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="s",NAME="vi",URI="vtt.m3u8"
#EXT-X-STREAM-INF:BANDWIDTH=5000000,RESOLUTION=1920x1080,CODECS="avc1.640028,mp4a.40.2",AUDIO="a"
high.m3u8
#EXT-X-STREAM-INF:BANDWIDTH=900000,RESOLUTION=854x480,AUDIO="a"
low.m3u8
#EXT-X-STREAM-INF:BANDWIDTH=2500000,RESOLUTION=1280x720,AUDIO="a"
mid.m3u8
"""


VI = Sound(number=1, url="https://h/live/vi.m3u8")
EN = Sound(number=2, url="https://h/live/en.m3u8", language="en")


def spare(sound: Sound) -> Sound:
    return replace(sound, spare=True)


def _piece(sequence: int, time: float | None = None, *, broken: bool = False, seconds: float = 4.0) -> Piece:
    media = Resource(url=f"https://h/{sequence}.ts")
    return Piece(sequence=sequence, media=media, seconds=seconds, time=time, broken=broken)


def _live(first: int, count: int, *, broken: tuple[int, ...] = (), time: float | None = None) -> Listing:
    numbers = range(first, first + count)
    pieces = (
        _piece(number, None if time is None else time + 4 * (number - first), broken=number in broken)
        for number in numbers
    )
    return Listing(pieces=tuple(pieces), ended=False, target=4.0)


def _numbers(asked: Step) -> list[int]:
    return [piece.sequence for piece in asked.pieces]


@pytest.mark.parametrize(("height", "picture"), [
    (1080, "high"), (720, "mid"), (719, "low"), (240, "low"), (2160, "high"),
])
def test_the_best_variant_that_fits_the_canvas_is_taken_else_the_lowest(height: int, picture: str) -> None:
    choice = choose(MASTER, BASE, height)
    assert choice == Choice(picture=f"https://h/live/{picture}.m3u8", sounds=(VI,))


@pytest.mark.parametrize(("numbers", "sounds"), [
    ((1,), (VI,)), ((2, 1), (EN, spare(VI))), ((1, 2), (VI, spare(EN))), ((3, 1), (VI,)), ((3,), ()),
])
def test_of_sounds_that_come_apart_the_wanted_are_taken_counted_from_the_default(
    numbers: tuple[int, ...], sounds: tuple[Sound, ...],
) -> None:
    choice = choose(MASTER, BASE, 720, numbers)
    assert choice is not None
    assert choice.sounds == sounds


def test_sound_without_an_address_comes_with_the_picture() -> None:
    media = '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="x",DEFAULT=YES\n'
    more = '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="y",URI="en.m3u8"\n'
    for listed, sounds in ((media, ()), (media + more, (replace(spare(EN), language=""),))):
        text = f'#EXTM3U\n{listed}#EXT-X-STREAM-INF:BANDWIDTH=1,AUDIO="a"\nv.m3u8\n'
        assert choose(text, BASE, 720, (1, 2)) == Choice(picture="https://h/live/v.m3u8", sounds=sounds)


def test_of_variants_without_a_size_the_one_with_most_bits_is_taken() -> None:
    text = "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=9\nb.m3u8\n#EXT-X-STREAM-INF:BANDWIDTH=1\na.m3u8\n"
    assert choose(text, BASE, 720) == Choice(picture="https://h/live/b.m3u8")


def test_a_media_playlist_offers_no_choice() -> None:
    assert choose("#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\na.ts\n", BASE, 720) is None


@pytest.mark.parametrize("child", ["file:///etc/passwd", "data:x,y", "ftp://h/x", "concat:a|b", "http://[x/"])
def test_variants_and_sound_lead_to_http_or_nowhere(child: str) -> None:
    """T-07."""
    with pytest.raises(FeedError):
        choose(f"#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n{child}\n", BASE, 720)
    sound = f'#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="x",URI="{child}"\n'
    with pytest.raises(FeedError):
        choose(f'#EXTM3U\n{sound}#EXT-X-STREAM-INF:BANDWIDTH=1,AUDIO="a"\nv.m3u8\n', BASE, 720)


def test_a_viewer_starts_three_segments_from_the_live_end() -> None:
    asked = step(_live(100, 6), Spot())
    assert (_numbers(asked), asked.lost, asked.pause) == ([103, 104, 105], 0, 4.0)
    assert asked.spot == Spot(last=102)


def test_then_only_what_is_new_is_fetched_and_asked_for_twice_as_often_when_nothing_is() -> None:
    assert _numbers(step(_live(100, 6), Spot(last=103))) == [104, 105]
    asked = step(_live(100, 6), Spot(last=105))
    assert (asked.pieces, asked.pause, asked.lost) == ((), 2.0, 0)


def test_a_film_is_fetched_whole() -> None:
    film = replace(_live(1, 40), ended=True)
    assert len(step(film, Spot()).pieces) == 40
    assert len(step(film, Spot(last=10)).pieces) == 30


def test_a_playlist_without_segments_yet_is_asked_again() -> None:
    assert step(_live(0, 0), Spot()) == Step(pieces=(), spot=Spot(), lost=0, pause=2.0)
    assert step(_live(0, 0), Spot(last=3)).spot == Spot(last=3)


def test_sound_that_comes_apart_joins_where_the_wall_clock_is_the_pictures() -> None:
    picture = _piece(50, 1_000.0)
    assert _numbers(step(_live(7, 6, time=990.5), Spot(), join=picture))[0] == 9
    assert _numbers(step(_live(48, 6, time=990.0), Spot(), join=picture))[0] == 50


@pytest.mark.parametrize("sound", [_live(48, 6), _live(48, 6, time=5_000.0)])
def test_else_it_joins_at_the_pictures_number(sound: Listing) -> None:
    assert _numbers(step(sound, Spot(), join=_piece(50, 1_000.0)))[0] == 50
    assert _numbers(step(sound, Spot(), join=_piece(9_000)))[0] == 51
    assert _numbers(step(sound, Spot(last=52), join=_piece(50))) == [53]


def test_what_left_the_playlist_before_it_was_fetched_is_counted() -> None:
    """F-04."""
    asked = step(_live(110, 3), Spot(last=105))
    assert (_numbers(asked), asked.lost, asked.spot) == ([110, 111, 112], 4, Spot(last=109))


def test_when_too_much_waits_the_pull_jumps_towards_the_live_end() -> None:
    assert _numbers(step(_live(100, 10), Spot(last=105))) == [106, 107, 108, 109]
    asked = step(_live(100, 10), Spot(last=104))
    assert (_numbers(asked), asked.lost, asked.ahead) == ([107, 108, 109], 2, True)


def test_what_was_fetched_and_waits_counts_too() -> None:
    assert step(_live(100, 10), Spot(last=105), held=4.0).lost == 1
    assert step(_live(100, 10), Spot(last=106), held=4.0).lost == 0


def test_behind_after_an_outage_is_another_thing_than_a_feed_that_runs_ahead() -> None:
    """F-04."""
    asked = step(_live(100, 10), Spot(last=104), idle=20.0)
    assert (asked.lost, asked.ahead) == (2, False)
    assert not step(_live(107, 3), Spot(last=104)).ahead


def test_segments_longer_than_the_server_says_are_no_reason_to_jump() -> None:
    found = Listing(pieces=tuple(_piece(number, seconds=30.0) for number in range(4)), ended=False, target=2.0)
    assert step(found, Spot(last=-1)).lost == 0


def test_a_break_that_was_jumped_over_still_lies_in_between() -> None:
    assert step(_live(100, 10, broken=(105,)), Spot(last=104)).spot.broken
    assert not step(_live(100, 10, broken=(104,)), Spot(last=104)).spot.broken


def test_a_server_that_begins_anew_is_followed_from_its_live_end() -> None:
    """F-04."""
    asked = step(_live(0, 5), Spot(last=105))
    assert (_numbers(asked), asked.spot) == ([2, 3, 4], Spot(last=1, broken=True))
    assert _numbers(step(_live(0, 1), Spot(last=105))) == [0]


def test_numbers_that_leap_ahead_beyond_any_outage_are_a_server_that_begins_anew() -> None:
    asked = step(_live(927_000_000, 5), Spot(last=4))
    assert (_numbers(asked), asked.lost, asked.spot.broken) == ([927_000_002, 927_000_003, 927_000_004], 0, True)


def test_an_old_copy_from_a_cache_is_waited_out_for_three_target_durations() -> None:
    stale = _live(98, 6)
    assert step(stale, Spot(last=105), idle=11.9).pieces == ()
    assert _numbers(step(stale, Spot(last=105), idle=12.0)) == [101, 102, 103]
    assert step(_live(100, 6), Spot(last=105), idle=600.0).pieces == ()


def test_a_break_before_a_segment_that_was_left_out_still_lies_before_the_next() -> None:
    spot = Spot(last=4).past(_piece(5, broken=True), written=False)
    assert spot.meets_break(_piece(6))
    assert not spot.past(_piece(6), written=True).meets_break(_piece(7))


@given(st.text(max_size=300), st.integers(0, 500))
def test_any_text_is_understood_or_refused(noise: str, at: int) -> None:
    """T-07: a hostile server cannot raise anything but a sentence for status."""
    try:
        choose(MASTER[:at] + noise + MASTER[at:], BASE, 720)
    except FeedError:
        return


@given(
    st.lists(st.tuples(st.integers(0, 200), st.integers(0, 12)), min_size=1, max_size=20),
    st.floats(0, 100, allow_nan=False),
)
def test_whatever_a_playlist_lists_no_segment_is_fetched_twice_in_one_numbering(
    readings: list[tuple[int, int]], idle: float,
) -> None:
    spot = Spot()
    for first, count in readings:
        asked = step(_live(first, count), spot, idle=idle)
        numbers = _numbers(asked)
        assert numbers == sorted(set(numbers))
        assert asked.lost >= 0
        if numbers and spot.last is not None and not asked.spot.broken:
            assert numbers[0] > spot.last
        spot = asked.spot
        for piece in asked.pieces:
            spot = spot.past(piece, written=True)
