"""Others are told of events."""

import asyncio
import json
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

import desk.event_hooks
from desk.event_hooks import EventHooks
from desk.event_log import EventLog
from desk.system import SystemSpawn
from tests.desk.samples import event
from tests.desk.test_control_link import until
from tests.desk.test_system import gone


@asynccontextmanager
async def telling(log: EventLog, *, program: str = "", address: str = "") -> AsyncIterator[None]:
    hooks = EventHooks(log, leashed=SystemSpawn().leashed, program=program, address=address)
    running = asyncio.create_task(hooks.run())
    await asyncio.sleep(0)
    try:
        yield
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


def program(folder: Path, *lines: str) -> str:
    path = folder / "on-event"
    path.write_text("\n".join(["#!/bin/sh", *lines, ""]))
    path.chmod(0o755)
    return str(path)


async def test_a_program_gets_each_event_on_its_standard_input(tmp_path: Path) -> None:
    log, out = EventLog(), tmp_path / "told.jsonl"
    log.hear(9, 1, event(1))
    async with telling(log, program=program(tmp_path, f"cat >> {out}")):
        log.hear(9, 2, event(2))
        log.hear(9, 3, event(3))
        await until(lambda: out.exists() and out.read_text().count("\n") == 2)
    told = [json.loads(line) for line in out.read_text().splitlines()]
    assert [one["number"] for one in told] == [2, 3]
    assert told[0]["en"]
    assert told[0]["vi"]


async def test_another_program_is_told_from_the_next_event_on(tmp_path: Path) -> None:
    log, out = EventLog(), tmp_path / "told.jsonl"
    hooks = EventHooks(log, leashed=SystemSpawn().leashed)
    running = asyncio.create_task(hooks.run())
    await asyncio.sleep(0)
    log.hear(9, 1, event(1))
    await asyncio.sleep(0)
    hooks.change(program=program(tmp_path, f"cat >> {out}"), address="")
    log.hear(9, 2, event(2))
    await until(lambda: out.exists() and out.read_text().count("\n") == 1)
    assert json.loads(out.read_text())["number"] == 2
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running


async def test_a_program_that_fails_is_logged_and_the_next_event_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture,
) -> None:
    log, out = EventLog(), tmp_path / "told"
    async with telling(log, program=program(tmp_path, f"echo x >> {out}", "echo 'no modem' >&2", "exit 3")):
        log.hear(9, 1, event(1))
        log.hear(9, 2, event(2))
        await until(lambda: caplog.text.count("no modem") == 2)
    assert "exit status 3" in caplog.text


async def test_what_a_program_leaves_running_holds_up_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture,
) -> None:
    """A child of its own keeps its standard error open, as a daemon does."""
    log, children = EventLog(), tmp_path / "children"
    lines = ("setsid sleep 60 &", f"echo $! >> {children}", "echo 'no modem' >&2", "exit 3")
    async with telling(log, program=program(tmp_path, *lines)):
        log.hear(9, 1, event(1))
        log.hear(9, 2, event(2))
        await until(lambda: caplog.text.count("no modem") == 2)
    for pid in children.read_text().split():
        os.kill(int(pid), signal.SIGKILL)


async def test_a_program_that_hangs_is_ended_with_what_it_started(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """F-01: its `sleep` was left behind, one with each event."""
    monkeypatch.setattr(desk.event_hooks, "PATIENCE", 1.0)
    log, children = EventLog(), tmp_path / "children"
    async with telling(log, program=program(tmp_path, "sleep 100 &", f"echo $! $$ >> {children}", "wait")):
        log.hear(9, 1, event(1))
        await until(lambda: "not done within 1 s" in caplog.text)
    pids = children.read_text().split()
    assert len(pids) == 2
    assert all(gone(int(pid)) for pid in pids)


async def test_a_program_under_way_ends_with_the_headend(tmp_path: Path) -> None:
    log, children = EventLog(), tmp_path / "children"
    async with telling(log, program=program(tmp_path, "sleep 100 &", f"echo $! $$ >> {children}", "wait")):
        log.hear(9, 1, event(1))
        await until(lambda: children.exists() and children.read_text().endswith("\n"))
    assert all(gone(int(pid)) for pid in children.read_text().split())


async def test_a_program_that_is_slow_holds_up_no_address(tmp_path: Path, aiohttp_server: Any) -> None:
    got: list[int] = []

    async def take(request: web.Request) -> web.Response:
        got.append((await request.json())["number"])
        return web.Response(status=204)

    app = web.Application()
    app.router.add_post("/alarm", take)
    server = await aiohttp_server(app)
    log, go = EventLog(), tmp_path / "go"
    slow = program(tmp_path, f"until [ -e {go} ]; do sleep 0.02; done")
    async with telling(log, program=slow, address=str(server.make_url("/alarm"))):
        log.hear(9, 1, event(1))
        log.hear(9, 2, event(2))
        try:
            await until(lambda: got == [1, 2])
        finally:
            go.touch()


async def test_an_event_that_cannot_be_told_costs_no_other(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object, **__: object) -> str:
        message = "nobody foresaw this"
        raise RuntimeError(message)

    log, out = EventLog(), tmp_path / "told"
    async with telling(log, program=program(tmp_path, f"cat >> {out}")):
        with monkeypatch.context() as patch:
            patch.setattr("desk.event_hooks.json.dumps", fail)
            log.hear(9, 1, event(1))
            await until(lambda: "nobody foresaw this" in caplog.text)
        log.hear(9, 2, event(2))
        await until(lambda: out.exists() and '"number": 2' in out.read_text())


async def test_an_address_gets_each_event_and_is_tried_again(
    aiohttp_server: Any, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(desk.event_hooks, "PAUSES", (0.0, 0.0))
    got: list[dict[str, Any]] = []

    async def take(request: web.Request) -> web.Response:
        got.append(await request.json())
        return web.Response(status=503 if len(got) == 1 else 204)

    app = web.Application()
    app.router.add_post("/alarm", take)
    server = await aiohttp_server(app)
    log = EventLog()
    async with telling(log, address=str(server.make_url("/alarm"))):
        log.hear(9, 1, event(1))
        await until(lambda: len(got) == 2)
        log.hear(9, 2, event(2))
        await until(lambda: len(got) == 3)
    assert [one["number"] for one in got] == [1, 1, 2]


async def test_an_address_that_never_answers_shows_its_host_alone(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """T-11."""
    monkeypatch.setattr(desk.event_hooks, "PAUSES", (0.0, 0.0))
    log = EventLog()
    async with telling(log, address="http://127.0.0.1:1/alarm?token=geheim"):
        log.hear(9, 1, event(1))
        await until(lambda: "127.0.0.1" in caplog.text)
    assert "geheim" not in caplog.text
