"""When the headend looks for rings of garbage.

A full search stops everything, media too, for as long as it takes to look at all that lives: a tenth of a second
with 20,000 sites. So what is there for good is set aside once, and the search is made over the rest, now and then.

What a refused connection leaves behind is a ring (its error holds the frames that hold the connection), 7 KiB of
it. A thousand of them a second would fill the machine between two searches that go by time alone (T-12), so one is
also made when much has come. Nothing is set aside later: a connection that is, and ends, would stay for ever.
"""

import asyncio
import gc
import sys

SETTLED_S = 30.0
"""Seconds after the start in which what is kept for good has come: libraries, the register's guests. Rings of
these seconds are kept, too: looking for them would stop the channels that a restart has just brought back."""
EACH_S = 600.0
LOOK_S = 1.0
MUCH = 500_000
"""Blocks of memory, of some 100 bytes, more than after the last search: 50 MiB, or 7,000 refused connections."""
_NEVER = 1_000_000


async def keep_collected() -> None:
    """From the start of a process on, until it is cancelled."""
    gc.freeze()
    young, middle, _ = gc.get_threshold()
    gc.set_threshold(young, middle, _NEVER)
    await asyncio.sleep(SETTLED_S)
    gc.freeze()  # without a search, which would be a long one
    least, waited = sys.getallocatedblocks(), 0.0
    while True:
        await asyncio.sleep(LOOK_S)
        waited += LOOK_S
        least = min(least, sys.getallocatedblocks())
        if waited >= EACH_S or sys.getallocatedblocks() - least >= MUCH:
            gc.collect()
            least, waited = sys.getallocatedblocks(), 0.0
