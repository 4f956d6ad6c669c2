import logging
from dataclasses import replace

import pytest

from flow.names import parse_picture_name
from flow.store import MediaKey
from flow.thumbnail import LENGTH, THUMBNAILS
from flow.wire import Verdict
from tests.packager.loose_keyring import LooseKeyring
from tests.packager.stage import Stage
from tests.packager.thumbnails.pictures import FIRST, jpeg, picture
from tests.recorded.builder import EPOCH, channel_of, recorded_packets


def rows(stage: Stage) -> list[str]:
    """The list as it is now, by places counted from the first, gaps in brackets."""
    lines = stage.shelf.text(THUMBNAILS).splitlines()
    names = [(line, lines[at - 2]) for at, line in enumerate(lines) if line.endswith(".jpg")]
    shown = [line.replace(line.split("-")[0], str(int(line.split("-")[0]) - FIRST)) for line, _ in names]
    return [f"({one})" if before == "#EXT-X-GAP" else one for one, (_, before) in zip(shown, names, strict=True)]


def until(stage: Stage, place: int) -> None:
    stage.wait_until((FIRST + place) * LENGTH)


def test_a_picture_is_listed_when_its_time_is_over() -> None:
    stage = Stage()
    stage.run(3)
    until(stage, 0)
    assert stage.publisher.take(picture(0)) is Verdict.KEPT
    until(stage, 1)
    assert rows(stage) == ["0-1.jpg"]
    assert stage.publisher.take(picture(1)) is Verdict.KEPT
    stage.wait(9)
    assert rows(stage) == ["0-1.jpg"]
    until(stage, 2)
    assert rows(stage) == ["0-1.jpg", "1-1.jpg"]
    assert stage.shelf.bodies[key(0)] == picture(0).body


def key(place: int, run: int = 1) -> MediaKey:
    name = parse_picture_name(f"{FIRST + place}-{run}.jpg")
    assert name is not None
    return MediaKey(channel_of().id, THUMBNAILS, name)


def test_what_did_not_come_is_a_gap_for_good() -> None:
    stage = Stage()
    stage.run(3)
    stage.publisher.take(picture(0))
    until(stage, 2)
    assert rows(stage) == ["0-1.jpg", "(1-0.jpg)"]
    assert stage.publisher.take(picture(1)) is Verdict.REFUSED
    assert stage.publisher.take(picture(0)) is Verdict.KEPT  # sent again
    assert stage.publisher.take(picture(0, run=2)) is Verdict.REFUSED
    stage.publisher.take(picture(2))
    until(stage, 3)
    assert rows(stage) == ["0-1.jpg", "(1-0.jpg)", "2-1.jpg"]


@pytest.mark.parametrize("wrong", [
    replace(picture(0), start=picture(0).start + 1), replace(picture(0), duration=LENGTH // 2),
    replace(picture(0), run=0), picture(0, body=jpeg() + b"more"), picture(0, body=b""), picture(-9), picture(9),
])
def test_a_hostile_worker_fills_no_memory_and_no_place(
    wrong: object, caplog: pytest.LogCaptureFixture,
) -> None:
    """T-31: neither what is no picture nor what is out of its time is kept."""
    caplog.set_level(logging.CRITICAL)
    stage = Stage()
    stage.run(3)
    until(stage, 0)
    assert stage.publisher.take(wrong) is Verdict.REFUSED  # type: ignore[arg-type]
    until(stage, 2)
    assert THUMBNAILS not in stage.shelf.playlists


def test_the_multivariant_playlist_names_them_once_there_are_any() -> None:
    stage = Stage()
    stage.run(4)
    assert "IMAGE-STREAM-INF" not in stage.shelf.multivariants[-1]
    stage.publisher.take(picture(0))
    until(stage, 1)
    stage.play(recorded_packets(stage.channel, stage.at(9), 3, run=2))
    text = stage.shelf.multivariants[-1]
    assert text.splitlines()[-1].startswith("#EXT-X-IMAGE-STREAM-INF:")
    assert "IMAGE-STREAM-INF" not in stage.shelf.of_sound[-1]


def test_they_reach_as_far_back_as_the_media_and_leave_with_them() -> None:
    stage = Stage(channel_of(window_s=30))
    minutes = list(recorded_packets(stage.channel, EPOCH, 40))
    for place in range(7):
        due = (FIRST + place) * LENGTH
        stage.play([packet for packet in minutes if getattr(packet, "end", 0) <= due])
        minutes = [packet for packet in minutes if getattr(packet, "end", 0) > due]
        until(stage, place)
        stage.publisher.take(picture(place))
    view = stage.publisher.view(stage.channel.ladder.video[0].id)
    assert view is not None
    first = int(rows(stage)[0].split("-")[0]) + FIRST
    assert first * LENGTH <= view.first_msn * stage.channel.profile.segment < (first + 2) * LENGTH


def test_a_headend_that_comes_back_goes_on_with_what_is_on_the_disk() -> None:
    """F-30: what its workers kept meanwhile is taken, and no place changes that was listed."""
    stage = Stage()
    stage.run(3)
    stage.publisher.take(picture(0))
    until(stage, 1)
    stage.publisher.take(picture(1))
    stage.restart()
    assert rows(stage) == ["0-1.jpg"]
    assert [stage.publisher.take(picture(place)) for place in (0, 1)] == [Verdict.KEPT] * 2
    until(stage, 2)
    assert rows(stage) == ["0-1.jpg", "1-1.jpg"]


def test_what_an_earlier_life_left_in_memory_is_let_go_of_too() -> None:
    stage = Stage(channel_of(window_s=300))
    stage.run(3)
    stage.publisher.take(picture(0))
    until(stage, 1)
    stage.restart()
    stage.wait(121)
    assert key(0) in stage.shelf.settled
    assert rows(stage)[0] == "0-1.jpg"


def test_after_a_restart_no_gap_is_listed_before_workers_could_send_again() -> None:
    stage = Stage()
    stage.run(3)
    stage.publisher.take(picture(0))
    until(stage, 3)
    before = rows(stage)
    stage.restart()
    stage.wait(4)
    assert rows(stage) == ["0-1.jpg"]
    assert before == ["0-1.jpg", "(1-0.jpg)", "(2-0.jpg)"]
    assert stage.publisher.take(picture(3)) is Verdict.KEPT
    until(stage, 4)
    assert rows(stage) == [*before, "3-1.jpg"]


def test_of_two_workers_the_picture_of_the_one_that_is_listed_is_taken_and_the_others_where_it_has_none() -> None:
    stage = Stage(replace(channel_of(), workers=2))
    stage.run(3, run=2)
    until(stage, 0)
    for run in (3, 2):
        assert stage.publisher.take(picture(0, run)) is Verdict.KEPT
    until(stage, 1)
    stage.publisher.take(picture(1, run=3))
    until(stage, 2)
    assert rows(stage) == ["0-2.jpg", "1-3.jpg"]
    assert stage.publisher.take(picture(0, run=3)) is Verdict.REFUSED
    assert key(0, run=3) not in stage.shelf.ever


def test_what_the_disk_lost_is_a_gap_when_memory_lets_go_of_it() -> None:
    """F-21: a full disk costs pictures of the past, nothing else."""
    stage = Stage(channel_of(window_s=300))
    stage.run(3)
    for place in (0, 1, 2):
        stage.publisher.take(picture(place))
        until(stage, place + 1)
    stage.shelf.unsynced.add(key(1))
    stage.wait(121)
    assert rows(stage)[:3] == ["0-1.jpg", "(1-0.jpg)", "2-1.jpg"]
    assert key(1) not in stage.shelf.bodies


def test_an_encrypted_channel_has_none() -> None:
    stage = Stage(replace(channel_of(), key_period_s=60), ring=LooseKeyring())
    stage.run(3)
    assert stage.publisher.take(picture(0)) is Verdict.REFUSED
    until(stage, 2)
    assert THUMBNAILS not in stage.shelf.playlists


def test_a_channel_that_is_closed_lets_go_of_them() -> None:
    stage = Stage()
    stage.run(3)
    stage.publisher.take(picture(0))
    until(stage, 1)
    stage.publisher.close()
    assert stage.publisher.take(picture(1)) is Verdict.REFUSED
    stage.wait(130)
    assert stage.publisher.idle
    assert stage.shelf.bodies == {}


def test_a_year_without_a_picture_is_no_year_of_gaps() -> None:
    """F-19: a machine that slept, or that was off."""
    stage = Stage()
    stage.run(3)
    stage.publisher.take(picture(0))
    until(stage, 1)
    for restart in (False, True):
        stage.clock.advance(366 * 86_400)
        if restart:
            stage.restart()
        stage.wait(6)
        playlist = stage.shelf.playlists.get(THUMBNAILS)
        assert playlist is None or len(playlist.full.plain) < 1_000
