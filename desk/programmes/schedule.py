"""The schedule as the gate asks for it: from memory with every request, looked up in the database now and then."""

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from desk.database.door import DatabaseDoor
from desk.programmes.programme import Programme
from desk.programmes.window import MARGIN_S, Windows
from desk.programmes.window_file import WindowFile
from flow.errors import OperatorError
from flow.ids import ChannelId

if TYPE_CHECKING:
    from desk.programmes.window_load import Stamp

_log = logging.getLogger(__name__)

ANEW_S = 3_600
"""What was looked up so long ago is looked up anew, whatever has changed: time goes on."""


class Schedule:
    """Lives in the event loop. With the database `gone` it goes by what it knew last, for some hours."""

    def __init__(
        self, database: DatabaseDoor, file: Path, *, now: Callable[[], int], used: Callable[[], bool],
    ) -> None:
        """`now` is in Unix seconds; `used` says whether there is a database at all: until then none is made."""
        self._database = database
        self._file = WindowFile(file)
        self._now = now
        self._used = used
        self._looking = asyncio.Lock()
        self._stamp: Stamp | None = None
        self._looked = 0
        self.gone = False
        self.changes = 0
        kept = self._file.read()
        self._windows = kept or Windows()
        self._known = kept is not None

    def rules(self, channel: ChannelId) -> bool:
        """Whether the schedule says who may watch the channel: it has programmes, or nobody knows yet whether."""
        return channel in self._windows.channels or (not self._known and self._used())

    def watches_until(self, site: str, channel: ChannelId) -> int | None:
        """Until when a site may watch a channel that has programmes (Unix seconds), None when it may not now.

        For a programme that only an operator ends it is about an hour from now on: the page asks again by itself.
        The margin ends where a programme begins that the site is not invited to.
        """
        now = self._now()
        window = self._windows.at(channel, now)
        if window is None or site not in window.sites:
            return None
        if window.until_s is None:
            return now + ANEW_S + MARGIN_S
        until = window.until_s + MARGIN_S
        others = [one.from_s for one in self._windows.after(channel, window) if site not in one.sites]
        return min([until, *others])

    def since(self, site: str, channel: ChannelId) -> int:
        """From when on a site may see the past of a channel (Unix seconds): from the beginning of what it is
        invited to now, and of what went before as long as it was invited to that too; 0 of one without programmes.
        """
        return self._windows.since(site, channel, self._now())

    def stays(self, site: str, channel: ChannelId) -> bool:
        """Whether a site that was let in to a channel that has programmes may go on: as long as it is invited, and
        for the margin after what it was invited to, unless another programme is on."""
        if not self._known:  # who was let in is let in; until it is known who is invited, nobody else is
            return True
        now = self._now()
        window = self._windows.at(channel, now)
        if window is not None:
            return site in window.sites
        return any(site in one.sites for one in self._windows.ended(channel, now, within_s=MARGIN_S))

    def programmes(self, channel: ChannelId) -> tuple[Programme, ...]:
        """Those of a channel that say what its picture is now and in the hours to come, without their audience."""
        return self._windows.programmes.get(channel, ())

    @property
    def known(self) -> bool:
        """Whether it is known what there is: where no file says, not before the database was asked."""
        return self._known or not self._used()

    @property
    def mark(self) -> int:
        """How new what is known is: it grows with each change of a programme."""
        return self._windows.mark

    def on(self, channel: str, national: bool) -> bool:
        """Whether a programme is on the channel, or in rehearsal; if `national`, one for the country."""
        window = self._windows.at(ChannelId(channel), self._now())
        return window is not None and (window.national or not national)

    def soon(self, channel: str, national: bool) -> bool:
        """Whether a programme is to come on the channel in the hours that are known; if `national`, one for the
        country."""
        now = self._now()
        windows = self._windows.channels.get(ChannelId(channel), ())
        return any(one.from_s > now and (one.national or not national) for one in windows)

    async def look(self) -> None:
        """Take note of what has changed in the database; never raises."""
        if not self._used():
            return
        try:
            async with self._looking:
                await self._look()
            self.gone = False
        except OperatorError as error:
            if not self.gone:
                _log.error("the schedule is as it was known last: %s", error)
            self.gone = True

    async def _look(self) -> None:
        from desk.programmes.window_load import load_windows, stamp  # noqa: PLC0415 - brings SQLAlchemy along

        seen, now = await self._database.ask(stamp), self._now()
        if seen == self._stamp and now - self._looked < ANEW_S:
            return
        found = await self._database.ask(lambda database: load_windows(database, now))
        self._stamp = seen
        self._looked = now
        if found != self._windows or not self._known:
            self._windows, self._known = found, True
            self.changes += 1
            await asyncio.to_thread(self._file.write, found)
