"""A list is sent to a headend, and read by a real process of its own."""

import asyncio
import json
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.pytest_plugin import AiohttpClient
from aiohttp.test_utils import TestClient, TestServer

from desk.control_api import errors_as_json
from desk.database.database import Database
from desk.database.door import DatabaseDoor
from desk.register import import_routes
from desk.register.import_routes import ImportRoutes
from desk.register.sheet_writer import csv_of
from desk.register.site_changes import all_sites
from desk.system import SystemSpawn
from flow.process import Process
from tests.desk.register.filled import fill, nobody_told

PATH = "/api/v1/sites/import"
HEADERS = {"Content-Type": "application/octet-stream"}
LIST = csv_of([["name", "region"], ["Hội trường", "00004"]])


@pytest.fixture
async def client(tmp_path: Path, aiohttp_client: AiohttpClient) -> TestClient:
    address = f"sqlite:///{tmp_path / 'register.db'}"
    fill(Database.open(address)).close()
    (tmp_path / "run").mkdir()
    app = web.Application(client_max_size=1_000, middlewares=[errors_as_json])
    door = DatabaseDoor(address)
    app.add_routes(ImportRoutes(
        spawn=SystemSpawn(), address=address, folder=tmp_path / "run", door=door, told=nobody_told,
    ).routes())
    app.on_cleanup.append(partial(_closed, door))
    return await aiohttp_client(app)


async def _closed(door: DatabaseDoor, _app: web.Application) -> None:
    door.close()


async def _sent(client: TestClient, body: bytes, **query: str) -> tuple[int, list[dict[str, Any]]]:
    answer = await client.post(PATH, data=body, headers=HEADERS, params=query)
    return answer.status, [json.loads(line) for line in (await answer.text()).splitlines()]


async def test_a_list_is_read_by_another_process_and_told_line_by_line(client: TestClient, tmp_path: Path) -> None:
    (_, dry), (status, told) = await _sent(client, LIST, dry="1"), await _sent(client, LIST, who="lan")
    assert (dry[-1]["result"]["written"], dry[-1]["result"]["new"]) == (False, 1)
    assert (status, told[0]["step"], told[-1]["result"]["written"]) == (200, "read", True)
    database = Database.open(f"sqlite:///{tmp_path / 'register.db'}")
    assert [one.name for one in all_sites(database)[1]] == ["Hội trường"]
    database.close()
    assert list((tmp_path / "run").iterdir()) == []


async def test_what_is_no_list_is_refused(
    client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """T-34, T-30."""
    _, told = await _sent(client, b"PK\x03\x04 no spreadsheet")
    assert "cannot be read" in told[-1]["problem"]
    assert (await client.post(PATH, data=LIST, headers={"Content-Type": "text/plain"})).status == 415
    monkeypatch.setattr(import_routes, "MOST_BYTES", 10)
    assert (await _sent(client, LIST))[0] == 400
    monkeypatch.undo()
    monkeypatch.setattr(import_routes, "PATIENCE", 0.01)

    async def slowly() -> Any:
        yield b"name"
        await asyncio.Event().wait()

    assert (await client.post(PATH, data=slowly(), headers=HEADERS)).status == 408
    assert list((tmp_path / "run").iterdir()) == []


async def test_a_sender_that_goes_away_keeps_nobody_else_waiting(
    tmp_path: Path, aiohttp_client: AiohttpClient,
) -> None:
    """Viewers are served by the same loop. The process that reads says nothing for a long while."""
    spawned: list[Process] = []
    loop = asyncio.get_running_loop()
    program = "import sys, time; sys.stdin.read(); print('{}', file=sys.stderr, flush=True); time.sleep(60)"

    def silent(argv: Sequence[str], **more: Any) -> Process:
        spawned.append(SystemSpawn()([argv[0], "-c", program], **more))
        return spawned[0]

    app = web.Application(middlewares=[errors_as_json])
    door = DatabaseDoor(f"sqlite:///{tmp_path / 'register.db'}")
    app.add_routes(ImportRoutes(
        spawn=silent, address="", folder=tmp_path, door=door, told=nobody_told,
    ).routes())
    app.on_cleanup.append(partial(_closed, door))
    server = TestServer(app, handler_cancellation=True)
    client = await aiohttp_client(server)
    answer = await client.post(PATH, data=LIST, headers=HEADERS)
    assert await answer.content.readline() == b"{}\n"
    answer.close()
    while spawned[0].poll() is None:
        began_at = loop.time()
        await asyncio.sleep(0)
        assert loop.time() - began_at < 1
    assert (await client.post(PATH, data=b"", headers={"Content-Type": "text/plain"})).status == 415


async def test_a_disk_that_is_full_is_told_of(
    client: TestClient, monkeypatch: pytest.MonkeyPatch,
) -> None:
    full = Path("/dev/full")
    monkeypatch.setattr(import_routes.tempfile, "TemporaryFile", lambda **_words: full.open("wb", buffering=0))
    answer = await client.post(PATH, data=LIST, headers=HEADERS)
    assert answer.status == 503
    assert "No space left" in await answer.text()


async def test_a_process_that_dies_without_a_word_is_told(
    client: TestClient, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(import_routes.sys, "executable", "/bin/false")
    _, told = await _sent(client, LIST)
    assert "not read to its end" in told[-1]["problem"]
