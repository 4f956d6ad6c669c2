"""Whether two kinds of things take different times (Welch's t over timings in random order)."""

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from math import sqrt
from statistics import fmean, variance

LIMIT = 4.5
"""|t| from which on two times are held for different ones: less than one in 100,000 by chance."""
_KEPT = 0.95
"""The share of timings that is looked at, the shortest ones: the rest was something else of the machine's."""


def welch(one: Sequence[float], other: Sequence[float]) -> float:
    """t; 0 where nothing differs at all."""
    spread = variance(one) / len(one) + variance(other) / len(other)
    return (fmean(one) - fmean(other)) / sqrt(spread) if spread else 0.0


def cropped(kinds: Mapping[str, Sequence[float]], kept: float = _KEPT) -> dict[str, list[float]]:
    """Without the longest timings: the same bound for all kinds, so that none gains by it."""
    everything = sorted(time for times in kinds.values() for time in times)
    bound = everything[round(len(everything) * kept) - 1]
    return {name: [time for time in times if time <= bound] for name, times in kinds.items()}


def worst(kinds: Mapping[str, Sequence[float]]) -> tuple[float, str]:
    """The largest |t| of any two kinds, and which those are."""
    return max(
        (abs(welch(kinds[one], kinds[other])), f"{one} and {other}") for one, other in combinations(kinds, 2)
    )


def timed(call: Callable[[], object], clock: Callable[[], int]) -> float:
    """Nanoseconds that a call takes."""
    began = clock()
    call()
    return clock() - began
