"""Where a pull over SRT, RTSP or RTMP connects: to checked addresses of the host that the operator named (T-04).

The name is resolved once and each of its addresses is checked; it is one of those that is connected to. An answer
that changes between the check and the connection (DNS rebinding) changes nothing.
"""

import asyncio
import socket
import ssl
from dataclasses import dataclass
from ipaddress import ip_address

from flow.errors import FeedError
from ingest.reach.gate import Lookup, is_local, system_lookup
from ingest.reach.reach import Border, IsLocal, Reach
from ingest.reach.web_address import WebAddress, host_of

_MOST = 16
"""Addresses of one name that are looked at."""

_UNKNOWN = "the sender's name is not known to DNS"


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """`host` as certificates name it, and the IP addresses that may be connected to, the best one first."""

    host: str
    port: int
    ips: tuple[str, ...]


async def destination(
    host: str, port: int, reach: Reach, *, lookup: Lookup = system_lookup, local: IsLocal = is_local,
) -> Destination:
    """Where `host`, as the operator wrote it and without brackets, may be connected to.

    Raises FeedError when it may not, or is not known.
    """
    named = place_of(host, port)
    return await checked(Border(named=named, reach=reach, is_local=local), named, lookup)


async def checked(border: Border, place: WebAddress, lookup: Lookup = system_lookup) -> Destination:
    """Where `place` may be connected to within a feed's `border`: its own host, or where a server leads.

    Raises FeedError when it may not, or is not known.
    """
    found = [place.host] if place.ip else await _looked_up(place, lookup)
    for text in found:
        if why := border.by_ip(place.host, place.port, ip_address(text)):
            raise FeedError(why)
    return Destination(host=place.host, port=place.port, ips=tuple(found))


async def connection(
    place: Destination, tls: ssl.SSLContext | None = None,
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A TCP connection to the first of the addresses that answers; raises OSError when none does."""
    for ip in place.ips[:-1]:
        try:
            return await _to(ip, place, tls)
        except OSError:
            continue
    return await _to(place.ips[-1], place, tls)


def place_of(host: str, port: int) -> WebAddress:
    """A host and a port in the one spelling that cannot be misread; raises FeedError for any other."""
    return WebAddress(secure=False, host=host_of(f"[{host}]" if ":" in host else host), port=port, rest="/")


async def _looked_up(named: WebAddress, lookup: Lookup) -> list[str]:
    try:
        texts = await lookup(named.host, named.port)
    except (socket.gaierror, UnicodeError):
        texts = []
    found = list(dict.fromkeys(text.partition("%")[0] for text in texts))[:_MOST]
    if not found:
        raise FeedError(_UNKNOWN)
    return found


async def _to(
    ip: str, place: Destination, tls: ssl.SSLContext | None,
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    return await asyncio.open_connection(ip, place.port, ssl=tls, server_hostname=place.host if tls else None)
