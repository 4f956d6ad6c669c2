"""Speaker and slides of one channel: which feed delivers what, and how the two share a tick."""

from collections.abc import Sequence
from dataclasses import replace

from flow.canvas import Canvas
from flow.feed import Feed
from flow.layout import Layout, Role
from flow.rules import Rules
from flow.tick import Picture, Tick
from ingest.pictures.planes import Planes
from ingest.pictures.sheet import Sheet
from ingest.playout.pairing import Content
from ingest.stage import Stage
from ingest.switching.fitness import Sight
from ingest.switching.happening import Happening
from ingest.switching.scene import Scene, scene_news
from ingest.switching.slides import rules_of_slides
from ingest.switching.switching import Show, Switching
from ingest.switching.watch import Watch


class TwoPictures:
    """For a channel without slides everything passes through untouched.

    `scene` is what the last tick showed; `slides` says whether there are any. Feeds with slides stand behind all
    others.
    """

    def __init__(self, canvas: Canvas, feeds: Sequence[Feed], rules: Rules) -> None:
        self.mains = sum(feed.role is Role.MAIN for feed in feeds)
        self.slides = self.mains < len(feeds)
        self.sheets = tuple(Sheet.of(canvas, feed.role, two=self.slides) for feed in feeds)
        self.scene = Scene()
        self._order: Layout | None = None
        self.watch = Watch(canvas, rules, stands=True, mute=True)
        self._rules = rules_of_slides(rules)
        self._stage = Stage(canvas) if self.slides else None
        self._slide: tuple[Picture, Planes] | None = None
        self._speaker: tuple[Planes, ...] = ()

    def order(self, layout: Layout) -> None:
        """Let an operator's layout hold from the next tick that is seen."""
        self._order = layout

    def mains_of(self, given: Sequence[Content | None]) -> tuple[Content | None, ...]:
        """What the main feeds show, on the canvas."""
        return tuple(
            self._on_canvas(sheet, content)
            for sheet, content in zip(self.sheets[:self.mains], given, strict=False)
        )

    def see(
        self, index: int, given: Sequence[Content | None], state: Switching, happened: tuple[Happening, ...],
    ) -> tuple[Happening, ...]:
        """Take what the feeds gave for the tick of that place; what happened in it, beginning with `happened`.

        `state` says what it shows of the main feeds.
        """
        if self._stage is None:
            return happened
        before = told = self.scene
        if self._order is not None:
            told, self._order = before.ordered(self._order), None
        self.scene = told.after(index, self._sight(index, given[self.mains]), state, self._rules)
        news = scene_news(before, self.scene, happened, self._rules, feed=self.mains)
        self._keep_speaker(given, state)
        return news

    def dressed(self, tick: Tick) -> Tick:
        """That tick, with the slides in it."""
        if self._stage is None or self._slide is None or not self.scene.shown:
            return tick
        large, small = self._slide
        return self._stage.dress(tick, self.scene.layout, speaker=self._speaker, large=large, small=small)

    def _keep_speaker(self, given: Sequence[Content | None], state: Switching) -> None:
        """Have the small pictures of who is on air; while one is held it is the last of them."""
        content = None if state.feed is None else given[state.feed]
        if state.show is Show.SLATE or state.feed is None:
            self._speaker = ()
        elif state.show is Show.LIVE and content is not None:
            sheet = self.sheets[state.feed]
            smalls = (sheet.small_of(one) for one in content.pictures)
            self._speaker = tuple(one for one in smalls if one is not None)
        else:
            self._speaker = self._speaker[-1:] * len(self._speaker)

    def _sight(self, index: int, slide: Content | None) -> Sight:
        """What is seen of the slides. The newest one is kept; a lobby picture is none."""
        sheet = self.sheets[self.mains]
        shown = self._on_canvas(sheet, slide)
        sight = self.watch.see(index, shown)
        if slide is not None and shown is not None and not sight.lobby:
            small = sheet.small_of(slide.pictures[-1])
            if small is not None:
                self._slide = shown.pictures[-1], small
        return sight

    @staticmethod
    def _on_canvas(sheet: Sheet, content: Content | None) -> Content | None:
        if content is None or sheet.small is None:
            return content
        return replace(content, pictures=tuple(sheet.large_of(one) for one in content.pictures))
