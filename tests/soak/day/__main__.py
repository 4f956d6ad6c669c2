"""A day on air in minutes: 24 hours of media time at once, and the minutes around the end of every counter.

    python -m tests.soak.day [--hours 24]

What wraps is the transport stream's time for old boxes, 33 bits at 90 kHz, each 26 h 30 m 43.7 s (F-14): three of
these ends fall into the passages, the first into the day. `tfdt` and the media sequence number count from the
epoch, and pass 2^31 and 2^32 (F-15). Each passage is a line in `.soak/day.jsonl`; what is there is not done again.
Exit 1 when something was wrong.
"""

import argparse
import gc
import json
import logging
import resource
import sys
import tempfile
import time
import tracemalloc
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flow.profile import PROFILES, ProfileName
from flow.timebase import SCALE
from tests.soak.day.passage import Passage, day_channel

WRAP = 2**33 * 8 // 15
"""Units in which 33 bits at 90 kHz are used up."""

_NOVEMBER_2026 = 1_795_300_000 * SCALE // WRAP + 1
_HOUR, _MINUTE = 3_600 * SCALE, 60 * SCALE
_LOW, _CLASSIC = ProfileName.LOW, ProfileName.CLASSIC
_GROWN = 4 << 20
"""Bytes by which Python's own memory may seem to grow within an hour: what is on its way differs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A passage: from where, how long (units), and every how many segments everything is looked into."""

    name: str
    start: int
    length: int
    profile: ProfileName
    each: int = 1


def plans(hours: float) -> list[Plan]:
    """All passages."""
    wraps = [(_NOVEMBER_2026 + number) * WRAP for number in range(3)]
    ends = {
        "second wrap of 33 bits": (wraps[1], _LOW), "third wrap of 33 bits": (wraps[2], _LOW),
        "number 2^31": (2**31 * PROFILES[_LOW].segment, _LOW),
        "number 2^32": (2**32 * PROFILES[_LOW].segment, _LOW),
        "number 2^31 of classic and boxes": (2**31 * PROFILES[_CLASSIC].segment, _CLASSIC),
        "second 2^31, in 2038": (2**31 * SCALE, _LOW), "second 2^32, in 2106": (2**32 * SCALE, _LOW),
    }
    day = Plan(
        name=f"{hours:g} hours, first wrap of 33 bits", start=wraps[0] - _HOUR // 2, length=round(hours * _HOUR),
        profile=_CLASSIC, each=5,
    )
    short = [
        Plan(name=name, start=at - 5 * _MINUTE, length=10 * _MINUTE, profile=profile)
        for name, (at, profile) in ends.items()
    ]
    return [*short, day]


def main() -> int:
    """Every passage that is not in the ledger."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hours", type=float, default=24.0)
    options = parser.parse_args()
    ledger = Path(".soak/day.jsonl")
    ledger.parent.mkdir(exist_ok=True)
    lines = [json.loads(line) for line in ledger.read_text("utf-8").splitlines()] if ledger.exists() else []
    failed = sum(bool(line["wrong"]) for line in lines)
    logging.disable()
    with ledger.open("a", encoding="utf-8") as out:
        for plan in plans(options.hours):
            if plan.name in {line["passage"] for line in lines}:
                continue
            line = fly(plan)
            failed += bool(line["wrong"])
            for stream in (out, sys.stdout):
                stream.write(json.dumps(line) + "\n")
                stream.flush()
    sys.stdout.write(f"{failed} passages failed; the ledger is {ledger}\n")
    return 1 if failed else 0


def fly(plan: Plan) -> dict[str, Any]:
    """One passage; its line for the ledger."""
    started, wrong, memory = time.process_time(), list[str](), _Memory(plan)
    with tempfile.TemporaryDirectory() as folder:
        passage = Passage(day_channel(plan.profile), plan.start, Path(folder), each=plan.each)
        for step in passage.run(plan.start + plan.length):
            wrong += step.wrong
            memory.look(step.end)
        passage.close()
    if len(passage.apart) != 1:
        wrong.append(f"sound and picture lie apart by {sorted(passage.apart)[:4]} ticks")
    return {
        "passage": plan.name, "segments": passage.segments, "looked_into": passage.looked_into,
        "captions": passage.captions, "apart": sorted(passage.apart)[:4],
        "cpu_s": round(time.process_time() - started, 1), **memory.facts, "wrong": [*wrong, *memory.wrong][:20],
    }


class _Memory:
    """Looks each hour at what the process takes, and within one hour at what Python has given out."""

    def __init__(self, plan: Plan) -> None:
        self._next = plan.start + _HOUR
        self._rss: list[int] = []
        self._traced: list[int] = []
        self._long = plan.length > 2 * _HOUR

    def look(self, now: int) -> None:
        """After each segment."""
        if not self._long:
            return
        if now >= self._next:
            self._rss.append(_rss_kib())
            self._next += _HOUR
            self._trace()

    def _trace(self) -> None:
        """From the first hour's end to the third's all that is given out is counted; after it nothing, since that
        costs time. What was there before has gone an hour later: a window has ten minutes."""
        hour = len(self._rss)
        if hour == 1:
            tracemalloc.start()
        elif hour in (2, 3):
            gc.collect()
            self._traced.append(tracemalloc.get_traced_memory()[0])
        if hour == 3:
            tracemalloc.stop()

    @property
    def facts(self) -> dict[str, Any]:
        """For the ledger: KiB by the hour, from the fourth on, and what Python had given out an hour apart."""
        if not self._long:
            return {}
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return {"rss_kib": self._rss[3:], "peak_kib": peak, "python_bytes": self._traced}

    @property
    def wrong(self) -> list[str]:
        """What grew."""
        found = []
        if len(self._traced) == 2 and self._traced[1] - self._traced[0] > _GROWN:
            found.append(f"Python's memory grew from {self._traced[0]} to {self._traced[1]} bytes in an hour")
        rss = self._rss[3:]
        if len(rss) > 4 and rss[-1] > 1.1 * rss[0]:
            found.append(f"the process grew from {rss[0]} to {rss[-1]} KiB")
        return found


def _rss_kib() -> int:
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() // 1_024


if __name__ == "__main__":
    sys.exit(main())
