"""No image of this process's memory, nor of any child's, is ever written to a disk: it holds keys (T-11)."""

import resource


def no_core_dumps() -> None:
    """For good: the hard limit goes down too, and children inherit it. Needs no rights."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
