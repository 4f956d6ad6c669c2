import asyncio

from flow.ids import RenditionId
from flow.wire import Position, Positions
from tests.transcode.headend import PART, START, Headend, chunk, init, until
from transcode.positions import ask_positions, furthest

V = RenditionId("v720")
AUDIO = RenditionId("audio")


def test_the_furthest_of_each_value_is_taken() -> None:
    one = Positions(10, 5, {V: Position(5, 10), AUDIO: Position(4, 99)})
    other = Positions(20, 4, {V: Position(4, 20), AUDIO: Position(4, 100)})
    assert furthest([one, other]) == Positions(20, 5, {V: Position(5, 10), AUDIO: Position(4, 100)})


def test_nothing_comes_of_no_answers() -> None:
    assert furthest([]) is None


async def test_a_dead_headend_does_not_hide_what_another_knows() -> None:
    async with Headend() as dead:
        gone = dead.address
    async with Headend() as headend:
        headend.kept = [init("v720", 7), chunk("v720", 3, 7)]
        headend.last_run = 8
        got = await ask_positions((f"{gone}/ingest/demo", f"{headend.address}/ingest/demo"), 0.3)
    assert got == Positions(START + 4 * PART, 8, {V: Position(7, START + 4 * PART)})


async def test_none_answers_in_time() -> None:
    async with Headend() as dead:
        gone = dead.address
    assert await ask_positions((f"{gone}/ingest/demo",), 0.05) is None
    assert await ask_positions((), 0.05) is None


async def test_a_headend_that_comes_up_meanwhile_is_heard() -> None:
    async with Headend() as headend:
        headend.missing = True
        task = asyncio.create_task(ask_positions((f"{headend.address}/ingest/demo",), 10))
        await until(lambda: headend.asked > 0)
        headend.missing = False
        assert await task == Positions(0, 0, {})
