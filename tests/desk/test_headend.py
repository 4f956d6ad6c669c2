"""A headend on real listeners, its ports chosen by the system."""

import asyncio
import socket
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest

from desk.definition import channel_of
from desk.descriptors import RESERVE
from desk.headend import Headend
from desk.listener import Listener
from desk.machine_key import headers_with, machine_key
from desk.ports import Ports
from desk.registry import Registry
from desk.settings import Settings
from desk.system import SystemClock
from flow.errors import OperatorError
from flow.feed import Feed, FeedKind
from tests.desk.machines.local_signer import local_signer
from tests.desk.test_control_link import until
from tests.recorded.builder import EPOCH, recorded_packets
from tests.recorded.clock import SteppedClock

FREE = Listener("127.0.0.1", 0)
WORDS = {"name": "hop", "feeds": ["testcard:"], "ladder": "tiny", "open_to_all": True}


def settings(data: Path) -> Settings:
    return Settings(data=data, viewers=FREE, operators=FREE, machines=FREE)


def known(data: Path) -> dict[str, str]:
    return headers_with(machine_key(data))


async def test_another_user_of_the_machine_sees_and_changes_nothing(tmp_path: Path) -> None:
    """T-01, T-45."""
    headend = Headend(settings=settings(tmp_path), clock=SystemClock())
    ports = await headend.start()
    async with aiohttp.ClientSession() as session:
        url = f"{ports.operators.url}/api/v1/channels"
        async with session.post(url, json=WORDS) as answer:
            assert answer.status == 401
            assert "machine.key" in (await answer.json())["remedy"]
        async with session.get(url) as answer:
            assert answer.status == 401
        async with session.delete(f"{url}/hop", headers=headers_with("guessed")) as answer:
            assert answer.status == 401
    await headend.stop()


async def test_a_declared_channel_is_there_after_a_restart_on_the_same_ports(tmp_path: Path) -> None:
    """F-30: the next life answers where the last one did."""
    async with aiohttp.ClientSession() as session:
        first = Headend(settings=settings(tmp_path), clock=SystemClock())
        ports = await first.start()
        url, headers = f"{ports.operators.url}/api/v1/channels", known(tmp_path)
        async with session.post(url, json=WORDS, headers=headers) as answer:
            assert answer.status == 201
        await first.stop()
        second = Headend(settings=settings(tmp_path), clock=SystemClock())
        assert await second.start() == ports == Ports.read(tmp_path / "run")
        async with session.get(f"{ports.operators.url}/api/v1/channels/hop", headers=headers) as answer:
            assert answer.status == 200
        await second.stop()


async def test_a_setting_that_an_earlier_version_passed_over_keeps_no_channel_off_the_air(
    tmp_path: Path, caplog: pytest.LogCaptureFixture,
) -> None:
    """It goes on as it was, and the log says which word means nothing, without its value."""
    registry = Registry(tmp_path / "xacast.db")
    feed = Feed(address="srt://h:9?passphrse=geheim12345", kind=FeedKind.SRT, shown="srt://h:9?passphrse=…")
    made = replace(channel_of("hop", ["testcard:"], ladder="tiny"), feeds=(feed,))
    registry.add(made, revision=1)
    registry.close()
    headend = Headend(settings=settings(tmp_path), clock=SystemClock())
    await headend.start()
    assert [entry.declared.channel.feeds for entry in headend.lineup] == [(feed,)]
    await headend.stop()
    assert "“passphrse” of srt://h:9" in caplog.text
    assert "geheim" not in caplog.text


async def test_viewers_reach_media_and_nothing_else(tmp_path: Path) -> None:
    """T-26, T-45: neither control API, nor numbers, nor ingest, nor a version."""
    headend = Headend(settings=settings(tmp_path), clock=SystemClock())
    ports = await headend.start()
    async with aiohttp.ClientSession() as session:
        for path in ("/api/v1/channels", "/metrics", "/healthz", "/ingest/hop", "/worker/hop/definition"):
            async with session.get(ports.viewers.url + path) as answer:
                assert answer.status == 404
                assert "Server" not in answer.headers
        for listener, status in ((ports.operators, 404), (ports.machines, 401)):
            async with session.get(f"{listener.url}/live/hop/index.m3u8") as answer:
                assert answer.status == status
                assert "Server" not in answer.headers
    await headend.stop()


async def test_a_definition_with_its_secrets_is_for_those_who_know_the_machine_s_key(tmp_path: Path) -> None:
    """T-11, T-45: a loopback port is open to every user of the machine."""
    headend = Headend(settings=settings(tmp_path), clock=SystemClock())
    ports = await headend.start()
    words = {**WORDS, "feeds": ["srt://:9000?passphrase=geheim-geheim"]}
    async with aiohttp.ClientSession() as session:
        url, headers = f"{ports.operators.url}/api/v1/channels", known(tmp_path)
        async with session.post(url, json=words, headers=headers) as answer:
            assert answer.status == 201
            assert "geheim" not in await answer.text()
        path = f"{ports.machines.url}/worker/hop/definition"
        async with session.get(path) as answer:
            assert answer.status == 401
        async with session.get(path, headers=headers) as answer:
            assert answer.status == 401  # it serves twice, and so not at all
        async with session.get(path, middlewares=[local_signer(tmp_path)]) as answer:
            assert "geheim" in await answer.text()
    await headend.stop()


async def test_what_a_worker_pushes_is_what_viewers_get(tmp_path: Path) -> None:
    clock = SteppedClock(wall_units=EPOCH)
    headend = Headend(settings=settings(tmp_path), clock=clock)
    ports = await headend.start()
    async with aiohttp.ClientSession() as session:
        url, headers = f"{ports.operators.url}/api/v1/channels", known(tmp_path)
        async with session.post(url, json=WORDS, headers=headers) as answer:
            assert answer.status == 201
        entry = headend.lineup.get("hop")
        assert entry is not None
        for packet in recorded_packets(entry.declared.channel, EPOCH, segments=3):
            clock.advance_to(getattr(packet, "end", EPOCH))
            entry.publisher.take(packet)
        async with session.get(f"{ports.viewers.url}/live/hop/index.m3u8") as answer:
            assert "v240/index.m3u8" in await answer.text()
        async with session.get(f"{ports.viewers.url}/live/hop/v240/index.m3u8") as answer:
            assert (await answer.text()).count("#EXTINF") == 3
    await headend.stop()


async def test_viewers_that_only_stand_there_leave_room_for_operators(tmp_path: Path) -> None:
    """T-18."""
    headend = Headend(settings=settings(tmp_path), clock=SystemClock(), descriptors=RESERVE + 20)
    ports = await headend.start()
    crowd = [await asyncio.open_connection("127.0.0.1", ports.viewers.port) for _ in range(30)]
    ends = [asyncio.create_task(reader.read()) for reader, _ in crowd]
    done, _ = await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
    while len(done) < 10:
        done, _ = await asyncio.wait(ends, timeout=0.01)
    async with aiohttp.ClientSession() as session, session.get(f"{ports.operators.url}/healthz") as answer:
        assert answer.status == 200
    await headend.stop()
    await asyncio.gather(*ends, return_exceptions=True)
    assert len(done) == 10
    for _, writer in crowd:
        writer.close()


async def test_it_runs_until_told_to_stop(tmp_path: Path) -> None:
    headend = Headend(settings=settings(tmp_path), clock=SystemClock())
    await headend.start()
    stopping = asyncio.Event()
    running = asyncio.create_task(headend.run(stopping))
    await asyncio.sleep(0)
    assert not running.done()
    stopping.set()
    await running
    await headend.stop()


async def test_a_port_in_use_is_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen(1)
        taken = Listener("127.0.0.1", other.getsockname()[1])
        headend = Headend(
            settings=Settings(data=tmp_path, viewers=taken, operators=FREE, machines=FREE), clock=SystemClock(),
        )
        with pytest.raises(OperatorError, match="cannot be opened"):
            await headend.start()
    await headend.stop()
    assert Ports.read(tmp_path / "run") is None


async def test_hooks_that_fail_for_good_are_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No viewer is to miss a picture for it, but somebody is to know."""
    async def fail(_: object) -> None:
        message = "nobody foresaw this"
        raise RuntimeError(message)

    monkeypatch.setattr("desk.headend.EventHooks.run", fail)
    headend = Headend(settings=settings(tmp_path), clock=SystemClock())
    await headend.start()
    await until(lambda: "told to nobody any more" in caplog.text)
    await headend.stop()


REFUSED = [
    ({"Authorization": ""}, 401), ({"Authorization": "Bearer guessed"}, 401),
    ({"Sec-Fetch-Site": "cross-site"}, 403), ({"Origin": "https://example.org"}, 403), ({"Origin": "null"}, 403),
    ({"Host": "example.org"}, 403), ({"Content-Type": "text/plain"}, 415),
]
"""What is wrong with a request, and the status that says so."""


async def test_no_route_changes_anything_for_a_stranger_or_a_foreign_page(tmp_path: Path) -> None:
    """T-28, T-29, T-30: every changing route of the operators' listener, as its router has it."""
    headend = Headend(settings=settings(tmp_path), clock=SystemClock())
    ports = await headend.start()
    runner = next(one for one in headend._runners if one.addresses[0][1] == ports.operators.port)
    routes = [(route.method, route.resource.canonical) for route in runner.app.router.routes() if route.resource]
    changing = [
        (method, path) for method, path in routes
        if method not in {"GET", "HEAD"} and (method, path) != ("POST", "/api/v1/session")  # who knows a password
    ]
    assert len(changing) > 15
    wrong = []
    async with aiohttp.ClientSession() as session:
        for method, path in changing:
            url = ports.operators.url + path.translate(str.maketrans("{}", "xx"))
            for others, status in REFUSED:
                headers = known(tmp_path) | {"Content-Type": "application/json"} | others
                async with session.request(method, url, headers=headers, data=b"{}") as answer:
                    if answer.status != status:
                        wrong.append((method, path, others, answer.status))
    await headend.stop()
    assert wrong == []
