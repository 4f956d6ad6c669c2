import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from threading import Thread

import pytest

from flow.chunk import Packet
from flow.wire import Positions
from tests.transcode.headend import Headend, chunk, init, until
from tests.transcode.steps import channel
from transcode import lane as lane_module
from transcode.push import Pusher


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lane_module, "FIRST_PAUSE", 0.001)
    monkeypatch.setattr(lane_module, "LONGEST_PAUSE", 0.01)


def programme(first: int, last: int, run: int = 1) -> list[Packet]:
    """Both renditions' init sections, and chunks as they come."""
    heads: list[Packet] = [init("v16", run), init("audio", run)]
    return heads + [chunk(name, number, run) for number in range(first, last) for name in ("v16", "audio")]


@asynccontextmanager
async def running(pusher: Pusher) -> AsyncIterator[None]:
    task = asyncio.create_task(pusher.run())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def pusher_to(*addresses: str) -> Pusher:
    return Pusher(channel=channel(), headends=addresses)


async def test_every_headend_gets_every_rendition_in_order() -> None:
    async with Headend() as one, Headend() as other:
        pusher = pusher_to(one.address, other.address)
        async with running(pusher):
            for packet in programme(0, 10):
                pusher.put(packet)
            everything = [list(range(10))] * 4
            await until(lambda: [h.numbers(name) for h in (one, other) for name in ("v16", "audio")] == everything)
            await until(lambda: all(link.connected and not link.waiting for link in pusher.status()))


async def test_refusals_count_when_no_headend_takes_anything() -> None:
    """F-19: one that takes something shows that the programme is not in the past."""
    async with Headend() as one, Headend() as other:
        one.forced = other.forced = [409] * 1_000
        pusher = pusher_to(one.address, other.address)
        async with running(pusher):
            assert pusher.refused_for() == 0
            for number in range(3):
                for name in ("v16", "audio"):
                    pusher.put(chunk(name, number))
                seen = 2 * (number + 1)
                await until(lambda seen=seen: len(one.received) == len(other.received) == seen)
            await until(lambda: pusher.refused_for() > 0)
            other.forced = []
            for packet in programme(10, 12, run=2):
                pusher.put(packet)
            await until(lambda: pusher.refused_for() == 0)


async def test_packets_may_come_from_any_thread() -> None:
    async with Headend() as headend:
        pusher = pusher_to(headend.address)
        async with running(pusher):
            packets = programme(0, 20)

            def put_all(rendition: str) -> None:
                for packet in packets:
                    if packet.rendition == rendition:
                        pusher.put(packet)

            threads = [Thread(target=put_all, args=(name,)) for name in ("v16", "audio")]
            for thread in threads:
                thread.start()
            await until(lambda: headend.numbers("v16") == headend.numbers("audio") == list(range(20)))
            for thread in threads:
                thread.join()


async def test_packets_put_before_it_runs_are_kept() -> None:
    async with Headend() as headend:
        pusher = pusher_to(headend.address)
        for packet in programme(0, 3):
            pusher.put(packet)
        async with running(pusher):
            await until(lambda: headend.numbers("v16") == [0, 1, 2])


@pytest.mark.parametrize("forget", [True, False])
async def test_the_restart_of_a_headend_loses_nothing(forget: bool) -> None:
    async with Headend() as headend:
        pusher = pusher_to(headend.address)
        async with running(pusher):
            packets = programme(0, 12)
            for packet in packets[:12]:
                pusher.put(packet)
            await until(lambda: headend.numbers("audio") == [0, 1, 2, 3, 4])
            await headend.restart(forget=forget)
            for packet in packets[12:]:
                pusher.put(packet)
            await until(lambda: headend.numbers("v16") == headend.numbers("audio") == list(range(12)))
            assert pusher.status()[0].lost == 0


async def test_a_dead_headend_does_not_slow_another() -> None:
    async with Headend() as gone:
        dead = gone.address
    async with Headend() as alive:
        pusher = pusher_to(dead, alive.address)
        async with running(pusher):
            for packet in programme(0, 100):
                pusher.put(packet)
            await until(lambda: len(alive.chunks("audio")) == len(alive.chunks("v16")) > 40)
            first, second = pusher.status()
            assert not first.connected
            assert first.why
            assert first.waiting > 80
            assert first.lost > 0  # 100 chunks are more than 30 s
            assert (second.connected, second.why) == (True, "")


async def test_a_headend_that_never_answers_does_not_slow_another() -> None:
    async def swallow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    server = await asyncio.start_server(swallow, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with Headend() as alive:
        pusher = pusher_to(f"http://127.0.0.1:{port}", alive.address)
        async with running(pusher):
            for packet in programme(0, 10):
                pusher.put(packet)
            await until(lambda: alive.numbers("v16") == list(range(10)))
        assert pusher.status()[0].connected is False
    server.close()
    await server.wait_closed()


async def test_status_shows_no_secret_of_an_address() -> None:
    (link,) = pusher_to("http://worker:geheim@127.0.0.1:8070").status()
    assert link.address == "http://127.0.0.1:8070"
    assert (link.connected, link.waiting, link.lost) == (False, 0, 0)


async def test_positions_are_asked_before_anything_runs() -> None:
    async with Headend() as headend:
        headend.last_run = 41
        pusher = pusher_to(headend.address + "/")
        assert await pusher.positions(1.0) == Positions(0, 41, {})


async def test_packets_after_the_end_are_let_go() -> None:
    pusher = pusher_to()
    async with running(pusher):
        await asyncio.sleep(0)
    pusher.put(init("v16"))


async def test_thumbnails_go_to_every_headend_and_count_for_nothing_else() -> None:
    """F-19: that there is no answer to a thumbnail does not hide that all media is refused."""
    async with Headend() as one, Headend() as other:
        pusher = pusher_to(one.address, other.address)
        async with running(pusher):
            pusher.put(chunk("thumbnails", 0))
            await until(lambda: len(one.received) == len(other.received) == 1)
            await until(lambda: all(link.connected for link in pusher.status()))
            one.forced = other.forced = [409] * 1_000
            for number in range(3):
                for name in ("v16", "audio"):
                    pusher.put(chunk(name, number))
                seen = 2 * (number + 1) + 1
                await until(lambda seen=seen: len(one.received) == len(other.received) == seen)
            await until(lambda: pusher.refused_for() > 0)


async def test_an_encrypted_channel_sends_none() -> None:
    async with Headend() as one:
        pusher = Pusher(channel=replace(channel(), key_period_s=300), headends=(one.address,))
        async with running(pusher):
            pusher.put(chunk("thumbnails", 0))
            for packet in programme(0, 2):
                pusher.put(packet)
            await until(lambda: one.numbers("v16") == one.numbers("audio") == [0, 1])
            assert one.numbers("thumbnails") == []
