import asyncio
import socket

import pytest

from flow.errors import FeedError
from ingest.rtsp.datagrams import Datagrams
from ingest.rtsp.message import Frame
from ingest.rtsp.transport import Transport


def door(host: str) -> socket.socket:
    made = socket.socket(type=socket.SOCK_DGRAM)
    made.bind((host, 0))
    made.settimeout(5)
    return made


async def test_packets_come_from_the_server_and_from_nobody_else() -> None:
    """T-10."""
    came: asyncio.Queue[Frame] = asyncio.Queue()
    pairs = Datagrams("127.0.0.1", "127.0.0.2")
    pairs.sink = came.put_nowait
    first, second = await pairs.pair(), await pairs.pair()
    assert first % 2 == second % 2 == 0
    with door("127.0.0.1") as stranger, door("127.0.0.2") as server:
        stranger.sendto(b"forged", ("127.0.0.1", first))
        server.sendto(b"picture", ("127.0.0.1", first))
        server.sendto(b"report", ("127.0.0.1", second + 1))
        found = [await asyncio.wait_for(came.get(), 5) for _ in range(2)]
    pairs.close()
    assert sorted(found, key=lambda one: one.channel) == [
        Frame(channel=0, body=b"picture"), Frame(channel=3, body=b"report"),
    ]


async def test_the_way_back_is_opened_and_reports_go_to_the_server() -> None:
    pairs = Datagrams("127.0.0.1", "127.0.0.2")
    await pairs.pair()
    with door("127.0.0.2") as media, door("127.0.0.2") as reports:
        ports = [one.getsockname()[1] for one in (media, reports)]
        pairs.admit((Transport(tcp=False, first=ports[0], second=ports[1]),))
        assert await asyncio.to_thread(media.recv, 100) == await asyncio.to_thread(reports.recv, 100)
        pairs.send(1, b"received all")
        assert await asyncio.to_thread(reports.recv, 100) == b"received all"
    pairs.close()


async def test_a_server_that_sends_from_another_machine_is_refused() -> None:
    """T-04: nothing goes to an address that a server names."""
    pairs = Datagrams("127.0.0.1", "127.0.0.2")
    await pairs.pair()
    with pytest.raises(FeedError, match=r"from 10\.0\.0\.9"):
        pairs.admit((Transport(tcp=False, first=5_000, second=5_001, source="10.0.0.9"),))
    pairs.close()
