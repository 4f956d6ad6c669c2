"""Chunks over HTTP reach the packager, and nothing else does."""

from dataclasses import replace

import pytest
from aiohttp.pytest_plugin import AiohttpClient
from aiohttp.test_utils import TestClient

from desk.registry import Declared
from flow.channel import Channel
from flow.chunk import Chunk, Packet
from flow.ids import ChannelId
from flow.thumbnail import LENGTH, THUMBNAILS
from flow.wire import H_WORKER, Positions, headers_of, path_of
from ingest.pictures.thumbnail import thumbnail_of
from tests.desk.rooms import Rooms
from tests.recorded.builder import EPOCH, channel_of, recorded_inits, recorded_packets


@pytest.fixture
def channel(rooms: Rooms) -> Channel:
    made = channel_of("hop", rungs=1)
    rooms.lineup.open(Declared(channel=made, revision=1))
    return made


async def push(client: TestClient, packet: Packet, name: str = "hop", worker: int = 0) -> int:
    headers = {**headers_of(packet), H_WORKER: str(worker)}
    answer = await client.put(f"/ingest/{name}{path_of(packet)}", headers=headers, data=packet.body)
    return answer.status


async def test_a_recorded_worker_makes_a_playlist(
    rooms: Rooms, channel: Channel, aiohttp_client: AiohttpClient,
) -> None:
    client = await aiohttp_client(rooms.machines())
    for packet in recorded_packets(channel, EPOCH, segments=3):
        rooms.clock.advance_to(getattr(packet, "end", EPOCH))
        assert await push(client, packet) == 200
    assert rooms.store.multivariant(ChannelId("hop")) is not None
    answer = await client.get("/ingest/hop")
    positions = Positions.from_json(await answer.json())
    assert positions.last_run == 1
    assert {place.end for place in positions.renditions.values()} == {EPOCH + 3 * channel.profile.segment}


async def test_a_chunk_before_its_init_section_asks_for_it(
    rooms: Rooms, channel: Channel, aiohttp_client: AiohttpClient,
) -> None:
    client = await aiohttp_client(rooms.machines())
    inits = len(list(recorded_inits(channel)))
    chunk = list(recorded_packets(channel, EPOCH, segments=1))[inits]
    assert await push(client, chunk) == 412


async def test_an_older_run_is_refused(rooms: Rooms, channel: Channel, aiohttp_client: AiohttpClient) -> None:
    """F-23: a worker that was replaced publishes nothing more."""
    client = await aiohttp_client(rooms.machines())
    for packet in recorded_packets(channel, EPOCH, segments=2, run=5):
        rooms.clock.advance_to(getattr(packet, "end", EPOCH))
        await push(client, packet)
    late = [await push(client, packet) for packet in recorded_packets(channel, EPOCH, segments=1, run=4)]
    assert 409 in late
    assert await (await client.get("/ingest/hop")).json() == (
        rooms.lineup.get("hop").publisher.positions().to_json()  # type: ignore[union-attr]
    )


async def test_neither_of_two_workers_writes_the_others_runs(
    rooms: Rooms, channel: Channel, aiohttp_client: AiohttpClient,
) -> None:
    """F-02: a spare that takes itself for the other one would fill what is that one's."""
    rooms.lineup.open(Declared(channel=replace(channel, id=ChannelId("pair"), workers=2), revision=1))
    client = await aiohttp_client(rooms.machines())
    answers = {
        (run, worker): {
            await push(client, packet, "pair", worker)
            for packet in recorded_packets(channel, EPOCH, segments=1, run=run)
        }
        for run in (4, 5) for worker in (1, 0)
    }
    assert answers == {(4, 0): {200}, (4, 1): {409}, (5, 0): {409}, (5, 1): {200}}
    assert await push(client, next(iter(recorded_inits(channel, run=6))), "pair", 2) == 400


@pytest.mark.parametrize(("path", "status"), [
    ("/ingest/other/v0/1/init", 404),
    ("/ingest/hop/v9/1/init", 400),
    ("/ingest/hop/v0/x/init", 400),
    ("/ingest/hop/v0/1/..%2finit", 400),
    ("/ingest/hop/..%2fv0/1/init", 400),
    ("/ingest/hop/v0/1", 404),
])
async def test_what_is_no_packet_of_this_channel_is_refused(
    rooms: Rooms, channel: Channel, aiohttp_client: AiohttpClient, path: str, status: int,
) -> None:
    """T-12."""
    client = await aiohttp_client(rooms.machines())
    answer = await client.put(path, headers={"Xacast-Codecs": "avc1.42c01f"}, data=b"x")
    assert answer.status == status
    assert rooms.lineup.get("hop").publisher.status().last_msn == -1  # type: ignore[union-attr]


async def test_a_chunk_without_its_headers_is_malformed(
    rooms: Rooms, channel: Channel, aiohttp_client: AiohttpClient,
) -> None:
    client = await aiohttp_client(rooms.machines())
    assert (await client.put(f"/ingest/hop/v0/1/{EPOCH}", data=b"x")).status == 400


async def test_an_unknown_channel_has_no_positions(rooms: Rooms, aiohttp_client: AiohttpClient) -> None:
    client = await aiohttp_client(rooms.machines())
    assert (await client.get("/ingest/hop")).status == 404


async def test_thumbnails_are_taken_as_pictures_or_not_at_all(
    rooms: Rooms, channel: Channel, aiohttp_client: AiohttpClient,
) -> None:
    """T-31: bytes that are no picture of the right size are refused at the door."""
    client = await aiohttp_client(rooms.machines())
    canvas = channel.ladder.canvas
    body = thumbnail_of(bytes(canvas.picture_bytes), canvas)
    good = Chunk(
        rendition=THUMBNAILS, run=1, start=-(-EPOCH // LENGTH) * LENGTH, duration=LENGTH, independent=True,
        body=body,
    )
    assert await push(client, replace(good, body=b"<script>")) == 409
    assert await push(client, replace(good, body=body * 100)) == 409
    assert await push(client, good) == 200
