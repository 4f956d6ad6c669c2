"""A listening socket for TLS, on which one address has so many places until hands are shaken (T-18).

Who shakes no hands is nobody to the server: his connection is held for seconds, nobody says of whom it is, and
nothing says that it has ended. So they are counted where they come in.
"""

import asyncio
import errno
import socket
import time
from collections.abc import Callable
from typing import Any

from origin.peers import peer_of

LOOK = 0.25
"""Seconds between looks at who has gone: an address that has no place gets one so late."""
AT_ONCE = 64
"""Connections that are sent away in one go, before the event loop has something else to do."""
Address = tuple[Any, ...]


class Porch(socket.socket):
    """Used by the event loop like any other socket; `entered` hears of those who are in."""

    def __init__(
        self, family: int, most: int, *, peer: Callable[[str], str | None] = peer_of,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """`most` places for each address, as `peer` sees it; None has any number. `now` is in seconds."""
        super().__init__(family, socket.SOCK_STREAM)
        self._most = most
        self._peer = peer
        self._now = now
        self._looked = now()
        self._shaking: dict[str, dict[Address, socket.socket]] = {}

    def accept(self) -> tuple[socket.socket, Address]:
        """The next who has a place; raises BlockingIOError when there is none just now."""
        for _ in range(AT_ONCE):
            connection, address = super().accept()
            if self._has_place(connection, address):
                return connection, address
            connection.close()
        raise BlockingIOError(errno.EAGAIN, "nobody who has a place")

    def entered(self, transport: asyncio.BaseTransport) -> None:
        """Hands are shaken: the place is free again."""
        address = transport.get_extra_info("peername")
        if isinstance(address, tuple) and (peer := self._peer(address[0])) is not None:
            self._shaking.get(peer, {}).pop(address, None)

    def _has_place(self, connection: socket.socket, address: Address) -> bool:
        peer = self._peer(address[0])
        if peer is None:
            return True
        if self._now() - self._looked >= LOOK:
            self._look()
        shaking = self._shaking.setdefault(peer, {})
        if len(shaking) >= self._most:
            return False
        shaking[address] = connection
        return True

    def _look(self) -> None:
        """Forget those whose connection was closed, by either side or for want of patience."""
        self._looked = self._now()
        left = {
            peer: {address: one for address, one in shaking.items() if one.fileno() != -1}
            for peer, shaking in self._shaking.items()
        }
        self._shaking = {peer: shaking for peer, shaking in left.items() if shaking}


async def porches(host: str, port: int, most: int) -> list[Porch]:
    """Bound, one for each address that the host has; raises OSError."""
    found = await asyncio.get_running_loop().getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE,
    )
    made: list[Porch] = []
    try:
        for family, _, _, _, address in dict.fromkeys(found):
            made.append(porch := Porch(family, most))
            porch.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:  # a listener for both families is two
                porch.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            porch.bind(address)
    except OSError:
        for porch in made:
            porch.close()
        raise
    return made
