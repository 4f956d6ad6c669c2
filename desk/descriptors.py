"""How many connections this process may hold: its file descriptors."""

import resource
import sys

RESERVE = 256
"""Descriptors kept back from viewers: for operators, machines, files and the database."""
_FEW = 16
"""Viewers that are let in however few descriptors there are."""


def raise_limit() -> int:
    """Lift the soft limit on descriptors to the hard one, which needs no rights; returns what holds then."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    except (OSError, ValueError):  # what a container forbids stays as it was
        return _counted(soft)
    return _counted(hard)


def _counted(limit: int) -> int:
    return sys.maxsize if limit == resource.RLIM_INFINITY else limit


def room_for_viewers(limit: int) -> int:
    """How many viewers' connections fit under a limit on descriptors."""
    return max(_FEW, limit - RESERVE)
