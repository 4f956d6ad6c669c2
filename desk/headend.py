"""The headend: packager, store and origin behind three listeners, in one process and one event loop."""

import asyncio
import logging
from functools import cached_property

from aiohttp import web

from desk.access.access import Access
from desk.access.door_settings import proxies_of
from desk.api.document_routes import DocumentRoutes
from desk.application import application
from desk.audit.book import AuditBook
from desk.audit.guard import AuditGuard
from desk.audit.routes import AuditRoutes
from desk.control_api import MOST_BYTES as MOST_DECLARED
from desk.control_api import ControlApi, errors_as_json
from desk.database.door import DatabaseDoor
from desk.descriptors import room_for_viewers
from desk.door_watch import DoorWatch
from desk.doorway import Doorway
from desk.event_file import EventFile
from desk.event_hooks import EventHooks
from desk.event_log import EventLog
from desk.gate import Gate
from desk.guard import local_only
from desk.ingest_routes import MOST_BYTES, ingest_routes
from desk.lineup import Lineup, dismiss
from desk.listener import Listener
from desk.machine_key import machine_key
from desk.machines.guard import MachineGuard
from desk.machines.machine_routes import MachineRoutes
from desk.machines.register import MachineRegister
from desk.master_key import master_key
from desk.one_meaning import last_of_its_connection, one_meaning
from desk.people.desk_people import DeskPeople
from desk.people.second import Rule
from desk.ports import Ports
from desk.programmes.conductor import Conductor
from desk.programmes.outlet import Outlet
from desk.programmes.programme_routes import ProgrammeRoutes
from desk.register.import_routes import ImportRoutes
from desk.register.register_routes import RegisterRoutes
from desk.register.tree_routes import TreeRoutes
from desk.registry import Declared, Registry
from desk.reload.reload_routes import ReloadRoutes
from desk.reload.reloading import Reloading
from desk.settings import Settings
from desk.standing_file import StandingFile
from desk.system import SystemSpawn
from desk.tls.certificates import Certificates
from desk.worker_link import worker_routes
from flow.clock import Clock
from flow.errors import OperatorError, ToolError
from flow.timebase import units_of_ns
from ingest.address_settings import unknown_settings
from ingest.switching.lobby import forget_lobbies
from origin.app import edge_routes
from origin.app import middlewares as origin_middlewares
from origin.app import routes as origin_routes
from origin.disk_store import DiskStore
from origin.guard import unsigned
from origin.keyrings import Keyrings
from origin.memory_store import MemoryStore
from origin.tiered_store import TieredStore
from origin.viewers import Viewers
from packager.ts.remuxer import Remuxer
from player.app import routes as player_routes

_log = logging.getLogger(__name__)

TICK = 0.1
"""Seconds between looks at the clock; a gap is listed at most this late."""
_ANY = Listener("127.0.0.1", 0)
_NO_PORTS = Ports(viewers=_ANY, operators=_ANY, machines=_ANY)
LAST_WORDS = 0.3
"""Seconds that requests under way get when the headend stops."""


class Headend:
    """One headend over one data directory."""

    def __init__(self, *, settings: Settings, clock: Clock, descriptors: int = 1024) -> None:
        self._settings = settings
        self._clock = clock
        self._disk = DiskStore(settings.data / "media")
        self._store = TieredStore(MemoryStore(), self._disk)
        self._remuxer = Remuxer(self._store)
        self._keyrings = Keyrings(
            settings.data / "keys.db", lambda: master_key(settings.data), now=lambda: units_of_ns(clock.wall_ns()),
        )
        self._registry = Registry(settings.database)
        self.database = DatabaseDoor(settings.register, trace=settings.data / "access" / "schedule.json")
        self._spawn = SystemSpawn()
        self._events = EventFile(settings.data / "log" / "events.jsonl")
        log = EventLog(self._events)
        kept = StandingFile(settings.data / "standing")
        self.lineup = Lineup(
            store=self._store, clock=clock, events=log, kept=kept,
            forget=lambda name: forget_lobbies(settings.data / "lobby" / name), recipes=self._remuxer,
            keyrings=self._keyrings,
        )
        self.access = Access(
            settings.data / "access", lineup=self.lineup, clock=clock, database=self.database,
            used=lambda: settings.has_register, devices=settings.devices,
        )
        self._outlet = Outlet(self.access, self.database, settings, clock)
        self.people = DeskPeople(
            self.database, clock, used=lambda: settings.has_register, channel=self._registry.region,
            rule=settings.two_persons, on=self.access.schedule.on, soon=self.access.schedule.soon,
            zone=self._outlet.zone,
            first=None if settings.operators.loopback else settings.data,
        )
        self.conductor = Conductor(
            self.lineup, self.access.schedule, self._outlet.zone, now_s=lambda: clock.wall_ns() // 1_000_000_000,
        )
        self._conducting: asyncio.Task[None] | None = None
        self._admitting: asyncio.Task[None] | None = None
        self._knowing: asyncio.Task[None] | None = None
        self.reloading: Reloading | None = None
        self.hooks = EventHooks(
            log, leashed=self._spawn.leashed, program=settings.on_event, address=settings.event_address,
        )
        self._door = DoorWatch(run=settings.run, lineup=self.lineup, clock=clock)
        self._watching: asyncio.Task[None] | None = None
        self._telling: asyncio.Task[None] | None = None
        self._viewed = Viewers()
        self._certificates = Certificates(settings.data, settings.certificates(), oldest=settings.oldest_tls)
        self._gate = Gate(room_for_viewers(descriptors))
        self._runners: list[web.AppRunner] = []
        self._ticking: asyncio.Task[None] | None = None
        self.ports: Ports | None = None

    async def start(self) -> Ports:
        """Bring every declared channel and the listeners up; raises OperatorError when a port is in use."""
        declared = self._registry.channels()
        for one in declared:  # before the disk looks for what is too old
            self._store.hold(one.channel.id, one.channel.window_s)
        self._disk.start()
        self._events.start()
        for one in declared:
            self._open(one)
        # Of the life before this one: a port that was 0 stays what it became.
        known = Ports.read(self._settings.run) or _NO_PORTS
        self.ports = Ports(
            machines=await self._listen("machines", self._machines(), known.machines),
            operators=await self._listen("operators", self._operators(), known.operators),
            viewers=await self._listen("viewers", self._viewers(), known.viewers, self._gate),
        )
        self._ticking = asyncio.create_task(self._tick())
        self._watching = asyncio.create_task(self._door.watch())
        self._admitting = asyncio.create_task(self.access.keep())
        self._conducting = asyncio.create_task(self.conductor.run())
        self._knowing = asyncio.create_task(self.people.keep())
        self._telling = asyncio.create_task(self.hooks.run())
        self._telling.add_done_callback(_heard_no_more)
        self.ports.write(self._settings.run)
        _log.info("viewers at %s, operators at %s", self.ports.viewers, self.ports.operators)
        return self.ports

    def take(self, new: Settings) -> None:
        """What holds at once of settings that were read again."""
        self.hooks.change(program=new.on_event, address=new.event_address)
        self.access.guests.limit_all(new.devices)
        self.people.second.rule = Rule(new.two_persons)

    def _open(self, declared: Declared) -> None:
        for feed in declared.channel.feeds:  # an upgrade takes nothing off air
            for name in unknown_settings(feed):
                _log.warning("channel %s: “%s” of %s means nothing, and is passed over; stop the channel "
                             "and start it with an address that is right", declared.channel.id, name, feed.shown)
        try:
            self.lineup.open(declared)
        except ToolError as error:  # it keeps none of the others off air
            _log.error("channel %s is not on air: %s", declared.channel.id, error)

    async def run(self, stopping: asyncio.Event) -> None:
        """Until told to stop. An error of the packager's ends the headend, and the supervisor starts it anew."""
        if self._ticking is None:
            return
        waiting = asyncio.create_task(stopping.wait())
        await asyncio.wait({waiting, self._ticking}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if self._ticking.done():
            self._ticking.result()

    async def stop(self) -> None:
        """Close the listeners and write what waits for the disk. Channels stay declared."""
        for task in (self._ticking, self._telling, self._watching, self._admitting, self._knowing,
                     self._conducting):
            if task is not None:
                task.cancel()
        self.lineup.leaving = True
        await dismiss(link for entry in self.lineup for link in entry.links)
        await asyncio.gather(*(runner.cleanup() for runner in self._runners))
        await asyncio.to_thread(self._disk.stop)
        await asyncio.to_thread(self._events.stop)
        await asyncio.to_thread(self._keyrings.stop)
        await asyncio.to_thread(self.database.close)
        self.people.close()
        self._registry.close()

    async def _tick(self) -> None:
        while True:
            self.lineup.tick()
            await asyncio.sleep(TICK)

    def _viewers(self) -> web.Application:
        proxies = proxies_of(self._settings.trusted_proxies)
        app = web.Application(
            middlewares=[self._gate.middleware(), *origin_middlewares(proxies), one_meaning],
        )
        app.add_routes(origin_routes(
            self._remuxer, viewers=self._viewed, keys=self._keyrings, gate=self.access.gate,
            invitations=self.access.invitations, codes=self.access.codes, beside=self._outlet.table(),
        ))
        try:
            app.add_routes(player_routes(self.access.titles, self._outlet))
        except ToolError as error:  # media does not depend on the page
            _log.warning("no pages: %s", error)
        app.cleanup_ctx.append(self._outlet.watch)
        return app

    def _operators(self) -> web.Application:
        api = ControlApi(
            lineup=self.lineup, registry=self._registry, reader=self._store, writer=self._store,
            clock=self._clock, viewed=self._viewed, door=self._door,
            viewers=self._reach, sites=lambda: self.access.links.sites, region=self.people.places.region,
            timetable=self.conductor.timetable, data=self._settings.data, turned=self.access.turned.alarms,
        )
        register = [
            *ImportRoutes(
                spawn=self._spawn, address=self._settings.register, folder=self._settings.run,
                door=self.database, told=self.access.look,
            ).routes(),
            *TreeRoutes(self.database, self.access.look).routes(),
            *RegisterRoutes(self.database, self._clock, self.access.look).routes(),
        ]
        key, book = machine_key(self._settings.data), AuditBook(self._settings.data)
        audit = AuditGuard(book, self._clock.wall_ns).middleware()
        guards = [errors_as_json, local_only, *self.people.guards(key, audit)]
        programmes = ProgrammeRoutes(
            self.database, self._clock, self._outlet.zone, self.access.look,
            on=lambda name: self.lineup.get(name) is not None, tell=self.lineup.events.note,
        ).routes()
        routes = [*api.routes(), *register, *self.access.operators(self._reach), *programmes]
        routes += [*AuditRoutes(book).routes(), *self.people.routes(book), *DocumentRoutes().routes()]
        routes += ReloadRoutes(lambda: self.reloading).routes()
        routes += self._outlet.operators()
        routes += MachineRoutes(
            self._settings, self._machine_guard, self._clock.wall_ns, lambda: self.ports,
        ).routes()
        return application(MOST_DECLARED, guards, routes)

    @cached_property
    def _machine_guard(self) -> MachineGuard:
        data, asks = self._settings.data, self._certificates.asks("machines")
        return MachineGuard(
            MachineRegister(data), local=machine_key(data), now_ns=self._clock.wall_ns, asks=asks,
        )

    def _machines(self) -> web.Application:
        routes = [
            *ingest_routes(self.lineup), *worker_routes(self.lineup), *self.access.machines(),
            *edge_routes(self._remuxer, viewers=self._viewed),
        ]
        guard = self._machine_guard
        app = application(MOST_BYTES, [local_only, guard.middleware()], routes)
        app.cleanup_ctx.extend([guard.watch, self._certificates.watch])
        return app

    def _reach(self) -> str:
        here = self.ports.viewers if self.ports else self._settings.viewers
        return self._settings.public_address or here.show().url

    async def _listen(
        self, name: str, app: web.Application, before: Listener, gate: Gate | None = None,
    ) -> Listener:
        wish: Listener = getattr(self._settings, name)
        tls = self._certificates.context(name)
        app.on_response_prepare.extend([unsigned, last_of_its_connection])
        # A viewer who goes away while a request is parked ends the handler at once (T-17).
        runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=LAST_WORDS)
        await runner.setup()
        self._runners.append(runner)
        place = Listener(wish.host, wish.port or before.port)
        try:
            await Doorway(runner, place, gate=gate, tls=tls).start()
        except OSError as error:
            problem = f"{place} cannot be opened: {error.strerror}"
            raise OperatorError(problem, "End what uses it, or choose another port") from error
        return Listener(wish.host, runner.addresses[0][1], secure=tls is not None)


def _heard_no_more(telling: asyncio.Task[None]) -> None:
    """No viewer is to miss a picture for want of an alarm, but somebody is to know."""
    if not telling.cancelled() and (error := telling.exception()) is not None:
        _log.error("events are told to nobody any more, until the headend starts anew", exc_info=error)
