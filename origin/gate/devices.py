"""How many devices of a site watch at once. Pure.

A device is what its stream token calls it (`flow.stream_token`, `jti`). It has a place for as long as it goes on
asking for media, and for half a minute after that: who loads a page anew comes back to the place that he had.
"""

LASTING = 30_000_000_000
"""Nanoseconds that a place is kept for who asks for nothing: a player begins anew, or has lost the line."""


class Devices:
    """The places of each site; for one event loop. A site has no more of them in memory than it may have."""

    def __init__(self, lasting_ns: int = LASTING) -> None:
        self._lasting = lasting_ns
        # When and whence each was seen last, by site and device.
        self._sites: dict[str, dict[str, tuple[int, str | None]]] = {}

    def enters(self, site: str, device: str, most: int, now_ns: int, address: str | None = None) -> bool:
        """Whether the device has a place among the `most` of its site, or gets one (monotonic nanoseconds). Being
        refused costs nothing: it comes in as soon as another has left. `address` is where it is."""
        places = self._sites.setdefault(site, {})
        seen = places.get(device)
        if seen is None or now_ns - seen[0] > self._lasting:
            for one in [one for one, (at, _) in places.items() if now_ns - at > self._lasting]:
                del places[one]
            if len(places) >= most:
                return False
        places[device] = now_ns, address
        return True

    def watching(self, now_ns: int) -> list[tuple[str, str | None]]:
        """The sites that have a place just now, with the address of each of their devices."""
        return [
            (site, address) for site, places in self._sites.items() for at, address in places.values()
            if now_ns - at <= self._lasting
        ]
