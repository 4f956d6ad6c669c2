"""Threads of a process share their reserves of memory."""

import re
import subprocess
import sys
from types import SimpleNamespace

import pytest

from desk import arenas

_CHILD = """
import re, sys
from pathlib import Path
from threading import Barrier, Thread
if sys.argv[1] == "shared":
    from desk.arenas import share_memory
    share_memory()
together = Barrier(9)
def work():
    held = [bytearray(20_000) for _ in range(50)]
    together.wait()
    together.wait()
threads = [Thread(target=work) for _ in range(8)]
for thread in threads: thread.start()
together.wait()
print(Path("/proc/self/maps").read_text())
together.wait()
"""
_HEAP = 64 << 20
"""Where an arena of a thread begins: glibc's HEAP_MAX_SIZE on 64 bits."""


def reserves_in(maps: str) -> int:
    """How many threads' reserves `/proc/…/maps` of a process shows, beside the first one."""
    starts = re.findall(r"^([0-9a-f]+)-[0-9a-f]+ rw-p 00000000 00:00 0", maps, re.MULTILINE)
    return sum(int(start, 16) % _HEAP == 0 for start in starts)


def reserves(how: str) -> int:
    """Those of a process with eight busy threads."""
    done = subprocess.run([sys.executable, "-c", _CHILD, how], capture_output=True, text=True, check=True)
    return reserves_in(done.stdout)


def test_many_threads_share_what_they_gave_back() -> None:
    """T-09: memory returns."""
    if reserves("each") < 2:
        pytest.skip("this C library gives threads no reserves of their own")
    assert reserves("shared") <= 1


def test_a_c_library_without_such_reserves_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arenas.ctypes, "CDLL", lambda _name: SimpleNamespace())
    arenas.share_memory()
