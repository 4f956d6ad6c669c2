"""T-02: what somebody on the way has recorded of a session opens no second one.

While the publisher is on air its whole session is sent again from another connection, key and all, and its media
alone; afterwards the media alone. RTMP has no token of a session: once the publisher has left, its key opens the
door, for everybody who knows it.
"""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from tests.soak.hostile.publisher import RtmpWay
from tests.soak.threats.house import House, house
from tests.soak.threats.publishing import Answer, beheaded, film, knock, publish, whole
from tests.soak.threats.row import Outcome, Row, Turn, Wishes

TRIES = 100
SECONDS = 40.0
_SAID = 200
"""Messages of the recording: somewhat more than a second."""
_TOGETHER = 8


class Replaying:
    """A door, a channel, and a recorded session."""

    def __init__(self, at: House) -> None:
        self._at = at
        self._way = RtmpWay("door", at.door)
        self._channel = at.channel("replayed", self._way)
        self._film = film(at.clip(1, SECONDS), at.ffmpeg)

    def turn(self, _: int) -> Outcome:
        """A hundred times each."""
        return asyncio.run(self._turn())

    async def _turn(self) -> Outcome:
        first = asyncio.create_task(publish(self._at.door, self._way.key, self._film, SECONDS))
        await asyncio.to_thread(self._channel.await_state, "live")
        recorded = self._film[:_SAID]
        restarts = self._feed()["restarts"]
        again = await self._all(whole(self._way.key, recorded), 60)
        media = await self._all(beheaded(recorded), 70)
        faults = [f"the publisher itself was refused: {first.result()}"] if first.done() else []
        if self._feed()["restarts"] != restarts:
            faults.append("the publisher's feed began anew")
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)
        await asyncio.to_thread(self._channel.await_state, "waiting")
        later = await self._all(beheaded(recorded), 80)
        counts = {"whole": again, "media": media, "media afterwards": later}
        faults += [
            f"{what}: {TRIES - refused} of {TRIES} were not refused"
            for what, refused in counts.items() if refused != TRIES
        ]
        if self._feed()["state"] == "live":
            faults.append("a replayed session is on air")
        faults += await asyncio.to_thread(self._channel.judged)
        return Outcome(counts={f"refused: {what}": count for what, count in counts.items()}, faults=tuple(faults))

    async def _all(self, said: bytes, network: int) -> int:
        """Each from an address of its own; how many were refused."""
        places = asyncio.Semaphore(_TOGETHER)

        async def one(number: int) -> Answer:
            async with places:
                return await knock(self._at.door, said, f"127.{network}.{number}.1")

        answers = Counter(await asyncio.gather(*map(one, range(TRIES))))
        return TRIES - answers[Answer.LET_IN]

    def _feed(self) -> dict[str, object]:
        return self._channel.feed()


@contextmanager
def replaying(_: Wishes) -> Iterator[Turn]:
    """A door of its own."""
    with house() as at:
        yield Replaying(at).turn


REPLAY = Row(threat="T-02", name="replay", turns=1, open=replaying)
