"""What programmes bring to their audience beside the picture: lists, guide, documents, the test of a site; for one
headend."""

from collections.abc import AsyncIterator

from aiohttp import web

from desk.access.access import Access
from desk.database.door import DatabaseDoor
from desk.documents.shelf import Shelf
from desk.documents.upload_routes import UploadRoutes
from desk.programmes.times import zone_of
from desk.readiness.readiness_routes import ReadinessRoutes
from desk.readiness.self_tests import SelfTests
from desk.settings import Settings
from flow.clock import Clock
from flow.ids import ChannelId
from flow.listing import Document, Item
from flow.occasion import Occasion
from origin.documents import Documents
from origin.paths import Table
from origin.self_tests import SelfTests as SelfTestRoutes
from origin.stb.lists import Lists

_SECOND = 1_000_000_000


class Outlet:
    """Wires what is in memory to what asks for it."""

    def __init__(self, access: Access, database: DatabaseDoor, settings: Settings, clock: Clock) -> None:
        self._public = settings.public_address
        self._access = access
        self._database = database
        self._shelf = Shelf(settings.data / "documents")
        self._clock = clock
        self.zone = zone_of(settings.timezone)
        """Has the clock that guides and pages are read by."""
        self._tests = SelfTests(database, access.agenda.at, lambda: clock.wall_ns() // _SECOND)

    def table(self) -> Table:
        """Addresses of the viewers' listener."""
        invitations, agenda = self._access.invitations, self._access.agenda
        return {
            **Lists(invitations, self._access.titles, agenda.coming, self.zone, self._public).table(),
            **Documents(invitations, agenda.documents, self._shelf.folder).table(),
            **SelfTestRoutes(invitations, self._tests.take).table(),
        }

    def operators(self) -> list[web.AbstractRouteDef]:
        """Routes of the operators' listener."""
        self._shelf.sweep()
        return [
            *UploadRoutes(self._database, self._shelf, self._clock, self._access.look).routes(),
            *ReadinessRoutes(self._database, self._tests, self._clock, self.zone).routes(),
        ]

    def watch(self, app: web.Application) -> AsyncIterator[None]:
        """For `app.cleanup_ctx`: what sites find is written while the application lives."""
        return self._tests.watch(app)

    def coming(self, request: web.Request) -> list[Item]:
        """What who asks is invited to in the days to come."""
        site = self._access.invitations.site_of(request)
        now_s = self._clock.wall_ns() // _SECOND
        return [] if site is None else [one for one in self._access.agenda.coming(site) if one.start_s > now_s]

    def site(self, request: web.Request) -> str:
        """What the site is called that asks."""
        site = self._access.invitations.site_of(request)
        return "" if site is None else self._access.agenda.name(site)

    def elsewhere(self, request: web.Request) -> bool:
        """Whether a site asks from where it may not be."""
        return self._access.invitations.elsewhere(request)

    def occasion(self, request: web.Request, channel: ChannelId) -> Occasion:
        """What who asks is told of a channel's programmes."""
        site = self._access.invitations.site_of(request)
        return Occasion() if site is None else self._access.agenda.occasion(site, channel)

    def tries(self, request: web.Request) -> bool:
        """Whether who asks is a site."""
        return self._access.invitations.site_of(request) is not None

    def documents(self, request: web.Request, channel: ChannelId) -> list[Document]:
        """What is handed out just now on a channel to who asks."""
        site = self._access.invitations.site_of(request)
        return [] if site is None else self._access.agenda.documents(site, channel)
