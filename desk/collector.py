"""When the headend looks for rings of garbage.

A full search stops everything, media too, for as long as it takes to look at all that lives: a tenth of a second
with 20,000 sites. So what is there for good is set aside, and the search is made now and then, over little.
"""

import asyncio
import gc

SETTLED_S = 30.0
"""Seconds after the start in which what is kept for good has come: libraries, the register's guests."""
EACH_S = 600.0
_NEVER = 1_000_000


async def keep_collected() -> None:
    """From the start of a process on, until it is cancelled."""
    gc.freeze()
    young, middle, _ = gc.get_threshold()
    gc.set_threshold(young, middle, _NEVER)
    await asyncio.sleep(SETTLED_S)
    gc.freeze()  # without a search, which would be a long one
    while True:
        await asyncio.sleep(EACH_S)
        gc.collect()
        gc.freeze()
