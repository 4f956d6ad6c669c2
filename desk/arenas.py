"""How much of the memory that its threads have given back a process keeps for itself."""

import ctypes
from contextlib import suppress

_ARENA_MAX = -8
"""M_ARENA_MAX of glibc's malloc.h; mallopt(3)."""
_ARENAS = 2


def share_memory() -> None:
    """Let all threads take from two reserves of memory, from now on.

    glibc lets each have one, up to eight for a processor, and what lies between pieces in use is never given back.
    A worker has new threads with each life of a decoder: feeds that begin and end all day made it grow by half
    (T-09). Other C libraries have nothing to set.
    """
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).mallopt(_ARENA_MAX, _ARENAS)
