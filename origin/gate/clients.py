"""Who asks, where proxies stand before us: what they say of it counts, and what others say does not."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from aiohttp import web
from aiohttp.typedefs import Middleware

Network = IPv4Network | IPv6Network
Address = IPv4Address | IPv6Address
_HEADER = "X-Forwarded-For"

_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def client_of(request: web.Request) -> str | None:
    """The address that asks: the connection's own, or the one that a trusted proxy has named."""
    return request.remote


def address_of(text: str | None) -> Address | None:
    """An address as values compare, or None for what is none: an IPv4 address inside of IPv6 is the former."""
    try:
        address = ip_address(text or "")
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def within(address: Address | None, networks: Iterable[Network]) -> bool:
    """Whether an address is in one of the networks; what is no address is in none."""
    return address is not None and any(address in network for network in networks)


def named(remote: str | None, headers: Sequence[str], trusted: Sequence[Network]) -> str | None:
    """The client that a chain of trusted proxies speaks for: the first address from the right that is none of
    theirs. None where no trusted proxy asks, and where what one says makes no sense: then nobody is believed."""
    if not within(address_of(remote), trusted):
        return None
    found = remote
    for word in reversed([word.strip() for line in headers for word in line.split(",")]):
        address = address_of(word)
        if address is None:
            return None
        found = str(address)
        if not within(address, trusted):
            break
    return found


def behind(trusted: Sequence[Network]) -> Middleware:
    """Finds out who asks, for who stands behind proxies in these networks."""
    @web.middleware
    async def told(request: web.Request, handler: _Handler) -> web.StreamResponse:
        client = named(request.remote, request.headers.getall(_HEADER, ()), trusted)
        return await handler(request if client is None else request.clone(remote=client))

    return told
