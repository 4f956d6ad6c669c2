"""Channels go into a backup as they are declared; those with a secret only where nobody can read it."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from desk.backup.channels import channels_of, count_in, keep_channels, rows_in
from desk.registry import Registry
from flow.errors import ToolError
from flow.ids import ChannelId
from tests.desk.backup.machines import filled, settings_for
from tests.desk.samples import channel


def test_they_come_back_as_they_were(tmp_path: Path) -> None:
    settings = filled(settings_for(tmp_path / "data"))
    content, left = channels_of(settings.database, secrets=True)
    assert left == ()
    keep_channels(tmp_path / "again.db", rows_in(content))
    first, second = Registry(settings.database), Registry(tmp_path / "again.db")
    assert second.channels() == first.channels()
    assert len(first.channels()) == 2
    first.close()
    second.close()


@pytest.mark.parametrize("beside", [True, False], ids=["now", "before"])
def test_a_channel_stays_whose_it_was(tmp_path: Path, beside: bool) -> None:
    """The director of a province has its channels and their programmes after a restore, and no others."""
    registry = Registry(tmp_path / "x.db")
    for name, region in (("hanoi", "01"), ("country", ""), ("stopped", "01")):
        registry.add(replace(channel(name), region=region), revision=1)
    registry.remove(ChannelId("stopped"))
    registry.close()
    content, _ = channels_of(tmp_path / "x.db", secrets=True)
    assert count_in(content) == 2
    rows = [row for row in rows_in(content) if beside or len(row) == 4]
    keep_channels(tmp_path / "again.db", rows)
    again = Registry(tmp_path / "again.db")
    assert [again.region(name) for name in ("hanoi", "country")] == ["01", ""]
    assert again.region("stopped") == ("01" if beside else None)
    again.close()


def test_in_clear_a_channel_with_a_secret_is_left_out_and_named(tmp_path: Path) -> None:
    """T-41, T-11."""
    settings = filled(settings_for(tmp_path / "data"))
    content, left = channels_of(settings.database, secrets=False)
    assert left == ("secret",)
    assert b"hush" not in content
    assert [row[0] for row in rows_in(content) if len(row) == 4] == ["plain"]
    assert ("secret", "") in rows_in(content)


def test_one_that_cannot_be_read_may_hold_a_secret(tmp_path: Path) -> None:
    settings = filled(settings_for(tmp_path / "data"))
    with sqlite3.connect(settings.database) as database:
        database.execute("UPDATE channel SET definition = 'hush' WHERE name = 'plain'")
    database.close()
    content, left = channels_of(settings.database, secrets=False)
    assert (count_in(content), left) == (0, ("plain", "secret"))
    assert b"hush" not in content


def test_a_machine_without_channels_has_none(tmp_path: Path) -> None:
    assert channels_of(tmp_path / "none.db", secrets=True) == (b"", ())


def test_a_broken_registry_is_said(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_bytes(b"not a database, for certain" * 50)
    with pytest.raises(ToolError, match="registry"):
        channels_of(tmp_path / "x.db", secrets=True)
