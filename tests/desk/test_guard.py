"""Only programs on this machine speak to the listeners without credentials."""

import pytest
from aiohttp import web
from aiohttp.pytest_plugin import AiohttpClient

from desk.guard import is_local, local_only


@pytest.mark.parametrize("host", ["127.0.0.1:8090", "localhost", "localhost:1", "[::1]:8090", "[::1]"])
def test_loopback_by_any_name_is_local(host: str) -> None:
    assert is_local(host)


@pytest.mark.parametrize("host", [
    "", "evil.example", "evil.example:8090", "127.0.0.1.evil.example:8090", "10.0.0.1:8090", "[::2]:1", "a:b:c",
    "localhost@evil.example", "0.0.0.0:8090",
])
def test_every_other_name_is_not(host: str) -> None:
    """T-30, T-45: DNS rebinding."""
    assert not is_local(host)


@pytest.mark.parametrize(("headers", "status"), [
    ({}, 200),
    ({"Host": "evil.example:8090"}, 403),
    ({"Sec-Fetch-Site": "cross-site"}, 403),
    ({"Sec-Fetch-Site": "same-site"}, 403),
    ({"Sec-Fetch-Site": "same-origin"}, 200),
    ({"Origin": "http://evil.example"}, 403),
    ({"Origin": "null"}, 403),
    ({"Origin": "http://127.0.0.1:1"}, 403),
    ({"Origin": "http://localhost:8090", "Host": "localhost:8090"}, 200),
])
async def test_a_foreign_page_is_refused(
    aiohttp_client: AiohttpClient, headers: dict[str, str], status: int,
) -> None:
    """T-30."""
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(text="ok")

    app = web.Application(middlewares=[local_only])
    app.router.add_get("/", answer)
    client = await aiohttp_client(app)
    async with client.get("/", headers=headers) as response:
        assert response.status == status
