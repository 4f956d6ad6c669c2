"""Edges whose certificates are about to end: nobody renews them by itself. No I/O, no clock."""

from collections.abc import Iterable

DAYS = 10
"""A third of what a certificate lasts."""
_DAY = 86_400


def endings(edges: Iterable[tuple[str, int]], now: int) -> list[str]:
    """A sentence on each of those edges, by name and end of the newest certificate, that has few days left. Times
    are in seconds since the epoch, 0 for a machine that has no certificate."""
    return [
        f"the certificate of {name} {_when(ends - now)}: `xacast machine renew {name}`"
        for name, ends in edges if ends and ends - now < DAYS * _DAY
    ]


def _when(left: int) -> str:
    if left <= 0:
        return "has ended, and it is refused"
    return f"ends in {left // _DAY} days" if left >= 2 * _DAY else f"ends in {left // 3_600} hours"
