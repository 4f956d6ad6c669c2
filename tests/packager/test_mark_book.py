"""Marks of a channel on air: at once in every playlist, for good, as long as anybody can go back to them."""

from dataclasses import replace
from urllib.parse import unquote

import pytest

from flow.ids import RenditionId
from flow.timebase import GOP, SCALE, utc_text
from flow.track import VIETNAMESE
from tests.packager.shelf import RecordingShelf
from tests.packager.stage import Stage
from tests.recorded.builder import channel_of, recorded_packets


def test_a_mark_is_in_every_playlist_at_once_and_in_deltas() -> None:
    """RFC 8216bis 6.2.4: the same dates in all playlists that carry them; 6.2.5.1: a delta skips none of them."""
    stage = Stage(replace(channel_of(), captions=VIETNAMESE))
    stage.run(20)
    made = stage.publisher.marks.set("Khai mạc")
    assert utc_text(made.start) in made.lines()[0]
    assert made.start == stage.clock.wall_ns() // 1_000_000 * 48
    texts = {name: stage.shelf.text(name) for name in stage.channel.renditions}
    assert all(text.count("#EXT-X-DATERANGE") == 1 and made.lines()[0] in text for text in texts.values())
    assert all(playlist.delta is not None for playlist in stage.shelf.playlists.values())
    for playlist in stage.shelf.playlists.values():
        assert playlist.delta is None or made.lines()[0] in playlist.delta.plain.decode()
    assert list(stage.publisher.marks) == [made]


@pytest.mark.parametrize("ahead", [-5, 0, 11, 20])
def test_an_update_without_old_marks_has_what_is_new_whatever_the_workers_clock_says(ahead: int) -> None:
    """F-19: RFC 8216bis 6.2.5.1."""
    stage = Stage(shelf=RecordingShelf(check=False))
    stage.play(recorded_packets(stage.channel, stage.at(0) + ahead * SCALE // GOP * GOP, 40), delay=0.1 - ahead)
    made = stage.publisher.marks.set("Khai mạc")
    update = stage.shelf.playlists[RenditionId("v0")].delta_v2
    assert update is not None
    assert made.id in update.plain.decode()


def test_marks_live_through_a_kill_and_leave_with_the_window() -> None:
    """F-22: what players have seen stays, with its id, and no id comes again."""
    stage = Stage()
    stage.run(5)
    moment = stage.publisher.marks.set("một", start=stage.at(1))
    opened = stage.publisher.marks.set("hai", duration=None)
    stage.restart()
    assert list(stage.publisher.marks) == [moment, opened]
    assert "hai" in stage.shelf.text("audio")
    ended = stage.publisher.marks.end(opened.id)
    stage.restart()
    assert list(stage.publisher.marks) == [moment, ended]
    stage.run(70, start=stage.at(5))
    assert list(stage.publisher.marks) == []
    assert "EXT-X-DATERANGE" not in stage.shelf.text("v0")
    stage.restart()
    assert stage.publisher.marks.set("ba").id not in {moment.id, opened.id}


@pytest.mark.parametrize("place", [-1, 10**6])
def test_a_mark_lies_where_playlists_reach_or_will(place: int) -> None:
    stage = Stage()
    stage.run(3)
    with pytest.raises(ValueError, match="a mark lies between"):
        stage.publisher.marks.set("xa", start=stage.at(place))
    assert list(stage.publisher.marks) == []


def test_an_end_far_in_the_future_is_refused_and_the_mark_stays_open() -> None:
    """An end cannot be changed once players have seen it."""
    stage = Stage()
    stage.run(2)
    opened = stage.publisher.marks.set("hai", duration=None)
    with pytest.raises(ValueError, match="within a day"):
        stage.publisher.marks.end(opened.id, at=opened.start + 400 * 86_400 * 48_000)
    assert list(stage.publisher.marks) == [opened]


def test_a_programme_is_in_the_playlists_from_its_start_once_and_ended_with_its_end() -> None:
    """T-13: no title breaks out of its attribute; F-22: no life of the headend lists it twice."""
    stage = Stage()
    stage.run(20)
    title = 'Hội nghị “A”, "B" {$x} 100%,KEY=1'
    for _ in range(2):
        stage.publisher.marks.programme("p12", title, "Meeting", start=stage.at(3))
        (opened,) = stage.publisher.marks.programmes
        stage.restart()
    (line,) = [line for line in stage.shelf.text("v0").splitlines() if line.startswith("#EXT-X-DATERANGE")]
    assert line == (
        f'#EXT-X-DATERANGE:ID="p12",START-DATE="{utc_text(stage.at(3))}",CLASS="xacast-programme",'
        'X-XACAST-TITLE="Hội nghị “A”, %22B%22 %7B$x} 100%25,KEY=1",X-XACAST-TITLE-EN="Meeting"'
    )
    assert unquote(line.split('"')[7]) == title
    stage.publisher.marks.programme_over(opened.id, stage.at(8))
    assert stage.publisher.marks.programmes == ()
    assert f'ID="p12",START-DATE="{utc_text(stage.at(3))}",END-DATE="{utc_text(stage.at(8))}"' in (
        stage.shelf.text("v0"))


def test_a_programme_that_is_on_air_again_is_another_range() -> None:
    """RFC 8216bis 4.4.5.1: what a range says does not change."""
    stage = Stage()
    stage.run(20)
    marks = stage.publisher.marks
    for end in (5, 9):
        marks.programme("p1", "Giao ban", "", start=stage.at(2))
        marks.programme_over(marks.programmes[0].id, stage.at(end))
    assert [(mark.id, mark.start, mark.end) for mark in marks] == [
        ("p1", stage.at(2), stage.at(5)), ("p1.2", stage.at(5), stage.at(9)),
    ]


def test_operators_neither_set_nor_end_a_programmes_range() -> None:
    stage = Stage()
    stage.run(20)
    stage.publisher.marks.programme("p1", "Giao ban", "", start=stage.at(2))
    with pytest.raises(ValueError, match="programme stop"):
        stage.publisher.marks.end("p1")
    with pytest.raises(ValueError, match="the schedule's"):
        stage.publisher.marks.set("x", kind="xacast-programme")
    with pytest.raises(ValueError, match="one line"):
        stage.publisher.marks.programme("p2", "a\nb", "", start=stage.at(2))
