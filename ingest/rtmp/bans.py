"""Who may not knock any more: addresses that have guessed too often, and networks of many that did (T-02)."""

import ipaddress
from collections import OrderedDict
from dataclasses import dataclass, field

_SECOND = 1_000_000_000
_NETWORK_BITS = 24, 48
_OF_NETWORKS = tuple(f"/{bits}" for bits in _NETWORK_BITS)


@dataclass(frozen=True, slots=True, kw_only=True)
class BanRule:
    """`failures` within `within` seconds ban for `lasts` seconds; at most `most` places are remembered."""

    failures: int = 5
    within: int = 60
    lasts: int = 900
    most: int = 4_096


ADDRESS = BanRule()
NETWORK = BanRule(failures=20, lasts=300)
"""Of a whole network: guesses spread out over its addresses. Shorter, since the studio may stand in it too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Record:
    """Times of the last failures, in nanoseconds, and until when the place is banned."""

    failed: tuple[int, ...] = ()
    until: int = 0


@dataclass(slots=True)
class _Ledger:
    """Failures by place."""

    rule: BanRule
    records: "OrderedDict[str, _Record]" = field(default_factory=OrderedDict)

    def banned(self, place: str, now: int) -> bool:
        record = self.records.get(place)
        return record is not None and now < record.until

    def failed(self, place: str, now: int) -> bool:
        record = self.records.pop(place, _Record())
        since = now - self.rule.within * _SECOND
        times = (*(time for time in record.failed if time > since), now)
        banned = len(times) >= self.rule.failures
        until = now + self.rule.lasts * _SECOND if banned else record.until
        self.records[place] = _Record(failed=() if banned else times, until=until)
        self._forget(now)
        return banned

    def standing(self, now: int) -> dict[str, int]:
        return {place: record.until for place, record in self.records.items() if now < record.until}

    def restore(self, place: str, now: int, left: int) -> None:
        if left > 0:
            self.records[place] = _Record(until=now + min(left, self.rule.lasts * _SECOND))
            self._forget(now)

    def _forget(self, now: int) -> None:
        """Keep the memory bounded: the oldest goes, one that is not banned before one that is."""
        while len(self.records) > self.rule.most:
            oldest = next((place for place, record in self.records.items() if record.until <= now), None)
            self.records.pop(oldest or next(iter(self.records)))


class Bans:
    """Failures by address and by network. Time is the caller's: monotonic nanoseconds.

    An address that once had a right key is not shut out for its neighbours' guesses.
    """

    def __init__(self, rule: BanRule = ADDRESS, network: BanRule = NETWORK) -> None:
        self._addresses = _Ledger(rule)
        self._networks = _Ledger(network)
        self._known: OrderedDict[str, None] = OrderedDict()

    def __len__(self) -> int:
        return len(self._addresses.records)

    def banned(self, address: str, now: int) -> bool:
        """Whether connections from there are closed unheard."""
        place = neighbourhood(address)
        if self._addresses.banned(place, now):
            return True
        return place not in self._known and self._networks.banned(network_of(address), now)

    def failed(self, address: str, now: int) -> bool:
        """Count a failure; True when it is the one that bans."""
        alone = self._addresses.failed(neighbourhood(address), now)
        together = self._networks.failed(network_of(address), now)
        return alone or together

    def standing(self, now: int) -> dict[str, int]:
        """The addresses and networks that are banned, each with the time at which that ends."""
        return self._addresses.standing(now) | self._networks.standing(now)

    def restore(self, place: str, now: int, left: int) -> None:
        """Shut an address out for so many nanoseconds more, as `standing` named it; a network is passed over."""
        if not place.endswith(_OF_NETWORKS):
            self._addresses.restore(place, now, left)

    def lift(self, place: str) -> None:
        """Let an address or a network knock again, as if it had never failed. One as `standing` names it."""
        for ledger in (self._addresses, self._networks):
            ledger.records.pop(place, None)

    def proved(self, address: str) -> None:
        """It had a right key."""
        place = neighbourhood(address)
        self._known[place] = None
        self._known.move_to_end(place)
        while len(self._known) > self._addresses.rule.most:
            self._known.popitem(last=False)


def neighbourhood(address: str) -> str:
    """What counts as one address: an IPv6 network of 64 bits, since one machine has all of it."""
    return _prefix(address, 32, 64)


def network_of(address: str) -> str:
    """What guesses may be spread over: 256 addresses of IPv4, a site's 48 bits of IPv6."""
    return _prefix(address, *_NETWORK_BITS)


def _prefix(address: str, v4: int, v6: int) -> str:
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is None:
            return str(ipaddress.ip_network((found, v6), strict=False))
        found = found.ipv4_mapped
    return str(found) if v4 == found.max_prefixlen else str(ipaddress.ip_network((found, v4), strict=False))
