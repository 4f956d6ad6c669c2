"""Joins two sounds so that nothing clicks: values in, values out. Samples are 16 bit stereo, interleaved."""

import numpy as np
from numpy.typing import NDArray

from flow.tick import SOUND_BYTES, SOUND_CHANNELS, Picture

FADE = 960
"""Samples of a fade: 20 ms."""

_TICK = SOUND_BYTES // (SOUND_CHANNELS * 2)
_Gain = NDArray[np.float32]


def joined(leaving: Picture, coming: Picture) -> bytes:
    """One tick in which `leaving` fades out and `coming` fades in, over its first 20 ms; the rest is `coming`."""
    return _mixed(leaving, coming, _ramp(0.0, 1.0, FADE))


def crossed(leaving: Picture, coming: Picture, at: int, ticks: int) -> bytes:
    """Tick `at`, counted from 0, of a cross-fade that lasts so many `ticks`."""
    return _mixed(leaving, coming, _ramp(at / ticks, (at + 1) / ticks, _TICK))


def tail(last: Picture) -> bytes:
    """What goes on from the tick `last` when nothing follows it: the same sound backwards, to be faded out.

    It begins with the value that `last` ended with, so the join does not click, where silence would.
    """
    return _frames(last)[::-1].tobytes()


def _ramp(first: float, last: float, count: int) -> _Gain:
    ramp = np.full(_TICK, last, np.float32)
    ramp[:count] = np.linspace(first, last, count, endpoint=False, dtype=np.float32)
    return ramp


def _mixed(leaving: Picture, coming: Picture, gain: _Gain) -> bytes:
    """Gains add up to 1: the sum of two sounds is never louder than the louder one."""
    rising = gain[:, None]
    mixed = _frames(coming) * rising + _frames(leaving) * (1 - rising)
    return np.rint(mixed).astype("<i2").tobytes()


def _frames(sound: Picture) -> NDArray[np.int16]:
    return np.frombuffer(sound, "<i2").reshape(-1, SOUND_CHANNELS)
