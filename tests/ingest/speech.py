"""Something like speech, of a given loudness, and what FFmpeg's own meter says of sound."""

import re
import subprocess
from collections.abc import Iterator

import imageio_ffmpeg
import numpy as np
from numpy.typing import NDArray

from flow.timebase import SCALE, TICK

Wave = NDArray[np.float64]
"""Rows of left and right in 16-bit steps."""


def speech(seconds: float, lufs: float, seed: int = 1) -> Wave:
    """Coloured noise that comes and goes as syllables and words do."""
    count = round(seconds * SCALE)
    time = np.arange(count) / SCALE
    spectrum = np.fft.rfft(np.random.default_rng(seed).standard_normal(count))
    pitch = np.fft.rfftfreq(count, 1 / SCALE)
    spectrum *= np.where((pitch > 100) & (pitch < 7_000), 1 / np.maximum(1, pitch / 500), 0)
    words = np.clip(np.sin(2 * np.pi * 3.7 * time) + 0.5 * np.sin(2 * np.pi * 1.3 * time + 1) + 0.4, 0, None)
    wave = both(np.fft.irfft(spectrum, count) * words)
    wave *= 3_000 / wave.std()
    return whole(wave * 10 ** ((lufs - metered(wave)[0]) / 20))


def noise(seconds: float, level: float, seed: int = 2) -> Wave:
    """White noise whose samples have this standard deviation."""
    return whole(np.random.default_rng(seed).standard_normal((round(seconds * SCALE), 2)) * level)


def tone(hertz: float, seconds: float, level: float, phase: float = 0) -> Wave:
    """A sine on both sides."""
    return whole(both(level * np.sin(2 * np.pi * hertz * np.arange(round(seconds * SCALE)) / SCALE + phase)))


def both(wave: NDArray[np.float64]) -> Wave:
    return np.stack((wave, wave), axis=1)


def whole(wave: Wave) -> Wave:
    return np.rint(wave).clip(-32_768, 32_767)


def ticks(wave: Wave) -> Iterator[bytes]:
    """Whole ticks, as they come out of a decoder."""
    for at in range(0, len(wave) // TICK * TICK, TICK):
        yield wave[at:at + TICK].astype("<i2").tobytes()


def wave_of(parts: list[bytes]) -> Wave:
    return np.frombuffer(b"".join(bytes(part) for part in parts), "<i2").reshape(-1, 2).astype(float)


def metered(wave: Wave) -> tuple[float, float]:
    """Integrated loudness in LUFS and true peak in dBTP by FFmpeg's `ebur128`."""
    argv = [
        imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-nostats", "-f", "s16le", "-ar", str(SCALE), "-ac", "2",
        "-i", "-", "-af", "ebur128=peak=true", "-f", "null", "-",
    ]
    done = subprocess.run(argv, input=whole(wave).astype("<i2").tobytes(), capture_output=True, check=True)
    words = done.stderr.decode()
    summary = words[words.rindex("Summary:"):]
    loudness, peak = re.search(r"I:\s+(\S+) LUFS", summary), re.search(r"Peak:\s+(\S+) dBFS", summary)
    assert loudness
    assert peak
    return float(loudness[1]), float(peak[1])
