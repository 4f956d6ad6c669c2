"""What sites find, taken from the event loop at once and written to the database a moment later."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from typing import TYPE_CHECKING

from aiohttp import web

from desk.database.door import DatabaseDoor
from desk.programmes.programme import ProgrammeId
from desk.readiness.outcome import Outcome
from flow.errors import OperatorError
from flow.ids import ChannelId
from flow.self_test import SelfTest

if TYPE_CHECKING:
    from desk.database.database import Database
    from desk.readiness.self_test_store import Key

_log = logging.getLogger(__name__)
PAUSE = 2.0
"""Seconds between writings: thousands of sites try themselves in the same minutes."""
AGAIN = 10.0
"""Seconds until a database is asked again that was not there."""

At = Callable[[str, ChannelId], ProgrammeId | None]
"""The programme on a channel, or in rehearsal, that a site is invited to."""


class SelfTests:
    """Lives in the event loop. With the database gone tests wait in memory: one of each site and programme."""

    def __init__(self, database: DatabaseDoor, at: At, now: Callable[[], int]) -> None:
        """`now` is in Unix seconds."""
        self._database = database
        self._at = at
        self._now = now
        self._waiting: dict[Key, Outcome] = {}
        self._some = asyncio.Event()

    def take(self, site: str, channel: ChannelId, test: SelfTest) -> bool:
        """Note what a site found; False when it is at no programme on the channel now."""
        programme = self._at(site, channel)
        if programme is None:
            return False
        self._waiting[programme, site] = Outcome(test=test, at_s=self._now())
        self._some.set()
        return True

    def waiting(self) -> "Mapping[Key, Outcome]":
        """What is not in the database yet, as it is now."""
        return dict(self._waiting)

    async def watch(self, _app: web.Application) -> AsyncIterator[None]:
        """For `app.cleanup_ctx`: write until the application ends, and once more then."""
        keeping = asyncio.create_task(self._keep())
        yield
        keeping.cancel()
        await self.write()

    async def _keep(self) -> None:
        while True:
            await self._some.wait()
            await asyncio.sleep(PAUSE if await self.write() else AGAIN)

    async def write(self) -> bool:
        """Put what waits into the database; False, with all of it still waiting, when that is gone."""
        self._some.clear()
        tests = dict(self._waiting)
        if not tests:
            return True
        try:
            await self._database.ask(lambda database: _put(database, tests))
        except OperatorError as error:
            _log.warning("%d tests of sites wait for the database: %s", len(tests), error)
            self._some.set()
            return False
        except Exception:  # noqa: BLE001 - what cannot be written must not keep what comes from being written
            _log.exception("%d tests of sites are lost", len(tests))
        for key, outcome in tests.items():
            if self._waiting.get(key) is outcome:
                del self._waiting[key]
        return True


def _put(database: "Database", tests: "Mapping[Key, Outcome]") -> None:
    from desk.readiness.self_test_store import SelfTestStore  # noqa: PLC0415 - brings SQLAlchemy along

    with database.writing() as connection:
        SelfTestStore(connection).put(tests)
