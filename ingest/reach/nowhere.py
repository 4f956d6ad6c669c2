"""Addresses that are written well and are no machine's: what they stand for says so. No I/O."""

from ipaddress import IPv4Address, IPv6Address, ip_address


def nowhere(host: str, *, ours: bool = False) -> str:
    """Why nobody can be called at `host`, as the end of a sentence; empty when somebody can, or it is a name.

    With `ours` it is where this machine waits: every address of it will do.
    """
    try:
        ip = _plain(ip_address(host))
    except ValueError:
        return ""
    if ip.is_unspecified:
        return "" if ours else f"{host} stands for every address of a machine, and nobody can be called there"
    if ip.is_multicast:
        return f"{host} is a multicast group, and no machine's address"
    if isinstance(ip, IPv4Address) and ip.is_reserved:  # 240.0.0.0/4 of RFC 1112, broadcast with it
        return f"{host} is no machine's address"
    return ""


def _plain(ip: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    return (ip.ipv4_mapped or ip) if isinstance(ip, IPv6Address) else ip
