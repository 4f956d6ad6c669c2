"""A few power cuts; `make soak WHAT=crashes` makes a hundred."""

import random
from pathlib import Path

import pytest

from tests.soak.crashes.cut import cut
from tests.soak.crashes.operations import Disk, Operation
from tests.soak.crashes.recorder import RecordingOs

WRITTEN = (
    Operation(kind="create", path=".a.new"), Operation(kind="write", path=".a.new", data=b"whole"),
    Operation(kind="sync", path=".a.new"), Operation(kind="rename", path=".a.new", to="a"),
    Operation(kind="sync-folder", path="."),
)


def images(operations: tuple[Operation, ...], folder: Path) -> set[tuple[tuple[str, bytes], ...]]:
    """What may be left, as far as forty tries show it."""
    (folder / "now").mkdir()
    disk = Disk(folder / "now")
    disk.do(operations)
    found = set()
    for number in range(40):
        root = folder / str(number)
        disk.image(random.Random(number), root)
        found.add(tuple(sorted((path.name, path.read_bytes()) for path in root.iterdir())))
    return found


def test_what_was_synced_with_its_name_is_left_whatever_happens(tmp_path: Path) -> None:
    assert images(WRITTEN, tmp_path) == {(("a", b"whole"),)}


def test_a_name_may_be_lost_before_its_folder_is_synced(tmp_path: Path) -> None:
    assert images(WRITTEN[:-1], tmp_path) == {(), ((".a.new", b"whole"),), (("a", b"whole"),)}


def test_bytes_may_be_lost_or_zeros_before_their_file_is_synced(tmp_path: Path) -> None:
    left = images((WRITTEN[0], WRITTEN[1], WRITTEN[3], WRITTEN[4]), tmp_path)
    assert {(("a", b""),), (("a", bytes(5)),), (("a", b"whole"),), (("a", b"wh"),)} <= left


@pytest.mark.parametrize("seed", ["1/2", "1/7"])
def test_after_a_power_cut_everything_goes_on(seed: str, tmp_path: Path) -> None:
    """F-22."""
    assert cut(seed, tmp_path, lives=2) == []


def test_a_store_that_does_not_sync_would_be_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RecordingOs, "fsync", lambda _os, _file: None)
    wrong = cut("38", tmp_path, lives=2)
    assert any("another content" in word for word in wrong)
