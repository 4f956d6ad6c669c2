"""Who is let in to the machines' listener."""

import asyncio
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient

from desk.machines.guard import STRANGER, WINDOW_MS, MachineGuard
from desk.machines.machine import LOCAL, Kind
from desk.machines.register import MachineRegister
from desk.machines.signature import Asked, digest_of, sign
from desk.machines.signer import Signer
from flow.wire import H_WHY

NOW = 1_795_000_000_000
LATER = NOW + 100_000
"""The headend has been up for a while."""


class Hall:
    """A guarded listener, its clock, and its register."""

    def __init__(self, data: Path) -> None:
        self.ms = NOW
        self.register = MachineRegister(data)
        self.key = self.register.add("studio-2", Kind.WORKER, now=1).key
        self.edge = self.register.add("edge-1", Kind.EDGE, now=1).key
        self.guard = MachineGuard(self.register, local="local-key", now_ns=self.now_ns)
        self.ms = LATER
        self.bodies: list[bytes] = []
        self.app = web.Application(middlewares=[self.guard.middleware()])
        self.app.cleanup_ctx.append(self.guard.watch)
        self.app.add_routes([
            web.put("/ingest/{name}", self.take), web.get("/ingest/{name}", self.take),
            web.get("/live/{name}", self.take), web.get("/worker/{name}", self.hold),
        ])

    def now_ns(self) -> int:
        return self.ms * 1_000_000

    async def take(self, request: web.Request) -> web.Response:
        self.bodies.append(await request.read())
        return web.Response(text="in")

    async def hold(self, request: web.Request) -> web.StreamResponse:
        link = web.WebSocketResponse()
        await link.prepare(request)
        async for _message in link:
            pass
        return link

    def signs(self, name: str, key: str, ms: int = LATER) -> list[Signer]:
        return [Signer(name, key, lambda: ms * 1_000_000)]


@pytest.fixture
def hall(tmp_path: Path) -> Hall:
    return Hall(tmp_path)


@pytest.fixture
async def client(hall: Hall, aiohttp_client: Any) -> TestClient[Any, Any]:
    made: TestClient[Any, Any] = await aiohttp_client(hall.app)
    return made


async def test_a_machine_that_signs_is_let_in_with_all_that_it_sends(
    hall: Hall, client: TestClient[Any, Any],
) -> None:
    for around in (hall.signs("studio-2", hall.key), hall.signs(LOCAL, "local-key")):
        for path in ("/ingest/hop", "/ingest/h%C3%B2a?x=%2F&y=1"):
            answer = await client.put(path, data=b"chunk", middlewares=around, headers={"Xacast-Worker": "1"})
            assert answer.status == 200
    assert hall.bodies == [b"chunk"] * 4


@pytest.mark.parametrize(("name", "key", "path", "why"), [
    ("studio-2", "guessed", "/ingest/hop", STRANGER), ("nobody", "guessed", "/ingest/hop", STRANGER),
    (LOCAL, "guessed", "/ingest/hop", STRANGER), ("studio-2", "", "/live/hop", "not for workers"),
    ("edge-1", "", "/ingest/hop", "not for edges"),
])
async def test_others_are_not_and_a_machine_has_its_own_business_alone(
    hall: Hall, client: TestClient[Any, Any], name: str, key: str, path: str, why: str,
) -> None:
    """T-24, T-29: and a stranger does not hear whether there is such a machine."""
    own = {"studio-2": hall.key, "edge-1": hall.edge}.get(name, "")
    answer = await client.get(path, middlewares=hall.signs(name, key or own))
    assert answer.status == 401
    assert why in answer.headers[H_WHY]
    assert hall.bodies == []


@pytest.mark.parametrize("headers", [
    {}, {"Authorization": "Bearer local-key"}, {"Authorization": "Bearer ü"},
    {"Authorization": "XACAST-HMAC-SHA256 id="},
])
async def test_who_signs_nothing_is_nobody(client: TestClient[Any, Any], headers: dict[str, str]) -> None:
    """T-29, T-45: the key itself opens nothing here, so whoever listens has heard nothing."""
    assert (await client.get("/ingest/hop", headers=headers)).status == 401
    assert (await client.get("/nowhere", headers=headers)).status == 401


@pytest.mark.parametrize(("off", "said"), [
    (WINDOW_MS, ""), (-WINDOW_MS, ""), (WINDOW_MS + 1, "30.0 s ahead"), (-WINDOW_MS - 1, "30.0 s behind"),
])
async def test_the_time_must_be_ours(hall: Hall, client: TestClient[Any, Any], off: int, said: str) -> None:
    """T-29: ±30 s; who proved who he is hears how far his clock is off."""
    answer = await client.get("/ingest/hop", middlewares=hall.signs("studio-2", hall.key, LATER + off))
    assert answer.status == (401 if said else 200)
    assert said in answer.headers.get(H_WHY, "")


async def test_what_was_signed_before_this_life_is_not_answered(hall: Hall, client: TestClient[Any, Any]) -> None:
    """T-29: the last one may have answered it, and its numbers are forgotten."""
    hall.ms = NOW + 5_000
    answer = await client.get("/ingest/hop", middlewares=hall.signs("studio-2", hall.key, NOW - 2_000))
    assert answer.status == 401
    answer = await client.get("/ingest/hop", middlewares=hall.signs("studio-2", hall.key, NOW + 100))
    assert answer.status == 200


def _signed(hall: Hall, digest: str) -> dict[str, str]:
    asked = Asked(method="PUT", target="/ingest/hop", headers={})
    return {"Authorization": str(sign(hall.key, asked, name="studio-2", time_ms=LATER, nonce="n", body=digest))}


async def test_a_request_that_was_seen_serves_nobody_again(hall: Hall, client: TestClient[Any, Any]) -> None:
    """T-29."""
    headers = _signed(hall, digest_of(b"chunk"))
    statuses = [(await client.put("/ingest/hop", data=b"chunk", headers=headers)).status for _ in range(3)]
    assert statuses == [200, 401, 401]


async def test_another_body_than_the_signed_one_is_not_taken(hall: Hall, client: TestClient[Any, Any]) -> None:
    headers = _signed(hall, digest_of(b"chunk"))
    answer = await client.put("/ingest/hop", data=b"other", headers=headers)
    assert answer.status == 401
    assert "not what was signed" in answer.headers[H_WHY]
    assert hall.bodies == []


async def test_a_revoked_machine_is_out_and_the_others_go_on(
    hall: Hall, client: TestClient[Any, Any], tmp_path: Path,
) -> None:
    """T-24: what it has open ends, and each further request is told why."""
    other = MachineRegister(tmp_path)
    other.add("studio-3", Kind.WORKER, now=1)
    hall.guard.look()
    third = hall.register.get("studio-3")
    assert third is not None
    second = aiohttp.ClientSession(middlewares=hall.signs("studio-2", hall.key))
    link = await second.ws_connect(client.make_url("/worker/hop"))
    third_one = aiohttp.ClientSession(middlewares=hall.signs("studio-3", third.key))
    stays = await third_one.ws_connect(client.make_url("/worker/hop"))
    other.revoke("studio-2", now=2)
    hall.guard.look()
    assert (await asyncio.wait_for(link.receive(), 5)).type in {aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.CLOSE}
    answer = await client.get("/ingest/hop", middlewares=hall.signs("studio-2", hall.key))
    assert answer.status == 401
    assert answer.headers[H_WHY].startswith("studio-2 is revoked, for ever: `xacast machine add`")
    with pytest.raises(TimeoutError):
        await stays.receive(timeout=0.05)
    for session in (second, third_one):
        await session.close()


async def test_a_register_that_cannot_be_read_keeps_nobody_out(
    hall: Hall, client: TestClient[Any, Any], tmp_path: Path, caplog: pytest.LogCaptureFixture,
) -> None:
    (tmp_path / "machines.json").write_text("broken")
    hall.guard.look()
    assert "who is known stays as it was" in caplog.text
    assert (await client.get("/ingest/hop", middlewares=hall.signs("studio-2", hall.key))).status == 200
