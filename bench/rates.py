"""Rates of finished renditions: what a line must carry, picture, sound and containers together."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

from flow.timebase import SCALE, TICK

WINDOW = 2 * SCALE // TICK
"""Ticks in the two seconds over which a peak counts."""


@dataclass(frozen=True, slots=True)
class Flow:
    """Bytes of each tick."""

    ticks: tuple[float, ...]

    def __add__(self, other: "Flow") -> "Flow":
        """Both together, as long as both last."""
        return Flow(tuple(one + two for one, two in zip(self.ticks, other.ticks, strict=False)))

    @property
    def average(self) -> int:
        """Bit/s over all."""
        return round(sum(self.ticks) * 8 * SCALE / (len(self.ticks) * TICK))

    def peak(self, length: int = WINDOW, step: int = 1) -> int:
        """The most bit/s in any `length` ticks; with a step as long, in any segment of them."""
        starts = range(0, max(1, len(self.ticks) - length + 1), step)
        most = max(sum(self.ticks[at : at + length]) for at in starts)
        return round(most * 8 * SCALE / (min(length, len(self.ticks)) * TICK))


def flow_of(ffmpeg: str, file: Path) -> Flow:
    """The flow of a file with one track; what the container adds is spread evenly."""
    listing = subprocess.run(
        [ffmpeg, "-v", "error", "-i", str(file), "-c", "copy", "-f", "framecrc", "-"], check=True,
        capture_output=True, text=True, stdin=subprocess.DEVNULL,
    ).stdout
    return spread(listing, file.stat().st_size)


def spread(listing: str, size: int) -> Flow:
    """The flow that a listing of FFmpeg's `framecrc` tells, of a file of `size` bytes."""
    lines = [line for line in listing.splitlines() if line and not line.startswith("#")]
    rows = [[int(word) for word in line.split(",")[1:5]] for line in lines]
    base = next(line for line in listing.splitlines() if line.startswith("#tb")).partition(":")[2]
    above, below = (int(word) for word in base.split("/"))
    first = rows[0][0]
    places = [(dts - first) * above * SCALE // (below * TICK) for dts, _, _, _ in rows]
    ticks = [(size - sum(row[3] for row in rows)) / (places[-1] + 1)] * (places[-1] + 1)
    for place, (_, _, _, length) in zip(places, rows, strict=True):
        ticks[place] += length
    return Flow(tuple(ticks))
