"""The keys of encrypted channels: the packager uses them, the origin hands them to who may watch.

A key is 16 random bytes. It is stored and synced before it is used, so that the same place of a channel is
encrypted with the same key in the headend's next life.
"""

from collections.abc import Sequence
from typing import Protocol

from flow.ids import ChannelId
from flow.key_turns import KeyTurns

KEY_BYTES = 16


class Keyring(Protocol):
    """The keys of one channel, for its packager. Calls return at once, but for the first `provide`, which may wait
    for the disk; no later one raises for a failing disk."""

    @property
    def turns(self) -> KeyTurns:
        """Which keys there are."""
        ...

    def key(self, number: int) -> bytes:
        """The key of that number, which viewers may ask for from now on; raises KeyError when there is none."""
        ...

    def leave_out(self, numbers: Sequence[int]) -> None:
        """Let go of keys that an earlier life made too late to be used."""
        ...

    def provide(self, *, now: int, floor: int, oldest: int) -> None:
        """Let there be keys for the time to come, and none for what nobody can ask for any more.

        `now` is the present and `oldest` the oldest place that may still be asked for; everything before `floor`
        is listed already, so no new key may begin there. The first call raises ToolError when there is no key and
        none can be kept.
        """
        ...


class Keys(Protocol):
    """The keys of every channel, for the origin."""

    def shown(self, channel: ChannelId, number: int, since: int = 0) -> bytes | None:
        """A key that a playlist names or will name soon; None for any other, known or not, and for one that serves
        nothing from `since` (Unix seconds) on."""
        ...
