"""What is said of a channel's two workers."""

from dataclasses import replace

import pytest
from aiohttp import WSServerHandshakeError
from aiohttp.pytest_plugin import AiohttpClient

from desk.lineup import Entry
from desk.pair import alarms_of, pair_of, rows_of
from desk.registry import Declared
from flow.ids import ChannelId
from flow.wire import H_WORKER
from tests.desk.rooms import Rooms
from tests.desk.samples import channel, worker_status
from tests.desk.test_control_link import until

SECOND = {H_WORKER: "1"}


@pytest.fixture
def entry(rooms: Rooms) -> Entry:
    return rooms.lineup.open(Declared(channel=replace(channel(), workers=2), revision=1))


async def test_two_workers_are_told_apart_and_each_is_seen(
    rooms: Rooms, entry: Entry, aiohttp_client: AiohttpClient,
) -> None:
    client = await aiohttp_client(rooms.machines())
    async with client.ws_connect("/worker/hop") as one:
        await one.receive_json()
        assert (await client.get("/worker/hop/definition")).status == 409
        assert (await client.get("/worker/hop/definition", headers=SECOND)).status == 200
        async with client.ws_connect("/worker/hop", headers=SECOND) as other:
            await other.receive_json()
            await other.send_json(replace(worker_status(), pid=43).to_json())
            await one.send_json(worker_status().to_json())
            await until(lambda: len(entry.seats) == 2)
            assert entry.status is not None
            assert (entry.status.pid, entry.seats[1].status.pid) == (42, 43)
            assert alarms_of(pair_of(entry, rooms.clock.monotonic_ns())) == []
        await until(lambda: entry.workers == (0,))
        pair = pair_of(entry, rooms.clock.monotonic_ns())
        assert alarms_of(pair) == ["worker 2 of two is not there"]
        assert [(one["connected"], one["listed"]) for one in pair] == [(True, True), (False, False)]
        assert "process 42, connected, listed, run 7" in rows_of(pair)[0][1]
        assert "process 43, gone for" in rows_of(pair)[1][1]
        log = rooms.lineup.events.after(0)
        assert [(told["kind"], told["data"]["worker"], told["data"]["left"]) for told in log] == [
            ("worker-there", 1, 1), ("worker-there", 2, 2), ("worker-gone", 2, 1),
        ]
        assert log[-1]["en"] == "Worker 2 of the channel's two is gone; 1 left"
        await rooms.lineup.close(ChannelId("hop"))
    assert len(rooms.lineup.events.after(0)) == 3  # the headend's own word is no loss


def test_the_spares_encoder_is_told_and_alarms_when_it_is_another_than_it_should_be() -> None:
    one = {"worker": 1, "connected": True, "listed": True, "encoder_fallen": "nvenc: it was killed"}
    spare = {**one, "worker": 2, "listed": False}
    assert alarms_of([one, spare]) == ["worker 2 of two, encoder: x264 in place of nvenc: it was killed"]
    words = {"pid": 43, "run": 7, "encoder": "x264", "clock_offset_seconds": 0.0}
    assert rows_of([spare | words]) == [
        ("worker 2", "process 43, connected, spare, x264, run 7, clock +0.000 s"),
    ]


def test_one_that_has_not_come_is_told_of(rooms: Rooms, entry: Entry) -> None:
    assert rows_of(pair_of(entry, 0)) == [("worker 1", "has not come yet"), ("worker 2", "has not come yet")]


async def test_a_channel_of_one_worker_has_no_second(rooms: Rooms, aiohttp_client: AiohttpClient) -> None:
    alone = rooms.lineup.open(Declared(channel=channel(), revision=1))
    client = await aiohttp_client(rooms.machines())
    assert (await client.get("/worker/hop/definition", headers=SECOND)).status == 404
    assert (await client.get("/ingest/hop", headers=SECOND)).status == 400
    with pytest.raises(WSServerHandshakeError):
        await client.ws_connect("/worker/hop", headers=SECOND)
    assert pair_of(alone, 0) == []
