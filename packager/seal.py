"""What turns one channel's media into what viewers of an encrypted channel are sent, and back."""

from collections.abc import Sequence

from flow.key_turns import KeyTurns
from flow.keyring import Keyring
from packager.aes import decrypted, encrypted


class Seal:
    """A channel's encryption. A place of it has one key in every rendition, and in each part of its segment."""

    def __init__(self, ring: Keyring) -> None:
        self._ring = ring

    @property
    def turns(self) -> KeyTurns:
        """When which key serves, for playlists."""
        return self._ring.turns

    def close(self, start: int, msn: int, clear: bytes) -> bytes:
        """A segment that begins at `start`, or a part of it, as it is stored and sent."""
        return encrypted(self._ring.key(self._ring.turns.at(start)), msn, clear)

    def open(self, start: int, msn: int, body: bytes) -> bytes:
        """What `close` was given; raises ValueError when that was done with another key, KeyError when the key is
        gone."""
        return decrypted(self._ring.key(self._ring.turns.at(start)), msn, body)

    def leave_out(self, numbers: Sequence[int]) -> None:
        """As flow.keyring.Keyring has it."""
        self._ring.leave_out(numbers)

    def provide(self, *, now: int, floor: int, oldest: int) -> None:
        """As flow.keyring.Keyring has it."""
        self._ring.provide(now=now, floor=floor, oldest=oldest)
