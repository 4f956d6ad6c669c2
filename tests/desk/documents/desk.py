"""A headend with a register, a programme in rehearsal, and who speaks to it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desk.access.guest_list import Guest
from desk.database.database import Database
from desk.definition import channel_of
from desk.headend import Headend
from desk.machine_key import headers_with, machine_key
from desk.register.site import Site
from desk.registry import Registry
from desk.settings import Settings
from flow.site_token import digest_of, new_token
from tests.desk.access.hall import FREE
from tests.desk.programmes.filled import add
from tests.desk.programmes.some import at
from tests.desk.register.filled import fill
from tests.recorded.clock import SteppedClock


@dataclass
class Desk:
    """`hop` is invited; each site has a link."""

    headend: Headend
    clock: SteppedClock
    folder: Path
    viewers: str
    operators: str
    key: dict[str, str]
    tokens: dict[str, str] = field(default_factory=dict)


@asynccontextmanager
async def desk_in(folder: Path, sites: tuple[Site, ...], **programme: Any) -> AsyncIterator[Desk]:
    """At 07:50, with a programme from 08:00 to 09:00."""
    registry = Registry(folder / "xacast.db")
    registry.add(channel_of("hop", ["testcard:"], ladder="tiny"), revision=1)
    registry.close()
    settings = Settings(data=folder, viewers=FREE, operators=FREE, machines=FREE)
    database = fill(Database.open(settings.register), *sites)
    add(database, **programme)
    database.close()
    clock = SteppedClock(wall_units=at("07:50") * 48_000)
    headend = Headend(settings=settings, clock=clock)
    ports = await headend.start()
    await headend.access.look()
    made = Desk(headend, clock, folder, ports.viewers.url, ports.operators.url, headers_with(machine_key(folder)))
    for site in sites:
        made.tokens[site.id] = new_token()
        headend.access.guests.put(site.id, Guest(digest=digest_of(made.tokens[site.id])))
    yield made
    await headend.stop()
