"""The canvas: size and rate that every feed of a channel is conformed to."""

from dataclasses import dataclass

from flow.timebase import SCALE, TICK


@dataclass(frozen=True, slots=True, kw_only=True)
class Canvas:
    """Raw pictures of a channel: planar 4:2:0, square pixels, `fps` 25 or 50."""

    width: int
    height: int
    fps: int = 25

    def __post_init__(self) -> None:
        if self.width % 2 or self.height % 2 or self.width <= 0 or self.height <= 0:
            message = f"canvas {self.width}x{self.height}: sides must be even and positive"
            raise ValueError(message)
        if self.fps not in (25, 50):
            message = f"canvas at {self.fps} frames/s: only 25 and 50 fit the clock grid"
            raise ValueError(message)

    @property
    def picture_bytes(self) -> int:
        """Bytes of one picture: Y, then U and V at a quarter of the size each."""
        return self.width * self.height * 3 // 2

    @property
    def pictures_per_tick(self) -> int:
        """One at 25 frames/s, two at 50."""
        return self.fps * TICK // SCALE
