"""Lists of places that are sent to the register.

    POST /api/v1/sites/import?dry=1&who=&why=   the file as application/octet-stream
        -> lines of JSON: {"step", "done", "of"}, …, and last {"result": …} or {"problem", "remedy"}

A process of its own reads it (`desk/register/import_main.py`): the loop, which serves viewers, only hands on.
Nothing is written unless every row is right, and nothing when the sender goes away before the end.
"""

import asyncio
import errno
import json
import logging
import os
import sys
import tempfile
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing, suppress
from pathlib import Path
from typing import IO

from aiohttp import hdrs, web

from desk.database.door import DatabaseDoor
from desk.errors import RefusedError
from desk.people.person import name_of
from desk.register.sheet import MOST_BYTES
from desk.said import said_in
from flow.errors import OperatorError
from flow.process import Process, Spawn

_log = logging.getLogger(__name__)
_LAST = (b'{"result":', b'{"problem":')
"""How the last line begins."""
PATIENCE = 60.0
"""Seconds that the file may take to come."""
_ENDED = {
    "problem": "the list was not read to its end: it took too long, or too much memory",
    "remedy": "Nothing was changed. Send it in parts",
}


class ImportRoutes:
    """The handler; one list at a time."""

    def __init__(
        self, *, spawn: Spawn, address: str, folder: Path, door: DatabaseDoor,
        told: Callable[[], Awaitable[None]],
    ) -> None:
        """`address` is the database's, and `door` asks whether it is there; `folder` is where a file may lie
        meanwhile; `told` is waited for when a list was read."""
        self._spawn = spawn
        self._address = address
        self._folder = folder
        self._door = door
        self._told = told
        self._busy = asyncio.Lock()

    def routes(self) -> list[web.AbstractRouteDef]:
        """Below the operators' listener; before `/api/v1/sites/{site}`."""
        return [web.post("/api/v1/sites/import", self.take)]

    async def take(self, request: web.Request) -> web.StreamResponse:
        """Read a list into the register, or say what that would change."""
        if request.content_type != "application/octet-stream":  # a form on a foreign page cannot send it (T-30)
            problem = "a list is sent as application/octet-stream"
            raise RefusedError(415, problem, "Set Content-Type")
        said = said_in({**request.query, "who": name_of(request) or request.query.get("who", "")})
        dry = request.query.get("dry", "") not in {"", "0"}
        if self._busy.locked():
            problem = "another list is being read"
            raise RefusedError(409, problem, "Try again when it is done")
        async with self._busy:
            await self._door.ask(lambda _database: None)
            # Without a name: people's telephone numbers lie about nowhere, whatever dies meanwhile.
            with tempfile.TemporaryFile(dir=self._folder, buffering=0) as file:
                await self._received(request, file)
                answer = web.StreamResponse(headers={hdrs.CONTENT_TYPE: "application/x-ndjson"})
                await answer.prepare(request)
                async with aclosing(self._worked(file.fileno(), dry=dry)) as lines:
                    async for line in lines:
                        if line.startswith(_LAST):
                            await self._told()
                        await answer.write(line)
            _log.info("%s sent a list of sites%s", said.who or "somebody", f": {said.why}" if said.why else "")
        return answer

    async def _received(self, request: web.Request, file: IO[bytes]) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                async for piece in request.content.iter_chunked(1 << 18):
                    await asyncio.to_thread(_keep, file, piece)  # a disk that is slow keeps no viewer waiting
                    _check_size(file)
        except TimeoutError as error:
            problem = "the file took too long to come"
            raise RefusedError(408, problem, "Try again") from error
        except OSError as error:
            problem = f"the file cannot be kept: {error.strerror or error}"
            raise RefusedError(503, problem, "Make room on the disk; nothing was changed") from error

    async def _worked(self, file: int, *, dry: bool) -> AsyncGenerator[bytes]:
        """What the process says, line by line, with a last word when it has none itself."""
        process = await asyncio.to_thread(
            self._spawn, [sys.executable, "-m", "desk.register.import_main"], stdin=True, pass_fds=(file,),
        )
        order = json.dumps({"address": self._address, "path": f"/dev/fd/{file}", "dry": dry}).encode()
        last, words = b"", _words_of(process)
        try:
            await asyncio.to_thread(_tell, process, order)
            while line := await asyncio.to_thread(words.readline):
                if line.startswith(b"{"):
                    last = line
                    yield line
                else:
                    _log.warning("a list of sites: %s", line.decode("utf-8", "replace").rstrip())
        finally:
            # In this order, and not in the loop: who closes what another thread reads waits for its next line.
            process.kill()
            await asyncio.shield(asyncio.to_thread(_over, process, words))
        if not last.startswith(_LAST):
            yield json.dumps(_ENDED).encode() + b"\n"


def _keep(file: IO[bytes], piece: bytes) -> None:
    if file.write(piece) != len(piece):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _check_size(file: IO[bytes]) -> None:
    if file.tell() > MOST_BYTES:
        problem = f"the file is larger than {MOST_BYTES >> 20} MiB"
        raise OperatorError(problem, "Send it in parts")


def _words_of(process: Process) -> IO[bytes]:
    """Its standard error with a buffer."""
    if process.stderr is None:
        message = "the process has no standard error"
        raise ValueError(message)
    with process.stderr as bare:
        return os.fdopen(os.dup(bare.fileno()), "rb")


def _over(process: Process, words: IO[bytes]) -> None:
    process.wait()
    words.close()


def _tell(process: Process, order: bytes) -> None:
    if process.stdin is not None:
        with process.stdin as line, suppress(BrokenPipeError):  # what it says, or that it says nothing, is told
            line.write(order)
