"""Where a feed that is pulled may make this machine connect. Decided from addresses alone: no I/O.

The operator named one host: there the feed may go, into any network, since conference equipment stands on private
ones. A playlist or a redirect may name any other, which may be a machine inside: there it may go by allow-list
alone (T-04, T-07). Nobody may go to a listener of ours, or to what a cloud tells its machines of themselves.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from ipaddress import ip_address

from ingest.reach.allow_list import Allowed, allowed_of
from ingest.reach.special_networks import Scope, faces, scope
from ingest.reach.web_address import Ip, WebAddress

IsLocal = Callable[[Ip], bool]
"""Whether an address is this machine's own."""

_OWN = "the feed leads to a listener of xacast itself"
LOOPBACK_NAMES = ("localhost", "localhost.localdomain", "ip6-localhost")
_METADATA = frozenset(map(ip_address, ("169.254.169.254", "fd00:ec2::254", "100.100.100.200")))
"""Where clouds hand out keys: no feed was ever meant, even by who typed it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What is known besides the feed: who else may be asked, and the (address, port) of each listener of ours."""

    allowed: tuple[Allowed, ...] = ()
    own: tuple[tuple[str, int], ...] = ()

    @classmethod
    def of(cls, allowed: Iterable[str] = (), own: Iterable[tuple[str, int]] = ()) -> "Reach":
        """From an operator's words; raises OperatorError for a word that names no host."""
        return cls(allowed=tuple(allowed_of(text) for text in allowed), own=tuple(own))


@dataclass(frozen=True, slots=True, kw_only=True)
class Border:
    """The rules for one feed, whose address the operator `named`."""

    named: WebAddress
    reach: Reach
    is_local: IsLocal

    def by_name(self, address: WebAddress) -> str:
        """Why `address` may not be fetched, as far as its words tell; empty when it may.

        Where a network is allowed the name alone does not decide: what it resolves to may lie in that network.
        """
        if address.login is not None and address is not self.named:
            return "the feed leads to an address with a user name in it"
        if self._is_named(address):
            return ""
        if any(one.network or one.fits_name(address.host, address.port) for one in self.reach.allowed):
            return "" if address.ip is None else self.by_ip(address.host, address.port, address.ip)
        return _elsewhere(address.place)

    def by_ip(self, host: str, port: int, ip: Ip) -> str:
        """Why one of the addresses that `host` resolves to may not be connected to; empty when it may."""
        if self._is_own(ip, port):
            return _OWN
        kind = scope(ip)
        if any(face in _METADATA for face in faces(ip)):
            return _stray(host, kind)
        if host == self.named.host and port in self._ports():
            return _stray(host, kind) if self._astray(kind) else ""
        allowed = self.reach.allowed
        if any(one.fits_ip(ip, port) for one in allowed):
            return ""
        if not any(one.fits_name(host, port) for one in allowed):
            return _elsewhere(f"[{host}]:{port}" if ":" in host else f"{host}:{port}")
        return "" if kind is Scope.PUBLIC else _stray(host, kind)

    def _astray(self, kind: Scope) -> bool:
        """A name is answered by whoever owns it: it may not lead where no feed can be, nor to this machine's own
        services, unless it says so. An address was meant."""
        if self.named.ip is not None:
            return False
        here = kind is Scope.LOOPBACK and self.named.host not in LOOPBACK_NAMES
        return here or kind in (Scope.LINK_LOCAL, Scope.UNUSABLE)

    def _is_named(self, address: WebAddress) -> bool:
        """The named host and port; or the usual step from http to https, never back."""
        if address.host != self.named.host:
            return False
        if address.port == self.named.port:
            return address.secure == self.named.secure
        return address.secure and address.port in self._ports()

    def _ports(self) -> tuple[int, ...]:
        upgrade = not self.named.secure and self.named.port == 80
        return (80, 443) if upgrade else (self.named.port,)

    def _is_own(self, ip: Ip, port: int) -> bool:
        """A port of ours at any address of this machine, in whatever way IPv6 may hold it."""
        listeners = [address for address, number in self.reach.own if number == port]
        if not listeners:
            return False
        return any(
            _same(face, listeners) or scope(face) is Scope.LOOPBACK or face.is_unspecified or self.is_local(face)
            for face in faces(ip)
        )


def _same(ip: Ip, listeners: list[str]) -> bool:
    for text in listeners:
        try:
            if ip_address(text) == ip:
                return True
        except ValueError:  # a listener that is known by name is found by its port
            continue
    return False


def _elsewhere(place: str) -> str:
    return f"the feed leads to {place}, which is not on its allow-list"


def _stray(host: str, kind: Scope) -> str:
    return f"the feed leads to {host}, which resolves to a {kind} address"
