"""Thousands of requests for a playlist that is still to come.

Each asks for the segment after the next, so that all wait for about two seconds and are then answered by one
publication.
"""

import asyncio
import re
import statistics
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from bench.asker import Asker

_AT_ONCE = 200


class Waiter(Asker):
    """A connection that asks something else once it is open."""

    def ask_for(self, path: str) -> None:
        """From now on this."""
        self._request = request_for(path)
        self.answered = asyncio.get_running_loop().create_future()
        self.ask()


def request_for(path: str) -> bytes:
    """As a player asks it."""
    return f"GET {path} HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n".encode()


@dataclass(frozen=True, slots=True)
class Parked:
    """How many were answered; seconds between the first answer and the last, and how long they waited."""

    answered: int
    lost: int
    spread_s: float
    waited_s: float


async def _connect(address: str, path: str, count: int) -> list[Waiter]:
    at, loop = urlsplit(address), asyncio.get_running_loop()
    askers: list[Waiter] = []
    while len(askers) < count:
        some = min(_AT_ONCE, count - len(askers))
        made = await asyncio.gather(*(
            loop.create_connection(lambda: Waiter(request_for(path)), at.hostname, at.port) for _ in range(some)
        ))
        askers += [asker for _, asker in made]
        await asyncio.gather(*(asker.answered for _, asker in made))
    return askers


async def park(address: str, playlist: str, count: int) -> Parked:
    """Connections first, each with an answer; then all of them wait."""
    askers = await _connect(address, playlist, count)
    scout = await asyncio.open_connection(urlsplit(address).hostname, urlsplit(address).port)
    scout[1].write(f"GET {playlist} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode())
    text = (await scout[0].read()).decode()
    newest = max(int(msn) for msn in re.findall(r"^(\d+)-\d+\.m4s", text, re.MULTILINE))
    scout[1].close()
    began = time.monotonic()
    for asker in askers:
        asker.ask_for(f"{playlist}?_HLS_msn={newest + 2}")
    outcome = await asyncio.gather(*(asker.answered for asker in askers), return_exceptions=True)
    for asker in askers:
        asker.close()
    found = [at for at in outcome if isinstance(at, int)]
    if not found:
        return Parked(0, len(outcome), 0.0, 0.0)
    return Parked(
        len(found), len(outcome) - len(found), (max(found) - min(found)) / 1e9,
        statistics.median(found) / 1e9 - began,
    )
