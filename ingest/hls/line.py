"""One playlist that is followed, and the pipe that its segments leave by."""

import asyncio
import logging
import os

from flow.errors import FeedError
from ingest.hls.follow import FeedBreakError, HlsFollow
from ingest.hls.listing import Listing

_log = logging.getLogger(__name__)


class HlsLine:
    """`reading` is the end for whoever reads. It is ours to close until it is `handed` over."""

    def __init__(self, follow: HlsFollow) -> None:
        self.follow = follow
        self.handed = self._closed = False
        self.reading, self._writing = os.pipe()  # not wide: what waits in it is delay that nobody sees
        self._task: asyncio.Task[None] | None = None

    def begin(self, first: Listing | None = None) -> None:
        """Follow from now on; the first reading may have been done."""
        self._task = self._task or asyncio.create_task(self.follow.run(self._writing, first))

    async def comes(self, seconds: float) -> bool:
        """Whether its first segment is there within that time; `begin` comes first."""
        begun = asyncio.create_task(self.follow.begun.wait())
        try:
            await asyncio.wait([begun, *([self._task] if self._task else [])], timeout=seconds,
                               return_when=asyncio.FIRST_COMPLETED)
        finally:
            begun.cancel()
        return self.follow.begun.is_set()

    async def over(self) -> None:
        """Wait for its end. Raises FeedError when it cannot go on; a spare one ends its pipe alone."""
        try:
            if self._task:
                await self._task
        except FeedBreakError:
            raise
        except FeedError as error:
            if not self.follow.spare:
                raise
            _log.warning("a sound of an HLS feed is given up: %s", error)

    async def close(self) -> None:
        """End it, and what is open; once."""
        if self._closed:
            return
        self._closed = True
        if self._task is None:
            os.close(self._writing)
        else:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        if not self.handed:
            os.close(self.reading)
