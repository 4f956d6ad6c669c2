"""An encrypted channel at a headend: its keys over HTTP, in the next life, and when they cannot be kept."""

from contextlib import closing
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from desk.definition import channel_from, channel_of, definition_of
from desk.headend import Headend
from desk.lineup import Lineup
from desk.listener import Listener
from desk.machine_key import headers_with, machine_key
from desk.master_key import FILE
from desk.registry import Declared, Registry
from desk.settings import Settings
from flow.ids import ChannelId
from flow.timebase import SCALE
from origin.keyrings import Keyrings
from origin.memory_store import MemoryStore
from tests.recorded.builder import EPOCH, recorded_packets
from tests.recorded.clock import SteppedClock

ANY = Listener("127.0.0.1", 0)
HOP = ChannelId("hop")


def declared() -> Declared:
    channel = channel_of("hop", ["testcard:"], ladder="tiny", encrypt=True, key_period="30s")
    return Declared(channel=channel, revision=1)


def test_a_definition_says_how_long_a_key_serves_and_an_older_one_that_there_is_none() -> None:
    words: dict[str, Any] = definition_of(declared().channel)
    assert channel_from(words).key_period_s == 30
    del words["key_period_s"]
    assert channel_from(words).key_period_s == 0


def test_a_channel_has_the_same_keys_when_it_comes_back(tmp_path: Path) -> None:
    clock = SteppedClock(wall_units=EPOCH)
    shown = []
    for _ in range(2):
        rings = Keyrings(tmp_path / "keys.db", lambda: bytes(32), now=lambda: EPOCH)
        lineup = Lineup(store=MemoryStore(), clock=clock, keyrings=rings)
        entry = lineup.open(declared())
        lineup.tick()
        assert lineup.trouble(entry) == ""
        number = rings.open(HOP, 30).turns.at(EPOCH)
        shown.append((number, rings.shown(HOP, number)))
        rings.stop()
        clock.advance(5)
    assert shown[0] == shown[1]
    assert shown[0][1] is not None


async def test_a_channel_that_is_taken_off_has_its_keys_shown_as_long_as_its_media(tmp_path: Path) -> None:
    """T-16: and no longer; started again, it has those it had."""
    clock = SteppedClock(wall_units=EPOCH)
    rings = Keyrings(tmp_path / "keys.db", lambda: bytes(32), now=lambda: EPOCH)
    lineup = Lineup(store=MemoryStore(), clock=clock, keyrings=rings)
    entry = lineup.open(declared())
    for packet in recorded_packets(entry.declared.channel, EPOCH, segments=3):
        clock.advance_to(getattr(packet, "end", EPOCH))
        entry.publisher.take(packet)
    number = rings.open(HOP, 30).turns.at(EPOCH)
    lineup.tick()
    key = rings.shown(HOP, number)
    await lineup.close(HOP)
    lineup.tick()
    assert rings.shown(HOP, number) == key is not None
    for _ in range(20):
        clock.advance(10)
        lineup.tick()
    assert rings.shown(HOP, number) is None
    assert rings.open(HOP, 30).shown(number) == key
    rings.stop()


def test_without_a_place_for_keys_a_channel_is_not_in_clear_but_not_there() -> None:
    with pytest.raises(ValueError, match="encrypted without keys"):
        Lineup(store=MemoryStore(), clock=SteppedClock(wall_units=EPOCH)).open(declared())


async def test_a_headend_without_its_master_key_has_all_the_other_channels(
    tmp_path: Path, caplog: pytest.LogCaptureFixture,
) -> None:
    """And says why one is missing."""
    settings = Settings(data=tmp_path, viewers=ANY, operators=ANY, machines=ANY)
    (tmp_path / FILE).mkdir()
    with closing(Registry(settings.database)) as registry:
        registry.add(declared().channel, revision=1)
        registry.add(channel_of("plain", ["testcard:"], ladder="tiny"), revision=1)
    headend = Headend(settings=settings, clock=SteppedClock(wall_units=EPOCH + 5 * SCALE))
    await headend.start()
    try:
        assert [entry.name for entry in headend.lineup] == ["plain"]
        assert "channel hop is not on air" in caplog.text
        assert "the master key cannot be read" in caplog.text
    finally:
        await headend.stop()


async def test_a_channel_whose_keys_cannot_be_kept_is_refused_and_not_declared(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, viewers=ANY, operators=ANY, machines=ANY)
    (tmp_path / FILE).mkdir()
    headend = Headend(settings=settings, clock=SteppedClock(wall_units=EPOCH))
    ports = await headend.start()
    words = {"name": "hop", "feeds": ["testcard:"], "ladder": "tiny", "encrypt": True}
    try:
        async with aiohttp.ClientSession(headers=headers_with(machine_key(tmp_path))) as session:
            answer = await session.post(f"http://{ports.operators}/api/v1/channels", json=words)
            assert answer.status == 503
            assert "the master key cannot be read" in (await answer.json())["problem"]
    finally:
        await headend.stop()
    with closing(Registry(settings.database)) as registry:
        assert registry.channels() == ()
