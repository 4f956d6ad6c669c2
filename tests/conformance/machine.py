"""The suite over a channel of a whole machine, encoded for real.

    python -m tests.conformance.machine http://127.0.0.1:8080 demo --minutes 5 [--shaka PROGRAM]

Prints what was checked and what was found, as JSON; exit 1 when anything was.
"""

import argparse
import asyncio
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import aiohttp

from tests.conformance import demuxers, probes
from tests.conformance.opening import opened
from tests.conformance.recorder import Recorder, WallClock
from tests.conformance.recording import Recording, Terms
from tests.conformance.suite import judge, rules

SLACK = 0.5
"""Seconds that two busy cores may add to a time."""


async def record(origin: str, channel: str, seconds: float) -> Recording:
    """Watch a running channel for so long, and ask all probes of its first rendition."""
    limits = aiohttp.TCPConnector(limit=0)
    timeout = aiohttp.ClientTimeout(total=60)
    async with aiohttp.ClientSession(connector=limits, timeout=timeout) as session:
        base = f"{origin}/live/{channel}"
        recorder = Recorder(session, base, WallClock(), await _terms(session, base))
        first = next(iter(await recorder.begin()))
        await recorder.watch(
            time.time() + seconds, lambda: asyncio.ensure_future(probes.ask(recorder, first)),
        )
        return recorder.recording


async def _terms(session: aiohttp.ClientSession, base: str) -> Terms:
    """From what the channel says of itself, for nothing else is known of a machine that runs already."""
    probe = Recorder(session, base, WallClock(), Terms(segment=0, part=0))
    first = next(iter(await probe.begin()))
    playlist = (await probe.get(f"{first}/index.m3u8")).playlist
    return Terms(segment=playlist.segments[-1].duration, part=playlist.part_target, slack=SLACK)


def examine(recording: Recording, shaka: str = "") -> dict[str, Any]:
    """How much was seen, and all that any judge complains of."""
    clear = opened(recording)  # demuxers are given no keys
    with tempfile.TemporaryDirectory(prefix="xacast-conformance-") as folder:
        at = Path(folder)
        found = {
            **judge(recording), "strict hls-parser": demuxers.strict_parser(recording, at / "texts"),
            "FFmpeg": demuxers.ffmpeg(clear, at / "media"),
            "Shaka Packager": demuxers.shaka(clear, at / "shaka", shaka) if shaka else [],
        }
    return {
        "rules": len(rules()), "playlists": sum(1 for _ in recording.texts), "deltas": len(recording.deltas),
        "moments": len(recording.moments), "media": len(recording.bodies), "hints": len(recording.hinted),
        "late": len(recording.late), "probes": len(recording.probes), "keys": len(recording.keys),
        "shaka": bool(shaka),
        "found": {name: [len(told), *told[:5]] for name, told in found.items() if told},
    }


def main() -> int:
    """Record, judge, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("origin")
    parser.add_argument("channel")
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--shaka", default="", help="Shaka Packager's program, when there is one")
    options = parser.parse_args()
    recording = asyncio.run(record(options.origin, options.channel, options.minutes * 60))
    report = examine(recording, options.shaka)
    sys.stdout.write(json.dumps(report, indent=2) + "\n")
    return 1 if report["found"] else 0


if __name__ == "__main__":
    sys.exit(main())
