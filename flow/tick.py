"""One step of the programme clock."""

from dataclasses import dataclass

from flow.timebase import TICK

SOUND_CHANNELS = 2
SOUND_BYTES = TICK * SOUND_CHANNELS * 2
"""Bytes of one tick's sound in one track: 1,920 stereo samples, 16 bit little endian, interleaved."""

SILENCE = bytes(SOUND_BYTES)

Picture = bytes | bytearray | memoryview
"""A raw picture of the channel's canvas, yuv420p; whoever holds one only reads it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """What is on air for 40 ms: its place on the grid, its pictures, the sound of each track of the channel.

    `index` counts ticks since the Unix epoch; `pictures` has one entry at 25 frames/s and two at 50;
    each of `sounds` is SOUND_BYTES long.
    """

    index: int
    pictures: tuple[Picture, ...]
    sounds: tuple[Picture, ...]

    @property
    def start(self) -> int:
        """Start on the clock grid, in units since the epoch."""
        return self.index * TICK
