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

    `limit` requests at a time, `peer_limit` of one peer (`origin.peers`) and `site_limit` of one site, so that
    none fills the room alone (T-17); `patience` in target durations, 3 by RFC 8216bis 6.2.5.2. Beyond any the
    answer is 503, which players try again, and never 429, which they do not.
    """

    def __init__(
        self, viewers: Viewers, *, limit: int, peer_limit: int = 256, site_limit: int = 64, patience: float = 3.0,
    ) -> None:
        self._viewers = viewers
        self._limit = limit
        self._peer_limit = peer_limit
        self._site_limit = site_limit
        self._of_peer: Counter[str] = Counter()
        self._of_site: Counter[str] = Counter()
        self._patience = patience

    async def hold(
        self, arrival: Coroutine[Any, Any, T], target_duration: int, remote: str | None = None,
        site: str | None = None,
    ) -> T:
        """What `arrival` brings; raises ViewerError (503) when the room is full or patience ends.

        `remote` is the address that asks, `site` whose token it came with. Cancelled with the request when the
        viewer hangs up.
        """
        peer = peer_of(remote)
        if self._viewers.waiting >= self._limit or self._crowded(peer, site):
            arrival.close()
            raise ViewerError(503, "too many requests wait")
        self._viewers.came()
        _came(self._of_peer, peer)
        _came(self._of_site, site)
        try:
            async with asyncio.timeout(self._patience * target_duration):
                return await arrival
        except TimeoutError as error:
            raise ViewerError(503, "nothing new in time") from error
        finally:
            self._viewers.left()
            _left(self._of_peer, peer)
            _left(self._of_site, site)

    def _crowded(self, peer: str | None, site: str | None) -> bool:
        return (peer is not None and self._of_peer[peer] >= self._peer_limit) or (
            site is not None and self._of_site[site] >= self._site_limit
        )


def _came(counts: Counter[str], who: str | None) -> None:
    if who is not None:
        counts[who] += 1


def _left(counts: Counter[str], who: str | None) -> None:
    if who is not None:
        counts[who] -= 1
        if not counts[who]:
            del counts[who]
