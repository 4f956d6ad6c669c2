"""How often somebody may try to sign in: so many a minute from an address, so many an hour for a name. Pure.

Names that nobody has are counted like others, so that the answer tells nothing of who there is (T-27).
"""

import ipaddress
from collections import OrderedDict

PER_ADDRESS, MINUTE_S = 5, 60
PER_NAME, HOUR_S = 10, 3_600
MOST = 10_000
"""Addresses, and names that nobody has, that are remembered; the oldest go first."""


class Tries:
    """Times are in seconds of a clock that only goes forward."""

    def __init__(self) -> None:
        self._addresses: OrderedDict[str, list[int]] = OrderedDict()
        self._names: dict[str, list[int]] = {}
        self._strangers: OrderedDict[str, list[int]] = OrderedDict()

    def may(self, address: str, name: str, *, known: bool, now_s: int) -> int:
        """Seconds to wait before a try, 0 when it may be now; `known` is whether there is such an account."""
        place = self._addresses.get(_place(address), [])
        names = (self._names if known else self._strangers).get(name, [])
        return max(_wait(place, PER_ADDRESS, MINUTE_S, now_s), _wait(names, PER_NAME, HOUR_S, now_s))

    def tried(self, address: str, name: str, *, known: bool, now_s: int) -> None:
        """Count one."""
        _count(self._addresses, _place(address), PER_ADDRESS, now_s)
        _count(self._names if known else self._strangers, name, PER_NAME, now_s)
        for kept in (self._addresses, self._strangers):
            while len(kept) > MOST:
                kept.popitem(last=False)

    def right(self, address: str, name: str) -> None:
        """It was the right password: this try counts for nothing, and the name's count begins anew."""
        self.unlock(name)
        if place := self._addresses.get(_place(address)):
            place.pop()

    def unlock(self, name: str) -> None:
        """Let a name be tried again."""
        self._names.pop(name, None)
        self._strangers.pop(name, None)

    def locked_s(self, name: str, now_s: int) -> int:
        """Seconds for which the name of an account is locked, 0 when it is not."""
        return _wait(self._names.get(name, []), PER_NAME, HOUR_S, now_s)


def _wait(times: list[int], most: int, span_s: int, now_s: int) -> int:
    recent = [moment for moment in times if now_s - moment < span_s]
    return recent[-most] + span_s - now_s if len(recent) >= most else 0


def _count(kept: dict[str, list[int]], key: str, most: int, now_s: int) -> None:
    times = kept.pop(key, [])  # the newest last
    kept[key] = [*times[-(most - 1):], now_s]


def _place(address: str) -> str:
    """A subscriber's: of IPv6 that is a /64, in which one machine has as many addresses as it likes."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is None:
        return str(ipaddress.IPv6Network((int(found), 64), strict=False))
    return str(found)
