"""The keys that the door knows are those of the registry, as it is now."""

from dataclasses import replace
from pathlib import Path

import pytest

from desk.door_feeds import socket_of
from desk.door_keys import FRESH, DoorKeys
from desk.registry import Registry
from flow.errors import ToolError
from flow.feed import Feed, FeedKind
from flow.ids import ChannelId
from tests.desk.samples import channel

RUN = Path("/data/run")


class Stepped:
    """A clock that stands still."""

    now = 1_000_000_000

    def monotonic_ns(self) -> int:
        return self.now

    def wall_ns(self) -> int:
        return self.now


def declare(registry: Registry, name: str, key: str, *, remote: bool = False) -> None:
    feed = Feed(address=f"rtmp://:1935/live/{key}", kind=FeedKind.RTMP, shown="rtmp://:1935/live/…")
    registry.add(replace(channel(name), feeds=(feed,)), revision=1, remote=remote)


def test_a_new_channel_s_key_holds_without_a_restart_and_a_stopped_one_s_does_not(tmp_path: Path) -> None:
    registry, clock = Registry(tmp_path / "x.db"), Stepped()
    keys = DoorKeys(registry=registry, run=RUN, clock=clock)
    declare(registry, "hop", "geheim")
    assert keys.find("geheim") == socket_of(RUN, "hop", 0)
    assert keys.find("falsch") is None
    declare(registry, "lop", "neu")
    registry.remove(ChannelId("hop"))
    clock.now += FRESH
    assert keys.find("neu") == socket_of(RUN, "lop", 0)
    assert keys.find("geheim") is None
    registry.close()


def test_many_guesses_at_once_read_the_registry_once(tmp_path: Path) -> None:
    """T-02: guessing shall not keep the disk busy."""
    registry, clock = Registry(tmp_path / "x.db"), Stepped()
    keys = DoorKeys(registry=registry, run=RUN, clock=clock)
    assert keys.find("geheim") is None
    declare(registry, "hop", "geheim")
    assert keys.find("geheim") is None
    clock.now += FRESH
    assert keys.find("geheim") is not None
    registry.close()


def test_a_channel_whose_worker_is_elsewhere_has_its_door_there(tmp_path: Path) -> None:
    registry = Registry(tmp_path / "x.db")
    declare(registry, "hop", "geheim", remote=True)
    assert DoorKeys(registry=registry, run=RUN, clock=Stepped()).find("geheim") is None
    registry.close()


def test_a_registry_that_cannot_be_read_is_an_error_without_the_key(tmp_path: Path) -> None:
    registry = Registry(tmp_path / "x.db")
    registry.close()
    with pytest.raises(ToolError) as caught:
        DoorKeys(registry=registry, run=RUN, clock=Stepped()).find("canary-key")
    assert "canary" not in str(caught.value)
