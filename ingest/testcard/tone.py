"""The test card's sound: a beep on each full second of the wall clock."""

import math
from array import array

from flow.tick import SOUND_BYTES, SOUND_CHANNELS
from flow.timebase import SCALE, TICK

BEEP_MS = 100
_PITCH = 1_000
_LEVEL = 0.25
_RAMP = SCALE // 200
_SECOND = 1_000


def beeping(millis: int) -> bool:
    """Whether the beep sounds at a wall time in ms since the epoch."""
    return millis % _SECOND < BEEP_MS


class Tone:
    """A 1 kHz beep of 100 ms, ready in memory; the rest of the second is silence."""

    def __init__(self) -> None:
        length = SCALE * BEEP_MS // _SECOND
        padded = -(-length // TICK) * TICK
        samples = array("h", bytes(2 * SOUND_CHANNELS * padded))
        for place in range(length):
            # 5 ms of fading in and out: a hard edge would click and blur the moment.
            fade = min(1.0, (place + 1) / _RAMP, (length - place) / _RAMP)
            level = round(32_767 * _LEVEL * fade * math.sin(2 * math.pi * _PITCH * place / SCALE))
            samples[SOUND_CHANNELS * place] = samples[SOUND_CHANNELS * place + 1] = level
        whole = samples.tobytes()
        self._beep = tuple(whole[at:at + SOUND_BYTES] for at in range(0, len(whole), SOUND_BYTES))
        self._silence = bytes(SOUND_BYTES)

    def sound(self, index: int) -> bytes:
        """The sound of a tick (counted since the epoch), in which a second is 25 ticks."""
        place = index % (SCALE // TICK)
        return self._beep[place] if place < len(self._beep) else self._silence
