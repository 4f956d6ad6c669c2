"""What programmes bring to their audience beside the picture: lists, guide, documents; for one headend."""

from datetime import tzinfo
from pathlib import Path

from aiohttp import web

from desk.access.access import Access
from desk.database.door import DatabaseDoor
from desk.documents.shelf import Shelf
from desk.documents.upload_routes import UploadRoutes
from flow.clock import Clock
from flow.ids import ChannelId
from flow.listing import Document, Item
from origin.documents import Documents
from origin.paths import Table
from origin.stb.lists import Lists


class Outlet:
    """Wires what is in memory to what asks for it."""

    def __init__(
        self, access: Access, database: DatabaseDoor, folder: Path, *, clock: Clock, zone: tzinfo,
    ) -> None:
        """`folder` is where documents are kept; `zone` has the clock that guides and pages are read by."""
        self._access = access
        self._database = database
        self._shelf = Shelf(folder)
        self._clock = clock
        self.zone = zone

    def table(self) -> Table:
        """Addresses of the viewers' listener."""
        invitations, agenda = self._access.invitations, self._access.agenda
        return {
            **Lists(invitations, self._access.titles, agenda.coming, self.zone).table(),
            **Documents(invitations, agenda.documents, self._shelf.folder).table(),
        }

    def operators(self) -> list[web.AbstractRouteDef]:
        """Routes of the operators' listener."""
        self._shelf.sweep()
        return UploadRoutes(self._database, self._shelf, self._clock, self._access.look).routes()

    def coming(self, request: web.Request) -> list[Item]:
        """What who asks is invited to in the days to come."""
        site = self._access.invitations.site_of(request)
        now_s = self._clock.wall_ns() // 1_000_000_000
        return [] if site is None else [one for one in self._access.agenda.coming(site) if one.start_s > now_s]

    def documents(self, request: web.Request, channel: ChannelId) -> list[Document]:
        """What is handed out just now on a channel to who asks."""
        site = self._access.invitations.site_of(request)
        return [] if site is None else self._access.agenda.documents(site, channel)
