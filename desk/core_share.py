"""Which processor cores a caged child may use: no feed, however large, takes the encoders' (T-06)."""

import os
from collections.abc import Sequence
from random import Random, SystemRandom

LEAST = 2
"""Cores that a child has in any case: one that decodes and one that scales."""


def core_share(cores: Sequence[int] | None = None, chance: Random | None = None) -> list[int]:
    """Half of the cores that this process may use, two at least: others for each child, so that many of them
    spread over the machine. FFmpeg begins as many threads as it sees cores."""
    known = sorted(os.sched_getaffinity(0) if cores is None else cores)
    count = min(len(known), max(LEAST, len(known) // 2))
    return sorted((chance or SystemRandom()).sample(known, count))
