"""Brings one feed's speech to the channel's loudness: measures it, adds a slow gain, and keeps the peaks down.

Each feed is levelled before the mixer, so that a switch from one to another is even. The sound comes out 5 ms
later, always; without a target it is only measured, and passed on as it came. No I/O, no clock.
"""

from enum import Enum

import numpy as np

from flow.tick import SILENCE, SOUND_CHANNELS, Picture
from flow.timebase import SCALE, TICK
from ingest.levels.k_weighting import KWeighting
from ingest.levels.limiter import DELAY, Limiter, Sound
from ingest.levels.loudness import FLOOR, Loudness, LoudnessMeter, lufs
from ingest.levels.speech_gain import SpeechGain
from ingest.playout.splice import crossed

TARGET = -23.0
"""LUFS (EBU R 128)."""
_FULL = 32_768


class _Phase(Enum):
    """Whether the last tick came out of the limiter; between off and on it only went in."""

    OFF = 0
    FILLING = 1
    ON = 2


class Leveller:
    """One feed's. `target` is in LUFS; None leaves the sound alone."""

    def __init__(self, target: float | None = TARGET) -> None:
        self._weighting, self._meter, self._limiter = KWeighting(), LoudnessMeter(), Limiter()
        self._gain = None if target is None else SpeechGain(target)
        self._factor = 1.0
        self._ramp: Sound = (np.arange(1, TICK + 1)[:, None] / TICK).astype(np.float32)
        self._still = True
        self._phase = _Phase.OFF if target is None else _Phase.ON

    @property
    def loudness(self) -> Loudness:
        """How it is going."""
        meter = self._meter
        return Loudness(
            momentary=_shown(meter.momentary), short_term=_shown(meter.short_term),
            integrated=_shown(meter.integrated),
            gain_db=round(self._gain.db, 1) if self._gain else 0.0,
            limited_db=round(abs(20 * float(np.log10(self._limiter.least))), 1),
            delay_ms=DELAY * 1_000 // SCALE if self._gain else 0,
        )

    def process(self, sound: Picture) -> Picture:
        """A tick of sound, levelled."""
        if sound == SILENCE:
            return self._silence(sound)
        self._still = False
        samples = np.frombuffer(sound, "<i2").reshape(TICK, SOUND_CHANNELS).astype(np.float32) / np.float32(_FULL)
        first, second = self._weighting.energies(samples.astype(np.float64))
        return self._levelled(sound, samples, first, second)

    def aim(self, target: float | None) -> None:
        """Another loudness is wanted from now on. What was heard is remembered."""
        if target is None:
            self._gain = None
        elif self._gain is None:
            self._gain = SpeechGain(target)
        else:
            self._gain.target = target

    def rest(self) -> None:
        """The feed stops here: what was held back is never heard."""
        self._limiter.rest()

    def _silence(self, sound: Picture) -> Picture:
        """Silence costs nothing once everything before it has come out."""
        nothing = np.zeros((TICK, SOUND_CHANNELS), np.float32)
        first, second = (0.0, 0.0) if self._still else self._weighting.energies(nothing.astype(np.float64))
        if not self._still:
            self._still = True
            return self._levelled(sound, nothing, first, second)
        for energy in (first, second):
            self._meter.add(energy)
        return sound

    def _levelled(self, sound: Picture, samples: Sound, first: float, second: float) -> Picture:
        for energy in (first, second):
            self._meter.add(energy)
        gain, phase = self._gain, self._phase
        if gain is None and phase is _Phase.OFF:
            return sound
        before, self._factor = self._factor, _factor_of(gain, first + second, self._meter.momentary)
        raised: Sound = samples * np.float32(self._factor)
        if before != self._factor:
            raised = samples * (np.float32(before) + np.float32(self._factor - before) * self._ramp)
        out = self._limiter.process(raised)
        whole: bytes = np.rint(np.clip(out * _FULL, -_FULL, _FULL - 1)).astype("<i2").tobytes()
        if phase is _Phase.ON and gain is not None:
            return whole
        return self._between(sound, whole, on=gain is not None)

    def _between(self, sound: Picture, whole: Picture, *, on: bool) -> Picture:
        """Levelling is switched on or off just now: the limiter fills first, and its 5 ms must not click."""
        if not on:
            self._limiter.rest()
            before, self._phase, self._factor = self._phase, _Phase.OFF, 1.0
            return crossed(whole, sound) if before is _Phase.ON else sound
        if self._phase is _Phase.OFF:
            self._phase = _Phase.FILLING
            return sound
        self._phase = _Phase.ON
        return crossed(sound, whole)


def _factor_of(gain: SpeechGain | None, energy: float, momentary: float) -> float:
    return 1.0 if gain is None else float(10 ** (gain.after(energy, momentary) / 20))


def _shown(energy: float) -> float | None:
    loudness = lufs(energy)
    return None if loudness < FLOOR else round(loudness, 1)
