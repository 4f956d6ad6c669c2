"""A headend's rooms on a stepped clock, without listeners: what its routes are tested over."""

from pathlib import Path

from aiohttp import web

from desk.control_api import ControlApi, errors_as_json
from desk.door_watch import DoorWatch
from desk.guard import local_only
from desk.ingest_routes import ingest_routes
from desk.lineup import Lineup
from desk.registry import Registry
from desk.worker_link import worker_routes
from origin.memory_store import MemoryStore
from origin.viewers import Viewers
from tests.recorded.builder import EPOCH
from tests.recorded.clock import SteppedClock


class Rooms:
    """Lineup, registry and store, and the applications over them."""

    def __init__(self, data: Path) -> None:
        self.clock = SteppedClock(wall_units=EPOCH)
        self.store = MemoryStore()
        self.registry = Registry(data / "xacast.db")
        self.lineup = Lineup(store=self.store, clock=self.clock)
        self.door = DoorWatch(run=data / "run", lineup=self.lineup, clock=self.clock)

    def machines(self) -> web.Application:
        """The machines' listener."""
        app = web.Application(middlewares=[local_only])
        app.add_routes([*ingest_routes(self.lineup), *worker_routes(self.lineup)])
        return app

    def operators(self) -> web.Application:
        """The operators' listener."""
        api = ControlApi(
            lineup=self.lineup, registry=self.registry, reader=self.store, writer=self.store, clock=self.clock,
            viewers=lambda: "http://127.0.0.1:8080", viewed=Viewers(), door=self.door,
        )
        app = web.Application(middlewares=[local_only, errors_as_json])
        app.add_routes(api.routes())
        return app
