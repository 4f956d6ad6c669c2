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

URL = "/api/v1/audit"


@pytest.fixture
async def client(tmp_path: Path, aiohttp_client: AiohttpClient) -> TestClient:
    book = AuditBook(tmp_path)
    for number in range(3):
        book.append({"what": f"take {number}", "at": number})
    app = web.Application(middlewares=[errors_as_json])
    app.add_routes(AuditRoutes(book).routes())
    return await aiohttp_client(app)


async def test_lines_come_with_their_head_and_an_end(client: TestClient) -> None:
    found = await (await client.get(f"{URL}?at=0")).json()
    assert verify(found["lines"], Head.parse(found["head"])).fault == ""
    assert await (await client.get(URL)).json() == found
    assert (await (await client.get(f"{URL}?at={found['next']}")).json())["lines"] == []


@pytest.mark.parametrize("at", ["-2", "x", "\u0661", "9" * 30, ""])
async def test_what_is_no_place_is_refused(client: TestClient, at: str) -> None:
    assert (await client.get(URL, params={"at": at})).status == 400
