"""A headend with that country, and samples of site and channel, asked over its socket."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from desk.access.guest_list import Guest
from desk.access.signer import claims_for, signed
from desk.database.database import Database
from desk.definition import channel_of
from desk.headend import Headend
from desk.register.official import Division, official_units
from desk.register.region_store import RegionStore
from desk.register.region_tree import RegionTree
from desk.register.site_store import SiteStore
from desk.registry import Registry
from desk.settings import Settings
from flow.ids import ChannelId
from flow.key_turns import UNIT
from flow.site_token import digest_of, new_token
from tests.desk.access.hall import FREE
from tests.desk.programmes.filled import add
from tests.desk.programmes.some import at
from tests.recorded.builder import recorded_packets
from tests.recorded.clock import SteppedClock
from tests.soak.invited.country import Country

NOW = at("07:50")
START = NOW * 48_000 // UNIT * UNIT
AT_ONCE = 32


@dataclass(frozen=True)
class Land:
    """A running headend; each site has a link."""

    country: Country
    headend: Headend
    url: str
    links: dict[str, str]

    def token(self, site: str, channel: str) -> str:
        """A stream token as the desk would make it, had it asked nobody."""
        made = claims_for(site, ChannelId(channel), device="d" * 12, now=NOW, until=NOW + 3_600)
        return signed(made, self.headend.access.keys.signing(NOW))


@asynccontextmanager
async def land_in(folder: Path, country: Country) -> AsyncIterator[Land]:
    """At 07:50, with a programme from 08:00 to 09:00 on each channel."""
    registry = Registry(folder / "xacast.db")
    for name in country.words:
        registry.add(channel_of(name, ["testcard:"], ladder="tiny"), revision=1)
    registry.close()
    settings = Settings(data=folder, viewers=FREE, operators=FREE, machines=FREE)
    database = Database.open(settings.register)
    units = official_units(Division.OFFICIAL)
    with database.writing() as connection:
        RegionStore(connection).replace(units.levels, units.regions, {})
        SiteStore(connection, RegionTree(units.levels, units.regions)).add(country.sites, 1_000)
    for name, words in country.words.items():
        add(database, channel=name, title=name, **words)
    database.close()
    clock = SteppedClock(wall_units=START)
    headend = Headend(settings=settings, clock=clock)
    ports = await headend.start()
    for entry in headend.lineup:
        for packet in recorded_packets(entry.declared.channel, START, segments=1):
            clock.advance_to(getattr(packet, "end", START))
            entry.publisher.take(packet)
    headend.lineup.tick()
    await headend.access.look()
    links = {site.id: new_token() for site in country.sites}
    for site, link in links.items():
        headend.access.guests.put(site, Guest(digest=digest_of(link)))
    yield Land(country, headend, ports.viewers.url, links)
    await headend.stop()


async def wrong_answers(land: Land, seed: int, count: int) -> tuple[int, list[str]]:
    """How many of `count` samples may watch, and those that were answered wrongly.

    Half of a site's samples are from the channels that are for it, so that both answers are often right. Each is
    asked by link and by stream token; a token that the playlist hands out is tried as it is.
    """
    chance = random.Random(seed)
    sites = [site.id for site in land.country.sites]
    allowed: dict[str, list[str]] = {site: [] for site in sites}
    for channel, guests in land.country.guests.items():
        for site in guests:
            allowed[site].append(channel)
    drawn = []
    for number in range(count):
        site = chance.choice(sites)
        drawn.append((site, chance.choice([*land.country.words] if number % 2 else allowed[site])))
    wrong = []
    connector = aiohttp.TCPConnector(limit=AT_ONCE)
    async with aiohttp.ClientSession(connector=connector) as session:
        places = asyncio.Semaphore(AT_ONCE)

        async def status(path: str) -> tuple[int, str]:
            async with session.get(f"{land.url}{path}") as answer:
                return answer.status, await answer.text()

        async def asked(site: str, channel: str) -> None:
            async with places:
                by_link, text = await status(f"/t/{land.links[site]}/live/{channel}/index.m3u8")
                own = text.partition("/s/")[2].partition("/")[0] or land.token(site, channel)
                by_token, _ = await status(f"/s/{own}/live/{channel}/v240/index.m3u8")
            right = 200 if site in land.country.guests[channel] else 404
            if (by_link, by_token) != (right, right):
                wrong.append(f"{site} at {channel}: {by_link} by link and {by_token} by token, {right} is right")

        for at_ in range(0, len(drawn), 1_000):
            await asyncio.gather(*(asked(*one) for one in drawn[at_:at_ + 1_000]))
    return sum(site in land.country.guests[channel] for site, channel in drawn), wrong
