"""The worker's end of its control connection to one headend: status, events and answers up, commands down.

What goes up and down is in `desk/worker_link.py`.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp

from desk.event_ring import EventRing, events_message
from flow.errors import OperatorError
from flow.json_words import read_json
from flow.status import WorkerStatus
from flow.wire import H_WHY

_log = logging.getLogger(__name__)

FIRST_PAUSE = 0.2
LONGEST_PAUSE = 5.0
REFUSED_PAUSE = 30.0
"""Where a headend lets us in no more: what mends that is done by people."""
EACH = 1.0
"""Seconds between two statuses when nothing changes."""
LOOK = 0.2
"""Seconds between looks for a change."""
HEARTBEAT = 4.0

_NO_NUMBERS = str.maketrans("", "", "0123456789.")
Obey = Callable[[dict[str, Any]], Awaitable[dict[str, Any]]]
"""Does what an operator orders; the answer's words. Raises OperatorError."""


class ControlLink:
    """One lasting connection. Without it the worker goes on with what it has."""

    def __init__(
        self, *, headend: str, channel: str, status: Callable[[], WorkerStatus],
        command: Callable[[dict[str, Any]], None], events: EventRing, obey: Obey,
    ) -> None:
        self._url = f"{headend.rstrip('/')}/worker/{channel}"
        self._status = status
        self._command = command
        self._events = events
        self._obey = obey
        self._heard: int | None = None  # the last event that the headend has; None until it has said so
        self._obeying: set[asyncio.Task[None]] = set()
        self._refused = ""

    async def run(self, session: aiohttp.ClientSession) -> None:
        """Connect, and connect again, until cancelled."""
        pause = FIRST_PAUSE
        while True:
            try:
                async with session.ws_connect(self._url, heartbeat=HEARTBEAT) as link:
                    _log.info("connected to %s", self._url)
                    pause, self._refused = FIRST_PAUSE, ""
                    await self._hold(link)
            except (aiohttp.ClientError, OSError) as error:
                self._note(error)
            longest = REFUSED_PAUSE if self._refused else LONGEST_PAUSE
            await asyncio.sleep(min(pause, longest))
            pause = min(pause * 2, longest)

    def _note(self, error: Exception) -> None:
        """Why there is no connection; of a headend that lets us in no more, once."""
        refused = refusal_of(error)
        if not refused:
            _log.info("no control connection to %s: %s", self._url, error or type(error).__name__)
        elif not same_refusal(refused, self._refused):
            _log.warning("%s lets us in no more: %s; it is asked again now and then", self._url, refused)
        self._refused = refused

    async def _hold(self, link: aiohttp.ClientWebSocketResponse) -> None:
        self._heard = None
        telling = asyncio.create_task(self._tell(link))
        telling.add_done_callback(lambda task: _note_failure(task, link))
        try:
            async for message in link:
                if message.type is aiohttp.WSMsgType.TEXT:
                    self._hear(link, message.data)
        finally:
            ending = {telling, *self._obeying}
            for task in ending:
                task.cancel()
            await asyncio.gather(*ending, return_exceptions=True)

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
            await self._tell_events(link)
            await asyncio.sleep(LOOK)

    async def _tell_events(self, link: aiohttp.ClientWebSocketResponse) -> None:
        """Those that the headend has not heard; what a broken connection swallowed comes again with the next."""
        news = self._events.after(self._heard) if self._heard is not None else []
        if news:
            await link.send_json(events_message(self._events.life, news))
            self._heard = news[-1][0]

    def _hear(self, link: aiohttp.ClientWebSocketResponse, text: str) -> None:
        try:
            command = read_json(text)
        except ValueError:
            command = None
        if not isinstance(command, dict):
            return
        try:
            match command:
                case {"do": "order", "id": int(number), "order": order}:
                    task = asyncio.create_task(self._answer(link, number, order))
                    self._obeying.add(task)
                    task.add_done_callback(self._obeying.discard)
                case {"do": "run", "heard": dict(heard)}:
                    self._heard = int(heard.get(str(self._events.life), 0))
                    self._command(command)
                case _:
                    self._command(command)
        except Exception as error:  # noqa: BLE001 - a headend of another version ends no worker that is on air
            _log.warning("a command of %s cannot be followed: %r", self._url, error)


    async def _answer(self, link: aiohttp.ClientWebSocketResponse, number: int, order: dict[str, Any]) -> None:
        try:
            words = await self._obey(order)
        except OperatorError as error:
            words = {"problem": error.problem, "remedy": error.remedy}
        except Exception:  # noqa: BLE001 - whatever it is: the operator hears that it was not done
            _log.exception("an order could not be obeyed")
            words = {"problem": "the worker could not obey", "remedy": "Its log says why"}
        with contextlib.suppress(ConnectionError):
            await link.send_json({"tell": "answer", "id": number, **words})


def refusal_of(error: Exception) -> str:
    """Why the headend lets us in no more, when it said so."""
    headers = error.headers if isinstance(error, aiohttp.ClientResponseError) else None
    return headers.get(H_WHY, "") if headers else ""


def same_refusal(why: str, before: str) -> bool:
    """Whether a headend said the same before, but for numbers: a clock that drifts is told of once."""
    return bool(before) and why.translate(_NO_NUMBERS) == before.translate(_NO_NUMBERS)


def _note_failure(telling: "asyncio.Task[None]", link: aiohttp.ClientWebSocketResponse) -> None:
    """A connection over which nothing is told any more is no use: it ends, and another one begins."""
    if telling.cancelled() or telling.exception() is None:
        return
    _log.error("a status could not be told: %r", telling.exception())
    closing = asyncio.ensure_future(link.close())
    closing.add_done_callback(lambda task: task.cancelled() or task.exception())


def shape_of(status: WorkerStatus) -> object:
    """What an operator would notice: all but the counters and times that always run."""
    feeds = tuple(
        (feed.state, feed.why, feed.on_air, feed.received, feed.sound, feed.restarts, feed.unfit)
        for feed in status.feeds
    )
    links = tuple((link.connected, link.why) for link in status.headends)
    return (
        status.on_air, status.layout, status.mode, status.since_ns, status.run, status.encoder_why,
        status.standing, feeds, links,
    )
