"""Sound tracks have renditions of their own, and a rung holds its ceiling."""

from flow.ids import RenditionId, is_id
from flow.ladder import AUDIO, Rendition, is_sound, is_ts, sound_id, ts_id


def test_the_first_sound_keeps_its_name_however_many_follow() -> None:
    assert [sound_id(at) for at in range(3)] == [AUDIO, "audio-2", "audio-3"]


def test_sound_is_told_from_pictures_by_its_id() -> None:
    assert all(is_id(sound_id(at)) and is_sound(sound_id(at)) for at in range(4))
    assert not is_sound(RenditionId("v240"))
    assert not is_sound(RenditionId("audiovisual"))


def test_a_picture_has_a_second_id_for_old_boxes() -> None:
    assert ts_id(RenditionId("v240")) == "ts-v240"
    assert is_ts(RenditionId("ts-v240"))
    assert not is_ts(RenditionId("v240"))


def test_a_rung_keeps_a_fifth_of_its_buffer_back_from_its_ceiling() -> None:
    rung = Rendition(
        id=RenditionId("v720"), width=1280, height=720, fps=25, crf=22, maxrate=800_000, bufsize=480_000,
        preset="fast",
    )
    assert rung.refill == 704_000
