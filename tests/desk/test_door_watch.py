"""The headend's eye on the RTMP door, over the files of a door."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from desk import door_watch
from desk.door_file import DoorState, take_wish
from desk.errors import RefusedError
from desk.registry import Declared
from desk.said import Said
from flow.errors import ToolError
from flow.feed import Feed, FeedKind, FeedState
from tests.desk.rooms import Rooms
from tests.desk.samples import channel, feed_status, worker_status

DOOR = Feed(address="rtmp://:1935/live/" + "k" * 22, kind=FeedKind.RTMP, shown="rtmp://:1935/live/…")


class At:
    """A headend with two channels, of which `hop` has a publisher's feed."""

    def __init__(self, data: Path) -> None:
        self.run = data / "run"
        self.rooms = Rooms(data)
        self.watch = self.rooms.door
        self.hop = self.rooms.lineup.open(Declared(channel=replace(channel(), feeds=(DOOR,)), revision=1))
        self.other = self.rooms.lineup.open(Declared(channel=channel("other"), revision=1))
        self.soon = self.rooms.clock.wall_ns() + 900 * 1_000_000_000

    async def door_says(
        self, life: int, banned: list[str], refused: dict[int, str] | None = None,
        places: dict[int, str] | None = None,
    ) -> list[str]:
        """What is noted on `hop` of it, and nothing on the other channel."""
        before = self.rooms.lineup.events.last
        DoorState(
            life=life, banned=dict.fromkeys(banned, self.soon), refused=refused or {}, places=places or {},
        ).write(self.run)
        await self.watch.look()
        found = self.rooms.lineup.events.after(before)
        assert {one["channel"] for one in found} <= {"hop"}
        return [one["en"] for one in found]


async def test_refusals_bans_and_their_ends_are_events_of_channels_with_a_publisher_s_feed(tmp_path: Path) -> None:
    at = At(tmp_path)
    assert await at.door_says(1, [], {1: "10.0.0.4"}) == []  # it was so before this headend
    [refused] = await at.door_says(1, [], {1: "10.0.0.4", 2: "10.0.0.5"})
    assert refused.startswith("An RTMP publisher from 10.0.0.5 was refused")
    [banned] = await at.door_says(1, ["10.0.0.5"], {2: "10.0.0.5"})
    assert "xacast feed unban 10.0.0.5" in banned
    assert await at.door_says(1, ["10.0.0.5"], {2: "10.0.0.5"}) == []
    again, over = sorted(await at.door_says(2, [], {1: "10.0.0.6"}))  # another door has begun to count anew
    assert over == "The RTMP door is open again for 10.0.0.5"
    assert "10.0.0.6 was refused" in again


async def test_a_second_publisher_is_an_event_of_the_feed_that_has_one(tmp_path: Path) -> None:
    """T-03, F-17."""
    at = At(tmp_path)
    await at.door_says(1, [])
    refused = dict.fromkeys((1, 2, 3, 4), "10.0.0.9")
    [second] = await at.door_says(1, [], refused, {1: "hop-0", 2: "gone-0", 3: "hop-7", 4: "rubbish"})
    assert second == (
        "A second RTMP publisher from 10.0.0.9 was refused: feed 1 (rtmp://:1935/live/…) has one"
    )


async def test_status_names_who_is_shut_out_while_a_channel_waits_for_its_publisher(tmp_path: Path) -> None:
    at = At(tmp_path)
    await at.door_says(1, ["10.0.0.5"])
    [alarm] = at.watch.alarms(at.hop)
    assert "10.0.0.5 is shut out" in alarm
    assert "`xacast feed unban 10.0.0.5`" in alarm
    assert at.watch.alarms(at.other) == []
    at.hop.status = worker_status(feeds=(feed_status(FeedState.LIVE),))
    assert at.watch.alarms(at.hop) == []
    at.hop.status = worker_status(feeds=(feed_status(FeedState.WAITING),))
    assert at.watch.alarms(at.hop) == [alarm]


async def test_a_ban_of_a_door_that_was_killed_ends_by_the_clock(tmp_path: Path) -> None:
    at = At(tmp_path)
    await at.door_says(1, ["10.0.0.5"])
    at.soon = at.rooms.clock.wall_ns()
    assert len(await at.door_says(1, ["10.0.0.5"])) == 1
    assert at.watch.alarms(at.hop) == []


@pytest.mark.parametrize(("address", "lifted"), [
    ("10.0.0.5", ["10.0.0.0/24", "10.0.0.5"]), ("", ["10.0.0.0/24", "10.0.0.5", "10.9.9.9"]),
    ("10.9.9.9", ["10.9.9.9"]),
])
async def test_who_is_let_in_is_told_once_the_door_has_done_it(
    tmp_path: Path, address: str, lifted: list[str],
) -> None:
    at = At(tmp_path)
    everybody = ["10.0.0.0/24", "10.0.0.5", "10.9.9.9"]
    await at.door_says(1, everybody)
    asked = asyncio.create_task(at.watch.unban(address, Said(who="lan", why="đã sửa khóa")))
    async with asyncio.timeout(5):
        while not (wish := take_wish(at.run)):  # noqa: ASYNC110 - as the door does
            await asyncio.sleep(0)
    assert wish == lifted
    assert not asked.done()
    await at.door_says(1, [place for place in everybody if place not in wish])
    assert await asyncio.wait_for(asked, 5) == lifted
    told = [one for one in at.rooms.lineup.events.after(0) if one["kind"] == "unban"]
    assert {(one["who"], one["data"]["address"]) for one in told} == {("lan", place) for place in lifted}
    assert all(one["vi"].endswith(": đã sửa khóa") for one in told)


async def test_who_is_not_shut_out_is_told_so_and_a_door_that_is_gone_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    at = At(tmp_path)
    assert await at.watch.unban("") == []
    await at.door_says(1, ["10.0.0.5"])
    with pytest.raises(RefusedError, match=r"Shut out are: 10\.0\.0\.5"):
        await at.watch.unban("10.0.0.6")
    monkeypatch.setattr(door_watch, "PATIENCE", 0.0)
    with pytest.raises(ToolError, match="does not answer"):
        await at.watch.unban("10.0.0.5")
