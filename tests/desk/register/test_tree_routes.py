"""A tree is sent to a headend."""

from functools import partial
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.pytest_plugin import AiohttpClient
from aiohttp.test_utils import TestClient

from desk.control_api import errors_as_json
from desk.database.door import DatabaseDoor
from desk.register import tree_routes
from desk.register.tree_routes import TreeRoutes
from tests.desk.register.filled import nobody_told

PATH = "/api/v1/regions/import?levels=bộ/ministry,đơn vị/unit"
HEADERS = {"Content-Type": "application/octet-stream"}
TREE = "code,above,name\nbo,,Bộ Y tế\na,bo,Viện A\n".encode()


async def _closed(door: DatabaseDoor, _app: web.Application) -> None:
    door.close()


@pytest.fixture
async def client(tmp_path: Path, aiohttp_client: AiohttpClient) -> TestClient:
    door = DatabaseDoor(f"sqlite:///{tmp_path / 'register.db'}")
    app = web.Application(middlewares=[errors_as_json])
    app.add_routes(TreeRoutes(door, nobody_told).routes())
    app.on_cleanup.append(partial(_closed, door))
    return await aiohttp_client(app)


async def test_a_tree_is_taken_and_what_is_none_refused(
    client: TestClient, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """T-30, T-34."""
    for dry, written in (("&dry=1", False), ("", True)):
        answer = await client.post(PATH + dry, data=TREE, headers=HEADERS)
        assert (await answer.json())["result"]["written"] is written
    assert (await client.post(PATH, data=TREE, headers={"Content-Type": "text/plain"})).status == 415
    assert (await client.post(PATH, data=b"PK\x03\x04", headers=HEADERS)).status == 400
    monkeypatch.setattr(tree_routes, "MOST_BYTES", 10)
    assert (await client.post(PATH, data=TREE, headers=HEADERS)).status == 400
