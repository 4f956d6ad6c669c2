"""Players that play with a list each target duration, and say what they saw.

    python -m tests.soak.crowd.watchers ADDRESS CHANNEL RENDITION --count 200 --seconds 60

Prints one JSON object. Each begins three segments behind the end of its list, as RFC 8216 6.3.3 has it, and stands
when what it has is played before there is more.
"""

import argparse
import asyncio
import json
import random
import re
import statistics
import time
from dataclasses import dataclass, field
from typing import Any

import aiohttp

_SEGMENT = re.compile(r"#EXTINF:([\d.]+),[^\n]*\n((?:#[^\n]*\n)*)((\d+)-[^#\n]+)\n")
_PATIENCE = aiohttp.ClientTimeout(total=30)
_BEHIND = 3
_RUN_UP = 10.0
"""Seconds within which they come one after the other."""


@dataclass(slots=True)
class Seen:
    """Of all watchers of a process: milliseconds, and what went wrong."""

    lists_ms: list[float] = field(default_factory=list)
    media_ms: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    stood: int = 0
    played_s: float = 0.0

    def words(self) -> dict[str, Any]:
        """What is printed."""
        return {
            "lists": len(self.lists_ms), "media": len(self.media_ms), "stood": self.stood,
            "errors": len(self.errors), "first_errors": self.errors[:5], "played_s": round(self.played_s),
            "lists_p99_ms": _worst(self.lists_ms), "media_p99_ms": _worst(self.media_ms),
        }


def _worst(many: list[float]) -> float:
    return round(statistics.quantiles(many, n=100)[98], 1) if len(many) > 1 else 0.0


async def ask(session: aiohttp.ClientSession, url: str, times: list[float], seen: Seen) -> bytes | None:
    """One answer, whole; None and an error when it is not a good one."""
    began = time.monotonic()
    try:
        async with session.get(url) as answer:
            body = await answer.read()
            if answer.status != 200:
                seen.errors.append(f"{answer.status} {url.rpartition('/')[2]}")
                return None
    except (aiohttp.ClientError, TimeoutError) as error:
        seen.errors.append(f"{type(error).__name__} {error}"[:120])
        return None
    times.append((time.monotonic() - began) * 1000)
    return body


async def watch(session: aiohttp.ClientSession, base: str, until: float, seen: Seen) -> None:
    """One player, to the end."""
    last, began, has_s = -1, 0.0, 0.0
    while time.monotonic() < until:
        asked = time.monotonic()
        text = await ask(session, f"{base}/index.m3u8", seen.lists_ms, seen) or b""
        for seconds, _, uri, msn in _SEGMENT.findall(text.decode())[-_BEHIND:]:
            if int(msn) <= last:
                continue
            if await ask(session, f"{base}/{uri}", seen.media_ms, seen) is None:
                break
            last, has_s = int(msn), has_s + float(seconds)
            began = began or time.monotonic()
        if began and time.monotonic() - began > has_s:
            seen.stood += 1
            began, has_s = time.monotonic(), 0.0
        await asyncio.sleep(max(0.0, 1.92 - (time.monotonic() - asked)))
    seen.played_s += has_s


async def crowd(base: str, count: int, seconds: float) -> Seen:
    """All of them."""
    seen, dice, until = Seen(), random.Random(count), time.monotonic() + seconds

    async def one() -> None:
        await asyncio.sleep(dice.uniform(0, min(_RUN_UP, seconds / 3)))
        await watch(session, base, until, seen)

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0), timeout=_PATIENCE) as session:
        await asyncio.gather(*(one() for _ in range(count)))
    return seen


def main() -> None:
    """Watch, and say what was seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address")
    parser.add_argument("channel")
    parser.add_argument("rendition")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=60)
    options = parser.parse_args()
    base = f"{options.address}/live/{options.channel}/{options.rendition}"
    print(json.dumps(asyncio.run(crowd(base, options.count, options.seconds)).words()))  # noqa: T201


if __name__ == "__main__":
    main()
