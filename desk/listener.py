"""Where a listener stands: a host and a port."""

import ipaddress
import socket
from dataclasses import dataclass, replace
from typing import Self

_LOOPBACK_NAMES = frozenset({"localhost", "localhost.localdomain", "ip6-localhost"})
_NOWHERE = ("192.0.2.1", 9)  # RFC 5737: never routed; connecting a datagram socket sends nothing


@dataclass(frozen=True, slots=True)
class Listener:
    """An address to listen on, with TLS where it is `secure`. Port 0 asks the system for any free one."""

    host: str
    port: int
    secure: bool = False

    @classmethod
    def parse(cls, text: str) -> Self:
        """`host:port`, `[v6]:port` or a port alone on loopback; raises ValueError."""
        host, colon, port = text.strip().rpartition(":")
        if not colon:
            host = "127.0.0.1"
        if host.startswith("[") and host.endswith("]"):
            host = host[1:-1]
        elif ":" in host:
            message = f"{text}: an IPv6 address stands in brackets"
            raise ValueError(message)
        if not host or not (port.isascii() and port.isdigit()) or int(port) > 65_535:
            message = f"{text}: not host:port"
            raise ValueError(message)
        return cls(host, int(port))

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def loopback(self) -> bool:
        """Whether only this machine reaches it."""
        return is_loopback(self.host)

    def reach(self) -> Self:
        """An address at which this machine itself reaches the listener: loopback when it listens everywhere."""
        everywhere = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104 - compared, not bound
        return replace(self, host=everywhere.get(self.host, self.host))

    def show(self) -> Self:
        """An address to hand to others: this machine's own when it listens everywhere."""
        if self.reach().host == self.host:
            return self
        return replace(self, host=own_address() or self.reach().host)

    @property
    def url(self) -> str:
        """`http://host:port`, or https."""
        return f"{'https' if self.secure else 'http'}://{self}"


def is_loopback(host: str) -> bool:
    """Whether `host`, a name or an address, is this machine's loopback."""
    if host.lower() in _LOOPBACK_NAMES:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def own_address() -> str | None:
    """The address this machine uses towards its network, or None without one."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(_NOWHERE)
        except OSError:
            return None
        host: str = probe.getsockname()[0]
    return host
