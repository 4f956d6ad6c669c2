"""Refusals of the HTTP library's own."""

import pytest
from aiohttp import web
from aiohttp.pytest_plugin import AiohttpClient
from aiohttp.test_utils import TestClient

from desk.control_api import errors_as_json


async def take(request: web.Request) -> web.Response:
    return web.Response(text=await request.text())


async def leave(_request: web.Request) -> web.Response:
    raise web.HTTPFound("/there")


@pytest.fixture
async def client(aiohttp_client: AiohttpClient) -> TestClient:
    app = web.Application(middlewares=[errors_as_json], client_max_size=8)
    app.add_routes([web.post("/here", take), web.get("/away", leave)])
    return await aiohttp_client(app)


@pytest.mark.parametrize(("method", "path", "status"), [
    ("GET", "/nowhere", 404), ("TRACE", "/here", 405), ("POST", "/here", 413),
])
async def test_each_is_a_sentence_with_the_way_out(
    client: TestClient, method: str, path: str, status: int,
) -> None:
    """T-26: and says nothing of what answers."""
    answer = await client.request(method, path, data=b"123456789" if method == "POST" else None)
    said = await answer.json()
    assert (answer.status, set(said)) == (status, {"problem", "remedy"})
    assert (answer.headers.get("Allow") == "POST") is (status == 405)
    assert "aiohttp" not in str(said).lower()


async def test_what_is_no_refusal_passes(client: TestClient) -> None:
    assert (await client.get("/away", allow_redirects=False)).status == 302
    assert await (await client.post("/here", data=b"12")).text() == "12"
