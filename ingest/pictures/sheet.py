"""What a decoder of a channel with two pictures delivers: each picture whole, and below it once more in small.

Both sizes are scaled by the decoder, each once and from the source, so that small letters on slides stay sharp;
here they are only copied. One sheet crosses one pipe, so the two can never come apart.

    y   canvas.width x canvas.height, then canvas.width x small.height with the small picture at its left
    u,v the same at half of each side
"""

from dataclasses import dataclass
from functools import cached_property

from flow.canvas import Canvas
from flow.layout import Role
from flow.tick import Picture
from ingest.pictures.planes import Planes, even, planes_of


@dataclass(frozen=True)
class Sheet:
    """`small` is the size of the second picture, None when there is one picture only."""

    canvas: Canvas
    small: Canvas | None = None

    @classmethod
    def of(cls, canvas: Canvas, role: Role, *, two: bool) -> "Sheet":
        """For a feed of that role, in a channel with slides (`two`) or without."""
        if not two:
            return cls(canvas)
        parts = {Role.MAIN: 0.25, Role.SLIDES: 0.75}[role]
        small = Canvas(width=even(canvas.width * parts), height=even(canvas.height * parts), fps=canvas.fps)
        return cls(canvas, small)

    @cached_property
    def whole(self) -> Canvas:
        """The sheet as one picture: what crosses the pipe."""
        height = self.canvas.height + (self.small.height if self.small else 0)
        return Canvas(width=self.canvas.width, height=height, fps=self.canvas.fps)

    def large_of(self, picture: Picture) -> Picture:
        """The picture on the canvas; the sheet itself when it holds nothing else."""
        if self.small is None:
            return picture
        planes = planes_of(picture, self.whole)
        high = self.canvas.height
        parts = (planes.y[:high], planes.u[:high // 2], planes.v[:high // 2])
        return b"".join(part.tobytes() for part in parts)

    def small_of(self, picture: Picture) -> Planes | None:
        """Views of the smaller picture, None when there is none."""
        if self.small is None:
            return None
        planes = planes_of(picture, self.whole)
        top, wide = self.canvas.height, self.small.width
        return Planes(
            planes.y[top:, :wide], planes.u[top // 2:, :wide // 2], planes.v[top // 2:, :wide // 2],
        )
