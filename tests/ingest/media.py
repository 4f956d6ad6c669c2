"""Small media, made when a test needs them, and a line of feeds to run them through."""

import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import imageio_ffmpeg

from flow.canvas import Canvas
from flow.channel import Channel
from flow.feed import Feed, FeedStatus
from flow.ids import RenditionId, channel_id
from flow.ladder import Ladder, Rendition, SoundGroup
from flow.profile import PROFILES, ProfileName
from flow.rules import CONFERENCE, Rules
from flow.tick import Tick
from ingest.kinds import feed_of
from ingest.means import Means
from ingest.programme import EventSink, Programme
from ingest.system_clock import SystemClock
from tests.ingest.spawning import spawn

SMALL = Canvas(width=426, height=240)
FFMPEG: str = imageio_ffmpeg.get_ffmpeg_exe()
H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-g", "25", "-pix_fmt", "yuv420p")
SENT = ("-c:a", "aac", *H264)


def picture(size: str = "426x240", rate: str = "25", seconds: float = 2) -> tuple[str, ...]:
    return ("-f", "lavfi", "-i", f"testsrc2=s={size}:r={rate}:d={seconds}")


def sound(seconds: float = 2, hertz: int = 48_000) -> tuple[str, ...]:
    return ("-f", "lavfi", "-i", f"sine=440:r={hertz}:d={seconds}")


def make(path: Path, *arguments: str) -> Path:
    """Let FFmpeg write `path`."""
    subprocess.run(
        [FFMPEG, "-y", "-nostdin", "-loglevel", "error", *arguments, str(path)], check=True, timeout=30,
    )
    return path


@contextmanager
def sending(*arguments: str) -> Iterator[None]:
    """An FFmpeg that runs beside the test."""
    child = subprocess.Popen([FFMPEG, "-nostdin", "-loglevel", "quiet", "-re", *arguments])
    try:
        yield
    finally:
        child.kill()
        child.wait()


class OnAir:
    """A programme with real clocks and processes, and what came out of it. `settings` are of the channel."""

    def __init__(
        self, *feeds: str | Feed, ffmpeg: str = FFMPEG, canvas: Canvas = SMALL, rules: Rules = CONFERENCE,
        tell: EventSink = lambda _: None, **settings: Any,
    ) -> None:
        rung = Rendition(
            id=RenditionId("v240"), width=canvas.width, height=canvas.height, fps=canvas.fps, crf=26,
            maxrate=300_000, bufsize=300_000, preset="ultrafast",
        )
        channel = Channel(
            id=channel_id("demo"), title="Xã Tân Hội",
            feeds=tuple(feed if isinstance(feed, Feed) else feed_of(feed) for feed in feeds),
            ladder=Ladder(name="one", canvas=canvas, video=(rung,), sounds=(SoundGroup(bitrate=64_000),)),
            profile=PROFILES[ProfileName.LOW], rules=rules, **settings,
        )
        self.ticks: list[Tick] = []
        self._changed = threading.Condition()
        self.programme = Programme(
            channel=channel, clock=SystemClock(), means=Means(spawn=spawn, ffmpeg=ffmpeg), sink=self._take,
            tell=tell,
        )

    def __enter__(self) -> "OnAir":
        self.programme.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.programme.stop()

    @property
    def feed(self) -> FeedStatus:
        return self.programme.status().feeds[0]

    def _take(self, tick: Tick) -> None:
        with self._changed:
            self.ticks.append(tick)
            self._changed.notify_all()

    def until(self, wanted: Callable[[], bool], seconds: float = 10) -> None:
        """Look again at each tick until `wanted` holds."""
        last = time.monotonic() + seconds
        with self._changed:
            while not wanted():
                assert self._changed.wait(max(0.0, last - time.monotonic())), self.programme.status()

    def until_live(self, count: int = 1, seconds: float = 10) -> list[Tick]:
        """Live ticks, from the first on."""
        self.until(lambda: self.programme.status().on_air == "live", seconds)
        first = len(self.ticks)
        self.until(lambda: len(self.ticks) >= first + count, seconds)
        return self.ticks[first:]
