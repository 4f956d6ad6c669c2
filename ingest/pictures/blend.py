"""Blends two raw pictures, plane by plane alike: values in, values out."""

import numpy as np

from flow.tick import Picture

_WHOLE = 256


def blended(leaving: Picture, coming: Picture, at: int, steps: int) -> bytes:
    """The picture between the two after `at` of `steps` steps; 0 is `leaving`, `steps` is `coming`.

    In integers, at 1/256: what is the same in both stays what it is.
    """
    weight = at * _WHOLE // steps
    low, high = np.frombuffer(leaving, np.uint8), np.frombuffer(coming, np.uint8)
    mixed = low.astype(np.uint16)
    mixed *= np.uint16(_WHOLE - weight)
    mixed += high * np.uint16(weight)
    mixed += np.uint16(_WHOLE // 2)
    mixed >>= np.uint16(8)
    return mixed.astype(np.uint8).tobytes()
