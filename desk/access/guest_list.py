"""The sites that have a link, and those that were shut out: in memory, for every request, in one event loop."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from flow.ids import ChannelId
from flow.stream_token import LONGEST_LIFE, SKEW

Audience = Callable[[str, ChannelId], int | None]
"""Until when a site may watch a channel (Unix seconds), asked for each; None when it may not watch it now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """What is known of one site: the digest of its link's token, None for none, and up to when all that was made
    for it is void (Unix seconds), None when it never was shut out."""

    digest: bytes | None = None
    void_until: int | None = None


@dataclass(slots=True)
class GuestList:
    """Satisfies `flow.guests.Guests`. Every change holds from the very next request on."""

    audience: Audience
    now: Callable[[], int]
    _sites: dict[bytes, str] = field(default_factory=dict)
    _guests: dict[str, Guest] = field(default_factory=dict)
    _void: dict[str, int] = field(default_factory=dict)

    def site_of(self, digest: bytes) -> str | None:
        """The site that has the token of this digest, or None."""
        return self._sites.get(digest)

    def watches_until(self, site: str, channel: ChannelId) -> int | None:
        """Until when the site may watch the channel (Unix seconds), or None."""
        return self.audience(site, channel)

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
        before = self._guests.get(site, Guest())
        if before.digest is not None and self._sites.get(before.digest) == site:
            self._sites.pop(before.digest, None)
        if guest.digest is not None:
            self._sites[guest.digest] = site
        if guest.void_until is not None:
            self._void[site] = guest.void_until
        else:
            self._void.pop(site, None)
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
                self.put(site, Guest(digest=self._guests[site].digest))
