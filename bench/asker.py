"""A client that asks one thing over and over, with next to no cost of its own."""

import asyncio
import re
import time
from typing import cast


class Asker(asyncio.Protocol):
    """One connection that asks and notes when its answer was whole."""

    def __init__(self, request: bytes) -> None:
        self._request = request
        self._needed = 0
        self._got = 0
        self.bytes = 0
        self.answered: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self.again = False
        self.count = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self.ask()

    def ask(self) -> None:
        self._needed = self._got = 0
        self._transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        if not self._needed:
            head, _, _ = data.partition(b"\r\n\r\n")
            found = re.search(rb"Content-Length: (\d+)", head)
            if not data.startswith(b"HTTP/1.1 200") or found is None:
                self._end(ConnectionError(f"not a good answer: {data[:80]!r}"))
                return
            self._needed = len(head) + 4 + int(found[1])
        self._got += len(data)
        if self._got >= self._needed:
            self.count += 1
            self.bytes += self._got
            if self.again:
                self.ask()
            elif not self.answered.done():
                self.answered.set_result(time.monotonic_ns())

    def connection_lost(self, exc: Exception | None) -> None:
        self._end(exc or ConnectionError("the origin hung up"))

    def close(self) -> None:
        if not self.answered.done():
            self.answered.cancel()
        self._transport.close()

    def _end(self, why: Exception) -> None:
        if not self.answered.done():
            self.answered.set_exception(why)


async def connect(port: int, path: str, count: int) -> list[Asker]:
    """`count` connections that have asked for `path`."""
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n\r\n".encode()
    loop = asyncio.get_running_loop()
    askers: list[Asker] = []
    while len(askers) < count:
        some = min(200, count - len(askers))
        made = await asyncio.gather(
            *(loop.create_connection(lambda: Asker(request), "127.0.0.1", port) for _ in range(some)),
        )
        askers += [asker for _, asker in made]
    return askers
