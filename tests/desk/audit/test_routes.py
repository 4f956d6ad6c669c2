"""The audit over HTTP."""

from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.pytest_plugin import AiohttpClient
from aiohttp.test_utils import TestClient

from desk.audit.book import AuditBook
from desk.audit.chain import Head, verify
from desk.audit.routes import AuditRoutes
from desk.control_api import errors_as_json
from desk.machine_key import headers_with

URL = "/api/v1/audit"
KEY = headers_with("right")


@pytest.fixture
async def client(tmp_path: Path, aiohttp_client: AiohttpClient) -> TestClient:
    book = AuditBook(tmp_path)
    for number in range(3):
        book.append({"what": f"take {number}", "at": number})
    app = web.Application(middlewares=[errors_as_json])
    app.add_routes(AuditRoutes(book, "right").routes())
    return await aiohttp_client(app)


async def test_lines_come_with_their_head_and_an_end(client: TestClient) -> None:
    found = await (await client.get(f"{URL}?at=0", headers=KEY)).json()
    assert verify(found["lines"], Head.parse(found["head"])).fault == ""
    assert await (await client.get(URL, headers=KEY)).json() == found
    assert (await (await client.get(f"{URL}?at={found['next']}", headers=KEY)).json())["lines"] == []


async def test_who_does_not_know_the_key_reads_nothing(client: TestClient) -> None:
    """T-28."""
    for headers in ({}, headers_with("wrong")):
        answer = await client.get(URL, headers=headers)
        assert answer.status == 401
        assert set(await answer.json()) == {"problem", "remedy"}


@pytest.mark.parametrize("at", ["-2", "x", "\u0661", "9" * 30, ""])
async def test_what_is_no_place_is_refused(client: TestClient, at: str) -> None:
    assert (await client.get(URL, params={"at": at}, headers=KEY)).status == 400
