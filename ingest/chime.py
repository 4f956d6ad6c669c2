"""The sound by which a site tries its loudspeakers before a programme: a soft tone, now and then."""

from functools import cached_property

import numpy as np

from flow.tick import SILENCE, SOUND_BYTES
from flow.timebase import SCALE, TICK

EACH_S = 10
"""From one tone to the next."""
LASTS_S = 1
_PITCH = 1_000
_LEVEL = 10 ** (-23 / 20)
"""In both channels that is -23 LUFS (ITU-R BS.1770-5), as loud as speech is brought to: who finds it right now
will find the programme right."""
_RAMP = SCALE // 20
_TICKS = SCALE // TICK


class Chime:
    """A 1 kHz tone of a second, its ends soft, each ten seconds of the clock; else silence."""

    def sound(self, index: int) -> bytes:
        """The sound of a tick, counted since the epoch."""
        place = index % (EACH_S * _TICKS)
        return self._tone[place] if place < LASTS_S * _TICKS else SILENCE

    @cached_property
    def _tone(self) -> tuple[bytes, ...]:
        count = LASTS_S * SCALE
        places = np.arange(count)
        fade = np.minimum(1, np.minimum(places, count - 1 - places) / _RAMP)
        left = np.rint(32_767 * _LEVEL * fade * np.sin(2 * np.pi * _PITCH * places / SCALE)).astype("<i2")
        whole = np.stack([left, left], axis=1).tobytes()
        return tuple(whole[at:at + SOUND_BYTES] for at in range(0, len(whole), SOUND_BYTES))
