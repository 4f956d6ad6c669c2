"""The only way from an HLS feed to the network: connections go to checked addresses and nowhere else (T-04).

A name is resolved once for a connection, each of its addresses is checked, and it is those addresses that are
connected to: an answer that changes between the check and the connection (DNS rebinding) changes nothing. TLS is
verified against the name as ever.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from contextlib import closing
from ipaddress import IPv4Address, ip_address

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from flow.errors import FeedError
from ingest.reach.reach import Border
from ingest.reach.special_networks import Scope, scope
from ingest.reach.web_address import Ip, WebAddress

Lookup = Callable[[str, int], Awaitable[list[str]]]
"""All IP addresses of a host; raises OSError when there are none."""

_DISCARD = 9
_MOST = 16
"""Addresses of one name that are looked at."""

_KEPT = 1_000
"""Checked addresses that are remembered; what is forgotten is checked again with the next connection."""


async def system_lookup(host: str, port: int) -> list[str]:
    """What the system's resolver says."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(sockaddr[0]) for *_, sockaddr in found]


def is_local(ip: Ip) -> bool:
    """Whether an address is this machine's: only to itself does the kernel send from the very same address.

    Nothing is sent: connecting a datagram socket only asks for the route.
    """
    try:
        with closing(socket.socket(_family(ip), socket.SOCK_DGRAM)) as asking:
            asking.connect((str(ip), _DISCARD))
            return bool(ip_address(asking.getsockname()[0]) == ip)
    except (OSError, ValueError):
        return False


class Gate(AbstractResolver):
    """Resolves for one pull's connections, and hands out the sockets to checked addresses."""

    def __init__(self, border: Border, lookup: Lookup = system_lookup) -> None:
        self._border = border
        self._lookup = lookup
        self._checked: set[tuple[str, int]] = set()
        self._settled: Scope | None = None

    def admit(self, address: WebAddress) -> None:
        """Check what can be checked before a name is resolved; raises FeedError when it may not be fetched."""
        if why := self._border.by_name(address):
            raise FeedError(why)
        if address.ip is not None:
            self._check(address.host, address.port, address.ip)

    def connector(self) -> aiohttp.TCPConnector:
        """A connector that has no other way out. It keeps no answers: they would be a second truth."""
        return aiohttp.TCPConnector(resolver=self, use_dns_cache=False, socket_factory=self._socket, limit=8)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC,
    ) -> list[ResolveResult]:
        """The checked addresses of a host; raises FeedError when one of them may not be connected to."""
        texts = list(dict.fromkeys(await self._lookup(host, port)))[:_MOST]
        addresses = [ip_address(text.partition("%")[0]) for text in texts]
        if not addresses:
            message = "the name has no address"
            raise OSError(message)
        for ip in addresses:
            self._check(host, port, ip)
        kept = self._of_one_kind(addresses) if host == self._border.named.host else addresses
        return [
            ResolveResult(
                hostname=host, host=str(ip), port=port, proto=socket.IPPROTO_TCP, flags=socket.AI_NUMERICHOST,
                family=_family(ip),
            )
            for ip in kept if family in (socket.AF_UNSPEC, _family(ip))
        ]

    async def close(self) -> None:
        """Nothing is kept open."""

    def _check(self, host: str, port: int, ip: Ip) -> None:
        if why := self._border.by_ip(host, port, ip):
            raise FeedError(why)
        if len(self._checked) >= _KEPT:
            self._checked.clear()
        self._checked.add((str(ip), port))

    def _of_one_kind(self, addresses: list[Ip]) -> list[Ip]:
        """Those in the kind of network where the feed's own host was first found, which may be any: else a
        playlist from outside could have its segments fetched inside, by its own name."""
        self._settled = self._settled or scope(addresses[0])
        kept = [ip for ip in addresses if scope(ip) is self._settled]
        if not kept:
            message = f"the feed's host was at a {self._settled} address and now is at a {scope(addresses[0])} one"
            raise FeedError(message)
        return kept

    def _socket(self, addr_info: tuple[int, int, int, str, tuple[str | int, ...]]) -> socket.socket:
        """The last door: whatever way led here, only a checked address gets a socket."""
        family, kind, proto, _, sockaddr = addr_info
        if (str(sockaddr[0]), int(sockaddr[1])) not in self._checked:
            message = "this address was not checked"
            raise PermissionError(message)
        return socket.socket(family, kind, proto)


def _family(ip: Ip) -> socket.AddressFamily:
    return socket.AF_INET if isinstance(ip, IPv4Address) else socket.AF_INET6
