"""Puts speaker and slides on one canvas. No I/O, no clock: copies, and a rule that counts ticks."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from flow.canvas import Canvas
from flow.layout import Layout
from flow.tick import Picture, Tick
from ingest.pictures.planes import BLACK, Box, Planes, even, planes_of
from ingest.switching.switching import Show

KEPT = 125
"""Ticks for which the last slide stands when no picture comes: 5 s. Slides may come at a picture in seconds."""
STEADY = 25
"""Ticks that slides must have come before they are shown by themselves."""
_MARGIN = 0.025


@dataclass(frozen=True, slots=True, kw_only=True)
class Slides:
    """State between two ticks: `missing` since a slide came, `steady` ticks in a row that had one to show."""

    missing: int = KEPT
    steady: int = 0

    def after(self, *, came: bool, lobby: bool) -> Self:
        """After a tick in which a slide came or not; a lobby picture is none."""
        missing = 0 if came and not lobby else KEPT if lobby else min(self.missing + 1, KEPT)
        return replace(self, missing=missing, steady=self.steady + 1 if missing < KEPT else 0)

    @property
    def there(self) -> bool:
        """Whether there is a slide to show."""
        return self.missing < KEPT


def layout_now(wish: Layout, slides: Slides, show: Show, *, cut: bool) -> Layout:
    """Which layout is shown; `show` is what is shown of the speaker, `cut` that an operator wants the slate.

    Without slides, and after a cut, it is the speaker's picture alone, or what stands in for it.
    """
    if cut or not slides.there or wish is Layout.SPEAKER:
        return Layout.SPEAKER
    if wish is Layout.AUTO:
        wish = Layout.SIDE if slides.steady >= STEADY else Layout.SPEAKER
    # A slate in a corner says nothing: while the speaker is lost the slides have the canvas. A picture that is
    # held for a moment stays where it is.
    return Layout.SLIDES if show is Show.SLATE and wish is not Layout.SPEAKER else wish


class Stage:
    """The canvas of one channel with two pictures."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        black = bytearray(canvas.picture_bytes)
        planes_of(black, canvas).fill(Box(0, 0, canvas.width, canvas.height), BLACK)
        self._black = bytes(black)

    def dress(
        self, tick: Tick, layout: Layout, *, speaker: Sequence[Planes], large: Picture, small: Planes,
    ) -> Tick:
        """The tick with its pictures in `layout`.

        `speaker` is small, one for each picture; the slide is given large and small.
        """
        match layout:
            case Layout.SLIDES:
                return replace(tick, pictures=(large,) * len(tick.pictures))
            case Layout.SIDE:
                return replace(tick, pictures=tuple(self._side(one, small) for one in speaker))
            case Layout.PIP:
                return replace(tick, pictures=tuple(self._pip(one, large) for one in speaker))
            case _:
                return tick

    def _side(self, speaker: Planes, slide: Planes) -> bytearray:
        """The slide at the left, the speaker at its right, both in the middle of the height."""
        buffer = bytearray(self._black)
        planes = planes_of(buffer, self._canvas)
        for picture, left in ((slide, 0), (speaker, self._canvas.width - speaker.y.shape[1])):
            paste(planes, picture, left, even((self._canvas.height - picture.y.shape[0]) / 2))
        return buffer

    def _pip(self, speaker: Planes, slide: Picture) -> bytearray:
        """The speaker in the lower right corner of the slide."""
        buffer = bytearray(slide)
        high, wide = speaker.y.shape
        left = even(self._canvas.width * (1 - _MARGIN)) - wide
        paste(planes_of(buffer, self._canvas), speaker, left, even(self._canvas.height * (1 - _MARGIN)) - high)
        return buffer


def paste(onto: Planes, picture: Planes, left: int, top: int) -> None:
    """Copy a smaller picture to an even place."""
    high, wide = picture.y.shape
    onto.y[top:top + high, left:left + wide] = picture.y
    for to, of in ((onto.u, picture.u), (onto.v, picture.v)):
        to[top // 2:top // 2 + high // 2, left // 2:left // 2 + wide // 2] = of
