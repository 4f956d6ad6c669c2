"""All that says who may do what at the desk, in one place, for one headend."""

import asyncio
import logging
from collections.abc import Callable
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiohttp import web
from aiohttp.typedefs import Middleware

from desk.audit.book import AuditBook
from desk.audit.sign_ins import SignIns
from desk.database.door import DatabaseDoor
from desk.people.account_routes import AccountRoutes
from desk.people.first import First
from desk.people.guard import PeopleGuard
from desk.people.people import People
from desk.people.places import Places
from desk.people.second import Rule
from desk.people.second_guard import SecondGuard
from desk.people.session_routes import SessionRoutes
from flow.clock import Clock

if TYPE_CHECKING:
    from desk.programmes.foresight import Foresight

_log = logging.getLogger(__name__)
_SECOND = 1_000_000_000
LOOK = 10.0
"""Seconds between looks at what others have changed in the database."""


class DeskPeople:
    """Accounts, sessions and the guard over them."""

    def __init__(
        self, database: DatabaseDoor, clock: Clock, *, used: Callable[[], bool],
        channel: Callable[[str], str | None], rule: str, on: Callable[[str, bool], bool], zone: tzinfo,
        first: Path | None = None, soon: Callable[[str, bool], bool] = lambda _channel, _national: False,
    ) -> None:
        """`used` says whether there is a database at all, `channel` which region a channel's name belongs to;
        `rule`, `on` and `soon` are as `desk.people.second_guard` takes them, `zone` is the schedule's. `first` is
        where the first account's password goes, None where nobody but this machine reaches the desk."""
        self._clock = clock
        self.people = People(database, now=lambda: clock.wall_ns() // _SECOND, steady=self._steady, used=used)
        self.places = Places(self.people, database, channel)
        self._first = First(self.people, first, clock.wall_ns) if first else None
        self._book: AuditBook | None = None
        self.second = SecondGuard(
            Rule(rule), on=on, channel=self.places.channel_of_programme, steady=self._steady, soon=soon,
            foreseen=self._foreseen,
        )
        self._database = database
        self._zone = zone

    def guards(self, key: str, audit: Middleware) -> list[Middleware]:
        """For the operators' listener, in their order; `key` is the machine's."""
        return [PeopleGuard(self.people, self.places, key).middleware(), audit, self.second.middleware()]

    def routes(self, book: AuditBook) -> list[web.AbstractRouteDef]:
        """Of the operators' listener; what the desk does by itself is put into the same book."""
        self._book = book
        return [
            *SessionRoutes(self.people, SignIns(book, self._clock.wall_ns), self.places.person).routes(),
            *AccountRoutes(self.people, self.places.region, self._steady).routes(), *self.second.routes(),
        ]

    async def keep(self) -> None:
        """Look at what others have changed, until it is cancelled."""
        while True:
            try:
                await (self._first.look(self._book) if self._first and self._book else self.people.look())
            except Exception:  # noqa: BLE001 - what is known holds, and the next look may be better
                _log.exception("looking at who may sign in failed")
            await asyncio.sleep(LOOK)

    def close(self) -> None:
        """End what runs beside the event loop."""
        self.people.hashing.close()

    async def _foreseen(
        self, words: dict[str, Any], channel: str, programme: str, within: str,
    ) -> "Foresight | None":
        from desk.programmes.foresight import foreseen  # noqa: PLC0415 - brings SQLAlchemy along

        now_s = self._clock.wall_ns() // _SECOND
        return await self._database.ask(lambda database: foreseen(
            database, words, self._zone, now_s, channel=channel, programme=programme, within=within,
        ))

    def _steady(self) -> int:
        return self._clock.monotonic_ns() // _SECOND
