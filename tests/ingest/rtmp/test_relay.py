import asyncio
import socket
from pathlib import Path

import pytest

from ingest.rtmp.flv_tags import media
from ingest.rtmp.limits import DoorLimits
from ingest.rtmp.message import Message, RtmpError
from ingest.rtmp.relay import RtmpRelay
from ingest.rtmp.socket import listen
from tests.ingest.rtmp_talk import AAC, AVC, META, heads, picture, socket_in, sound, tags

HEADS = [one for message in heads() for one in media(message)]


async def yes() -> bool:
    return True


def made(folder: Path, limits: DoorLimits) -> RtmpRelay:
    return RtmpRelay(socket_in(folder), limits, yes)


async def accept(door: socket.socket) -> socket.socket:
    worker, _ = await asyncio.wait_for(asyncio.get_running_loop().sock_accept(door), 5)
    return worker


async def read(worker: socket.socket) -> bytes:
    """All that the worker gets until the relay closes."""
    loop, data = asyncio.get_running_loop(), b""
    with worker:
        while piece := await asyncio.wait_for(loop.sock_recv(worker, 1 << 16), 5):
            data += piece
    return data


async def begin(relay: RtmpRelay, path: Path) -> socket.socket:
    with listen(path) as door:
        assert await relay.attach()
        return await accept(door)


async def noticed(relay: RtmpRelay, message: Message) -> None:
    """Send until the relay has seen that nobody is there any more."""
    while relay._writer is not None:
        await relay.send([message])
        await asyncio.sleep(0)


async def test_messages_come_as_flv(tmp_path: Path) -> None:
    relay = made(tmp_path, DoorLimits())
    worker = await begin(relay, socket_in(tmp_path))
    await relay.send([*HEADS, picture(40, key=False), sound(50)])
    relay.close()
    assert [one.timestamp for one in tags(await read(worker))] == [0, 0, 0, 40, 50]


async def test_without_a_worker_it_does_not_attach(tmp_path: Path) -> None:
    assert not await made(tmp_path, DoorLimits(patience=0)).attach()


async def test_a_worker_that_comes_back_begins_with_the_headers_and_the_next_key_picture(tmp_path: Path) -> None:
    """F-01: a decoder that died costs its publisher nothing."""
    relay = made(tmp_path, DoorLimits(patience=0))
    (await begin(relay, socket_in(tmp_path))).close()
    await relay.send([*HEADS, picture(0)])
    await noticed(relay, picture(40, key=False))
    with listen(socket_in(tmp_path)) as door:
        relay._tried = 0.0
        await relay.send([picture(80, key=False), sound(90)])
        worker = await accept(door)
    await relay.send([picture(120, key=False), *HEADS[1:], sound(130), picture(160), picture(200, key=False)])
    relay.close()
    found = tags(await read(worker))
    assert [one.body for one in found[:5]] == [META, AVC, AAC, AVC, AAC]
    assert [one.timestamp for one in found[5:]] == [160, 200]


async def test_sound_alone_waits_for_no_key_picture(tmp_path: Path) -> None:
    relay = made(tmp_path, DoorLimits(patience=0))
    (await begin(relay, socket_in(tmp_path))).close()
    await noticed(relay, sound(0))
    with listen(socket_in(tmp_path)) as door:
        relay._tried = 0.0
        await relay.send([sound(10)])
        worker = await accept(door)
    relay.close()
    assert [one.timestamp for one in tags(await read(worker))] == [10]


async def test_a_publisher_whose_key_was_changed_meanwhile_does_not_come_back(tmp_path: Path) -> None:
    """T-02: the worker that is there again may be that of a channel which was declared anew."""
    async def no() -> bool:
        return False

    relay = RtmpRelay(socket_in(tmp_path), DoorLimits(patience=0), no)
    (await begin(relay, socket_in(tmp_path))).close()

    async def go_on() -> None:
        await noticed(relay, sound(0))
        await relay.send([sound(10)])

    with listen(socket_in(tmp_path)), pytest.raises(RtmpError, match="its key holds no more"):
        await go_on()


async def test_a_worker_that_stays_away_ends_it(tmp_path: Path) -> None:
    relay = made(tmp_path, DoorLimits(patience=0, stalled=0.01))
    (await begin(relay, socket_in(tmp_path))).close()
    await noticed(relay, sound(0))
    relay._tried, relay._lost = 0.0, 1.0
    with pytest.raises(RtmpError, match="away"):
        await relay.send([sound(10)])


async def test_a_worker_that_does_not_read_ends_it_and_little_is_kept(tmp_path: Path) -> None:
    """F-09: nothing grows without bounds."""
    relay = made(tmp_path, DoorLimits(stalled=0.05))
    worker = await begin(relay, socket_in(tmp_path))
    with pytest.raises(RtmpError, match="does not read"):
        await relay.send([picture(0, bytes(8 << 20))])
    relay.close()
    worker.close()
