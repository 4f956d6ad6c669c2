"""The channels of a headend."""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from aiohttp import web

import desk.lineup
from desk.lineup import Entry, Lineup
from desk.registry import Declared
from desk.standing_file import StandingFile
from flow.ids import ChannelId
from flow.names import SegmentName
from flow.standing import Standing
from flow.store import MediaKey
from origin.memory_store import MemoryStore
from tests.desk.samples import worker_status
from tests.recorded.builder import EPOCH, channel_of, recorded_packets
from tests.recorded.clock import SteppedClock


@pytest.fixture
def clock() -> SteppedClock:
    return SteppedClock(wall_units=EPOCH)


def test_channels_are_listed_by_name(clock: SteppedClock) -> None:
    lineup = Lineup(store=MemoryStore(), clock=clock)
    for name in ("b", "a"):
        lineup.open(Declared(channel=channel_of(name), revision=1))
    assert [entry.name for entry in lineup] == ["a", "b"]
    assert lineup.titles() == [("a", "A"), ("b", "B")]
    assert lineup.get("c") is None


def test_media_of_an_earlier_run_is_not_fresh(clock: SteppedClock) -> None:
    entry = Lineup(store=MemoryStore(), clock=clock).open(Declared(channel=channel_of("a"), revision=1))
    assert not entry.fresh
    for packet in recorded_packets(entry.declared.channel, EPOCH, segments=1, run=7):
        clock.advance_to(getattr(packet, "end", EPOCH))
        entry.publisher.take(packet)
    entry.status = worker_status()
    assert entry.status.run == 7
    assert entry.fresh
    entry.status = replace(entry.status, run=8)
    assert not entry.fresh


async def test_a_closed_channel_is_gone_from_the_store(clock: SteppedClock) -> None:
    store = MemoryStore()
    lineup = Lineup(store=store, clock=clock)
    entry = lineup.open(Declared(channel=channel_of("a"), revision=1))
    for packet in recorded_packets(entry.declared.channel, EPOCH, segments=3):
        clock.advance_to(getattr(packet, "end", EPOCH))
        entry.publisher.take(packet)
    lineup.tick()
    assert store.channels() == ("a",)
    await lineup.close(ChannelId("a"))
    assert store.channels() == ()
    assert lineup.get("a") is None


class Counted(MemoryStore):
    """Knows what it keeps."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: set[MediaKey] = set()

    def put(self, key: MediaKey, body: bytes) -> None:
        super().put(key, body)
        self.kept.add(key)

    def forget(self, key: MediaKey) -> None:
        super().forget(key)
        self.kept.discard(key)


def take(entry: Entry, clock: SteppedClock, **words: int) -> None:
    for packet in recorded_packets(entry.declared.channel, EPOCH, **words):
        clock.advance_to(getattr(packet, "end", EPOCH))
        entry.publisher.take(packet)


async def test_a_closed_channel_leaves_no_media_in_memory(clock: SteppedClock) -> None:
    store = Counted()
    lineup = Lineup(store=store, clock=clock)
    take(lineup.open(Declared(channel=channel_of("a"), revision=1)), clock, segments=3)
    await lineup.close(ChannelId("a"))
    assert store.kept
    clock.advance(3600)
    lineup.tick()
    assert store.kept == set()


async def test_a_channel_that_is_started_again_keeps_the_media_that_it_lists(
    clock: SteppedClock, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """F-22."""
    store = Counted()
    lineup = Lineup(store=store, clock=clock)
    declared = Declared(channel=channel_of("a"), revision=1)
    take(lineup.open(declared), clock, segments=3)
    await lineup.close(ChannelId("a"))
    monkeypatch.setattr(lineup.open(declared).publisher, "tick", lambda: None)  # its own window stands still
    whole = {key for key in store.kept if isinstance(key.name, SegmentName)}
    clock.advance(3600)
    lineup.tick()
    assert whole
    assert whole <= store.kept


class Link:
    """A control connection that behaves as told."""

    def __init__(self, mode: str) -> None:
        self.mode = mode
        self.words: list[object] = []
        self.closed = False

    async def send_json(self, word: object) -> None:
        if self.mode == "broken":
            raise ConnectionResetError
        if self.mode == "hanging":
            await asyncio.Event().wait()
        self.words.append(word)

    async def close(self) -> None:
        self.closed = True


async def test_a_worker_that_is_gone_or_hangs_leaves_no_channel_half_closed(
    clock: SteppedClock, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """F-30: the playlist goes first, and the other workers hear of it."""
    monkeypatch.setattr(desk.lineup, "PARTING", 0.01)
    store = MemoryStore()
    lineup = Lineup(store=store, clock=clock)
    entry = lineup.open(Declared(channel=channel_of("a"), revision=1))
    for packet in recorded_packets(entry.declared.channel, EPOCH, segments=3):
        clock.advance_to(getattr(packet, "end", EPOCH))
        entry.publisher.take(packet)
    links = [Link(mode) for mode in ("broken", "hanging", "well")]
    entry.links.update(cast("list[web.WebSocketResponse]", links))
    await lineup.close(ChannelId("a"))
    assert store.channels() == ()
    assert (links[2].words, links[2].closed) == ([{"do": "stop"}], True)


async def test_a_window_that_was_changed_holds_at_once(clock: SteppedClock) -> None:
    store = MemoryStore()
    lineup = Lineup(store=store, clock=clock)
    channel = replace(channel_of(rungs=1), window_s=7_200)
    entry = lineup.open(Declared(channel=channel, revision=1))
    for packet in recorded_packets(channel, EPOCH, 70):
        entry.publisher.take(packet)
    before = store.playlist(channel.id, channel.renditions[0])
    await lineup.change(entry, Declared(channel=replace(channel, window_s=120), revision=1))
    after = store.playlist(channel.id, channel.renditions[0])
    assert before is not None
    assert after is not None
    assert [one.full.plain.count(b"#EXTINF") for one in (before, after)] == [70, 63]


def test_a_status_is_kept_with_the_clocks_distance(clock: SteppedClock) -> None:
    """F-19."""
    lineup = Lineup(store=MemoryStore(), clock=clock)
    entry = lineup.open(Declared(channel=channel_of("a"), revision=1))
    lineup.hear(entry, worker_status(wall_ns=clock.wall_ns() + 700))
    assert (entry.offset, entry.heard) == (700, clock.monotonic_ns())


def test_what_an_operator_has_set_is_kept_over_a_power_cut_and_forgotten_with_the_channel(
    clock: SteppedClock, tmp_path: Path,
) -> None:
    def lineup() -> Lineup:
        return Lineup(store=MemoryStore(), clock=clock, kept=StandingFile(tmp_path))

    declared = Declared(channel=channel_of("hop"), revision=1)
    first = lineup()
    entry = first.open(declared)
    set_by_hand = Standing(taken=1, text="8 giờ")
    first.hear(entry, replace(worker_status(), standing=set_by_hand))
    first.hear(entry, replace(worker_status(), ticks=0))
    again = lineup()
    later = again.open(declared)
    assert later.standing == set_by_hand.to_json()
    again.hear(later, worker_status())
    assert lineup().open(declared).standing is None


async def test_a_channel_that_is_taken_off_leaves_nothing_standing(clock: SteppedClock, tmp_path: Path) -> None:
    forgotten: list[str] = []
    kept = StandingFile(tmp_path)
    lineup = Lineup(store=MemoryStore(), clock=clock, kept=kept, forget=forgotten.append)
    lineup.stands(lineup.open(Declared(channel=channel_of("hop"), revision=1)), Standing(cut=True).to_json())
    await lineup.close(ChannelId("hop"))
    assert list(tmp_path.iterdir()) == []
    assert forgotten == ["hop"]
