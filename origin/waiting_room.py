"""Where requests wait: so many at a time, so long at most."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from flow.errors import ViewerError
from origin.viewers import Viewers

T = TypeVar("T")


class WaitingRoom:
    """Holds requests until what they wait for is there.

    `limit` requests at a time; `patience` in target durations, 3 by RFC 8216bis 6.2.5.2. Beyond either the answer
    is 503, which players try again, and never 429, which they do not.
    """

    def __init__(self, viewers: Viewers, *, limit: int, patience: float = 3.0) -> None:
        self._viewers = viewers
        self._limit = limit
        self._patience = patience

    async def hold(self, arrival: Coroutine[Any, Any, T], target_duration: int) -> T:
        """What `arrival` brings; raises ViewerError (503) when the room is full or patience ends.

        Cancelled with the request when the viewer hangs up.
        """
        if self._viewers.waiting >= self._limit:
            arrival.close()
            raise ViewerError(503, "too many requests wait")
        self._viewers.came()
        try:
            async with asyncio.timeout(self._patience * target_duration):
                return await arrival
        except TimeoutError as error:
            raise ViewerError(503, "nothing new in time") from error
        finally:
            self._viewers.left()
