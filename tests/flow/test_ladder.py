"""Sounds have renditions of their own and suit pictures by their rate; a rung holds its ceiling."""

from dataclasses import replace

from flow.canvas import Canvas
from flow.ids import RenditionId, is_id
from flow.ladder import (
    AUDIO,
    Ladder,
    Rendition,
    SoundGroup,
    VideoCodec,
    group_id,
    hevc_id,
    is_hevc,
    is_sound,
    is_ts,
    sound_id,
    ts_id,
)

RUNG = Rendition(
    id=RenditionId("v720"), width=1280, height=720, fps=25, crf=22, maxrate=800_000, bufsize=480_000,
    preset="fast",
)


def test_the_first_sound_keeps_its_name_however_many_follow() -> None:
    assert [sound_id(at) for at in range(3)] == [AUDIO, "audio-2", "audio-3"]


def test_later_groups_have_names_by_their_rate_that_no_track_has() -> None:
    lean = group_id(1, 48_000)
    assert (group_id(0, 96_000), lean) == (AUDIO, "audio-48k")
    assert [sound_id(at, lean) for at in range(2)] == ["audio-48k", "audio-48k-2"]
    assert is_sound(lean)


def test_a_picture_goes_with_the_richest_sound_that_suits_its_rate() -> None:
    rich = SoundGroup(bitrate=96_000, from_maxrate=800_000)
    lean = SoundGroup(id=group_id(1, 48_000), bitrate=48_000)
    ladder = Ladder(name="two", canvas=Canvas(width=1280, height=720), video=(RUNG,), sounds=(rich, lean))
    assert ladder.sound_of(RUNG) == rich
    assert ladder.sound_of(replace(RUNG, maxrate=799_999)) == lean
    assert replace(ladder, sounds=(rich,)).sound_of(replace(RUNG, maxrate=1)) == rich


def test_sound_is_told_from_pictures_by_its_id() -> None:
    assert all(is_id(sound_id(at)) and is_sound(sound_id(at)) for at in range(4))
    assert not is_sound(RenditionId("v240"))
    assert not is_sound(RenditionId("audiovisual"))


def test_a_picture_has_a_second_id_for_old_boxes() -> None:
    assert ts_id(RenditionId("v240")) == "ts-v240"
    assert is_ts(RenditionId("ts-v240"))
    assert not is_ts(RenditionId("v240"))


def test_a_rung_keeps_a_fifth_of_its_buffer_back_from_its_ceiling() -> None:
    assert RUNG.refill == 704_000
    assert replace(RUNG, codec=VideoCodec.HEVC).refill == 656_000


def test_hevc_has_names_of_its_own_beside_those_that_all_players_know() -> None:
    twin = replace(RUNG, id=hevc_id(RUNG.id), codec=VideoCodec.HEVC)
    ladder = Ladder(
        name="two", canvas=Canvas(width=1280, height=720), video=(RUNG, twin),
        sounds=(SoundGroup(bitrate=48_000),),
    )
    assert (ladder.avc, ladder.hevc) == ((RUNG,), (twin,))
    assert (is_hevc(twin.id), is_hevc(RUNG.id)) == (True, False)
