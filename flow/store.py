"""The store: where the packager puts and the origin takes.

Two protocols over one thing, so that the origin cannot write and the packager does not read what viewers read.
Bodies are put before the playlist that names them is published. Writes return at once and never raise for a slow
or full disk: a store that falls behind counts what it lost (`StoreWriter.trouble`).
"""

from dataclasses import dataclass
from typing import Protocol

from flow.ids import ChannelId, RenditionId
from flow.names import MediaName
from flow.playlist import Body, Edge, Playlist


@dataclass(frozen=True, slots=True)
class MediaKey:
    """The address of one body in the store."""

    channel: ChannelId
    rendition: RenditionId
    name: MediaName


class StoreWriter(Protocol):
    """The packager's half."""

    def put(self, key: MediaKey, body: bytes) -> None:
        """Keep a body. A key is put once; putting other bytes under it again raises ValueError."""
        ...

    def publish(self, channel: ChannelId, rendition: RenditionId, playlist: Playlist) -> None:
        """Show a media playlist and wake everyone who waits for it."""
        ...

    def publish_multivariant(self, channel: ChannelId, body: Body, name: str = "index") -> None:
        """Show a multivariant playlist: "index" the channel's own, "ts" that for old boxes, "audio" that of sound
        alone."""
        ...

    def remember(self, channel: ChannelId, state: bytes) -> None:
        """Keep the packager's own notes, for its next life, rather sooner than the bodies that they speak of. A
        store without a disk forgets them."""
        ...

    def recall(self, channel: ChannelId) -> bytes | None:
        """The notes last remembered, if any."""
        ...

    def keeps(self, key: MediaKey) -> bool:
        """Whether the body is there now or on its way."""
        ...

    def forget(self, key: MediaKey) -> None:
        """Let go of a body that no playlist has named for long enough. Unknown keys are ignored."""
        ...

    def settle(self, key: MediaKey) -> bool:
        """Serve a body from the disk from now on; False when it is not there, synced: then it is lost."""
        ...

    def hold(self, channel: ChannelId, seconds: int) -> None:
        """Let playlists of the channel reach back so far: keep its bodies on the disk for a while longer."""
        ...

    def close(self, channel: ChannelId) -> None:
        """Take the channel off: its playlists go, who waits is woken, its bodies stay until forgotten."""
        ...

    def trouble(self) -> str:
        """One sentence when writes are being lost ("disk full: 3 segments not kept") or wait for long, else
        empty."""
        ...


class StoreReader(Protocol):
    """The origin's half."""

    def channels(self) -> tuple[ChannelId, ...]:
        """Channels with a published multivariant playlist of their own ("index"), sorted."""
        ...

    def multivariant(self, channel: ChannelId, name: str = "index") -> Body | None:
        """A multivariant playlist, or None."""
        ...

    def playlist(self, channel: ChannelId, rendition: RenditionId) -> Playlist | None:
        """The media playlist as it is now, or None."""
        ...

    async def wait_part(self, channel: ChannelId, rendition: RenditionId, edge: Edge) -> Playlist | None:
        """The first playlist whose edge is at least `edge`; None when the channel is closed meanwhile.

        An ended playlist satisfies every wait, since nothing follows it. Has no time limit of its own: the caller
        puts one around it.
        """
        ...

    async def wait_segment(self, channel: ChannelId, rendition: RenditionId, msn: int) -> Playlist | None:
        """The first playlist whose `last_msn` is at least `msn`; None as above."""
        ...

    async def body(self, key: MediaKey) -> bytes | None:
        """The bytes under a key, or None."""
        ...
