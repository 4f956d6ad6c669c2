"""A whole headend in a thread of its own, over HTTP, with a register, accounts and a stand-in for a worker."""

import asyncio
import http.client
import json
import logging
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any, Self, cast

from aiohttp import web

from desk.headend import Headend
from desk.lineup import Entry
from desk.listener import Listener
from desk.machine_key import headers_with, machine_key
from desk.reload.reloading import Reloading
from desk.reload.source import Source
from desk.settings import Settings
from desk.system import SystemClock
from desk.tls.folder import TlsFolder
from tests.desk.machines.edge import authority_in
from tests.desk.people.desk import cheap
from tests.desk.programmes.filled import a_database
from tests.desk.samples import worker_status

LOGS = ("aiohttp", "asyncio", "desk.answerer")
"""Where it is told that an answer failed."""
FREE = Listener("127.0.0.1", 0)


class Obedient:
    """A worker's connection: whatever it is told, it has done."""

    def __init__(self, headend: Headend) -> None:
        self._pending = headend.lineup.pending

    async def send_json(self, words: dict[str, Any]) -> None:
        if "id" in words:
            self._pending.answered({"id": words["id"], "tick": 7})

    async def close(self, **_words: object) -> None:
        """Nothing is open."""


class Complaints(logging.Handler):
    """What a log had of errors that nobody made on purpose."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(self.format(record))


class RunningDesk:
    """With the machine's key in hand; `url` is the operators' listener."""

    def __init__(self, data: Path, database_url: str = "", *, filled: bool = True) -> None:
        self.settings = Settings(
            data=data, viewers=FREE, operators=FREE, machines=FREE, database_url=database_url,
            machines_tls="local",
        )
        if not TlsFolder(data).ca.exists():
            authority_in(data)
        if filled:
            a_database(self.settings.register).close()
        self.complaints = Complaints()
        self.key = machine_key(data)
        self.headers = headers_with(self.key)
        self._up = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._live()))

    def __enter__(self) -> Self:
        for name in LOGS:
            logging.getLogger(name).addHandler(self.complaints)
        self._thread.start()
        self._up.wait()
        return self

    def __exit__(self, *_error: object) -> None:
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join()
        for name in LOGS:
            logging.getLogger(name).removeHandler(self.complaints)

    async def _live(self) -> None:
        self._loop, self._over = asyncio.get_running_loop(), asyncio.Event()
        self.headend = Headend(settings=self.settings, clock=SystemClock())
        self.headend.people.people.hashing.close()
        self.headend.people.people.hashing = cheap()
        source = Source.of(None, {"XACAST_DATA": str(self.settings.data)})
        self.headend.reloading = Reloading(self.settings, source, lambda _settings: None)
        try:
            ports = await self.headend.start()
            await self.headend.people.people.look()
            self.place, self.url = ports.operators, ports.operators.url
            self._up.set()
            await self._over.wait()
        finally:
            self._up.set()
            await self.headend.stop()

    def man(self, channel: str) -> None:
        """Have a worker on a channel that is declared."""
        def come() -> None:
            entry = cast("Entry", self.headend.lineup.get(channel))
            entry.links.add(cast("web.WebSocketResponse", Obedient(self.headend)))
            self.headend.lineup.hear(entry, worker_status())

        self.do(come)

    def do(self, deed: Any) -> None:
        """In the headend's loop."""
        async def done() -> None:
            deed()

        asyncio.run_coroutine_threadsafe(done(), self._loop).result()

    def ask(
        self, method: str, path: str, words: object = None, headers: dict[str, str] | None = None,
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        """Status, headers and body; bytes are sent as they are, other words as JSON."""
        sent = words if isinstance(words, bytes) else json.dumps(words).encode() if words is not None else None
        given = {"Content-Type": "application/json"} if words is not None else {}
        line = http.client.HTTPConnection(self.place.host, self.place.port, timeout=30)
        try:
            line.request(method, path, sent, {**given, **(self.headers if headers is None else headers)})
            answer = line.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            with suppress(OSError):
                line.close()
