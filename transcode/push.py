"""Pushes packets to every headend (the shape of DASH-IF Live Media Ingest, interface 1: CMAF over HTTP)."""

import asyncio
from collections import deque
from threading import Lock

from yarl import URL

from flow.channel import Channel
from flow.chunk import Packet
from flow.status import HeadendLink
from flow.thumbnail import THUMBNAILS, is_thumbnails
from flow.wire import Positions
from transcode.approach import Approach
from transcode.lane import Lane
from transcode.positions import ask_positions

_EARLY = 1_000
"""Packets held before `run` has begun; the encoder starts after it, so there should be none."""


class Pusher:
    """A lane for each headend and rendition: none waits for another, and the encoder waits for none."""

    def __init__(
        self, *, channel: Channel, headends: tuple[str, ...], approach: Approach | None = None,
    ) -> None:
        """`approach`: by what a headend knows us, and we know it."""
        self._approach = approach
        self._bases = {address: f"{address.rstrip('/')}/ingest/{channel.id}" for address in headends}
        self._lanes = {
            address: {name: Lane(base, name, self._approach) for name in channel.renditions}
            for address, base in self._bases.items()
        }
        # Apart from the others: what becomes of a thumbnail says nothing of what becomes of the media.
        thumbnails = self._bases.values() if channel.thumbnails else ()
        self._asides = tuple(Lane(base, THUMBNAILS, self._approach) for base in thumbnails)
        self._lock = Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._early: deque[Packet] = deque(maxlen=_EARLY)

    async def run(self) -> None:
        """Send until cancelled."""
        with self._lock:
            self._loop = asyncio.get_running_loop()
            while self._early:
                self._accept(self._early.popleft())
        try:
            async with asyncio.TaskGroup() as group:
                for lanes in self._lanes.values():
                    for lane in lanes.values():
                        group.create_task(lane.run())
                for lane in self._asides:
                    group.create_task(lane.run())
        finally:
            with self._lock:
                self._loop = None

    def put(self, packet: Packet) -> None:
        """Queue a packet for every headend; returns at once, from any thread."""
        with self._lock:
            if self._loop is None:
                self._early.append(packet)
            else:
                self._loop.call_soon_threadsafe(self._accept, packet)

    def status(self) -> tuple[HeadendLink, ...]:
        """Each headend as this worker sees it; an address is shown without what may be secret in it."""
        return tuple(_link(address, tuple(lanes.values())) for address, lanes in self._lanes.items())

    def refused_for(self) -> float:
        """For how many seconds every headend that is there has refused everything; 0 while one takes something."""
        lanes = (lane for lanes in self._lanes.values() for lane in lanes.values() if lane.connected)
        return min((lane.refused_for for lane in lanes), default=0.0)

    async def positions(self, timeout: float) -> Positions | None:  # noqa: ASYNC109 - a deadline, not a failure
        """The highest floor and run over the headends that answer; None when none does within `timeout` seconds.

        Once one has answered, the others get one second more.
        """
        return await ask_positions(tuple(self._bases.values()), timeout, self._approach)

    def _accept(self, packet: Packet) -> None:
        if is_thumbnails(packet.rendition):
            for lane in self._asides:
                lane.put(packet)
            return
        for lanes in self._lanes.values():
            lanes[packet.rendition].put(packet)


def _link(address: str, lanes: tuple[Lane, ...]) -> HeadendLink:
    return HeadendLink(
        address=str(URL(address).with_user(None)),
        connected=all(lane.connected for lane in lanes),
        waiting=sum(lane.outbox.waiting for lane in lanes),
        lost=sum(lane.outbox.lost for lane in lanes),
        why=next((lane.why for lane in lanes if lane.why), ""),
    )
