"""The playlists on show, and who waits for the next."""

from collections.abc import Callable, Coroutine
from typing import Any

from flow.ids import ChannelId, RenditionId
from flow.playlist import Body, Edge, Playlist
from origin.bell import Bell

Arrival = Coroutine[Any, Any, Playlist | None]
"""What is waited for, to be awaited once."""


class _Line:
    """One rendition on show: its playlist as it is now, and who waits for the next."""

    __slots__ = ("bell", "closed", "playlist")

    def __init__(self) -> None:
        self.bell = Bell()
        self.closed = False
        self.playlist: Playlist | None = None


class Showcase:
    """The half of a store that is about playlists (flow.store), for one event loop; no other thread may touch it.

    All who wait for a rendition are woken by one bell and share one Playlist. An ended playlist satisfies every
    wait, since nothing will follow it.
    """

    def __init__(self) -> None:
        self._lines: dict[tuple[ChannelId, RenditionId], _Line] = {}
        self._multivariant: dict[tuple[ChannelId, str], Body] = {}

    def publish(self, channel: ChannelId, rendition: RenditionId, playlist: Playlist) -> None:
        """Show a media playlist and wake everyone who waits for it."""
        line = self._lines.setdefault((channel, rendition), _Line())
        line.playlist = playlist
        line.bell.ring()

    def publish_multivariant(self, channel: ChannelId, body: Body, name: str = "index") -> None:
        """Show a multivariant playlist."""
        self._multivariant[channel, name] = body

    def close(self, channel: ChannelId) -> None:
        """Take the channel's playlists off and wake who waits for them."""
        for shown in [shown for shown in self._multivariant if shown[0] == channel]:
            del self._multivariant[shown]
        for key in [key for key in self._lines if key[0] == channel]:
            line = self._lines.pop(key)
            line.closed = True
            line.bell.ring()

    def channels(self) -> tuple[ChannelId, ...]:
        """Channels with a multivariant playlist of their own, sorted."""
        return tuple(sorted(channel for channel, name in self._multivariant if name == "index"))

    def multivariant(self, channel: ChannelId, name: str = "index") -> Body | None:
        """A multivariant playlist, or None."""
        return self._multivariant.get((channel, name))

    def playlist(self, channel: ChannelId, rendition: RenditionId) -> Playlist | None:
        """The media playlist as it is now, or None."""
        line = self._lines.get((channel, rendition))
        return line.playlist if line is not None else None

    def wait_part(self, channel: ChannelId, rendition: RenditionId, edge: Edge) -> Arrival:
        """The first playlist whose edge is at least `edge`; None when the channel is closed meanwhile."""
        return self._wait((channel, rendition), lambda playlist: playlist.edge >= edge)

    def wait_segment(self, channel: ChannelId, rendition: RenditionId, msn: int) -> Arrival:
        """The first playlist whose `last_msn` is at least `msn`; None when the channel is closed meanwhile."""
        return self._wait((channel, rendition), lambda playlist: playlist.last_msn >= msn)

    async def _wait(
        self, key: tuple[ChannelId, RenditionId], enough: Callable[[Playlist], bool],
    ) -> Playlist | None:
        line = self._lines.setdefault(key, _Line())
        try:
            while not line.closed:
                if line.playlist is not None and (line.playlist.ended or enough(line.playlist)):
                    return line.playlist
                ring = line.bell.join()
                try:
                    await ring
                finally:
                    line.bell.leave(ring)
        finally:
            # A line that never had a playlist exists only for those who wait for it.
            if line.playlist is None and not line.bell and self._lines.get(key) is line:
                del self._lines[key]
        return None
