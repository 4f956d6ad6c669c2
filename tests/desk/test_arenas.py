"""Threads of a process share their reserves of memory."""

import re
import subprocess
import sys
from io import FileIO
from pathlib import Path
from types import SimpleNamespace

import pytest

from desk import arenas

_CHILD = """
import sys
from threading import Barrier, Thread
if sys.argv[1] == "shared":
    from desk.arenas import share_memory
    share_memory()
together = Barrier(9)
def work():
    held = [bytearray(20_000) for _ in range(int(sys.argv[2]))]
    together.wait()
    together.wait()
threads = [Thread(target=work) for _ in range(8)]
for thread in threads: thread.start()
together.wait()
print("ready", flush=True)
sys.stdin.read()
together.wait()
"""
_HEAP = 64 << 20
"""Where a heap of a thread's arena begins: glibc's HEAP_MAX_SIZE on 64 bits. An arena may have several."""
_PAGE = 4096


def reserves_of(pid: int) -> int:
    """How many arenas a process has beside the first one.

    A heap begins with the address of its arena, which lies behind those words in the arena's first heap alone
    (heap_info in glibc's arena.c).
    """
    process = Path(f"/proc/{pid}")
    maps = (process / "maps").read_text()
    rows = re.findall(r"^([0-9a-f]+)-[0-9a-f]+ rw-p 00000000 00:00 0", maps, re.MULTILINE)
    heaps = [start for start in (int(row, 16) for row in rows) if not start % _HEAP]
    with (process / "mem").open("rb", buffering=0) as memory:
        return sum(0 < _word(memory, start) - start < _PAGE for start in heaps)


def _word(memory: FileIO, at: int) -> int:
    memory.seek(at)
    return int.from_bytes(memory.read(8), sys.byteorder)


def reserves(how: str, pieces: int = 50) -> int:
    """Those of a process with eight busy threads that hold so many pieces of 20 kB each."""
    with subprocess.Popen(
        [sys.executable, "-c", _CHILD, how, str(pieces)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as child:
        assert child.stdout
        assert child.stdin
        child.stdout.readline()
        found = reserves_of(child.pid)
        child.stdin.close()
    return found


def test_many_threads_share_what_they_gave_back() -> None:
    """T-09: memory returns."""
    if reserves("each") < 2:
        pytest.skip("this C library gives threads no reserves of their own")
    assert reserves("shared") <= 1


def test_a_reserve_that_has_grown_is_still_one() -> None:
    assert reserves("shared", 1_500) <= 1  # 240 MB in two: more than one heap holds


def test_a_c_library_without_such_reserves_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arenas.ctypes, "CDLL", lambda _name: SimpleNamespace())
    arenas.share_memory()
