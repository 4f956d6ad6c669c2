"""The agenda as lists, guides and pages ask for it: from memory, looked up in the database now and then."""

import asyncio
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from desk.database.door import DatabaseDoor
from desk.programmes.agenda import Agenda
from desk.programmes.programme import ProgrammeId
from desk.programmes.window import MARGIN_S
from flow.errors import OperatorError
from flow.ids import ChannelId
from flow.listing import Document, Item
from flow.occasion import Occasion

if TYPE_CHECKING:
    from desk.programmes.window_load import Stamp

_log = logging.getLogger(__name__)

ANEW_S = 3_600
"""What was looked up so long ago is looked up anew, whatever has changed: time goes on."""
WEEK_S = 7 * 24 * 3_600
"""So far lists and guides look ahead."""
KEPT_S = 12 * 3_600
"""So long a page says what has ended, and hands its documents out: the rest of the day."""


class AgendaKeeper:
    """Lives in the event loop. With the database gone it goes by what it knew last; in a new life it knows nothing
    until it is back."""

    def __init__(self, database: DatabaseDoor, *, now: Callable[[], int], used: Callable[[], bool]) -> None:
        """`now` is in Unix seconds; `used` says whether there is a database at all: until then none is made."""
        self._database = database
        self._now = now
        self._used = used
        self._looking = asyncio.Lock()
        self._stamp: Stamp | None = None
        self._looked = 0
        self._agenda = Agenda()

    def coming(self, site: str) -> list[Item]:
        """What the site is invited to, now and within a week."""
        return self._agenda.coming(site, self._now(), ahead_s=WEEK_S)

    def at(self, site: str, channel: ChannelId) -> ProgrammeId | None:
        """The programme on the channel, or in rehearsal, that the site is invited to."""
        return self._agenda.at(site, channel, self._now())

    def documents(self, site: str, channel: ChannelId) -> list[Document]:
        """What is handed out to the site on a channel now: from the rehearsal to some hours after the end, unless
        the next one is in rehearsal."""
        return self._agenda.documents(site, channel, self._now(), margin_s=MARGIN_S, kept_s=KEPT_S)

    def occasion(self, site: str, channel: ChannelId) -> Occasion:
        """What the site's page says of a channel's programmes."""
        return self._agenda.occasion(site, channel, self._now(), margin_s=MARGIN_S, kept_s=KEPT_S)

    def name(self, site: str) -> str:
        """What the site is called; empty while nobody has said."""
        return self._agenda.names.get(site, "")

    async def look(self) -> None:
        """Take note of what has changed in the database; never raises."""
        if not self._used():
            return
        try:
            async with self._looking:
                await self._look()
        except OperatorError as error:
            _log.info("the guide is as it was known last: %s", error)  # the schedule says it louder

    async def _look(self) -> None:
        from desk.programmes.agenda_load import load_agenda  # noqa: PLC0415 - brings SQLAlchemy along
        from desk.programmes.window_load import stamp  # noqa: PLC0415

        seen, now = await self._database.ask(stamp), self._now()
        if seen == self._stamp and now - self._looked < ANEW_S:
            return
        self._agenda = await self._database.ask(lambda database: load_agenda(database, now))
        self._stamp = seen
        self._looked = now
