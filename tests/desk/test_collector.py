"""A full search for garbage looks at what is new alone, and comes when it is called."""

import asyncio
import subprocess
import sys

import pytest

from desk import collector
from desk.collector import EACH_S, SETTLED_S, keep_collected


async def test_what_is_there_is_set_aside_and_a_search_comes_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[object] = []

    async def sleep(seconds: float) -> None:
        done.append(seconds)
        if len(done) > 6:
            raise asyncio.CancelledError

    class Garbage:
        def freeze(self) -> None:
            done.append("freeze")

        def collect(self) -> None:
            done.append("collect")

        def get_threshold(self) -> tuple[int, int, int]:
            return 700, 10, 10

        def set_threshold(self, *words: int) -> None:
            done.append(words[:2])

    monkeypatch.setattr(collector, "gc", Garbage())
    monkeypatch.setattr(collector.asyncio, "sleep", sleep)
    with pytest.raises(asyncio.CancelledError):
        await keep_collected()
    assert done == ["freeze", (700, 10), SETTLED_S, "freeze", EACH_S, "collect", "freeze", EACH_S]


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
