"""The command line's end of the control API, against the real one on another thread."""

import asyncio
import json
import os
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from aiohttp import web

from desk.api_client import ApiClient
from desk.errors import NotRunningError, RefusedError
from desk.listener import Listener
from desk.people.session_file import SessionFile, Signed
from desk.ports import Ports
from desk.settings import Settings
from flow.errors import ToolError
from tests.desk.rooms import Rooms

FREE = Listener("127.0.0.1", 0)


def serve(app: web.Application) -> Iterator[Listener]:
    """The application on a thread of its own, as another process would be."""
    loop = asyncio.new_event_loop()
    runner = web.AppRunner(app)

    async def begin() -> int:
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        return int(runner.addresses[0][1])

    port = loop.run_until_complete(begin())
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    yield Listener("127.0.0.1", port)
    asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result(10)
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


@pytest.fixture
def headend(rooms: Rooms) -> Iterator[Listener]:
    yield from serve(rooms.operators())


def settings(data: Path, operators: Listener = FREE) -> Settings:
    return Settings(data=data, viewers=FREE, operators=operators, machines=FREE)


def declare(client: ApiClient) -> dict[str, object]:
    return client.declare(name="hop", feeds=("testcard:",), ladder="tiny", profile="low", title="Họp")


def test_channels_are_declared_shown_and_removed(tmp_path: Path, headend: Listener) -> None:
    client = ApiClient(settings(tmp_path, headend))
    assert declare(client)["title"] == "Họp"
    assert client.channel("hop")["name"] == "hop"
    assert client.rival("srt://:9000?passphrase=hush-hush-hush") == {"rival": "", "channel": ""}
    assert [one["name"] for one in client.channels()["channels"]] == ["hop"]
    client.remove("hop")
    assert client.channels()["channels"] == []


def test_a_refusal_is_the_headends_sentence(tmp_path: Path, headend: Listener) -> None:
    client = ApiClient(settings(tmp_path, headend))
    declare(client)
    with pytest.raises(RefusedError, match="running already") as caught:
        declare(client)
    assert caught.value.status == 409
    with pytest.raises(RefusedError, match="no channel “no”"):
        client.remove("no")


def test_the_ports_file_wins_and_a_stale_one_does_no_harm(tmp_path: Path, headend: Listener) -> None:
    """After `kill -9` of a supervisor its file stays."""
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        dead = Listener("127.0.0.1", nobody.getsockname()[1])
        Ports(viewers=FREE, operators=headend, machines=FREE).write(tmp_path / "run")
        assert ApiClient(settings(tmp_path, dead)).channels()
        Ports(viewers=FREE, operators=dead, machines=FREE).write(tmp_path / "run")
        assert ApiClient(settings(tmp_path, headend)).channels()
        with pytest.raises(NotRunningError, match="xacast up"):
            ApiClient(settings(tmp_path, dead)).channels()


def test_a_stranger_on_the_port_is_a_tool_error(tmp_path: Path) -> None:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(text="<html>")

    app = web.Application()
    app.router.add_get("/api/v1/channels", answer)
    for listener in serve(app):
        with pytest.raises(ToolError, match="the headend at"):
            ApiClient(settings(tmp_path, listener)).channels()


def test_what_is_no_object_is_a_tool_error(tmp_path: Path) -> None:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(text=json.dumps([1]))

    app = web.Application()
    app.router.add_get("/api/v1/channels", answer)
    for listener in serve(app):
        with pytest.raises(ToolError, match="not an object"):
            ApiClient(settings(tmp_path, listener)).channels()


def test_orders_and_events_go_through_the_same_headend(tmp_path: Path, headend: Listener) -> None:
    client = ApiClient(settings(tmp_path, headend))
    declare(client)
    with pytest.raises(RefusedError, match="no worker of hop is connected") as caught:
        client.order("hop", {"do": "cut", "who": "lan"})
    assert caught.value.status == 503
    told = client.events()
    assert ([one["kind"] for one in told["events"]], told["last"]) == (["declared"], 1)
    assert client.events("hop", after=1) == {"events": [], "last": 1}


def test_what_needs_a_second_operator_is_asked_again_with_its_number(tmp_path: Path) -> None:
    """T-37."""
    asked: list[tuple[str | None, str]] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append((request.headers.get("Xacast-Confirm"), await request.text()))
        if len(asked) > 1:
            return web.json_response({"tick": 5})
        said = {"problem": "a second operator confirms this", "remedy": "`xacast confirm 7`", "confirm": 7}
        return web.json_response(said, status=428)

    app, told = web.Application(), list[str]()
    app.router.add_post("/api/v1/channels/hop/commands", answer)
    for listener in serve(app):
        client = ApiClient(settings(tmp_path, listener))
        client.tell = told.append
        assert client.order("hop", {"do": "take", "feed": 1}) == {"tick": 5}
    assert [number for number, _ in asked] == [None, "7"]
    assert asked[0][1] == asked[1][1]
    assert told == ["a second operator confirms this. `xacast confirm 7`."]


def test_who_is_signed_in_asks_before_who_holds_the_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    (tmp_path / "machine.key").write_text("key")
    here = settings(tmp_path, Listener("127.0.0.1", 8090))
    assert [way.headers["Authorization"] for way in ApiClient(here)._ways()] == ["Bearer key"]
    SessionFile(os.environ).put(str(tmp_path), Signed(token="t", name="lan"))
    assert [way.headers["Authorization"] for way in ApiClient(here)._ways()] == ["Bearer t"]
    far = ApiClient(replace(here, desk="https://desk.vn:8090"))
    assert [(str(way), dict(way.headers)) for way in far._ways()] == [("desk.vn:8090", {})]
