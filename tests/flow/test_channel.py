"""A channel is a value."""

import dataclasses

import pytest

from flow.track import VIETNAMESE, Track
from tests.desk.samples import channel
from tests.recorded.builder import channel_of


def test_a_channel_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        channel().title = "another"  # type: ignore[misc]


def test_equal_definitions_are_equal_channels() -> None:
    assert channel() == channel()
    assert channel() != channel(title="another")


def test_sound_comes_last_and_each_track_has_a_rendition() -> None:
    assert channel().renditions == ("v240", "audio")
    two = dataclasses.replace(channel(), tracks=(VIETNAMESE, Track(language="en", name="English")))
    assert two.renditions == ("v240", "audio", "audio-2")
    assert two.sounds == ("audio", "audio-2")


def test_every_group_has_every_track() -> None:
    two = dataclasses.replace(channel_of(groups=2), tracks=(VIETNAMESE, Track(language="en", name="English")))
    assert two.sounds == ("audio", "audio-2", "audio-48k", "audio-48k-2")
    assert two.sounds_of(two.ladder.sounds[1]) == ("audio-48k", "audio-48k-2")


def test_tracks_that_players_could_not_tell_apart_are_refused() -> None:
    with pytest.raises(ValueError, match="same name"):
        dataclasses.replace(channel(), tracks=(VIETNAMESE, VIETNAMESE))


def test_captions_are_a_rendition_that_the_encoder_does_not_make() -> None:
    made = dataclasses.replace(channel(), captions=VIETNAMESE)
    assert made.renditions == (*made.encoded, "captions")
    assert made.encoded == channel().encoded == channel().renditions


def test_an_encrypted_channel_shows_no_thumbnails_in_clear() -> None:
    assert channel_of().thumbnails
    assert not dataclasses.replace(channel_of(), key_period_s=300).thumbnails
