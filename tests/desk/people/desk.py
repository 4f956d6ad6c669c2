"""A desk with accounts on a stepped clock and a real database; passwords are hashed cheaply."""

import tempfile
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestClient

from desk.audit.book import AuditBook
from desk.audit.chain import read_line
from desk.audit.guard import AuditGuard
from desk.control_api import errors_as_json
from desk.database.database import Database
from desk.database.door import DatabaseDoor
from desk.people.account import Account
from desk.people.desk_people import DeskPeople
from desk.people.hashing import Hashing
from desk.people.person import person_of
from desk.people.role import Role
from desk.people.second import Rule
from tests.desk.programmes.filled import HERE
from tests.desk.register.filled import a_site, fill
from tests.recorded.builder import EPOCH
from tests.recorded.clock import SteppedClock

KEY = "the-machine-s-key"
PASSWORD = "con mèo xanh ăn cỏ"
CHANNELS = {"hop": "", "hanoi": "01", "thai": "19"}
"""Regions of channels."""
ACCOUNTS = (("lan", Role.ADMINISTRATOR, ""), ("mai", Role.OPERATOR, ""), ("ha", Role.DIRECTOR, "01"))


def cheap() -> Hashing:
    return Hashing(passes=1, kib=8)


class Desk:
    """Everything that knows people, and a channel's route to try it on."""

    def __init__(
        self, data: Path, address: str = "", *, filled: bool = False, rule: Rule = Rule.OFF,
        on: Collection[str] = (), soon: Collection[str] = (),
    ) -> None:
        """`on` are channels with a programme for all sites, `soon` those that will have one."""
        self.address = address or f"sqlite:///{data / 'register.db'}"
        if not filled:
            (data / "register.db").write_bytes(_register())
        self.clock = SteppedClock(wall_units=EPOCH)
        self.door = DatabaseDoor(self.address)
        self.book = AuditBook(data)
        self.desk = DeskPeople(
            self.door, self.clock, used=lambda: True, channel=CHANNELS.get, rule=rule, zone=HERE,
            on=lambda name, _national: name in on, soon=lambda name, _national: name in soon,
        )
        self.people = self.desk.people
        self.people.hashing.close()
        self.people.hashing = cheap()

    async def add(self, *accounts: tuple[str, Role, str]) -> None:
        """Accounts, all with `PASSWORD`."""
        for name, role, region in accounts or ACCOUNTS:
            await self.people.add(Account(name=name, role=role, region=region), PASSWORD)

    async def token(self, name: str = "lan") -> str:
        return (await self.people.sign_in(name, PASSWORD, address=f"127.0.0.{len(name)}"))[0]

    def app(self) -> web.Application:
        audit = AuditGuard(self.book, self.clock.wall_ns).middleware()
        guards = [errors_as_json, *self.desk.guards(KEY, audit)]
        app = web.Application(middlewares=guards)
        app.add_routes(self.desk.routes(self.book))
        app.add_routes([
            web.get("/healthz", _who), web.get("/metrics", _who), web.get("/api/v1/channels/{name}", _who),
            web.post("/api/v1/channels/{name}/commands", _who),
            web.post("/api/v1/channels/{name}/programme/start", _who),
            web.post("/api/v1/programmes", _who), web.patch("/api/v1/channels/{name}", _who),
            web.post("/api/v1/channels/{name}/marks", _who), web.delete("/api/v1/channels/{name}", _who),
            web.get("/api/v1/sites/{site}", _who), web.get("/api/v1/programmes/{programme}", _who),
            web.post("/api/v1/sites", _who), web.post("/api/v1/channels", _who), web.get("/nobody-s", _who),
            web.get("/api/v1/audit", _who),
        ])

        async def leave(_app: web.Application) -> None:
            self.close()

        app.on_cleanup.append(leave)
        return app

    def entries(self) -> list[dict[str, Any]]:
        """What the audit has."""
        return [words["entry"] for line in self.book.page(0)[0] if (words := read_line(line))]

    def close(self) -> None:
        self.door.close()
        self.desk.close()


@cache
def _register() -> bytes:
    """A register with two sites, made once: SQLite's file as it is when nobody has it open."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.db"
        fill(Database.open(f"sqlite:///{path}"), a_site(), a_site("s19", "19")).close()
        return path.read_bytes()


async def _who(request: web.Request) -> web.Response:
    return web.json_response({"name": person_of(request).name})


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


async def ask(
    client: TestClient, method: str, path: str, token: str = KEY, headers: dict[str, str] | None = None,
    **words: object,
) -> tuple[int, Any]:
    """Status and JSON; without a token nobody asks."""
    given = (bearer(token) if token else {}) | (headers or {})
    sent = {"json": words} if words or method in {"POST", "PATCH"} else {}
    async with client.request(method, path, headers=given, **sent) as answer:
        return answer.status, await answer.json() if answer.content_type == "application/json" else None
