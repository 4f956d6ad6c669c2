"""Tells others of events as they happen: a program of the operator's, and a web address.

Each gets the event as one JSON object, as `xacast events --json` prints it: the program on its standard input, the
address as the body of a POST. Nothing waits for them, nor one for the other: who is slow hears late, and what is
too old is left out. What a program starts ends with it, and with the headend.
"""

import asyncio
import json
import logging
import os
import subprocess
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import IO, Any
from urllib.parse import urlsplit

import aiohttp

from desk.event_log import EventLog
from flow.errors import ToolError
from flow.process import Process

_log = logging.getLogger(__name__)

Leashed = Callable[..., Process]
"""Starts a program that takes what it started with it; see `desk.system.SystemSpawn.leashed`."""
PATIENCE = 10.0
"""Seconds that a program or an answer may take."""
_BESIDE = {"XACAST_EVENT_ADDRESS": "", "XACAST_DATABASE_URL": ""}
"""The program has no need of the other one's secret."""
PAUSES = (1.0, 3.0)
"""Seconds before the second and the third try of an address."""


class EventHooks:
    """`program` is the path of an executable, `address` a URL; empty for none. Runs in the headend's loop.

    The address may hold a secret: logs name its host alone.
    """

    def __init__(self, log: EventLog, *, leashed: Leashed, program: str = "", address: str = "") -> None:
        self._log = log
        self._leashed = leashed
        self._running: Process | None = None
        self._over = False
        self._program = program
        self._address = address

    async def run(self) -> None:
        """Tell of everything that happens from now on, until cancelled."""
        try:
            await self._tell()
        finally:
            self._over = True  # before the look: the other thread starts a program, then looks at this
            if self._running is not None:
                self._running.terminate()

    def change(self, *, program: str, address: str) -> None:
        """Others are told, from the next event on."""
        self._program = program
        self._address = address

    async def _tell(self) -> None:
        timeout = aiohttp.ClientTimeout(total=PATIENCE)
        async with aiohttp.ClientSession(timeout=timeout, cookie_jar=aiohttp.DummyCookieJar()) as session:
            known = self._log.last
            async with asyncio.TaskGroup() as both:
                both.create_task(self._each(known, self._call))
                both.create_task(self._each(known, lambda record: self._post(session, record)))

    async def _each(self, known: int, tell: Callable[[dict[str, Any]], Awaitable[None]]) -> None:
        while True:
            await self._log.grown(known)
            for record in self._log.after(known):
                known = record["id"]
                try:
                    await tell(record)
                except Exception:  # noqa: BLE001 - the next event is told; a dead task would be silent for good
                    _log.exception("event %s was not told", known)

    async def _call(self, record: dict[str, Any]) -> None:
        if not self._program:
            return
        try:
            await asyncio.to_thread(self._ran, json.dumps(record, ensure_ascii=False).encode())
        except ToolError as error:
            _log.warning("the program for events: %s", error)

    def _ran(self, body: bytes) -> None:
        """Raises ToolError when the program cannot be started, fails, or takes too long."""
        process = self._running = self._leashed([self._program], env=_BESIDE)
        if self._over:
            process.terminate()
        said = b""
        try:
            if process.stdin is not None:
                process.stdin.write(body + b"\n")
                process.stdin.close()
            status = _ended(process)
            said = _words(process.stderr)
        except BrokenPipeError:
            status = _ended(process)
        finally:
            self._running = None
            if process.stderr is not None:
                process.stderr.close()
        if status is None:
            raise ToolError(self._program, f"it was not done within {PATIENCE:g} s, and was ended")
        if status:
            raise ToolError(self._program, f"exit status {status}: {said.decode('utf-8', 'replace').strip()}")

    async def _post(self, session: aiohttp.ClientSession, record: dict[str, Any]) -> None:
        if not self._address:
            return
        for pause in (*PAUSES, None):
            why = await self._posted(session, record)
            if not why:
                return
            if pause is None:
                _log.warning("the address for events, at %s: %s", urlsplit(self._address).hostname, why)
                return
            await asyncio.sleep(pause)

    async def _posted(self, session: aiohttp.ClientSession, record: dict[str, Any]) -> str:
        """Why it was not taken; empty when it was."""
        try:
            async with session.post(self._address, json=record, allow_redirects=False) as answer:
                return "" if answer.ok else f"it answers {answer.status}"
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            return type(error).__name__


def _words(stderr: IO[bytes] | None) -> bytes:
    """What a program that has ended left to say. A daemon that it started may hold the pipe open for as long as it
    lives, so nothing is waited for."""
    if stderr is None:
        return b""
    os.set_blocking(stderr.fileno(), False)
    with suppress(BlockingIOError):
        return os.read(stderr.fileno(), 400)
    return b""


def _ended(process: Process) -> int | None:
    """The exit status; None for a program that takes too long: it is ended, and all that it started."""
    try:
        return process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.terminate()
        process.wait()
    return None
