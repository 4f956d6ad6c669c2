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
from ingest.switching.switching import Show, Switching
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
        self._speaker: tuple[Planes, ...] = ()

    def mains_of(self, given: Sequence[Content | None]) -> tuple[Content | None, ...]:
        """What the main feeds show, on the canvas."""
        return tuple(
            self._on_canvas(sheet, content)
            for sheet, content in zip(self.sheets[:self.mains], given, strict=False)
        )

    def dressed(self, tick: Tick, given: Sequence[Content | None], state: Switching) -> Tick:
        """The tick with the slides in it. `state` says what it shows of the main feeds."""
        if self._stage is None:
            return tick
        self._see(tick.index, given[self.mains])
        self._keep_speaker(given, state)
        self.layout = layout_now(self.wish, self._slides, state.show, cut=state.cut)
        if self.layout is Layout.SPEAKER or self._slide is None:
            return tick
        large, small = self._slide
        return self._stage.dress(tick, self.layout, speaker=self._speaker, large=large, small=small)

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
