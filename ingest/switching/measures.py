"""What can be measured of a picture and its sound, cheaply: values in, values out.

A picture is looked at through a sample: every 8th pixel of its luma in both directions, more where that would be
fewer than the thumbnail has.
"""

import math

import numpy as np
from numpy.typing import NDArray

from flow.canvas import Canvas
from flow.tick import Picture
from ingest.pictures.planes import Plane

STEP = 8
THUMB_WIDTH, THUMB_HEIGHT = 64, 36
THUMB_BYTES = THUMB_WIDTH * THUMB_HEIGHT
_FULL_SCALE = 32_768


def sample_of(picture: Picture, canvas: Canvas) -> Plane:
    """The sample: a copy, so that the picture itself may go."""
    step = max(1, min(STEP, canvas.width // THUMB_WIDTH, canvas.height // THUMB_HEIGHT))
    luma = np.frombuffer(picture, np.uint8, canvas.width * canvas.height).reshape(canvas.height, canvas.width)
    return luma[::step, ::step].copy()


def bright_share(sample: Plane, dark: int) -> float:
    """The share of pixels that are brighter than `dark` (luma, 16 is black)."""
    return float(np.count_nonzero(sample > dark)) / sample.size


def moved_share(before: Plane, now: Plane, least: int) -> float:
    """The share of pixels that differ by more than `least` levels: noise of an encoder differs by less."""
    apart = np.maximum(before, now) - np.minimum(before, now)  # unsigned: a plain difference would wrap
    return float(np.count_nonzero(apart > least)) / now.size


def level_dbfs(sound: Picture) -> float:
    """RMS of 16 bit samples against full scale, in dB; minus infinity for digital silence."""
    samples = np.frombuffer(sound, "<i2").astype(np.float32)
    power = float(np.dot(samples, samples)) / samples.size if samples.size else 0.0
    return 10 * math.log10(power / _FULL_SCALE**2) if power > 0 else -math.inf


def thumbnail(sample: Plane) -> bytes:
    """A grey picture of 64x36, each pixel the mean of what lies under it: THUMB_BYTES, row by row."""
    rows, heights = _bins(sample.shape[0], THUMB_HEIGHT)
    columns, widths = _bins(sample.shape[1], THUMB_WIDTH)
    # Cells that overlap where the sample is not a multiple, rather than cells of none.
    sums = np.add.reduceat(np.add.reduceat(sample, rows, axis=0, dtype=np.uint32), columns, axis=1)
    means: NDArray[np.uint32] = sums // (heights[:, None] * widths[None, :])
    return means.astype(np.uint8).tobytes()


def _bins(length: int, count: int) -> tuple[NDArray[np.intp], NDArray[np.uint32]]:
    """Where `count` bins over `length` begin, and how long each is; some share a place when `length` is small."""
    starts = np.arange(count, dtype=np.intp) * length // count
    lengths = np.maximum(1, np.diff(np.append(starts, length))).astype(np.uint32)
    return starts, lengths


def apart(one: bytes, other: bytes) -> float:
    """Mean of the absolute differences of two thumbnails, in levels of luma."""
    difference = np.frombuffer(one, np.uint8).astype(np.int16) - np.frombuffer(other, np.uint8)
    return float(np.abs(difference).mean())
