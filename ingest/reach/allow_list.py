"""Hosts that a feed may lead to besides its own: what the operator writes, and what fits it."""

from dataclasses import dataclass
from ipaddress import ip_network

from flow.errors import FeedError, OperatorError
from ingest.reach.special_networks import Network, Scope, special
from ingest.reach.web_address import Ip, host_of, port_of

_PORTS = (80, 443)
"""What an entry without a port means."""

_REMEDY = (
    "Write a host (cdn.example.net), a domain (*.example.net) or a network (10.20.0.0/16), each with a port when "
    "it is not 80 or 443: cdn.example.net:8443, [fd00::/8]:8080"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """One entry: a `name`, or a `domain` whose names below it are meant, or a `network`; and the ports."""

    name: str = ""
    domain: str = ""
    network: Network | None = None
    ports: tuple[int, ...] = _PORTS

    def fits_name(self, host: str, port: int) -> bool:
        """Whether the entry names that host."""
        named = host == self.name if self.name else bool(self.domain) and host.endswith(f".{self.domain}")
        return named and port in self.ports

    def fits_ip(self, ip: Ip, port: int) -> bool:
        """Whether the entry's network opens that address.

        A network opens loopback and private addresses only when it lies within them: `0.0.0.0/0` is all that is
        public. Link-local, multicast and reserved addresses are opened by none.
        """
        if self.network is None or port not in self.ports or ip not in self.network:
            return False
        block = special(ip)
        if block is None:
            return True
        return block.scope in (Scope.LOOPBACK, Scope.PRIVATE) and _within(self.network, block.network)


def allowed_of(text: str) -> Allowed:
    """The entry that an operator's word means; raises OperatorError for any other word."""
    host, port = _split(text.strip())
    try:
        ports = _PORTS if port is None else (port_of(port),)
        if host.startswith("*."):
            domain = host_of(host[2:])
            if "." not in domain or domain.replace(".", "").isdigit():
                raise _unknown(text)
            return Allowed(domain=domain, ports=ports)
        network = _network(host)
        return Allowed(network=network, ports=ports) if network else Allowed(name=host_of(host), ports=ports)
    except FeedError:
        raise _unknown(text) from None


def _split(text: str) -> tuple[str, str | None]:
    """Host and port; IPv6 has colons of its own, so with a port it stands in brackets."""
    if text.startswith("["):
        host, bracket, port = text[1:].partition("]")
        return (host, port.removeprefix(":") if port else None) if bracket else (text, None)
    if text.count(":") > 1:
        return text, None
    host, colon, port = text.partition(":")
    return host, port if colon else None


def _network(text: str) -> Network | None:
    try:
        return ip_network(text)
    except ValueError:
        return None


def _within(inner: Network, outer: Network) -> bool:
    return inner.network_address in outer and inner.broadcast_address in outer


def _unknown(text: str) -> OperatorError:
    return OperatorError(f"“{text}” names no host that a feed may lead to", _REMEDY)
