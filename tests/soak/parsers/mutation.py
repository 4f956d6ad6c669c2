"""Inputs made from other inputs."""

import random
from collections.abc import Callable, Sequence

LONGEST = 8_192
_NUMBERS = (
    0, 1, 2, 3, 7, 8, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF,
)
_WIDTHS = (1, 2, 3, 4, 8)


class Mutation:
    """Chance decides what is done, where, and how often; equal seeds do equal things."""

    def __init__(self, chance: random.Random, words: Sequence[bytes]) -> None:
        self._chance = chance
        self._words = words or (b"\0",)
        self._ways: tuple[Callable[[bytearray], None], ...] = (
            self._bit, self._byte, self._number, self._near, self._word, self._word, self._out, self._again,
            self._noise, self._end,
        )

    def of(self, body: bytes, other: bytes) -> bytes:
        """Another input; now and then its second half is another one's."""
        made = bytearray(body)
        if self._chance.random() < 0.15:
            made[self._place(made):] = other[self._chance.randrange(len(other) + 1):]
        for _ in range(1 << self._chance.randrange(5)):
            self._chance.choice(self._ways)(made)
        return bytes(made[:LONGEST])

    def _place(self, made: bytearray) -> int:
        return self._chance.randrange(len(made) + 1)

    def _bit(self, made: bytearray) -> None:
        if made:
            made[self._chance.randrange(len(made))] ^= 1 << self._chance.randrange(8)

    def _byte(self, made: bytearray) -> None:
        if made:
            made[self._chance.randrange(len(made))] = self._chance.randrange(256)

    def _number(self, made: bytearray) -> None:
        """A number of the kind that counters and lengths break at."""
        width, at = self._chance.choice(_WIDTHS), self._place(made)
        value = self._chance.choice((*_NUMBERS, len(made), len(made) - at)) % (1 << 8 * width)
        made[at : at + width] = value.to_bytes(width, self._chance.choice(("big", "little")))

    def _near(self, made: bytearray) -> None:
        """A little more or less than what stands there."""
        width, at = self._chance.choice(_WIDTHS), self._place(made)
        value = int.from_bytes(made[at : at + width], "big") + self._chance.randint(-16, 16)
        made[at : at + width] = (value % (1 << 8 * width)).to_bytes(width, "big")

    def _word(self, made: bytearray) -> None:
        word, at = self._chance.choice(self._words), self._place(made)
        made[at : at + self._chance.choice((0, len(word)))] = word

    def _out(self, made: bytearray) -> None:
        at = self._place(made)
        del made[at : at + self._chance.randrange(1, 33)]

    def _again(self, made: bytearray) -> None:
        """A piece comes again, at times very often."""
        at, size = self._place(made), self._chance.randrange(1, 65)
        piece = made[at : at + size]
        times = self._chance.choice((1, 1, 2, 8, 200))
        goal = self._place(made)
        made[goal:goal] = (piece * times)[:LONGEST]

    def _noise(self, made: bytearray) -> None:
        at = self._place(made)
        made[at:at] = self._chance.randbytes(self._chance.randrange(1, 9))

    def _end(self, made: bytearray) -> None:
        del made[self._place(made):]
