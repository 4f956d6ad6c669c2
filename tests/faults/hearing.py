"""Finds the harness's beeps in sound: when each begins, and which second it is; and clicks, and silence."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests.faults.card import BEEP_MS, PITCHES, RATE

_BLOCK = RATE // 1_000
_LEAST = 0.02
"""Level of a beep, of full scale, below which it is not taken for one."""
_WHOLE = 0.9
"""Share of its length from which a beep is whole: one whose beginning was left out would seem to come late."""


@dataclass(frozen=True, slots=True)
class Beep:
    """A beep: first sample, and the remainder by 8 of its second."""

    sample: int
    second: int


def beeps(samples: NDArray[Any]) -> list[Beep]:
    """Every whole beep in mono samples of 48 kHz, by the moment its level passes half of what it reaches."""
    wave = samples.astype(np.float64) / 32_768
    smooth = _without_hum(wave)
    count = smooth.size // _BLOCK
    level = np.sqrt(np.mean(smooth[:count * _BLOCK].reshape(count, _BLOCK) ** 2, axis=1))
    found, at = [], 0
    while at < count:
        if level[at] < _LEAST:
            at += 1
            continue
        body = level[at:at + BEEP_MS]
        if body.size < BEEP_MS:
            break
        half = float(np.max(body)) / 2
        start = at + int(np.argmax(body > half))
        pitch = _pitch(smooth[start * _BLOCK:(start + BEEP_MS - 10) * _BLOCK])
        if pitch is not None and np.sum(body > half) > BEEP_MS * _WHOLE:
            found.append(Beep(start * _BLOCK, pitch))
        at += BEEP_MS
        while at < count and level[at] >= _LEAST:
            at += 1
    return found


def silences(samples: NDArray[Any], least: float) -> list[tuple[int, int]]:
    """(First sample, length) of each stretch of `least` seconds or more without even the hum."""
    block = RATE // 50
    count = samples.size // block
    wave = samples[:count * block].astype(np.float64) / 32_768
    level = np.sqrt(np.mean(wave.reshape(count, block) ** 2, axis=1))
    quiet = np.concatenate([[False], level < 0.001, [False]]).astype(np.int8)
    starts, ends = np.flatnonzero(np.diff(quiet) == 1), np.flatnonzero(np.diff(quiet) == -1)
    return [
        (int(start) * block, int(end - start) * block)
        for start, end in zip(starts, ends, strict=True) if (end - start) * block >= least * RATE
    ]


def _without_hum(wave: NDArray[np.float64]) -> NDArray[np.float64]:
    """What remains without a moving mean of 2.5 ms: the beeps."""
    kernel = np.ones(121) / 121
    return wave - np.convolve(wave, kernel, mode="same")


def _pitch(beep: NDArray[np.float64]) -> int | None:
    if beep.size < RATE // 25:
        return None
    spectrum = np.abs(np.fft.rfft(beep * np.hanning(beep.size)))
    hertz = float(np.argmax(spectrum)) * RATE / beep.size
    nearest = min(range(len(PITCHES)), key=lambda which: abs(PITCHES[which] - hertz))
    return nearest if abs(PITCHES[nearest] - hertz) < 40 else None
