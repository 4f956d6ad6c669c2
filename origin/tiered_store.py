"""Memory in front, disk behind: the store of a headend."""

from flow.ids import ChannelId, RenditionId
from flow.playlist import Body, Edge, Playlist
from flow.store import MediaKey
from origin.disk_store import DiskStore
from origin.memory_store import MemoryStore
from origin.showcase import Arrival


class TieredStore:
    """Both halves of a store (flow.store): bodies go to both, and are read from memory first.

    What the packager forgets leaves memory alone; the disk's copy goes by its own age. Notes are the disk's, what
    is on show and who waits for it are memory's. Starting and stopping the disk is the caller's.
    """

    def __init__(self, memory: MemoryStore, disk: DiskStore) -> None:
        self._memory = memory
        self._disk = disk

    def put(self, key: MediaKey, body: bytes) -> None:
        """Keep a body in both; raises ValueError when either has other bytes under the key."""
        self._memory.put(key, body)
        try:
            self._disk.put(key, body)
        except ValueError:
            self._memory.forget(key)
            raise

    def publish(self, channel: ChannelId, rendition: RenditionId, playlist: Playlist) -> None:
        """Show a media playlist and wake everyone who waits for it."""
        self._memory.publish(channel, rendition, playlist)

    def publish_multivariant(self, channel: ChannelId, body: Body, name: str = "index") -> None:
        """Show a multivariant playlist."""
        self._memory.publish_multivariant(channel, body, name)

    def remember(self, channel: ChannelId, state: bytes) -> None:
        """Keep the packager's notes on disk."""
        self._disk.remember(channel, state)

    def recall(self, channel: ChannelId) -> bytes | None:
        """The notes last remembered, in this life or the one before."""
        return self._disk.recall(channel)

    def keeps(self, key: MediaKey) -> bool:
        """Whether memory or the disk has the body, or will."""
        return self._memory.keeps(key) or self._disk.keeps(key)

    def forget(self, key: MediaKey) -> None:
        """Let go of the body in memory."""
        self._memory.forget(key)

    def settle(self, key: MediaKey) -> bool:
        """Let go of the body in memory; whether the disk has it, synced."""
        self._memory.forget(key)
        return self._disk.is_kept(key)

    def hold(self, channel: ChannelId, seconds: int) -> None:
        """Keep a channel's bodies on the disk for so long, and a while."""
        self._disk.hold(channel, seconds)

    def close(self, channel: ChannelId) -> None:
        """Take the channel off and wake who waits for it."""
        self._memory.close(channel)

    def trouble(self) -> str:
        """The disk's trouble."""
        return self._disk.trouble()

    def channels(self) -> tuple[ChannelId, ...]:
        """Channels with a multivariant playlist, sorted."""
        return self._memory.channels()

    def multivariant(self, channel: ChannelId, name: str = "index") -> Body | None:
        """A multivariant playlist, or None."""
        return self._memory.multivariant(channel, name)

    def playlist(self, channel: ChannelId, rendition: RenditionId) -> Playlist | None:
        """The media playlist as it is now, or None."""
        return self._memory.playlist(channel, rendition)

    def wait_part(self, channel: ChannelId, rendition: RenditionId, edge: Edge) -> Arrival:
        """As in flow.store."""
        return self._memory.wait_part(channel, rendition, edge)

    def wait_segment(self, channel: ChannelId, rendition: RenditionId, msn: int) -> Arrival:
        """As in flow.store."""
        return self._memory.wait_segment(channel, rendition, msn)

    async def body(self, key: MediaKey) -> bytes | None:
        """The bytes under a key: memory's, else the disk's, else None."""
        body = await self._memory.body(key)
        return body if body is not None else await self._disk.body(key)
