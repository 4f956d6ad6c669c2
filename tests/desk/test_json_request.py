"""What is sent to the operators' listener is JSON, and says so."""

import pytest
from aiohttp import web
from aiohttp.pytest_plugin import AiohttpClient

from desk.control_api import errors_as_json
from desk.json_request import json_of


async def test_only_json_that_says_so_is_read(aiohttp_client: AiohttpClient) -> None:
    """T-30: a form on a foreign page cannot send that type."""
    async def echo(request: web.Request) -> web.Response:
        return web.json_response(await json_of(request))

    app = web.Application(middlewares=[errors_as_json])
    app.add_routes([web.post("/", echo)])
    client = await aiohttp_client(app)
    assert await (await client.post("/", json={"a": 1})).json() == {"a": 1}
    assert (await client.post("/", data=b'{"a": 1}')).status == 415
    assert (await client.post("/", data=b"{", headers={"Content-Type": "application/json"})).status == 400


@pytest.mark.parametrize(("body", "kind"), [
    (b'{"who": "\\ud800"}', "application/json"),
    (b'{"\\udfff": 1}', "application/json"),
    (b"[" * 5_000 + b"]" * 5_000, "application/json"),
    (b"{}", "application/json; charset=klingon"),
    (b"{}", "application/json; charset=base64"),
    (b'{"who": "\xff"}', "application/json"),
])
async def test_what_is_no_text_is_refused(aiohttp_client: AiohttpClient, body: bytes, kind: str) -> None:
    """T-28: half a letter, letters in a code that there is not; neither database nor disk would take them."""
    async def echo(request: web.Request) -> web.Response:
        return web.json_response(await json_of(request))

    app = web.Application(middlewares=[errors_as_json])
    app.add_routes([web.post("/", echo)])
    client = await aiohttp_client(app)
    answer = await client.post("/", data=body, headers={"Content-Type": kind})
    assert (answer.status, (await answer.json())["problem"]) == (400, "what was sent is not JSON")
