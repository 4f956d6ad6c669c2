"""Sound tracks in an operator's words."""

from dataclasses import replace

import pytest

from desk.track_words import captions_of, check_had, check_sounds, sounds_of, tracks_of
from flow.errors import OperatorError
from flow.track import VIETNAMESE, Track
from tests.desk.samples import FEED, feed_status


def test_a_channel_of_which_nothing_is_said_speaks_vietnamese() -> None:
    assert tracks_of([]) == (VIETNAMESE,)


def test_tracks_keep_their_order() -> None:
    assert tracks_of(["vi=Tiếng Việt", " tyz = Tiếng Tày = Nùng "]) == (
        VIETNAMESE, Track(language="tyz", name="Tiếng Tày = Nùng"),
    )


@pytest.mark.parametrize("texts", [
    ["vi"], ["=x"], ["vi="], ["tiếng=x"], ['en="a"b'], ["en=x", "vi=x"], [f"en={at}" for at in range(5)],
])
def test_words_that_make_no_track_are_refused_with_an_example(texts: list[str]) -> None:
    with pytest.raises(OperatorError) as refused:
        tracks_of(texts)
    assert "--track" in refused.value.remedy


@pytest.mark.parametrize(("value", "numbers"), [("1", (1,)), ("2,1", (2, 1)), ("0,0,16", (0, 0, 16))])
def test_sounds_are_numbers_in_a_row(value: str, numbers: tuple[int, ...]) -> None:
    assert sounds_of(value) == numbers


@pytest.mark.parametrize("value", ["", ",", "1,", "a", "1;2", "-1", "1,17", "²"])
def test_anything_else_is_no_sound(value: str) -> None:
    with pytest.raises(ValueError, match="sounds"):
        sounds_of(value)


def test_a_feed_gives_no_more_sounds_than_there_are_tracks() -> None:
    english = Track(language="en", name="English")
    check_sounds([replace(FEED, sounds=(2, 1))], [VIETNAMESE, english])
    with pytest.raises(OperatorError, match="feed 1 names 2 sounds, and the channel has 1 tracks"):
        check_sounds([replace(FEED, sounds=(2, 1))], [VIETNAMESE])


@pytest.mark.parametrize(("text", "track"), [
    ("off", None), ("vi", VIETNAMESE), ("en", Track(language="en", name="English")),
    ("km", Track(language="km", name="km")), ("vi=Phụ đề", Track(language="vi", name="Phụ đề")),
])
def test_captions_are_a_language_and_perhaps_a_name(text: str, track: Track | None) -> None:
    assert captions_of(text) == track


@pytest.mark.parametrize("text", ["", "tiếng Việt", "=Phụ đề", 'vi=a"b', "yes please"])
def test_captions_in_no_language_are_refused_with_an_example(text: str) -> None:
    with pytest.raises(OperatorError) as refused:
        captions_of(text)
    assert "--captions vi" in refused.value.remedy


def test_a_sound_that_a_feed_on_air_does_not_have_is_refused_with_those_that_it_has() -> None:
    """F-13."""
    has = [replace(feed_status(), sounds=("mp2 48000 Hz stereo (vie)", "mp2 48000 Hz mono"))]
    with pytest.raises(OperatorError, match="feed 1 has no sound 9") as refused:
        check_had([FEED], [replace(FEED, sounds=(2, 9))], has)
    assert "1: mp2 48000 Hz stereo (vie), 2: mp2 48000 Hz mono" in refused.value.remedy
    check_had([FEED], [replace(FEED, sounds=(2, 0))], has)


def test_of_a_feed_that_is_not_known_and_of_what_stays_nothing_is_refused() -> None:
    wild = replace(FEED, sounds=(9,))
    check_had([FEED], [wild], [feed_status()])
    check_had([FEED], [wild], [])
    check_had([wild], [replace(wild, trim_ms=40)], [replace(feed_status(), sounds=("aac",))])
