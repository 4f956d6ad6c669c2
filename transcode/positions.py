"""Asks headends how far they are with a channel, before its first run."""

import asyncio
from collections.abc import Sequence

from aiohttp import ClientSession

from flow.ids import RenditionId
from flow.wire import Position, Positions
from transcode.approach import Approach
from transcode.lane import FIRST_PAUSE, LONGEST_PAUSE, TIMEOUT, UNREACHABLE, read_positions

_GRACE = 1.0
"""Seconds that the others get once one headend has answered: a dead one must not hold up the channel."""


async def ask_positions(
    bases: Sequence[str], seconds: float, approach: Approach | None = None,
) -> Positions | None:
    """The furthest of what the headends at `bases` (…/ingest/<channel>) say in `seconds`; None if none does."""
    async with (approach or Approach()).session(TIMEOUT) as session:
        tasks = {asyncio.create_task(_ask_until_answered(session, base)) for base in bases}
        if not tasks:
            return None
        try:
            done, missing = await asyncio.wait(tasks, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
            if done and missing:
                late, _ = await asyncio.wait(missing, timeout=min(_GRACE, seconds))
                done |= late
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        return furthest([task.result() for task in done])


def furthest(answers: Sequence[Positions]) -> Positions | None:
    """The highest of each value; None of no answers."""
    if not answers:
        return None
    renditions: dict[RenditionId, Position] = {}
    for answer in answers:
        for name, place in answer.renditions.items():
            renditions[name] = max(place, renditions.get(name, place), key=lambda at: (at.run, at.end))
    return Positions(
        max(answer.floor for answer in answers), max(answer.last_run for answer in answers), renditions,
    )


async def _ask_until_answered(session: ClientSession, base: str) -> Positions:
    pause = FIRST_PAUSE
    while True:
        try:
            async with session.get(base) as response:
                return await read_positions(response)
        except UNREACHABLE:
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
