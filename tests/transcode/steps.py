"""What tests of the encoder share: a clock stepped by hand, a small channel, ticks, children, waiting."""

import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from flow.canvas import Canvas
from flow.channel import Channel
from flow.ids import ChannelId, RenditionId
from flow.ladder import Ladder, Rendition, SoundGroup
from flow.process import Process
from flow.profile import PROFILES, ProfileName
from flow.tick import SILENCE, Tick
from flow.timebase import TICK, TICKS_PER_GOP

_ROOT = Path(__file__).resolve().parents[2]
V = RenditionId("v16")
AUDIO = RenditionId("audio")
FIRST = 934_000_000 * TICKS_PER_GOP
"""The tick that opens a segment."""

_RUNG = Rendition(id=V, width=16, height=16, fps=25, crf=23, maxrate=50_000, bufsize=50_000, preset="ultrafast")
_SOUND = SoundGroup(bitrate=64_000)
_LADDER = Ladder(name="dot", canvas=Canvas(width=16, height=16), video=(_RUNG,), sounds=(_SOUND,))


def channel(ladder: Ladder = _LADDER, profile: ProfileName = ProfileName.LOW) -> Channel:
    return Channel(id=ChannelId("demo"), title="Demo", feeds=(), ladder=ladder, profile=PROFILES[profile])


def tick(index: int, picture_bytes: int = _LADDER.canvas.picture_bytes) -> Tick:
    return Tick(index=index, pictures=(bytes([index % 200]) * picture_bytes,), sounds=(SILENCE,))


@dataclass
class StepClock:
    """Stands still until it is stepped."""

    now: int = 1_000_000_000_000
    wall: int = FIRST * TICK * 1_000_000_000 // 48_000

    def monotonic_ns(self) -> int:
        return self.now

    def wall_ns(self) -> int:
        return self.wall

    def step(self, seconds: float) -> None:
        self.now += int(seconds * 1e9)
        self.wall += int(seconds * 1e9)


class RealClock:
    def monotonic_ns(self) -> int:
        return time.monotonic_ns()

    def wall_ns(self) -> int:
        return time.time_ns()


class Children:
    """Starts children, the stand-in of the encoder unless `mode` is empty, and remembers them."""

    def __init__(self, mode: str = "") -> None:
        self.mode = mode
        self.started: list[subprocess.Popen[bytes]] = []

    def __call__(
        self, argv: Sequence[str], *, pass_fds: Sequence[int] = (), stdin: bool = False,
        env: Mapping[str, str] | None = None,
    ) -> Process:
        stand_in = [sys.executable, "-m", "tests.transcode.stand_in", self.mode] if self.mode else []
        child = subprocess.Popen(
            [*stand_in, *argv], pass_fds=tuple(pass_fds), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE, bufsize=0, cwd=_ROOT,
        )
        self.started.append(child)
        return child


def until(condition: Callable[[], bool], seconds: float = 20.0) -> None:
    """Look again and again until `condition` holds; fails when it does not in time."""
    beat, end = Event(), time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come to pass"
        beat.wait(0.002)
