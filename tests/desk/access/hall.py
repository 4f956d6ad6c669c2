"""A hall before a headend, with a link."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desk.access.guest_list import Guest
from desk.definition import channel_of
from desk.headend import Headend
from desk.listener import Listener
from desk.registry import Registry
from desk.settings import Settings
from flow.site_token import digest_of, new_token
from flow.thumbnail import LENGTH
from tests.packager.thumbnails.pictures import FIRST, picture
from tests.recorded.builder import EPOCH, recorded_packets
from tests.recorded.clock import SteppedClock

FREE = Listener("127.0.0.1", 0)
SEGMENTS = 38
"""A minute of thumbnails, for a sheet of them, and some more."""
PLACES = 7


@dataclass
class Hall:
    """A hall before a headend with three channels: `hop` and `kin` (encrypted) are invited, `mo` is open."""

    headend: Headend
    clock: SteppedClock
    url: str
    token: str

    def out(self) -> None:
        """Nobody has a link any more."""
        self.headend.access.guests.put("xa-1", Guest(void_until=self.clock.wall_ns() // 10**9))


@asynccontextmanager
async def hall_in(tmp_path: Path, **settings: Any) -> AsyncIterator[Hall]:
    """With a minute and more of each channel, and further settings."""
    registry = Registry(tmp_path / "xacast.db")
    for channel in (
        channel_of("hop", ["testcard:"], ladder="tiny", captions="vi"),
        channel_of("kin", ["testcard:"], ladder="tiny", encrypt=True),
        channel_of("mo", ["testcard:"], ladder="tiny", open_to_all=True),
    ):
        registry.add(channel, revision=1)
    registry.close()
    clock = SteppedClock(wall_units=EPOCH)
    headend = Headend(
        settings=Settings(data=tmp_path, viewers=FREE, operators=FREE, machines=FREE, **settings),
        clock=clock,
    )
    ports = await headend.start()
    for entry in headend.lineup:
        segments = SEGMENTS if entry.name == "hop" else 3
        for packet in recorded_packets(entry.declared.channel, EPOCH, segments=segments):
            clock.advance_to(getattr(packet, "end", EPOCH))
            entry.publisher.take(packet)
        for place in range(PLACES if entry.name == "hop" else 0):
            entry.publisher.take(picture(place))
    clock.advance_to((FIRST + PLACES) * LENGTH)
    headend.lineup.tick()
    made = Hall(headend, clock, ports.viewers.url, new_token())
    headend.access.guests.put("xa-1", Guest(digest=digest_of(made.token)))
    try:
        yield made
    finally:
        await headend.stop()
