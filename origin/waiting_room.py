"""Where requests wait: so many at a time, so many of one peer, so long at most."""

import asyncio
from collections import Counter
from collections.abc import Coroutine
from typing import Any, TypeVar

from flow.errors import ViewerError
from origin.peers import peer_of
from origin.viewers import Viewers

T = TypeVar("T")


class WaitingRoom:
    """Holds requests until what they wait for is there.

    `limit` requests at a time, `peer_limit` of one peer (`origin.peers`), so that none fills the room alone;
    `patience` in target durations, 3 by RFC 8216bis 6.2.5.2. Beyond any the answer is 503, which players try
    again, and never 429, which they do not.
    """

    def __init__(self, viewers: Viewers, *, limit: int, peer_limit: int = 256, patience: float = 3.0) -> None:
        self._viewers = viewers
        self._limit = limit
        self._peer_limit = peer_limit
        self._of_peer: Counter[str] = Counter()
        self._patience = patience

    async def hold(self, arrival: Coroutine[Any, Any, T], target_duration: int, remote: str | None = None) -> T:
        """What `arrival` brings; raises ViewerError (503) when the room is full or patience ends.

        `remote` is the address that asks. Cancelled with the request when the viewer hangs up.
        """
        peer = peer_of(remote)
        if self._viewers.waiting >= self._limit or (peer is not None and self._of_peer[peer] >= self._peer_limit):
            arrival.close()
            raise ViewerError(503, "too many requests wait")
        self._came(peer)
        try:
            async with asyncio.timeout(self._patience * target_duration):
                return await arrival
        except TimeoutError as error:
            raise ViewerError(503, "nothing new in time") from error
        finally:
            self._left(peer)

    def _came(self, peer: str | None) -> None:
        self._viewers.came()
        if peer is not None:
            self._of_peer[peer] += 1

    def _left(self, peer: str | None) -> None:
        self._viewers.left()
        if peer is not None:
            self._of_peer[peer] -= 1
            if not self._of_peer[peer]:
                del self._of_peer[peer]
