"""A code, from the operator to the browser."""

from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from desk.access.code_routes import MOST, CodeRoutes
from desk.control_api import errors_as_json
from flow.site_token import digest_of
from tests.desk.access.code_desk import CodeDesk
from tests.origin.serving import Client, ClientFactory

PLACE = "/api/v1/links/code"


@pytest.fixture
async def client(code_desk: CodeDesk, aiohttp_client: ClientFactory) -> Client:
    app = web.Application(middlewares=[errors_as_json])
    app.add_routes(CodeRoutes(code_desk.codes, lambda: "http://127.0.0.1:8080").routes())
    return await aiohttp_client(TestServer(app))


async def told(client: Client, words: object) -> tuple[int, Any]:
    answer = await client.post(PLACE, json=words)
    return answer.status, await answer.json()


async def test_a_code_is_told_once_and_used_once(
    client: Client, code_desk: CodeDesk, caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("DEBUG")
    status, said = await told(client, {"sites": ["xa-1"], "who": "lan"})
    assert (status, said["until"]) == (201, "2026-09-22T14:30:00.000Z")
    one = said["codes"]["xa-1"]
    plain = one["code"].replace("-", "")
    assert one["address"] == f"http://127.0.0.1:8080/c/{plain}"
    token = await code_desk.codes.redeem(one["code"].lower(), "10.0.0.1")
    assert token is not None
    assert code_desk.guests.site_of(digest_of(token) or b"") == "xa-1"
    assert await code_desk.codes.redeem(plain, "10.0.0.1") is None
    assert "a browser of site xa-1 came in" in caplog.text
    assert plain not in caplog.text  # T-15
    assert token not in caplog.text


@pytest.mark.parametrize(("words", "status"), [
    ({}, 400), ({"sites": ["xa-9"]}, 404), ({"sites": [f"xa-{at}" for at in range(MOST + 1)]}, 400),
])
async def test_what_makes_no_sense_is_refused(client: Client, words: object, status: int) -> None:
    assert (await told(client, words))[0] == status
