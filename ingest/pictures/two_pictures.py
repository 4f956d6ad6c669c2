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
from ingest.stage import Slides, Stage, layout_now
from ingest.switching.watch import Watch


class TwoPictures:
    """For a channel without slides everything passes through untouched.

    `wish` is the layout that is wanted, `layout` the one shown last. Feeds with slides stand behind all others.
    """

    def __init__(self, canvas: Canvas, feeds: Sequence[Feed], rules: Rules, wish: Layout = Layout.AUTO) -> None:
        self.mains = sum(feed.role is Role.MAIN for feed in feeds)
        two = self.mains < len(feeds)
        self.sheets = tuple(Sheet.of(canvas, feed.role, two=two) for feed in feeds)
        self.wish = wish
        self.layout = Layout.SPEAKER
        self.watch = Watch(canvas, rules)
        self._stage = Stage(canvas) if two else None
        self._slides = Slides()
        self._slide: tuple[Picture, Planes] | None = None

    def mains_of(self, given: Sequence[Content | None]) -> tuple[Content | None, ...]:
        """What the main feeds show, on the canvas."""
        return tuple(
            self._on_canvas(sheet, content)
            for sheet, content in zip(self.sheets[:self.mains], given, strict=False)
        )

    def dressed(self, tick: Tick, given: Sequence[Content | None], feed: int | None) -> Tick:
        """The tick with the slides in it. `feed` is the main one that is live in it, None for none."""
        if self._stage is None:
            return tick
        self._see(tick.index, given[self.mains])
        content = None if feed is None else given[feed]
        self.layout = layout_now(self.wish, self._slides, live=content is not None)
        if self.layout is Layout.SPEAKER or self._slide is None:
            return tick
        speaker = [] if content is None or feed is None else [
            small for one in content.pictures if (small := self.sheets[feed].small_of(one)) is not None
        ]
        large, small = self._slide
        return self._stage.dress(tick, self.layout, speaker=speaker, large=large, small=small)

    def _see(self, index: int, slide: Content | None) -> None:
        """Keep the newest slide; a lobby picture, or nothing for a while, is none."""
        sheet = self.sheets[self.mains]
        shown = self._on_canvas(sheet, slide)
        sight = self.watch.see(index, shown)
        self._slides = self._slides.after(came=sight.alive, lobby=sight.lobby)
        if slide is None or shown is None:
            return
        small = sheet.small_of(slide.pictures[-1])
        if small is not None:
            self._slide = shown.pictures[-1], small

    @staticmethod
    def _on_canvas(sheet: Sheet, content: Content | None) -> Content | None:
        if content is None or sheet.small is None:
            return content
        return replace(content, pictures=tuple(sheet.large_of(one) for one in content.pictures))
