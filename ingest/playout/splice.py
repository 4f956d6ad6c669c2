"""Joins sound without clicks. Pure: ticks in, ticks out."""

import numpy as np
from numpy.typing import NDArray

from flow.tick import SILENCE, SOUND_CHANNELS, Picture
from flow.timebase import SCALE, TICK

FADE = SCALE // 200
"""Samples over which an edge is faded: 5 ms."""


def edged(sound: Picture, *, begins: bool, ends: bool) -> Picture:
    """A tick that follows silence, or is followed by it: a hard edge would click."""
    if not (begins or ends) or sound == SILENCE:
        return sound
    samples = _samples(sound).astype(np.float32)
    ramp = np.linspace(0, 1, FADE, dtype=np.float32)[:, None]
    if begins:
        samples[:FADE] *= ramp
    if ends:
        samples[-FADE:] *= ramp[::-1]
    return np.rint(samples).astype("<i2").tobytes()


def crossed(before: Picture, after: Picture) -> Picture:
    """From one tick to another within 10 ms, for a jump from the one's place to the other's."""
    share = np.clip(np.arange(TICK, dtype=np.float32) / (2 * FADE), 0, 1)[:, None]
    mixed = _samples(before) * (1 - share) + _samples(after) * share
    whole: bytes = np.rint(mixed).astype("<i2").tobytes()
    return whole


def _samples(sound: Picture) -> NDArray[np.int16]:
    return np.frombuffer(sound, "<i2").reshape(TICK, SOUND_CHANNELS)
