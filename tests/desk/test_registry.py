"""The registry keeps what was declared, and two processes may use it at once."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from desk.errors import RefusedError
from desk.registry import VERSION, Registry
from flow.errors import OperatorError, ToolError
from flow.ids import ChannelId
from tests.desk.samples import channel


def test_a_channel_is_kept_until_it_is_removed(tmp_path: Path) -> None:
    registry = Registry(tmp_path / "xacast.db")
    declared = registry.add(channel(), revision=5)
    assert registry.get(ChannelId("hop")) == declared
    assert registry.channels() == (declared,)
    assert registry.remove(ChannelId("hop")) is True
    assert registry.remove(ChannelId("hop")) is False
    assert registry.get(ChannelId("hop")) is None
    registry.close()


def test_it_survives_a_restart(tmp_path: Path) -> None:
    """F-22: what was declared is on the disk when `add` returns."""
    first = Registry(tmp_path / "xacast.db")
    first.add(channel(), revision=5, remote=True)
    second = Registry(tmp_path / "xacast.db")  # the first one was never closed
    assert [(one.channel, one.revision, one.remote) for one in second.channels()] == [(channel(), 5, True)]
    first.close()
    second.close()


def test_a_name_is_taken_once(tmp_path: Path) -> None:
    registry = Registry(tmp_path / "xacast.db")
    registry.add(channel(), revision=1)
    with pytest.raises(RefusedError) as caught:
        registry.add(channel(title="another"), revision=2)
    assert caught.value.status == 409
    assert registry.channels()[0].revision == 1
    registry.close()


def test_a_supervisor_sees_what_the_headend_declares(tmp_path: Path) -> None:
    headend, supervisor = Registry(tmp_path / "xacast.db"), Registry(tmp_path / "xacast.db")
    headend.add(channel("b"), revision=2)
    headend.add(channel("a"), revision=1)
    headend.add(channel("c"), revision=3, remote=True)
    assert supervisor.wanted() == {"a": 1, "b": 2}
    headend.remove(ChannelId("a"))
    assert supervisor.wanted() == {"b": 2}
    headend.close()
    supervisor.close()


@pytest.mark.parametrize("words", ["", "[]", "{}", '"hop"', '{"id": "bad", "feeds": 1}'])
def test_one_row_that_cannot_be_read_keeps_no_other_channel_off_air(tmp_path: Path, words: str) -> None:
    """F-30."""
    registry = Registry(tmp_path / "xacast.db")
    registry.add(channel("bad"), revision=1)
    registry.add(channel("good"), revision=2)
    with sqlite3.connect(tmp_path / "xacast.db") as database:
        database.execute("UPDATE channel SET definition = ? WHERE name = 'bad'", (words,))
    database.close()
    assert [one.channel.id for one in registry.channels()] == ["good"]
    registry.close()


def test_the_file_is_its_owners_alone(tmp_path: Path) -> None:
    """T-11: feeds' addresses hold keys."""
    path = tmp_path / "data" / "xacast.db"
    Registry(path).close()
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


def test_a_file_that_is_no_registry_is_a_tool_error(tmp_path: Path) -> None:
    """T-42."""
    path = tmp_path / "xacast.db"
    path.write_bytes(b"not a database at all, but long enough to look at" * 10)
    with pytest.raises(ToolError, match="registry"):
        Registry(path)


def test_a_newer_registry_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "xacast.db"
    database = sqlite3.connect(path)
    database.execute(f"PRAGMA user_version={VERSION + 1}")
    database.close()
    with pytest.raises(OperatorError, match="newer xacast"):
        Registry(path)


def test_a_name_stays_its_region_s_when_its_channel_is_gone(tmp_path: Path) -> None:
    """T-28: the programmes of a channel that is off air are still somebody's."""
    registry = Registry(tmp_path / "xacast.db")
    registry.add(replace(channel("hanoi"), region="01"), revision=1)
    registry.add(channel("hop"), revision=2)
    registry.remove(ChannelId("hanoi"))
    registry.close()
    again = Registry(tmp_path / "xacast.db")
    assert [again.region(name) for name in ("hanoi", "hop", "never")] == ["01", "", None]
    again.add(channel("hanoi"), revision=3)
    assert again.region("hanoi") == ""
    again.close()


def test_channels_of_before_there_were_regions_are_the_country_s(tmp_path: Path) -> None:
    registry = Registry(tmp_path / "xacast.db")
    registry.add(channel("hop"), revision=1)
    registry.close()
    with closing(sqlite3.connect(tmp_path / "xacast.db")) as file, file:
        file.execute("DROP TABLE region_of_channel")
    again = Registry(tmp_path / "xacast.db")
    assert again.region("hop") == ""
    again.close()


def test_a_channel_that_is_given_to_a_region_is_that_region_s_also_in_a_new_life(tmp_path: Path) -> None:
    registry = Registry(tmp_path / "channels.db")
    declared = registry.add(channel("hanoi"), revision=1)
    registry.change(replace(declared, channel=replace(declared.channel, region="01")))
    assert registry.region("hanoi") == "01"
    registry.close()
    again = Registry(tmp_path / "channels.db")
    assert again.region("hanoi") == "01"
    again.close()
