"""Pictures and sound of the harness's own senders: every picture says which source it is of and when it was, every
second has a beep whose pitch says which second it is.

The number is the test card's time strip with `source x 10^7 + milliseconds since the source began`.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.testcard import timestrip

RATE = 48_000
BEEP_MS = 100
HUM_HZ, HUM_LEVEL = 150, 0.02
"""A low tone under everything: its absence is silence."""
BEEP_LEVEL = 0.3
PITCHES = tuple(range(600, 1_800, 150))
"""Hz of the beep at second k is PITCHES[k % 8]: seconds are told apart over four seconds each way."""

_SOURCE = 10_000_000
_RAMP = RATE // 200

Luma = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Mark:
    """Which source a picture is of, and its time in ms since that source began."""

    source: int
    millis: int


def number(mark: Mark) -> int:
    """The number that the strip shows."""
    return mark.source * _SOURCE + mark.millis


def mark_of(luma: NDArray[Any]) -> Mark | None:
    """What a picture says, or None when it says nothing that can be trusted."""
    found = timestrip.read(luma)
    return None if found is None else Mark(*divmod(found, _SOURCE))


def picture(mark: Mark, width: int, height: int) -> Luma:
    """A slope that is another for each source, a block that runs across it, soft noise that scrolls, the strip."""
    step = mark.millis // 40
    luma = np.roll(_ground(mark.source, width, height), step % width, axis=1)
    side = height // 5
    left = step * 6 % (width - side)
    luma[height // 3:height // 3 + side, left:left + side] = 40 + 20 * (mark.source % 8)
    top = round(height * (timestrip.TOP - 0.02))
    luma[top:] = timestrip.BLACK
    timestrip.draw(luma, number(mark))
    return luma


@cache
def _ground(source: int, width: int, height: int) -> Luma:
    coarse = np.random.default_rng(source).integers(-10, 11, (height // 4 + 1, width // 4 + 1))
    noise = coarse.repeat(4, 0).repeat(4, 1)
    slope = np.linspace(90, 170, height)[:, None] if source % 2 else np.linspace(170, 90, height)[:, None]
    return (slope + noise[:height, :width]).astype(np.uint8)


def sound(seconds: float) -> NDArray[np.int16]:
    """Mono samples: the hum, and a beep on every full second but the first."""
    place = np.arange(round(seconds * RATE))
    wave = HUM_LEVEL * np.sin(2 * np.pi * HUM_HZ * place / RATE)
    for second in range(1, int(seconds)):
        beep = _beep(second % len(PITCHES))[:place.size - second * RATE]
        wave[second * RATE:second * RATE + beep.size] += beep
    return np.round(32_767 * wave).astype(np.int16)


@cache
def _beep(which: int) -> NDArray[np.float64]:
    """5 ms of fading in and out: a hard edge would click."""
    length = RATE * BEEP_MS // 1_000
    place = np.arange(length)
    fade = np.minimum(1.0, np.minimum((place + 1) / _RAMP, (length - place) / _RAMP))
    return BEEP_LEVEL * fade * np.sin(2 * np.pi * PITCHES[which] * place / RATE)
