"""F-21 on a real file system that is small, full, or read-only; without the right to mount one, a stand-in that
refuses is in `test_window_on_disk.py`."""

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from packager.segment import LOST
from tests.conformance.playlist import read_text
from tests.packager.test_window_on_disk import LENGTH, Headend
from tests.recorded.builder import EPOCH

SMALL = 1 << 20


def _mount(*words: str) -> None:
    subprocess.run(["mount", *words], check=True, capture_output=True)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    root = tmp_path / "disk"
    root.mkdir()
    try:
        _mount("-t", "tmpfs", "-o", f"size={SMALL},nr_inodes=400", "tmpfs", str(root))
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("only root may mount a disk")
    yield root
    subprocess.run(["umount", "--lazy", str(root)], check=True)


@pytest.fixture
def headend(place: Path) -> Iterator[Headend]:
    found = Headend(place / "media")
    yield found
    found.disk.stop()


def _fill(place: Path) -> None:
    file = os.open(place / "ballast", os.O_WRONLY | os.O_CREAT)
    with suppress(OSError):
        while os.write(file, bytes(4_096)):
            pass
    os.close(file)


def _use_up_names(place: Path) -> None:
    (place / "names").mkdir()
    with suppress(OSError):
        for number in range(10_000):
            (place / "names" / str(number)).touch()


def _empty(place: Path) -> None:
    (place / "ballast").unlink()


def _free_names(place: Path) -> None:
    for file in (place / "names").iterdir():
        file.unlink()


def _forbid(place: Path) -> None:
    _mount("-o", "remount,ro", str(place))


def _allow(place: Path) -> None:
    _mount("-o", "remount,rw", str(place))


@pytest.mark.parametrize(("break_it", "mend_it", "words"), [
    (_fill, _empty, "disk full"), (_use_up_names, _free_names, "disk full"), (_forbid, _allow, "read-only"),
], ids=["full", "no names left", "read-only"])
async def test_the_picture_goes_on_and_what_was_not_kept_becomes_a_gap_when_it_leaves_memory(
    place: Path, headend: Headend, break_it: Callable[[Path], None], mend_it: Callable[[Path], None], words: str,
) -> None:
    """F-21, F-22."""
    headend.run(4, first=0)
    break_it(place)
    headend.run(3, first=4)
    assert words in headend.store.trouble()
    assert not any(row.gap for row in read_text(headend.text()).segments)
    live = await headend.bodies()
    assert len(live) == 8
    mend_it(place)
    headend.run(70, first=7)
    assert headend.store.trouble() == ""
    rows = read_text(headend.text()).segments
    assert [row.msn - EPOCH // LENGTH for row in rows] == list(range(77))
    assert [at for at, row in enumerate(rows) if row.gap] == [4, 5, 6]
    assert not any(f"-{LOST}." in row.uri for row in rows)
    bodies = await headend.bodies()
    assert {uri: digest for uri, digest in bodies.items() if uri in live}.items() <= live.items()
    sizes = {path.stat().st_size for path in place.rglob("*.m4s")}
    assert 0 not in sizes
    assert not list(place.rglob("*.new"))


async def test_a_disk_too_small_for_the_window_gives_up_its_oldest_and_the_list_begins_later(
    headend: Headend, place: Path,
) -> None:
    """F-21: the oldest goes first, and nothing is listed that cannot be had, also in the next life."""
    (place / "ballast").write_bytes(bytes(SMALL // 2))
    headend.run(90, first=0)
    rows = read_text(headend.text()).segments
    assert rows[-1].msn == EPOCH // LENGTH + 89
    assert 32 <= len(rows) < 90
    assert not any(row.gap for row in rows)
    assert len(await headend.bodies()) == 1 + len(rows)
    free = os.statvfs(place).f_bavail
    headend.disk.stop()
    headend.start()
    again = read_text(headend.text()).segments  # what only memory had has left at the beginning
    assert [(row.uri, row.gap) for row in again] == [(row.uri, row.gap) for row in rows[-len(again):]]
    assert len(again) > len(rows) - 8
    assert len(await headend.bodies()) == 1 + len(again)
    assert os.statvfs(place).f_bavail >= free
