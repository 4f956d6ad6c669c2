"""Who asks, as far as an address tells: all that one client can easily have counts as one peer."""

from ipaddress import IPv4Address, IPv6Address, ip_address

_SITE_BITS = 64  # of an IPv6 address belong to whoever has it


def peer_of(remote: str | None) -> str | None:
    """The peer behind a remote address: the address itself, of IPv6 its /64.

    None for loopback, where a reverse proxy speaks for everyone, and for what is no address.
    """
    try:
        address = _plain(ip_address(remote or ""))
    except ValueError:
        return None
    if address.is_loopback:
        return None
    if isinstance(address, IPv4Address):
        return str(address)
    return f"{IPv6Address(int(address) >> _SITE_BITS << _SITE_BITS)}/{_SITE_BITS}"


def _plain(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    # A listener for both families sees IPv4 inside of IPv6.
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address
