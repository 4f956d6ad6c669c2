"""The store in memory: the live edge."""

from flow.ids import ChannelId
from flow.store import MediaKey
from origin.showcase import Showcase


class MemoryStore(Showcase):
    """Both halves of a store (flow.store) in memory, for one event loop; no other thread may touch it.

    Built for thousands of parked playlist requests: what one costs is a future and a coroutine.
    """

    def __init__(self) -> None:
        super().__init__()
        self._bodies: dict[MediaKey, bytes] = {}
        self._notes: dict[ChannelId, bytes] = {}

    def put(self, key: MediaKey, body: bytes) -> None:
        """Keep a body; raises ValueError when other bytes are under the key already."""
        if self._bodies.setdefault(key, body) != body:
            message = f"{key.channel}/{key.rendition}/{key.name} has other bytes already"
            raise ValueError(message)

    def forget(self, key: MediaKey) -> None:
        """Let go of a body."""
        self._bodies.pop(key, None)

    def keeps(self, key: MediaKey) -> bool:
        """Whether the body is there."""
        return key in self._bodies

    def settle(self, key: MediaKey) -> bool:
        """There is no disk: what is listed stays in memory."""
        return key in self._bodies

    def hold(self, channel: ChannelId, seconds: int) -> None:
        """Nothing goes by its age here."""

    async def body(self, key: MediaKey) -> bytes | None:
        """The bytes under a key, or None."""
        return self._bodies.get(key)

    def remember(self, channel: ChannelId, state: bytes) -> None:
        """Keep notes as long as this process lives."""
        self._notes[channel] = state

    def recall(self, channel: ChannelId) -> bytes | None:
        """The notes last remembered in this process."""
        return self._notes.get(channel)

    def trouble(self) -> str:
        """Memory loses nothing."""
        return ""
