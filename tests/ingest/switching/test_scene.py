"""What viewers see of speaker and slides, and what of it is told."""

from flow.event import EventKind
from flow.layout import Layout
from flow.rules import Rules
from ingest.switching.fitness import GONE, Sight
from ingest.switching.happening import Happening
from ingest.switching.scene import AWAITED, Scene, scene_news
from ingest.switching.slides import KEPT, rules_of_slides
from ingest.switching.switching import Show, Switching

RULES = rules_of_slides(Rules())
SETTLED = RULES.health + RULES.pause
SLIDE = Sight(alive=True)
LOBBY = Sight(alive=True, lobby=True)
LIVE, HELD, LOST = (Switching(feed=0, show=show) for show in (Show.LIVE, Show.HELD, Show.SLATE))
CUT = Switching(show=Show.SLATE, cut=True)
SLIDES = 1


class Hall:
    """A channel with one speaker (feed 0) and slides (feed 1), and what was told."""

    def __init__(self) -> None:
        self.scene = Scene()
        self.index = 1_000
        self.told: list[Happening] = []

    def run(
        self, ticks: int, state: Switching = LIVE, sight: Sight = SLIDE, wish: Layout | None = None,
        happened: tuple[Happening, ...] = (),
    ) -> list[tuple[EventKind, Layout | None, str]]:
        told: list[Happening] = []
        for _ in range(ticks):
            before = self.scene if wish is None else self.scene.ordered(wish)
            now = before.after(self.index, sight, state, RULES)
            told += scene_news(self.scene, now, happened, RULES, feed=SLIDES)
            self.scene, self.index = now, self.index + 1
        self.told += told
        return [(one.kind, one.layout, one.reason) for one in told]


def changed(layout: Layout, reason: str) -> tuple[EventKind, Layout, str]:
    return EventKind.LAYOUT_CHANGED, layout, reason


def plain(*kinds: EventKind) -> list[tuple[EventKind, None, str]]:
    return [(kind, None, "") for kind in kinds]


def test_slides_that_come_and_leave_are_told_and_so_is_the_layout() -> None:
    hall = Hall()
    come = [*plain(EventKind.FEED_BACK, EventKind.SLATE_OFF), changed(Layout.SIDE, "slides-came")]
    assert hall.run(SETTLED) == come
    assert [one.feed for one in hall.told] == [SLIDES, 0, None]
    gone = [*plain(EventKind.FEED_LOST), changed(Layout.SPEAKER, "slides-lost")]
    assert hall.run(KEPT, sight=GONE) == gone


def test_a_lobby_picture_of_the_slides_is_told() -> None:
    hall = Hall()
    hall.run(SETTLED)
    lobby = [*plain(EventKind.LOBBY), changed(Layout.SPEAKER, "slides-lobby")]
    assert hall.run(50, sight=LOBBY) == lobby
    assert hall.scene.unfit == "lobby"
    assert hall.run(1) == plain(EventKind.CLEAR)


def test_slides_that_never_come_are_told_once() -> None:
    hall, late = Hall(), Hall()
    hall.run(1)
    assert EventKind.SLIDES_MISSING not in [kind for kind, _, _ in hall.run(AWAITED + 10, sight=GONE)]
    late.run(AWAITED - 1, sight=GONE)
    assert late.run(1, sight=GONE) == plain(EventKind.SLIDES_MISSING)
    assert late.run(100, sight=GONE) == []
    assert late.scene.unfit == "lost"


def test_when_the_speaker_is_lost_the_slides_are_told_and_not_the_slate() -> None:
    """F-05: the slate is told when viewers see it, and then only."""
    hall = Hall()
    hall.run(SETTLED)
    assert hall.run(25, HELD) == []
    on, off = (Happening(kind=kind, feed=0) for kind in (EventKind.SLATE_ON, EventKind.SLATE_OFF))
    assert hall.run(1, LOST, happened=(on,)) == [changed(Layout.SLIDES, "speaker-away")]
    assert (hall.scene.alone, hall.scene.slate) == (True, False)
    assert hall.run(1, LIVE, happened=(off,)) == [changed(Layout.SIDE, "speaker-back")]
    hall.run(1, LOST)
    gone = hall.run(KEPT, LOST, GONE)
    assert gone == [*plain(EventKind.FEED_LOST, EventKind.SLATE_ON), changed(Layout.SPEAKER, "slides-lost")]
    assert hall.scene.slate
    assert hall.run(1, LIVE, GONE, happened=(off,)) == plain(EventKind.SLATE_OFF)


def test_slides_in_place_of_the_slate_are_named() -> None:
    hall = Hall()
    hall.run(RULES.health, LOST)
    assert [(one.kind, one.feed) for one in hall.told[-2:]] == [
        (EventKind.SLATE_OFF, SLIDES), (EventKind.LAYOUT_CHANGED, None),
    ]


def test_what_an_operator_ordered_is_not_told_as_done_by_itself() -> None:
    hall = Hall()
    hall.run(SETTLED)
    assert hall.run(1, wish=Layout.PIP) == []
    assert (hall.scene.layout, hall.scene.layout_at) == (Layout.PIP, hall.index - 1)
    assert hall.run(1, CUT) == plain(EventKind.SLATE_ON)
    assert (hall.scene.shown, hall.scene.slate) == (False, True)
    assert hall.run(1, LIVE) == plain(EventKind.SLATE_OFF)
    assert hall.scene.layout is Layout.PIP


def test_an_ordered_layout_shows_slides_in_the_same_tick() -> None:
    hall = Hall()
    hall.run(5)
    assert hall.scene.layout is Layout.SPEAKER
    hall.run(1, wish=Layout.SLIDES)
    assert hall.scene.layout is Layout.SLIDES


def test_the_same_layout_ordered_again_ends_the_pause_and_is_no_change_by_itself() -> None:
    hall = Hall()
    hall.run(SETTLED, wish=Layout.PIP)
    hall.run(KEPT, sight=GONE)
    hall.run(5)
    assert hall.scene.layout is Layout.SPEAKER
    assert hall.run(1, wish=Layout.PIP) == []
    assert hall.scene.layout is Layout.PIP


def test_layout_and_fitness_say_since_when() -> None:
    hall = Hall()
    hall.run(3, sight=GONE)
    assert (hall.scene.layout_at, hall.scene.fit_at) == (1_000, 1_000)
    hall.run(SETTLED)
    assert (hall.scene.layout_at, hall.scene.fit_at) == (1_002 + RULES.health, 1_003)
    hall.run(3, HELD)
    assert hall.scene.layout_at == 1_002 + RULES.health


def test_the_schedules_slate_has_the_canvas_and_a_speaker_lost_behind_it_alarms_when_it_rises() -> None:
    """F-01: no slide is seen before the programme, or after it."""
    hall = Hall()
    hall.run(SETTLED)
    down = Switching(feed=0, show=Show.SLATE, curtain=True)
    assert hall.run(5, state=down) == plain(EventKind.SLATE_ON)
    assert (hall.scene.layout, hall.scene.alone, hall.scene.slate) == (Layout.SPEAKER, False, True)
    hall.run(KEPT, state=down, sight=GONE)
    assert hall.run(1, state=LOST, sight=GONE) == plain(EventKind.SLATE_ON)
    assert hall.run(1, state=LOST, sight=GONE) == []
