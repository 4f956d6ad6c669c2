"""Whether a feed's address is this very machine's: what is asked of who may not go through its services."""

import asyncio
from ipaddress import ip_address
from urllib.parse import urlsplit

from flow.feed import Feed, FeedKind
from ingest.exposure import at_door, listens
from ingest.reach.gate import Lookup, is_local, system_lookup
from ingest.reach.reach import LOOPBACK_NAMES, IsLocal
from ingest.reach.special_networks import Scope, faces, scope
from ingest.reach.web_address import Ip

_LONGEST_S = 3
"""For a name's addresses: an operator waits for the answer."""


async def leads_here(feed: Feed, local: IsLocal = is_local, lookup: Lookup = system_lookup) -> bool:
    """Whether the feed is called at this machine, or waits where this machine alone can call (T-04).

    A name counts as what it resolves to now; what it cannot be resolved to is somebody else's.
    """
    host = urlsplit(feed.address).hostname if feed.kind not in (FeedKind.FILE, FeedKind.STILL) else None
    if not host or at_door(feed):
        return False
    waits = feed.kind is FeedKind.UDP or listens(feed)
    if host.rstrip(".").lower() in LOOPBACK_NAMES:
        return True
    return any(_here(ip, local, waits=waits) for ip in await _addresses(host, lookup))


async def _addresses(host: str, lookup: Lookup) -> list[Ip]:
    try:
        return [ip_address(host)]
    except ValueError:
        pass
    try:
        found = await asyncio.wait_for(lookup(host, 0), _LONGEST_S)
    except (OSError, UnicodeError):  # TimeoutError is one
        return []
    return [ip_address(text.partition("%")[0]) for text in found]


def _here(ip: Ip, local: IsLocal, *, waits: bool) -> bool:
    """Where a feed waits, every address of this machine will do but one that nobody else can reach."""
    return any(
        scope(face) is Scope.LOOPBACK or (not waits and (face.is_unspecified or local(face))) for face in faces(ip)
    )
