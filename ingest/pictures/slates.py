"""The slates of a channel: its own, and those that the schedule wants in its place."""

from dataclasses import replace

from flow.canvas import Canvas
from flow.curtain import Curtain
from flow.tick import Picture
from ingest.chime import Chime
from ingest.pictures.curtain_slate import CurtainSlate
from ingest.pictures.slate import Slate

_READY = 3
"""Drawn slates that are kept: the one on air, and those that are to come."""


class Slates:
    """Hands out the picture and the sound of the one that is up. All but `draw` is called from one thread."""

    def __init__(self, canvas: Canvas, title: str, backdrop: bytes | None = None) -> None:
        """`backdrop` as `Slate` takes it."""
        self._canvas = canvas
        self._backdrop = backdrop
        self._own = Slate(canvas, title, backdrop)
        self._chime = Chime()
        self._ready: dict[Curtain, CurtainSlate] = {}
        self._up: Slate | CurtainSlate = self._own
        self._curtain: Curtain | None = None

    def draw(self, curtain: Curtain) -> None:
        """Have that one's words drawn before it is wanted: it takes longer than a tick. From any thread."""
        key = _look(curtain)
        if curtain.down and key not in self._ready:
            drawn = CurtainSlate(self._canvas, curtain, self._backdrop)
            self._ready = {**dict(list(self._ready.items())[1 - _READY:]), key: drawn}

    def turn(self, curtain: Curtain | None) -> None:
        """Have that one up from now on, or the channel's own with None."""
        if curtain == self._curtain:
            return
        if curtain is not None:
            self.draw(curtain)
        self._up = self._own if curtain is None else self._ready.get(_look(curtain), self._own)
        self._curtain = curtain

    @property
    def toned(self) -> bool:
        """Whether the one that is up has a sound."""
        return self._curtain is not None and self._curtain.tone

    def picture(self, millis: int) -> Picture:
        """How the one that is up looks at a wall time in ms since the epoch."""
        return self._up.picture(millis)

    def sound(self, index: int) -> bytes | None:
        """What is heard of it in a tick of that place on the grid; None for silence."""
        return self._chime.sound(index) if self.toned else None


def _look(curtain: Curtain) -> Curtain:
    """What two that look alike have in common."""
    return replace(curtain, key="", known_s=0, since_s=0)
