"""A programme with slides: what operators order and what happens by itself, as viewers see it."""

from dataclasses import replace
from functools import partial

import pytest

from flow.errors import OperatorError
from flow.event import Event, Severity
from flow.layout import Layout, Role
from flow.rules import CONFERENCE
from flow.tick import SILENCE, SOUND_BYTES, Tick
from ingest.kinds import feed_of
from ingest.pictures.planes import Box, Ink, planes_of
from ingest.pictures.sheet import Sheet
from ingest.playout.pairing import Content
from ingest.switching.scene import AWAITED
from ingest.switching.slides import KEPT
from ingest.switching.wish import Do, Wish
from tests.ingest.media import SMALL, OnAir

GREY = 128
SPEAKER, SLIDE = 81, 200
SHARED = 100
"""Ticks after which slides that came with the first one are on the canvas for long."""


def content(sheet: Sheet, luma: int) -> Content:
    buffer = bytearray(sheet.whole.picture_bytes)
    planes_of(buffer, sheet.whole).fill(Box(0, 0, sheet.whole.width, sheet.whole.height), Ink(luma, GREY, GREY))
    return Content(pictures=(bytes(buffer),), sounds=(b"\x01" * SOUND_BYTES,))


class Hall:
    """A channel with one speaker and one presentation that come and go as a test says."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.events: list[Event] = []
        feeds = (feed_of("testcard:"), replace(feed_of("testcard:"), role=Role.SLIDES))
        self.programme = OnAir(*feeds, tell=self.events.append).programme
        sheets = self.programme._two.sheets
        self.both = [content(sheets[0], SPEAKER), content(sheets[1], SLIDE)]
        self.now: list[Content | None] = [None, None]
        for at, runner in enumerate(self.programme._runners):
            monkeypatch.setattr(runner, "take", partial(self._given, at))
        self._index = 1_000

    def _given(self, at: int) -> Content | None:
        return self.now[at]

    def run(self, ticks: int, *, speaker: bool = True, slides: bool = True) -> list[Tick]:
        self.now[:] = [one if there else None for one, there in zip(self.both, (speaker, slides), strict=True)]
        made = [self.programme._any_tick(self._index + at) for at in range(ticks)]
        self._index += ticks
        return made

    @property
    def told(self) -> list[tuple[str, object, str]]:
        return [(str(one.kind), one.data.get("feed"), one.data.get("reason", "")) for one in self.events]

    def order(self, do: Do, layout: Layout = Layout.AUTO) -> None:
        self.programme.command(Wish(do=do, layout=layout), who="lan")


def seen(tick: Tick) -> Layout | None:
    """The layout of a tick by its pixels, None for the slate."""
    luma = planes_of(tick.pictures[0], SMALL).y
    place = int(luma[120, 10]), int(luma[120, 420]), int(luma[215, 400])
    return {
        (SPEAKER, SPEAKER, SPEAKER): Layout.SPEAKER, (SLIDE, SLIDE, SLIDE): Layout.SLIDES,
        (SLIDE, SPEAKER, 16): Layout.SIDE, (SLIDE, SLIDE, SPEAKER): Layout.PIP,
    }.get(place)


@pytest.fixture
def hall(monkeypatch: pytest.MonkeyPatch) -> Hall:
    one = Hall(monkeypatch)
    assert seen(one.run(SHARED)[-1]) is Layout.SIDE
    return one


def test_a_cut_takes_the_slides_off_too_and_a_release_brings_all_back(hall: Hall) -> None:
    for layout in (Layout.AUTO, Layout.SIDE, Layout.PIP, Layout.SLIDES):
        hall.order(Do.LAYOUT, layout)
        before = seen(hall.run(3)[-1])
        hall.order(Do.CUT)
        assert {seen(tick) for tick in hall.run(30)} == {None}
        status = hall.programme.status()
        assert (status.on_air, status.mode) == ("slate", "cut")
        assert [feed.on_air for feed in status.feeds] == [False, False]
        hall.order(Do.RELEASE)
        assert {seen(tick) for tick in hall.run(3)} == {before}


def test_a_layout_that_is_ordered_under_a_cut_waits_for_its_end(hall: Hall) -> None:
    hall.order(Do.CUT)
    hall.run(1)
    hall.order(Do.LAYOUT, Layout.PIP)
    assert {seen(tick) for tick in hall.run(50)} == {None}
    hall.order(Do.RELEASE)
    assert seen(hall.run(1)[0]) is Layout.PIP


def test_a_cut_that_outlives_the_worker_shows_no_slide_from_the_first_tick_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """F-01: in the order in which a new worker is told what stands."""
    hall = Hall(monkeypatch)
    hall.order(Do.CUT)
    hall.order(Do.LAYOUT, Layout.SLIDES)
    assert {seen(tick) for tick in hall.run(60)} == {None}


def test_a_lost_speaker_is_held_in_place_for_a_second_and_then_the_slides_have_the_canvas(hall: Hall) -> None:
    """F-04, F-05: with slides as without."""
    held = CONFERENCE.held
    gone = [seen(tick) for tick in hall.run(held + 10, speaker=False)]
    assert gone == [Layout.SIDE] * held + [Layout.SLIDES] * 10
    assert seen(hall.run(1)[0]) is Layout.SIDE


def test_one_late_tick_of_the_speaker_changes_nothing(hall: Hall) -> None:
    late = hall.run(1, speaker=False)[0]
    assert (seen(late), len(late.sounds[0])) == (Layout.SIDE, len(SILENCE))


def test_slides_are_told_and_dated_like_any_feed(hall: Hall) -> None:
    assert ("feed-back", 2, "") in hall.told
    assert hall.told[-1] == ("layout-changed", None, "slides-came")
    hall.run(CONFERENCE.pause)
    hall.run(KEPT, slides=False)
    assert hall.told[-2:] == [("feed-lost", 2, ""), ("layout-changed", None, "slides-lost")]
    status = hall.programme.status()
    lost = (1_000 + SHARED + CONFERENCE.pause + KEPT - 1) * 40_000_000
    assert (status.layout, status.layout_ns) == ("speaker", lost)
    assert [(feed.unfit, feed.on_air, feed.changed_ns) for feed in status.feeds] == [
        ("", True, 40_000_000_000), ("lost", False, lost),
    ]


def test_slides_that_never_come_are_told_and_counted_as_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    hall = Hall(monkeypatch)
    hall.run(AWAITED, slides=False)
    assert ("slides-missing", 2, "") in hall.told
    slides = hall.programme.status().feeds[1]
    assert (slides.unfit, slides.changed_ns) == ("lost", 40_000_000_000)


def test_slides_in_place_of_a_lost_speaker_are_what_status_says(hall: Hall) -> None:
    hall.run(CONFERENCE.held + 1, speaker=False)
    status = hall.programme.status()
    assert (status.on_air, status.layout, status.ticks_slate) == ("slides", "slides", 0)
    assert hall.told[-1] == ("layout-changed", None, "speaker-away")
    assert hall.events[-1].severity is Severity.ALARM
    assert "slate-on" not in [kind for kind, _, _ in hall.told]


def test_a_take_of_the_slides_is_refused_with_the_way_out(hall: Hall) -> None:
    done = hall.programme.command(Wish(do=Do.TAKE, feed=1))
    hall.run(1)
    with pytest.raises(OperatorError, match=r"feed 2 .testcard:. brings the slides") as refused:
        done.result(0)
    assert "xacast layout" in refused.value.remedy
