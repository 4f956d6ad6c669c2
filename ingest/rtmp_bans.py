"""Who may not knock any more: addresses that have guessed too often (T-02)."""

import ipaddress
from collections import OrderedDict
from dataclasses import dataclass

_SECOND = 1_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class BanRule:
    """`failures` within `within` seconds ban for `lasts` seconds; at most `most` addresses are remembered."""

    failures: int = 5
    within: int = 60
    lasts: int = 900
    most: int = 4_096


@dataclass(frozen=True, slots=True, kw_only=True)
class _Record:
    """Times of the last failures, in nanoseconds, and until when the address is banned."""

    failed: tuple[int, ...] = ()
    until: int = 0


class Bans:
    """Failures by address. Time is the caller's: monotonic nanoseconds."""

    def __init__(self, rule: BanRule | None = None) -> None:
        self._rule = rule or BanRule()
        self._records: OrderedDict[str, _Record] = OrderedDict()

    def __len__(self) -> int:
        return len(self._records)

    def banned(self, address: str, now: int) -> bool:
        """Whether connections from there are closed unheard."""
        record = self._records.get(neighbourhood(address))
        return record is not None and now < record.until

    def failed(self, address: str, now: int) -> bool:
        """Count a failure; True when it is the one that bans."""
        place = neighbourhood(address)
        record = self._records.pop(place, _Record())
        since = now - self._rule.within * _SECOND
        times = (*(time for time in record.failed if time > since), now)
        banned = len(times) >= self._rule.failures
        until = now + self._rule.lasts * _SECOND if banned else record.until
        self._records[place] = _Record(failed=() if banned else times, until=until)
        self._forget(now)
        return banned

    def _forget(self, now: int) -> None:
        """Keep the memory bounded: the oldest goes, one that is not banned before one that is."""
        while len(self._records) > self._rule.most:
            oldest = next((place for place, record in self._records.items() if record.until <= now), None)
            self._records.pop(oldest or next(iter(self._records)))


def neighbourhood(address: str) -> str:
    """What counts as one address: an IPv6 network of 64 bits, since one machine has all of it."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)
