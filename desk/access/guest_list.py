"""The sites that have a link, and those that were shut out: in memory, for every request, in one event loop."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from ipaddress import ip_network
from typing import TypeVar

from desk.access.door_settings import DEVICES
from flow.ids import ChannelId
from flow.stream_token import LONGEST_LIFE, SKEW
from origin.gate.clients import Network, address_of, within

T = TypeVar("T")

Audience = Callable[[str, ChannelId], int | None]
"""Until when a site may watch a channel (Unix seconds), asked for each; None when it may not watch it now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """What is known of one site: the digest of its link's token, None for none, and up to when all that was made
    for it is void (Unix seconds), None when it never was shut out.

    `browsers` are digests of the tokens that its browsers got for codes; `devices` may watch at once, None for as
    many as any site's; it comes from `networks` (CIDR) alone, from anywhere when there are none.
    """

    digest: bytes | None = None
    void_until: int | None = None
    browsers: tuple[bytes, ...] = ()
    devices: int | None = None
    networks: tuple[str, ...] = ()

    @property
    def digests(self) -> tuple[bytes, ...]:
        """All that it is known by."""
        return (*self.browsers, *((self.digest,) if self.digest is not None else ()))


@dataclass(slots=True)
class GuestList:
    """Satisfies `flow.guests.Guests`. Every change holds from the very next request on."""

    audience: Audience
    now: Callable[[], int]
    going_on: Callable[[str, ChannelId], bool] = lambda _site, _channel: True
    most_devices: int = DEVICES
    changes: Callable[[], int] = lambda: 0
    _put: int = 0
    _sites: dict[bytes, str] = field(default_factory=dict)
    _guests: dict[str, Guest] = field(default_factory=dict)
    _void: dict[str, int] = field(default_factory=dict)
    _networks: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _devices: dict[str, int] = field(default_factory=dict)

    @property
    def mark(self) -> int:
        """Another one with each change here, and with each of `changes`: of what `audience` and `going_on` say."""
        return self._put + self.changes()

    def site_of(self, digest: bytes) -> str | None:
        """The site that has the token of this digest, or None."""
        return self._sites.get(digest)

    def watches_until(self, site: str, channel: ChannelId) -> int | None:
        """Until when the site may watch the channel (Unix seconds), or None."""
        return self.audience(site, channel)

    def stays(self, site: str, channel: ChannelId) -> bool:
        """Whether a site that was let in to the channel may go on."""
        return self.going_on(site, channel)

    def admits(self, site: str, address: str | None) -> bool:
        """Whether the site may come from this address: from any, unless its region has a list."""
        networks = self._networks.get(site)
        return networks is None or _inside(networks, address)

    def limit_all(self, most: int) -> None:
        """Let so many devices of each site watch at once that has no number of its own."""
        if most != self.most_devices:
            self.most_devices = most
            self._put += 1

    def devices(self, site: str) -> int:
        """How many of the site's devices may watch at once."""
        return self._devices.get(site, self.most_devices)

    @property
    def void(self) -> Mapping[str, int]:
        """Sites whose stream tokens are void up to a moment (Unix seconds); always the same object."""
        return self._void

    def __len__(self) -> int:
        return len(self._sites)

    def guests(self) -> Mapping[str, Guest]:
        """All that is known, by site."""
        return dict(self._guests)

    def put(self, site: str, guest: Guest) -> None:
        """Take note of what has become of a site."""
        self._put += 1
        for digest in self._guests.get(site, Guest()).digests:
            if self._sites.get(digest) == site:
                self._sites.pop(digest, None)
        for digest in guest.digests:
            self._sites[digest] = site
        _set(self._void, site, guest.void_until)
        _set(self._devices, site, guest.devices)
        _set(self._networks, site, guest.networks or None)
        if guest == Guest():
            self._guests.pop(site, None)
        else:
            self._guests[site] = guest

    def replace(self, guests: Mapping[str, Guest]) -> None:
        """Know these and no others."""
        for site in [site for site in self._guests if site not in guests]:
            self.put(site, Guest())
        for site, guest in guests.items():
            self.put(site, guest)

    def forget_old(self) -> None:
        """Let go of what is void when nothing that was made before can count any more."""
        oldest = self.now() - LONGEST_LIFE - 2 * SKEW
        for site, moment in list(self._void.items()):
            if moment < oldest:
                self.put(site, replace(self._guests[site], void_until=None))


@lru_cache(maxsize=4_096)
def networks_of(words: tuple[str, ...]) -> tuple[Network, ...]:
    """The networks that a region's list names; its sites share them."""
    return tuple(ip_network(word) for word in words)


@lru_cache(maxsize=32_768)
def _inside(words: tuple[str, ...], address: str | None) -> bool:
    """Remembered, since a player asks several times a second and an address is slow to take apart."""
    return within(address_of(address), networks_of(words))


def _set(known: dict[str, T], site: str, value: T | None) -> None:
    if value is None:
        known.pop(site, None)
    else:
        known[site] = value
