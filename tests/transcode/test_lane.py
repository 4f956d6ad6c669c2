import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import pytest

from flow.chunk import Chunk, Init, Packet
from flow.ids import RenditionId
from flow.timebase import SCALE
from flow.wire import Position, Positions
from tests.transcode.headend import PART, START, Headend, chunk, init, until
from transcode import lane as lane_module
from transcode.lane import Lane
from transcode.outbox import KEPT

Beat = Callable[[], Awaitable[None]]
V = RenditionId("v720")


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lane_module, "FIRST_PAUSE", 0.001)
    monkeypatch.setattr(lane_module, "LONGEST_PAUSE", 0.01)


@asynccontextmanager
async def running(headend: Headend) -> AsyncIterator[Lane]:
    lane = Lane(f"{headend.address}/ingest/demo", V)
    task = asyncio.create_task(lane.run())
    try:
        yield lane
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def test_packets_arrive_whole_and_in_order() -> None:
    async with Headend() as headend, running(headend) as lane:
        packets: list[Packet] = [init("v720"), *(chunk("v720", number) for number in range(5))]
        for packet in packets:
            lane.put(packet)
        await until(lambda: lane.outbox.waiting == 0)
        assert headend.received == packets
        assert (lane.connected, lane.why, headend.asked) == (True, "", 1)


async def test_one_connection_carries_them_all() -> None:
    async with Headend() as headend, running(headend) as lane:
        lane.put(init("v720"))
        for number in range(5):
            lane.put(chunk("v720", number))
            await until(lambda: lane.outbox.waiting == 0)
        assert headend.asked == 1  # a new connection would have asked again


async def test_a_restarted_headend_that_lost_everything_gets_everything_again() -> None:
    """What was acknowledged before the restart is not taken for granted."""
    async with Headend() as headend, running(headend) as lane:
        for packet in (init("v720"), chunk("v720", 0), chunk("v720", 1)):
            lane.put(packet)
        await until(lambda: lane.outbox.waiting == 0)
        await headend.restart(forget=True)
        lane.put(chunk("v720", 2))
        await until(lambda: headend.numbers("v720") == [0, 1, 2])
        assert lane.outbox.lost == 0


async def test_a_restarted_headend_that_kept_only_its_init_section_loses_nothing() -> None:
    """The new connection is noticed before anything is sent on it, so nothing overtakes what was lost."""
    async with Headend() as headend, running(headend) as lane:
        lane.put(init("v720"))
        for number in range(4):
            lane.put(chunk("v720", number))
        await until(lambda: lane.outbox.waiting == 0)
        await headend.stop()
        headend.kept = headend.kept[:2]
        await headend.start()
        lane.put(chunk("v720", 4))
        await until(lambda: len(headend.chunks("v720")) == 5)
        assert headend.numbers("v720") == [0, 1, 2, 3, 4]


async def test_a_headend_that_kept_everything_is_not_sent_it_twice() -> None:
    async with Headend() as headend, running(headend) as lane:
        for packet in (init("v720"), chunk("v720", 0)):
            lane.put(packet)
        await until(lambda: lane.outbox.waiting == 0)
        await headend.restart(forget=False)
        headend.received.clear()
        lane.put(chunk("v720", 1))
        await until(lambda: headend.numbers("v720") == [0, 1])
        assert [p for p in headend.received if isinstance(p, Chunk)] == [chunk("v720", 1)]


async def test_a_headend_that_was_away_gets_what_came_meanwhile() -> None:
    async with Headend() as headend, running(headend) as lane:
        lane.put(init("v720"))
        lane.put(chunk("v720", 0))
        await until(lambda: lane.outbox.waiting == 0)
        await headend.stop()
        for number in range(1, 6):
            lane.put(chunk("v720", number))
        await until(lambda: not lane.connected)
        assert lane.why
        assert lane.outbox.waiting == 5
        await headend.start()
        await until(lambda: headend.numbers("v720") == [0, 1, 2, 3, 4, 5])
        assert lane.connected


async def test_a_headend_that_dies_with_a_packet_under_way_costs_no_more_than_half_a_minute() -> None:
    """A worker does not grow while a headend is dead, and says what is lost."""
    async with Headend() as headend, running(headend) as lane:
        lane.put(init("v720"))
        lane.put(chunk("v720", 0))
        await until(lambda: lane.outbox.waiting == 0)
        await headend.stop()
        lane.put(chunk("v720", 1))
        await until(lambda: not lane.connected)
        count = 10 * 60 * SCALE // PART
        for number in range(2, count):
            lane.put(chunk("v720", number))
        assert lane.outbox.waiting == KEPT // PART + 1
        assert lane.outbox.lost == count - 1 - lane.outbox.waiting


async def test_a_missing_init_section_is_sent_with_all_that_follows() -> None:
    async with Headend() as headend, running(headend) as lane:
        for packet in (init("v720"), chunk("v720", 0), chunk("v720", 1)):
            lane.put(packet)
        await until(lambda: lane.outbox.waiting == 0)
        headend.kept.clear()
        lane.put(chunk("v720", 2))
        await until(lambda: headend.numbers("v720") == [0, 1, 2])
        assert isinstance(headend.kept[0], Init)


async def test_a_headend_that_asks_for_the_init_section_for_ever_is_not_flooded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lane_module, "FIRST_PAUSE", 60.0)
    async with Headend() as headend:
        headend.forced = [200, *[412, 200] * 1000]
        async with running(headend) as lane:
            lane.put(init("v720"))
            lane.put(chunk("v720", 0))
            await until(lambda: "again and again" in lane.why)
            assert len(headend.received) < 6


async def test_a_chunk_whose_init_section_is_gone_is_given_up() -> None:
    async with Headend() as headend, running(headend) as lane:
        lane.put(chunk("v720", 0))
        await until(lambda: lane.outbox.lost == 1)
        lane.put(init("v720", 2))
        lane.put(chunk("v720", 1, 2))
        await until(lambda: headend.numbers("v720") == [1])


async def test_a_refused_run_is_dropped_and_the_next_goes_on() -> None:
    async with Headend() as headend:
        headend.forced = [200, 200, 409]
        async with running(headend) as lane:
            for packet in (init("v720"), chunk("v720", 0), chunk("v720", 1), init("v720", 2), chunk("v720", 2, 2)):
                lane.put(packet)
            await until(lambda: headend.numbers("v720") == [0, 2])
            assert lane.outbox.lost == 0


async def test_refusals_are_timed_until_a_chunk_is_kept() -> None:
    async with Headend() as headend:
        headend.forced = [200, 409, 409]
        async with running(headend) as lane:
            for packet in (init("v720"), chunk("v720", 0), chunk("v720", 1)):
                lane.put(packet)
            await until(lambda: lane.refused_for > 0)
            lane.put(chunk("v720", 2))
            await until(lambda: headend.numbers("v720") == [2] and lane.outbox.waiting == 0)
            assert lane.refused_for == 0


@pytest.mark.parametrize("status", [404, 500, 503])
async def test_trouble_is_retried(status: int) -> None:
    async with Headend() as headend:
        headend.forced = [status, status]
        async with running(headend) as lane:
            lane.put(init("v720"))
            lane.put(chunk("v720", 0))
            await until(lambda: headend.numbers("v720") == [0])
            assert headend.asked == 3


@pytest.mark.parametrize("status", [400, 413])
async def test_a_packet_that_will_never_do_does_not_hold_up_the_next(status: int) -> None:
    async with Headend() as headend:
        headend.forced = [200, status]
        async with running(headend) as lane:
            for packet in (init("v720"), chunk("v720", 0), chunk("v720", 1)):
                lane.put(packet)
            await until(lambda: headend.numbers("v720") == [1])
            assert lane.outbox.lost == 1


async def test_a_channel_that_the_headend_does_not_know_yet_is_waited_for() -> None:
    async with Headend() as headend:
        headend.missing = True
        async with running(headend) as lane:
            lane.put(init("v720"))
            lane.put(chunk("v720", 0))
            await until(lambda: lane.why == "the headend answered 404")
            headend.missing = False
            await until(lambda: headend.numbers("v720") == [0])


@pytest.mark.parametrize("answer", ["", "[]", "{}", "null", '{"floor": 1}', '{"renditions": [], "floor": "x"}'])
async def test_rubbish_instead_of_positions_is_a_break_like_any_other(answer: str) -> None:
    async with Headend() as headend:
        headend.answer = answer
        async with running(headend) as lane:
            lane.put(init("v720"))
            await until(lambda: headend.asked > 2)
            assert not lane.connected
            headend.answer = json.dumps(Positions(0, 0, {V: Position(0, 0)}).to_json())
            await until(lambda: lane.connected)


async def test_a_server_that_ends_each_connection_still_gets_everything() -> None:
    async with Headend() as headend:
        headend.closes = True
        async with running(headend) as lane:
            lane.put(init("v720"))
            for number in range(4):
                lane.put(chunk("v720", number))
            await until(lambda: headend.numbers("v720") == [0, 1, 2, 3] and lane.outbox.waiting == 0)


async def test_what_the_headend_has_from_a_newer_run_is_not_sent() -> None:
    async with Headend() as headend:
        headend.answer = json.dumps(Positions(0, 0, {V: Position(9, START)}).to_json())
        async with running(headend) as lane:
            for packet in (init("v720"), chunk("v720", 0)):
                lane.put(packet)
            await until(lambda: lane.connected)
        headend.received.clear()
        assert lane.outbox.waiting in {0, 1}


async def test_a_connection_that_breaks_after_each_answer_is_not_a_busy_loop(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lane_module, "FIRST_PAUSE", 60.0)
    async with Headend() as headend:
        headend.drops = True
        async with running(headend) as lane:
            lane.put(init("v720"))
            lane.put(chunk("v720", 0))
            await until(lambda: lane.why == "the connection breaks again and again")
            assert headend.asked == 2


async def test_a_headend_that_knows_it_no_more_is_asked_less_and_less_and_another_as_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lane_module, "REFUSED_PAUSE", 0.04)
    async with Headend() as headend:
        headend.unknown = "revoked: do this"
        async with running(headend) as lane:
            lane.put(init("v720"))
            await until(lambda: lane._pause == lane_module.REFUSED_PAUSE)
            assert lane.why == "the headend answered 401: revoked: do this"
            headend.unknown, headend.missing = "", True
            await until(lambda: lane._pause == lane_module.LONGEST_PAUSE)
            headend.missing = False
            await until(lambda: lane.connected)
