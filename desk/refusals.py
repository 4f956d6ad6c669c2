"""What a worker makes of headends that take nothing from it any more."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, Self

from flow.errors import ToolError
from flow.wire import Positions

_log = logging.getLogger(__name__)

LOOK = 1.0
"""Seconds between looks."""
ASKING = 3.0
"""Seconds that a headend has to say how far it has come."""
REFUSED = 10.0
"""Seconds of nothing but refusals after which something is taken for wrong."""
STILL = 10
"""Looks without anything new of another worker after which that one is taken to have gone."""


class Pushing(Protocol):
    """What is asked of the way to the headends; see `transcode.push.Pusher`."""

    def refused_for(self) -> float:
        """Seconds of nothing but refusals."""
        ...

    async def positions(self, timeout: float) -> Positions | None:  # noqa: ASYNC109 - a deadline, not a failure
        """How far the headends have come, if any answers."""
        ...


@dataclass(frozen=True, slots=True)
class Rival:
    """Another worker of the same channel, whose media are newer than ours: the end of its newest, and for how many
    looks there has been nothing newer."""

    end: int = 0
    still: int = 0

    def look(self, positions: Positions, ours: int) -> Self:
        """After another look at what the headends have of runs that are newer than `ours`."""
        end = max((place.end for place in positions.renditions.values() if place.run > ours), default=0)
        return type(self)(end, 0 if end > self.end else self.still + 1)

    @property
    def gone(self) -> bool:
        """Whether it makes nothing any more, so that the channel is ours again."""
        return self.still >= STILL


async def heed_refusals(channel: str, pusher: Pushing, run: Callable[[], int | None]) -> None:
    """Raises ToolError when the headends refuse everything, unless another worker makes the channel.

    The programme lies in the past (this machine was suspended, F-19), or another worker came and went: a new life
    reads the clock and the numbers anew. `run` gives the encoder's run, None before there is one.
    """
    rival = Rival()
    while True:
        await asyncio.sleep(LOOK)
        ours = run()
        if ours is None or pusher.refused_for() < REFUSED:
            rival = Rival()
            continue
        positions = await pusher.positions(ASKING)
        if positions is None:
            continue
        if positions.last_run > ours and not (rival := rival.look(positions, ours)).gone:
            _log.error("%s: everything is refused, another worker's media is newer", channel)
            continue
        error = ToolError("the programme", f"the headends have refused everything for {REFUSED:.0f} s")
        _log.error("%s; the worker ends, to be started anew on the clock", error)
        raise error
