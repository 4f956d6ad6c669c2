"""Orders that a headend has sent down to workers and whose answers it waits for."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from itertools import count
from typing import Any

from aiohttp import web

from desk.errors import RefusedError

PATIENCE = 2.0
"""Seconds that a worker has for its answer; it is in effect within a tick, or not at all."""
GONE = 503
LATE = 504


class Pending:
    """Lives in the event loop."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self._waiting: dict[int, asyncio.Future[dict[str, Any]]] = {}

    async def give(
        self, channel: str, links: Iterable[web.WebSocketResponse], order: dict[str, Any], *, of_all: bool = False,
    ) -> dict[str, Any]:
        """Send an order to a channel's workers; the answer of one that has done it, else of one that refused.

        `of_all` waits for the answers of all that are there; the last tick counts.

        Raises RefusedError when no worker is there, or none answers in time.
        """
        asked = [asyncio.create_task(self._ask(link, order)) for link in list(links)]
        if not asked:
            problem = f"no worker of {channel} is connected"
            raise RefusedError(GONE, problem, f"`xacast status {channel}` says how it is")
        refusal: dict[str, Any] | None = None
        done: list[dict[str, Any]] = []
        try:
            async with asyncio.timeout(PATIENCE):
                for answer in asyncio.as_completed(asked):
                    said = await answer
                    if "tick" not in said:
                        refusal = said
                    elif not of_all:
                        return said
                    else:
                        done.append(said)
        except TimeoutError:
            pass
        finally:
            for task in asked:
                task.cancel()
            await asyncio.gather(*asked, return_exceptions=True)  # nobody's number is left behind
        if done:
            return max(done, key=lambda said: int(said["tick"]))
        if refusal is not None:
            raise RefusedError(409, str(refusal.get("problem", "refused")), str(refusal.get("remedy", "")))
        problem = f"the worker of {channel} has not answered within {PATIENCE:.0f} s"
        raise RefusedError(LATE, problem, f"See `xacast status {channel}`, then try again")

    def answered(self, words: dict[str, Any]) -> None:
        """Hear a worker's answer; one that nobody waits for any more is dropped."""
        waiting = self._waiting.get(words["id"])
        if waiting is not None and not waiting.done():
            waiting.set_result(words)

    async def _ask(self, link: web.WebSocketResponse, order: dict[str, Any]) -> dict[str, Any]:
        number = next(self._numbers)
        self._waiting[number] = asyncio.get_running_loop().create_future()
        try:
            with suppress(ConnectionError):  # it has just gone: no answer comes
                await link.send_json({"do": "order", "id": number, "order": order})
            return await self._waiting[number]
        finally:
            del self._waiting[number]
