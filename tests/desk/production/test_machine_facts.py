"""Facts of the machine."""

import os
import ssl
from pathlib import Path

import pytest

from desk.cage import Cages
from desk.production.machine_facts import core_dumps, machine_facts, numbers_of, openssl_of, swap_in_clear
from desk.settings import Settings

OFF = "Max core file size        0                    0                    bytes\n"
ON = "Max core file size        unlimited            unlimited            bytes\n"


def test_of_this_machine(tmp_path: Path) -> None:
    """On a real one: whatever it is, it is seen."""
    found = machine_facts(Settings(data=tmp_path), Cages("off"), "5.1.9", 1_800_000_000)
    assert found.root is (os.geteuid() == 0)
    assert found.python >= (3, 11)
    assert found.openssl >= (1, 1, 1)
    assert ".".join(map(str, found.openssl)) in ssl.OPENSSL_VERSION
    assert found.expat >= (2, 4, 1)
    assert found.aiohttp >= (3, 13, 3)
    assert found.aiohttp_in_c
    assert found.descriptors > 0
    assert found.clock_set
    assert found.ffmpeg == "5.1.9"


def test_of_the_process_that_is_up(tmp_path: Path) -> None:
    proc, settings = tmp_path / "proc", Settings(data=tmp_path)
    folder = proc / str(os.getpid())
    folder.mkdir(parents=True)
    (folder / "limits").write_text(f"{ON}Max open files        1024      4096      files\n")
    settings.run.mkdir()
    (settings.run / "lock").write_text(str(os.getpid()), "ascii")
    found = machine_facts(settings, Cages("off"), "", 5, proc)
    assert found.descriptors == 4_096
    assert found.core_dumps
    assert not found.clock_set


@pytest.mark.parametrize(("pattern", "limits", "dumps"), [
    ("core", OFF, False), ("core", ON, True), ("|/usr/lib/systemd/systemd-coredump %P", OFF, False),
    ("|/usr/share/apport/apport -p%p", OFF, False), ("|/opt/agent", OFF, True), ("core", "", False),
])
def test_who_writes_memory_to_a_disk(pattern: str, limits: str, dumps: bool) -> None:
    """T-11; core(5)."""
    assert core_dumps(pattern, limits) is dumps


def test_swap_that_may_be_read() -> None:
    swaps = "Filename\tType\n/dev/dm-1 partition 1 0 -2\n/dev/zram0 partition 1 0 5\n/swapfile file 1 0 -3\n"
    assert swap_in_clear(swaps) == ("/swapfile",)
    assert swap_in_clear("") == ()


def test_versions_are_numbers() -> None:
    assert numbers_of("3.14.1rc2") == (3, 14, 1)
    assert numbers_of("unknown") == ()
    assert openssl_of((3, 0, 0, 15, 0)) == (3, 0, 15)
    assert openssl_of((1, 1, 1, 20, 15)) == (1, 1, 1)
