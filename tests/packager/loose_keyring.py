"""A keyring without a store: what tests of the packager use."""

import random
from collections.abc import Sequence

from flow.ids import ChannelId
from flow.key_turns import KeyTurns, due, period_units
from flow.timebase import SCALE
from origin.stored_keyring import EARLY

DEMO = ChannelId("demo")


class LooseKeyring:
    """Satisfies `flow.keyring.Keyring`; the same seed gives the same keys. `stuck` makes no more."""

    def __init__(self, channel: ChannelId = DEMO, *, seconds: int = 300, seed: int = 1) -> None:
        self._channel = channel
        self._period = period_units(seconds)
        self._random = random.Random(seed)
        self.keys: dict[int, bytes] = {}
        self.used: list[int] = []
        self.stuck = False
        self.oldest = 0
        self._near = 0

    @property
    def turns(self) -> KeyTurns:
        return KeyTurns(channel=self._channel, numbers=tuple(self.keys))

    def key(self, number: int) -> bytes:
        self.used.append(number)
        return self.keys[number]

    def shown(self, channel: ChannelId, number: int, since: int = 0) -> bytes | None:
        """Satisfies `flow.keyring.Keys`: what has been used, or will be soon, to who may see all of it."""
        assert since == 0
        near = number in self.used or number <= self._near
        return self.keys.get(number) if channel == self._channel and near else None

    def leave_out(self, numbers: Sequence[int]) -> None:
        for number in numbers:
            del self.keys[number]

    def provide(self, *, now: int, floor: int, oldest: int) -> None:
        if not self.stuck:
            numbers = due(
                tuple(self.keys), period=self._period, floor=floor, earliest=now, until=now + 40 * SCALE,
            )
            self.keys.update({number: self._random.randbytes(16) for number in numbers})
        self.oldest = oldest
        self._near = self.turns.at(max(now, floor) + EARLY)
        for number in self.turns.done_before(oldest):
            del self.keys[number]
