"""When a key that signs stream tokens begins, serves and goes. Pure; times in Unix seconds.

A key is known to every edge before the first token is signed with it, and as long as a token of its own may live.
"""

from collections.abc import Sequence

from flow.stream_token import LONGEST_LIFE, SKEW

PERIOD = 7 * 24 * 3600
"""How long a key signs."""
AHEAD = 3600
"""How long it is known before it does; edges ask for what is new far more often."""


def due(births: Sequence[int], now: int) -> bool:
    """Whether the next key is to be made; `births` are when those that there are were made, rising.

    One that was made by a clock that was years ahead keeps nobody from changing keys until then.
    """
    return not any(birth - AHEAD <= now < birth + PERIOD for birth in births)


def signing(births: Sequence[int], now: int) -> int:
    """Which of the keys signs, as an index: the newest that is known long enough, else the oldest there is."""
    known = [at for at, birth in enumerate(births) if birth + AHEAD <= now]
    return known[-1] if known else 0


def spent(births: Sequence[int], now: int) -> int:
    """How many of the oldest have signed no token that may still count."""
    return sum(
        successor + AHEAD + LONGEST_LIFE + 2 * SKEW <= now for successor in births[1:signing(births, now) + 1]
    )
