"""A worker from which headends take nothing any more."""

import asyncio
from dataclasses import replace

import pytest

import desk.refusals
from desk.refusals import REFUSED, STILL, Rival, heed_refusals
from flow.errors import ToolError
from flow.ids import RenditionId
from flow.wire import Position, Positions

OURS = 7


def positions(run: int, end: int) -> Positions:
    return Positions(floor=0, last_run=run, renditions={RenditionId("v240"): Position(run, end)})


class Pusher:
    """A way to headends that say this, one after the other, the last again and again."""

    def __init__(self, *said: Positions | None, refused_for: float = REFUSED) -> None:
        self.said = list(said)
        self.seconds = refused_for
        self.asked = 0

    def refused_for(self) -> float:
        return self.seconds

    async def positions(self, timeout: float) -> Positions | None:  # noqa: ASYNC109 - as the real one has it
        del timeout
        self.asked += 1
        return self.said.pop(0) if len(self.said) > 1 else self.said[0]


@pytest.fixture(autouse=True)
def _short_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk.refusals, "LOOK", 0.0001)


async def heeded(pusher: Pusher, run: int | None = OURS) -> None:
    await heed_refusals("hop", pusher, lambda: run)


async def looks(pusher: Pusher, count: int, run: int | None = OURS) -> None:
    """Run it until the headends were asked so often."""
    heeding = asyncio.create_task(heeded(pusher, run))
    while pusher.asked < count:
        await asyncio.sleep(0)
        assert not heeding.done()
    heeding.cancel()


async def test_what_nobody_takes_for_no_reason_lies_in_the_past() -> None:
    """F-19."""
    with pytest.raises(ToolError, match="refused everything for 10 s"):
        await heeded(Pusher(None, positions(OURS, 100)))


async def test_nobody_is_asked_while_something_is_taken_or_nothing_is_made() -> None:
    for pusher, run in ((Pusher(None, refused_for=0.0), OURS), (Pusher(None), None)):
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(heeded(pusher, run), 0.02)
        assert pusher.asked == 0


async def test_another_worker_that_goes_on_keeps_the_channel() -> None:
    """F-01: two that fight for it would both be seen as holes."""
    await looks(Pusher(*(positions(OURS + 1, end) for end in range(1, 100))), 3 * STILL)


async def test_the_channel_is_taken_back_from_one_that_came_and_went() -> None:
    """F-01: an operator's second worker, ended by Ctrl-C, left the channel off the air for good."""
    pusher = Pusher(*(positions(OURS + 1, end) for end in range(1, 6)))
    with pytest.raises(ToolError):
        await heeded(pusher)
    assert pusher.asked == 5 + STILL


async def test_numbers_used_up_by_nobody_who_goes_on_are_no_rival() -> None:
    """The other of two workers fills the list, and our numbers were used up with the channel's last life."""
    used_up = [replace(positions(0, end), last_run=OURS + 1) for end in range(1, 10 * STILL)]
    pusher = Pusher(*used_up)
    with pytest.raises(ToolError):
        await heeded(pusher)
    assert pusher.asked <= 1 + STILL


def test_a_rival_has_gone_when_nothing_new_of_it_has_come_for_a_while() -> None:
    rival = Rival()
    for end in (5, 6, *[6] * STILL):
        assert not rival.gone
        rival = rival.look(positions(OURS + 1, end), OURS)
    assert rival.gone
    assert not rival.look(positions(OURS + 1, 7), OURS).gone
