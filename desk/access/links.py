"""The links of sites: changed in the database, known in memory, remembered on the disk for the next life."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from desk.access.guest_file import GuestFile
from desk.access.guest_list import Guest, GuestList
from desk.database.door import DatabaseDoor
from flow.errors import OperatorError
from flow.site_token import digest_of, new_token

if TYPE_CHECKING:
    from desk.access.link_book import Known, Stamp
    from desk.database.database import Database

T = TypeVar("T")

_log = logging.getLogger(__name__)


class Links:
    """Every change is in the database first, then in memory, in that order and one after the other."""

    def __init__(
        self, database: DatabaseDoor, guests: GuestList, file: Path, *, wall_ns: Callable[[], int],
        used: Callable[[], bool] = lambda: True,
    ) -> None:
        """`used` says whether there is a database at all; until there is, none is made only to look into it."""
        self._database = database
        self._guests = guests
        self._file = GuestFile(file)
        self._wall_ns = wall_ns
        self._used = used
        self._changing = asyncio.Lock()
        self._stamp: Stamp | None = None
        self._gone = False
        self.sites = 0
        guests.replace(self._file.read())

    async def give(self, sites: Sequence[str]) -> dict[str, str]:
        """New tokens by site, told this once; raises RefusedError for a site that is not registered."""
        from desk.access.link_book import give  # noqa: PLC0415 - brings SQLAlchemy along

        tokens = {site: new_token() for site in sites}
        digests = {site: digest for site, token in tokens.items() if (digest := digest_of(token)) is not None}
        async with self._changing:
            now = self._wall_ns()
            await self._database.ask(lambda database: give(database, digests, now_ns=now))
            await self._look()
        return tokens

    async def revoke(self, sites: Sequence[str]) -> None:
        """Shut sites out, with all that they hold; raises RefusedError for a site that is not registered."""
        from desk.access.link_book import revoke  # noqa: PLC0415 - brings SQLAlchemy along

        async with self._changing:
            now = self._wall_ns()
            await self._know(await self._database.ask(lambda database: revoke(database, sites, now_ns=now)))

    async def change(self, work: "Callable[[Database, int], T]") -> T:
        """Have something else of sites' access changed, at a moment (nanoseconds since 1970): what it says."""
        async with self._changing:
            now = self._wall_ns()
            done = await self._database.ask(lambda database: work(database, now))
            await self._look()
        return done

    async def sites_of(self, region: str) -> frozenset[str]:
        """The sites of a region and of everything below it; raises DatabaseGoneError."""
        from desk.access.link_book import sites_of  # noqa: PLC0415 - brings SQLAlchemy along

        return await self._database.ask(lambda database: sites_of(database, region))

    async def look(self) -> None:
        """Take note of what others have changed in the database; never raises. Without it, what is known holds."""
        if not self._used():
            return
        try:
            async with self._changing:
                await self._look()
            self._gone = False
        except OperatorError as error:
            if not self._gone:
                _log.error("sites are let in as they were known last: %s", error)
            self._gone = True

    async def _look(self) -> None:
        from desk.access.link_book import known, stamp  # noqa: PLC0415 - brings SQLAlchemy along

        now = await self._database.ask(stamp)
        if now == self._stamp:
            return
        found: Known = await self._database.ask(known)
        self._stamp = now
        self.sites = found.sites
        changed = await asyncio.to_thread(_differences, self._guests.guests(), found.guests)
        for site, guest in changed.items():
            self._guests.put(site, guest)
        self._guests.forget_old()
        if changed:
            await asyncio.to_thread(self._file.write, self._guests.guests())

    async def _know(self, changed: Mapping[str, Guest]) -> None:
        for site, guest in changed.items():
            self._guests.put(site, guest)
        await asyncio.to_thread(self._file.write, self._guests.guests())


def _differences(before: Mapping[str, Guest], now: Mapping[str, Guest]) -> dict[str, Guest]:
    """What became of whom; in a thread, since there may be tens of thousands."""
    gone = {site: Guest() for site in before if site not in now}
    return gone | {site: guest for site, guest in now.items() if before.get(site) != guest}
