"""A full search for garbage looks at what is new alone, and comes when it is called."""

import asyncio
import subprocess
import sys
from collections.abc import Callable

import pytest

from desk import collector
from desk.collector import EACH_S, MUCH, SETTLED_S, keep_collected


class Memory:
    """A collector's view of memory, and of time: each second asks for the next number of blocks."""

    def __init__(self, blocks: Callable[[int], int]) -> None:
        self.done: list[object] = []
        self.second = 0
        self._blocks = blocks

    async def sleep(self, seconds: float) -> None:
        if self.second >= 2 * EACH_S:
            raise asyncio.CancelledError
        self.second += int(seconds)

    def freeze(self) -> None:
        self.done.append(("freeze", self.second))

    def collect(self) -> None:
        self.done.append(("collect", self.second))

    def get_threshold(self) -> tuple[int, int, int]:
        return 700, 10, 10

    def set_threshold(self, *words: int) -> None:
        self.done.append(words[:2])

    def getallocatedblocks(self) -> int:
        return self._blocks(self.second)


async def kept(monkeypatch: pytest.MonkeyPatch, blocks: Callable[[int], int]) -> list[object]:
    """What the collector did in twenty minutes."""
    memory = Memory(blocks)
    for name in ("gc", "sys", "asyncio"):
        monkeypatch.setattr(collector, name, memory)
    with pytest.raises(asyncio.CancelledError):
        await keep_collected()
    return memory.done


async def test_what_is_there_is_set_aside_once_and_searched_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    done = await kept(monkeypatch, lambda _second: 1_000_000)
    assert done == [("freeze", 0), (700, 10), ("freeze", SETTLED_S), ("collect", SETTLED_S + EACH_S)]


async def test_a_search_comes_at_once_when_much_has_come(monkeypatch: pytest.MonkeyPatch) -> None:
    done = await kept(monkeypatch, lambda second: 1_000_000 + (MUCH if second >= 90 else 0))
    assert done[3:] == [("collect", 90), ("collect", 90 + EACH_S)]


async def test_much_counts_from_the_least_there_was(monkeypatch: pytest.MonkeyPatch) -> None:
    done = await kept(monkeypatch, lambda second: 2 * MUCH if second < 60 else MUCH if second < 90 else 2 * MUCH)
    assert ("collect", 90) in done


def test_rings_of_those_who_are_refused_do_not_fill_the_memory() -> None:
    """T-12: they outlive the small searches, as a connection does; ten times what may lie about comes."""
    program = (
        "import asyncio, sys\n"
        "from desk import collector\n"
        "collector.SETTLED_S = collector.LOOK_S = 0.0\n"
        "async def main():\n"
        "    keeping = asyncio.create_task(collector.keep_collected())\n"
        "    await asyncio.sleep(0.01)\n"
        "    before, most = sys.getallocatedblocks(), 0\n"
        "    for _ in range(50):\n"
        "        rings = [[] for _ in range(collector.MUCH // 10)]\n"
        "        for ring in rings:\n"
        "            ring.append(ring)\n"
        "        del ring, rings\n"
        "        most = max(most, sys.getallocatedblocks() - before)\n"
        "        await asyncio.sleep(0)\n"
        "        await asyncio.sleep(0)\n"
        "    keeping.cancel()\n"
        "    print(most / collector.MUCH)\n"
        "asyncio.run(main())\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert 0.5 < float(done.stdout) < 1.5


def test_what_much_was_read_stops_nobody() -> None:
    """Of 200,000 new objects that live, none is looked at by a full search."""
    program = (
        "import asyncio, gc\n"
        "from desk.collector import keep_collected\n"
        "full = []\n"
        "gc.callbacks.append(lambda when, of: full.append(of['generation']))\n"
        "async def main():\n"
        "    keeping = asyncio.create_task(keep_collected())\n"
        "    await asyncio.sleep(0)\n"
        "    kept = [[at] for at in range(200_000)]\n"
        "    keeping.cancel()\n"
        "asyncio.run(main())\n"
        "print(len(full) > 10, 2 in full)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "False"]
