"""What an IP address is for, by the special-purpose registries of IANA (RFC 6890)."""

from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network
from typing import Final

from ingest.reach.web_address import Ip

Network = IPv4Network | IPv6Network


class Scope(StrEnum):
    """Who answers at an address; the words stand in sentences."""

    PUBLIC = "public"
    PRIVATE = "private"
    LOOPBACK = "loopback"
    LINK_LOCAL = "link-local"
    UNUSABLE = "reserved or multicast"


@dataclass(frozen=True, slots=True, kw_only=True)
class Special:
    """A network that is not public."""

    network: Network
    scope: Scope


_TABLE: Final = {
    Scope.PRIVATE: (
        "10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16",
        "fc00::/7", "fec0::/10", "64:ff9b:1::/48",
    ),
    Scope.LOOPBACK: ("127.0.0.0/8", "::1/128"),
    Scope.LINK_LOCAL: ("169.254.0.0/16", "fe80::/10"),
    Scope.UNUSABLE: (
        "0.0.0.0/8", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24",
        "203.0.113.0/24", "224.0.0.0/3", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
    ),
}
_SPECIAL: Final = tuple(
    Special(network=ip_network(text), scope=scope) for scope, texts in _TABLE.items() for text in texts
)
_GLOBAL_UNICAST: Final = IPv6Network("2000::/3")
_NAT64: Final = IPv6Network("64:ff9b::/96")
_COMPATIBLE: Final = IPv6Network("::/96")
_NOWHERE: Final = Special(network=IPv6Network("::/0"), scope=Scope.UNUSABLE)


def special(ip: Ip) -> Special | None:
    """The network that makes an address special; None for a public one.

    IPv4 inside IPv6 is what it holds where that is how it is reached (mapped, and NAT64 of RFC 6052); the tunnels
    6to4 and Teredo are reserved, and so is all of IPv6 that nobody has given out.
    """
    inner = _reached(ip)
    found = [one for one in _SPECIAL if inner in one.network]
    if found:
        return found[0]
    return _NOWHERE if isinstance(inner, IPv6Address) and inner not in _GLOBAL_UNICAST else None


def scope(ip: Ip) -> Scope:
    """What an address is for."""
    found = special(ip)
    return found.scope if found else Scope.PUBLIC


def faces(ip: Ip) -> tuple[Ip, ...]:
    """The address, and every IPv4 address that it holds in any known way."""
    if isinstance(ip, IPv4Address):
        return (ip,)
    held = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
    if ip in _NAT64 or ip in _COMPATIBLE:
        held.append(_last_four(ip))
    return (ip, *(one for one in held if one is not None))


def _reached(ip: Ip) -> Ip:
    if isinstance(ip, IPv4Address):
        return ip
    return ip.ipv4_mapped or (_last_four(ip) if ip in _NAT64 else ip)


def _last_four(ip: IPv6Address) -> IPv4Address:
    return IPv4Address(int(ip) & 0xFFFFFFFF)
