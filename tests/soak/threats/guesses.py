"""T-02: keys are guessed at the real door: by one address, and by very many.

After its ban nothing of an address may be looked at, but one guess in twelve seconds; nobody is let in; the door's
memory does not grow; and who had the right key before is still let in afterwards.
"""

import asyncio
import random
import secrets
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from tests.soak.hostile.household import weights
from tests.soak.hostile.publisher import RtmpWay
from tests.soak.threats.house import House, house
from tests.soak.threats.publishing import Answer, guess, knock
from tests.soak.threats.row import Outcome, Row, Turn, Wishes

TOGETHER = 24
"""Guesses at the same time: fewer than the door lets wait, so that none is shown out for another."""
EACH = 500
"""Guesses of a turn by one address; as many by others."""
TURNS = 10
MEMORY = 10 * 1_024
"""KiB that the door may have grown by."""
ALONE, ALLOWED = "127.9.9.9", 5
"""The address that guesses alone, and how many of its guesses may be looked at before its ban."""
EVERY = 12.0


def neighbours(chance: random.Random, count: int) -> Iterator[str]:
    """Addresses, forty in each network of 256 of them: twice as many as may fail there."""
    for number in range(count):
        if number % 40 == 0:
            network = f"127.{chance.randrange(20, 250)}.{chance.randrange(256)}"
        yield f"{network}.{chance.randrange(1, 255)}"


def wrong(chance: random.Random, key: str) -> bytes:
    """A guess: of the right length, near the right key, or for another application."""
    near = [key[:-1], key + "A", key.swapcase(), key[:8], ""]
    some = "".join(chance.choices("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_", k=len(key)))
    return chance.choice([guess(some), guess(chance.choice(near)), guess(key, "lives")])


async def crowd(port: int, said: list[tuple[str, bytes]]) -> Counter[Answer]:
    """All of these, some at a time; how often each answer came."""
    places = asyncio.Semaphore(TOGETHER)

    async def one(source: str, words: bytes) -> Answer:
        async with places:
            return await knock(port, words, source)

    return Counter(await asyncio.gather(*(one(*each) for each in said)))


class Guessing:
    """A door with one channel, and what its turns do to it."""

    def __init__(self, at: House, wishes: Wishes) -> None:
        self._at, self._seed = at, wishes.seed
        self._way = RtmpWay("door", at.door)
        self._channel = at.channel("guessed", self._way)
        self._alone = 0
        self._began = 0.0
        assert self._let_in(), "the right key is not let in"
        self._crowd([(f"127.8.{number}.1", guess(secrets.token_urlsafe(16))) for number in range(TOGETHER)])
        self._first = self._weight()

    def turn(self, number: int) -> Outcome:
        """So many guesses of either kind."""
        chance = random.Random(f"guesses/{self._seed}/{number}")
        self._began = self._began or time.monotonic()
        alone = self._crowd([(ALONE, wrong(chance, self._way.key)) for _ in range(EACH)])
        many = self._crowd([(one, wrong(chance, self._way.key)) for one in neighbours(chance, EACH)])
        self._alone += EACH - alone[Answer.UNHEARD]
        owed = ALLOWED + (time.monotonic() - self._began) / EVERY
        grown = self._weight() - self._first
        counts = {
            "guesses": 2 * EACH, "let in": alone[Answer.LET_IN] + many[Answer.LET_IN],
            "looked at of one address": EACH - alone[Answer.UNHEARD],
            "looked at of many": EACH - many[Answer.UNHEARD], "KiB grown": grown,
        }
        faults = tuple(self._wrong(counts, owed, grown))
        return Outcome(counts=counts, faults=faults, losses=tuple(self._channel.judged()))

    def _wrong(self, counts: dict[str, float], owed: float, grown: int) -> Iterator[str]:
        if counts["let in"]:
            yield f"{counts['let in']} guesses were let in"
        if self._alone > owed:
            yield f"{self._alone} guesses of one address were looked at, {owed:.1f} may be"
        if grown > MEMORY:
            yield f"the door grew by {grown} KiB"
        if not self._let_in():
            yield "the right key is not let in any more"

    def _let_in(self) -> bool:
        return asyncio.run(knock(self._at.door, guess(self._way.key))) is Answer.LET_IN

    def _crowd(self, said: list[tuple[str, bytes]]) -> Counter[Answer]:
        return asyncio.run(crowd(self._at.door, said))

    def _weight(self) -> int:
        return weights({"door": self._at.door_process})["door"].memory


@contextmanager
def guessing(wishes: Wishes) -> Iterator[Turn]:
    """Guesses at a door of its own."""
    with house() as at:
        yield Guessing(at, wishes).turn


GUESSES = Row(threat="T-02", name="guesses", turns=TURNS, open=guessing, most=frozenset({"KiB grown"}))
