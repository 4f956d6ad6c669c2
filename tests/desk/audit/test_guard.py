"""Changes are in the audit before they are done."""

import asyncio
import json
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from aiohttp import web
from aiohttp.pytest_plugin import AiohttpClient
from aiohttp.test_utils import TestClient

from desk.audit.book import AuditBook
from desk.audit.chain import verify
from desk.audit.guard import CHANGED, AuditGuard
from desk.control_api import errors_as_json
from desk.json_request import json_of
from flow.errors import OperatorError, ToolError

PLACE = "/api/v1/channels/{name}"


class Desk:
    """Some handlers behind the guard."""

    def __init__(self, data: Path) -> None:
        self.book = AuditBook(data)
        self.done: list[str] = []
        self.app = web.Application(middlewares=[errors_as_json, AuditGuard(self.book, lambda: 7).middleware()])
        self.app.add_routes([
            web.get(PLACE, self.answer), web.patch(PLACE, self.answer), web.delete(PLACE, self.refuse),
            web.post(f"{PLACE}/commands", self.answer), web.post("/api/v1/rivals", self.answer),
        ])

    async def answer(self, request: web.Request) -> web.Response:
        words = await json_of(request) if request.body_exists else {}
        self.done.append(str(words.get("do", request.method)))
        request[CHANGED] = "delay 900 ms"
        return web.json_response({})

    async def refuse(self, _request: web.Request) -> web.Response:
        problem = "there is none"
        raise OperatorError(problem, "Start one")

    def entries(self) -> list[dict[str, Any]]:
        lines = self.book.page(0)[0]
        assert verify(lines, self.book.head() or None).fault == ""
        return [json.loads(line)["entry"] for line in lines]


@pytest.fixture
def made(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture
async def client(made: Desk, aiohttp_client: AiohttpClient) -> TestClient:
    return await aiohttp_client(made.app)


async def test_a_change_is_two_entries_what_was_asked_and_how_it_ended(made: Desk, client: TestClient) -> None:
    """T-37."""
    words = {"delay": 900, "who": "lan", "why": "mic"}
    assert (await client.patch("/api/v1/channels/hop", json=words)).status == 200
    what = "PATCH /api/v1/channels/{name}"
    assert made.entries() == [
        {"number": 1, "what": what, "at": 7, "from": "127.0.0.1", "who": "lan", "signed": "", "why": "mic",
         "channel": "hop", "on": {"name": "hop"}, "asked": {"delay": 900}},
        {"number": 2, "what": what, "at": 7, "of": 1, "channel": "hop", "status": 200, "changed": "delay 900 ms"},
    ]


async def test_what_is_refused_is_there_with_its_status(made: Desk, client: TestClient) -> None:
    assert (await client.delete("/api/v1/channels/hop")).status == 400
    assert (await client.post("/api/v1/nothing", json={})).status == 404
    assert [entry["status"] for entry in made.entries() if "of" in entry] == [400, 404]


async def test_who_only_looks_is_not_recorded(made: Desk, client: TestClient) -> None:
    await client.get("/api/v1/channels/hop")
    await client.post("/api/v1/rivals", json={"feed": "x"})
    await client.post("/api/v1/channels/hop/commands", json={"do": "preview"})
    assert made.done == ["GET", "POST", "preview"]
    assert made.entries() == []


async def test_a_change_that_cannot_be_recorded_is_not_done_but_a_picture_is_cut_off(
    made: Desk, client: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
) -> None:
    """T-37, F-21."""
    def full(_self: AuditBook, _entry: dict[str, Any]) -> int:
        tool = "the audit"
        raise ToolError(tool, "it cannot be written: No space left on device")

    monkeypatch.setattr(AuditBook, "append", full)
    url = "/api/v1/channels/hop/commands"
    answer = await client.post(url, json={"do": "take", "feed": 1})
    assert answer.status == 503
    assert "No space left" in (await answer.json())["remedy"]
    assert (await client.post(url, json={"do": "cut", "who": "lan"})).status == 200
    assert made.done == ["cut"]
    assert "“cut” on hop by lan may not be in the audit" in caplog.text


async def test_a_disk_that_stands_still_keeps_no_wrong_picture_on_air(
    made: Desk, client: TestClient, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """T-37, F-21."""
    moves = Event()
    append = AuditBook.append

    def slow(self: AuditBook, entry: dict[str, Any]) -> int:
        moves.wait(10)
        return append(self, entry)

    monkeypatch.setattr(AuditBook, "append", slow)
    monkeypatch.setattr("desk.audit.guard.PATIENCE", 0.01)
    try:
        answer = await client.post("/api/v1/channels/hop/commands", json={"do": "cut"})
    finally:
        moves.set()
    assert (answer.status, made.done) == (200, ["cut"])


async def test_changes_at_once_are_all_in_the_chain(made: Desk, client: TestClient) -> None:
    await asyncio.gather(*(client.patch("/api/v1/channels/hop", json={"delay": at}) for at in range(12)))
    entries = made.entries()
    assert sorted(one["asked"]["delay"] for one in entries if "asked" in one) == list(range(12))
    assert sorted(one["of"] for one in entries if "of" in one) == [
        one["number"] for one in entries if "asked" in one
    ]


@pytest.mark.parametrize("word", ["preview", "cut"])
async def test_an_order_s_word_in_another_body_spares_nothing(
    made: Desk, client: TestClient, monkeypatch: pytest.MonkeyPatch, word: str,
) -> None:
    """T-37: “preview” and “cut” mean something where a channel is told what to do, and nowhere else."""
    assert (await client.patch("/api/v1/channels/hop", json={"delay": 900, "do": word})).status == 200
    assert len(made.entries()) == 2

    def full(_self: AuditBook, _entry: dict[str, Any]) -> int:
        tool = "the audit"
        raise ToolError(tool, "it cannot be written: No space left on device")

    monkeypatch.setattr(AuditBook, "append", full)
    assert (await client.patch("/api/v1/channels/hop", json={"delay": 900, "do": word})).status == 503
