"""What the RTMP door allows."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorLimits:
    """Times are in seconds.

    `connections` in all; `knocking` from one address, and `waiting` in all, may have nothing accepted yet: beyond
    that the one that has waited longest goes, and its address has failed once more. `opening` for handshake and
    publish; `silent` without picture or sound; `stalled` for an answer that is not taken, and for a worker that
    does not read or is away; `patience` for the worker to be there at first.
    """

    connections: int = 128
    knocking: int = 8
    waiting: int = 32
    opening: float = 10
    silent: float = 10
    stalled: float = 5
    patience: float = 2
