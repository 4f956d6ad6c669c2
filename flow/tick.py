"""One step of the programme clock."""

from dataclasses import dataclass

from flow.timebase import TICK

SOUND_CHANNELS = 2
SOUND_BYTES = TICK * SOUND_CHANNELS * 2
"""Bytes of one tick's sound in one track: 1,920 stereo samples, 16 bit little endian, interleaved."""

SILENCE = bytes(SOUND_BYTES)

CAPTION_LINES = 15
"""Most lines of a tick's caption, as many as CEA-608 and CEA-708 have rows."""
CAPTION_LETTERS = 1_000
"""Most letters of it, the ends of its lines included."""

Picture = bytes | bytearray | memoryview
"""A raw picture of the channel's canvas, yuv420p; whoever holds one only reads it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """What is on air for 40 ms: its place on the grid, its pictures, the sound of each track of the channel, and
    the caption text that belongs to it.

    `index` counts ticks since the Unix epoch; `pictures` has one entry at 25 frames/s and two at 50;
    each of `sounds` is SOUND_BYTES long. `caption` is printable lines joined by newlines, empty for none; no more
    than CAPTION_LINES and CAPTION_LETTERS.
    """

    index: int
    pictures: tuple[Picture, ...]
    sounds: tuple[Picture, ...]
    caption: str = ""

    @property
    def start(self) -> int:
        """Start on the clock grid, in units since the epoch."""
        return self.index * TICK
