"""The five kinds of meeting, all on at once: a headend with an encrypted channel for each, and fifty sites."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

from desk.access.guest_list import Guest
from desk.access.signer import claims_for, signed
from desk.database.database import Database
from desk.definition import channel_of
from desk.headend import Headend
from desk.machine_key import headers_with, machine_key
from desk.register.site import Site
from desk.registry import Registry
from desk.settings import Settings
from flow.ids import ChannelId
from flow.key_turns import UNIT
from flow.site_token import digest_of, new_token
from tests.desk.access.hall import FREE
from tests.desk.documents.files import PDF
from tests.desk.programmes.filled import add
from tests.desk.programmes.some import at
from tests.desk.register.filled import a_site, fill
from tests.recorded.builder import recorded_packets
from tests.recorded.clock import SteppedClock

AUDIENCES = {
    "national": "national", "leaders": "leaders-ministries", "locality": "locality:01",
    "ministry": "ministry-localities:health", "chiefs": "leaders-ministry-leaders",
}
"""The channel of each kind of meeting, and how the operator says whom it is for."""
NOW = at("07:50")
START = NOW * 48_000 // UNIT * UNIT
RAW = {"Content-Type": "application/octet-stream"}


def title(channel: str) -> str:
    """Of the programme of a channel; none is a part of another."""
    return f"Họp {channel} 07"


@dataclass
class Meetings:
    """All five are in rehearsal; each site has a link."""

    headend: Headend
    url: str
    links: dict[str, str]
    documents: dict[str, str] = field(default_factory=dict)

    def token(self, site: str, channel: str) -> str:
        """A stream token as the desk would make it, had it asked nobody."""
        made = claims_for(site, ChannelId(channel), device="d" * 12, now=NOW, until=NOW + 3_600)
        return signed(made, self.headend.access.keys.signing(NOW))


def sites_of(table: str) -> list[Site]:
    """The sites that the lines of a table begin with: id, region, labels."""
    rows = [line.split()[:3] for line in table.splitlines() if line and not line.startswith("#")]
    return [
        a_site(name, region, name=name, labels=frozenset(labels.split(",")) - {"-"})
        for name, region, labels in rows
    ]


@asynccontextmanager
async def meetings_in(folder: Path, sites: list[Site]) -> AsyncIterator[Meetings]:
    """At 07:50, with a programme from 08:00 to 09:00 on each channel, a document of each and three segments."""
    registry = Registry(folder / "xacast.db")
    for name in AUDIENCES:
        registry.add(channel_of(name, ["testcard:"], ladder="tiny", encrypt=True), revision=1)
    registry.close()
    settings = Settings(data=folder, viewers=FREE, operators=FREE, machines=FREE)
    database = fill(Database.open(settings.register), *sites)
    programmes = {
        name: add(database, channel=name, title=title(name), audience=audience)[0]
        for name, audience in AUDIENCES.items()
    }
    database.close()
    clock = SteppedClock(wall_units=START)
    headend = Headend(settings=settings, clock=clock)
    ports = await headend.start()
    for entry in headend.lineup:
        for packet in recorded_packets(entry.declared.channel, START, segments=3):
            clock.advance_to(getattr(packet, "end", START))
            entry.publisher.take(packet)
    headend.lineup.tick()
    await headend.access.look()
    made = Meetings(headend, ports.viewers.url, {site.id: new_token() for site in sites})
    for site, link in made.links.items():
        headend.access.guests.put(site, Guest(digest=digest_of(link)))
    key = headers_with(machine_key(folder))
    async with aiohttp.ClientSession(headers={**key, **RAW}) as session:
        for channel, programme in programmes.items():
            url = f"{ports.operators.url}/api/v1/programmes/{programme}/documents"
            async with session.post(url, params={"title": "a"}, data=PDF) as answer:
                made.documents[channel] = (await answer.json())["path"]
    yield made
    await headend.stop()
