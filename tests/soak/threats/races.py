"""T-03: two publishers with the same key begin at the same moment, 200 times, and then 200 at once.

Each publishes pictures that say which source they are of: a viewer who decodes every segment may never see both.
"""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from tests.soak.hostile.publisher import RtmpWay
from tests.soak.threats.house import House, house, proven
from tests.soak.threats.publishing import Answer, film, publish
from tests.soak.threats.row import Outcome, Row, Turn, Wishes

RACES = 200
STORM = 200
TOGETHER = 4
"""Races that are looked at together, each with sources of its own."""
SHOWN = 2.4
"""Seconds for which the winner publishes: one that a busy machine shows too late is counted as not shown."""
AFTER = 0.4


class Racing:
    """A door with one channel."""

    def __init__(self, at: House, seed: int) -> None:
        self._at, self._seed = at, seed
        self._way = RtmpWay("door", at.door)
        self._channel = at.channel("raced", self._way)
        self._films = {source: film(at.clip(source), at.ffmpeg) for source in range(1, 2 * TOGETHER + 1)}

    def pairs(self, number: int) -> Outcome:
        """A few races of two, one after the other."""
        return proven(self._at, [self._channel], lambda: self._pairs(number))

    def storm(self, _: int) -> Outcome:
        """Very many at once, from as many addresses."""
        return proven(self._at, [self._channel], self._storm)

    def _pairs(self, number: int) -> Outcome:
        chance = random.Random(f"races/{self._seed}/{number}")
        began, answers = time.time(), Counter[Answer]()
        for race in range(TOGETHER):
            pair = [2 * race + 1, 2 * race + 2]
            chance.shuffle(pair)
            answers += asyncio.run(self._race(pair, ["127.0.0.1", "127.0.0.1"]))
        seen = self._channel.sources(began, time.time())
        both = [race for race in range(TOGETHER) if {2 * race + 1, 2 * race + 2} <= seen.keys()]
        faults = [f"pictures of both publishers were on air in race {race}" for race in both]
        shown = sum(bool({2 * race + 1, 2 * race + 2} & seen.keys()) for race in range(TOGETHER))
        return self._outcome(faults, answers, races=TOGETHER, shown=shown, ticks=sum(seen.values()))

    def _storm(self) -> Outcome:
        began = time.time()
        sources = [1 + at % len(self._films) for at in range(STORM)]
        answers = asyncio.run(self._race(sources, [f"127.77.{at}.1" for at in range(STORM)]))
        seen = self._channel.sources(began, time.time())
        faults = [f"pictures of {len(seen)} publishers were on air"] if len(seen) > 1 else []
        return self._outcome(faults, answers, publishers=STORM, shown=len(seen), ticks=sum(seen.values()))

    def _outcome(self, faults: list[str], answers: Counter[Answer], **counts: int) -> Outcome:
        wanted = counts.get("races", 1)
        if answers[Answer.LET_IN] > wanted:
            faults.append(f"{answers[Answer.LET_IN]} publishers were let in, {wanted} may be")
        if not counts["shown"]:
            faults.append("none of the winners was seen")
        losses = self._channel.judged()
        return Outcome(
            counts={**counts, "let in": answers[Answer.LET_IN]}, faults=tuple(faults), losses=tuple(losses),
        )

    async def _race(self, sources: list[int], addresses: list[str]) -> Counter[Answer]:
        """They connect, then all begin; the door's answers, when the winner has left and its line is free."""
        start = asyncio.Event()
        runners = [
            asyncio.create_task(publish(self._at.door, self._way.key, self._films[source], SHOWN, address, start))
            for source, address in zip(sources, addresses, strict=True)
        ]
        await asyncio.sleep(0.1 if len(runners) < 10 else 1.0)
        start.set()
        answers = await asyncio.gather(*runners, return_exceptions=True)
        await asyncio.sleep(AFTER)
        return Counter(answer for answer in answers if isinstance(answer, Answer))


@contextmanager
def racing(wishes: Wishes) -> Iterator[Turn]:
    """Races of two."""
    with house() as at:
        yield Racing(at, wishes.seed).pairs


@contextmanager
def storming(wishes: Wishes) -> Iterator[Turn]:
    """All at once."""
    with house() as at:
        yield Racing(at, wishes.seed).storm


PAIRS = Row(threat="T-03", name="double-publish", turns=RACES // TOGETHER, open=racing)
CROWD = Row(threat="T-03", name="publish-storm", turns=3, open=storming)
