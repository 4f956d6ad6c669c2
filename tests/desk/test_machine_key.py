"""The key by which the processes of a machine know each other."""

import threading
from pathlib import Path

import pytest

from desk.machine_key import FILE, key_for_reading, machine_key
from flow.errors import ToolError


def test_a_key_is_made_once_and_is_the_owner_s_alone(tmp_path: Path) -> None:
    """T-11."""
    key = machine_key(tmp_path / "data")
    assert len(key) > 40
    assert machine_key(tmp_path / "data") == key
    assert (tmp_path / "data" / FILE).stat().st_mode & 0o777 == 0o600
    assert [path.name for path in (tmp_path / "data").iterdir()] == [FILE]


def test_processes_that_start_at_once_have_the_same_key(tmp_path: Path) -> None:
    keys: set[str] = set()
    threads = [threading.Thread(target=lambda: keys.add(machine_key(tmp_path))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys) == 1


def test_a_place_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    with pytest.raises(ToolError, match="cannot be read"):
        machine_key(tmp_path)


def test_who_may_not_read_the_key_has_none(tmp_path: Path) -> None:
    assert key_for_reading(tmp_path / "nowhere") == ""
    assert key_for_reading(tmp_path) == ""
    assert key_for_reading(tmp_path) != machine_key(tmp_path) == key_for_reading(tmp_path)
