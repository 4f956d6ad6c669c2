"""The worker's end of its control connection to one headend: status up, commands down, for as long as it lives."""

import asyncio
import json
import logging
from collections.abc import Callable
from typing import Any

import aiohttp

from flow.status import WorkerStatus

_log = logging.getLogger(__name__)

FIRST_PAUSE = 0.2
LONGEST_PAUSE = 5.0
EACH = 1.0
"""Seconds between two statuses when nothing changes."""
LOOK = 0.2
"""Seconds between looks for a change."""
HEARTBEAT = 4.0


class ControlLink:
    """One lasting connection. Without it the worker goes on with what it has."""

    def __init__(
        self, *, headend: str, channel: str, status: Callable[[], WorkerStatus],
        command: Callable[[dict[str, Any]], None],
    ) -> None:
        self._url = f"{headend.rstrip('/')}/worker/{channel}"
        self._status = status
        self._command = command

    async def run(self, session: aiohttp.ClientSession) -> None:
        """Connect, and connect again, until cancelled."""
        pause = FIRST_PAUSE
        while True:
            try:
                async with session.ws_connect(self._url, heartbeat=HEARTBEAT) as link:
                    _log.info("connected to %s", self._url)
                    pause = FIRST_PAUSE
                    await self._hold(link)
            except (aiohttp.ClientError, OSError) as error:
                _log.info("no control connection to %s: %s", self._url, error or type(error).__name__)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _hold(self, link: aiohttp.ClientWebSocketResponse) -> None:
        telling = asyncio.create_task(self._tell(link))
        try:
            async for message in link:
                if message.type is aiohttp.WSMsgType.TEXT:
                    self._hear(message.data)
        finally:
            telling.cancel()
            await asyncio.gather(telling, return_exceptions=True)

    async def _tell(self, link: aiohttp.ClientWebSocketResponse) -> None:
        loop = asyncio.get_running_loop()
        shape: object = None
        told = 0.0
        while not link.closed:
            status = self._status()
            now = shape_of(status)
            if now != shape or loop.time() - told >= EACH:
                await link.send_json(status.to_json())
                shape, told = now, loop.time()
            await asyncio.sleep(LOOK)

    def _hear(self, text: str) -> None:
        try:
            command = json.loads(text)
        except ValueError:
            command = None
        if not isinstance(command, dict):
            return
        try:
            self._command(command)
        except Exception as error:  # noqa: BLE001 - a headend of another version ends no worker that is on air
            _log.warning("a command of %s cannot be followed: %r", self._url, error)


def shape_of(status: WorkerStatus) -> object:
    """What an operator would notice: all but the counters and times that always run."""
    feeds = tuple(
        (feed.state, feed.why, feed.on_air, feed.received, feed.sound, feed.restarts) for feed in status.feeds
    )
    links = tuple((link.connected, link.why) for link in status.headends)
    return status.on_air, status.run, status.encoder_why, feeds, links
