"""Plays the scenarios of `tests.faults` again and again at random phase: a line of the ledger for each time."""

import json
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import as_completed
from pathlib import Path

from bench.machine import Machine
from desk.ffmpeg import find_ffmpeg
from tests.faults.catalogue import ALL, LONG, Scenario
from tests.faults.clips import Clips
from tests.faults.lanes import Lanes

REPETITIONS = 30
"""Times that each scenario is played: no failure in 30 is a rate below one in ten (95 %)."""


def left(done: Counter[str], scenarios: tuple[Scenario, ...], times: int) -> list[tuple[Scenario, int]]:
    """The repetitions that the ledger does not have, in rounds, so that an early end has seen all of them."""
    return [
        (scenario, number) for number in range(times) for scenario in scenarios if number >= done[scenario.name]
    ]


def counted(ledger: Path) -> Counter[str]:
    """How often the ledger has each scenario."""
    lines = ledger.read_text("utf-8").splitlines() if ledger.exists() else []
    return Counter(str(json.loads(line)["name"]) for line in lines)


def play(seed: int, hours: float, ledger: Path, times: int = REPETITIONS) -> int:
    """Play what is left until all is done or the time is over; how many repetitions failed."""
    turns = left(counted(ledger), (*ALL, *LONG), times)
    until = time.monotonic() + hours * 3_600
    failed = 0
    with tempfile.TemporaryDirectory() as folder, Machine() as machine, ledger.open("a", encoding="utf-8") as out:
        lanes = Lanes(machine, Clips(find_ffmpeg("").path, Path(folder)), seed)
        for done in as_completed(lanes.play(turns), timeout=None):
            outcome = done.result()
            failed += bool(outcome.faults)
            line = json.dumps({
                "name": outcome.name, "turn": outcome.turn, "seconds": outcome.seconds,
                "faults": list(outcome.faults),
            })
            out.write(line + "\n")
            out.flush()
            sys.stdout.write(line + "\n")
            sys.stdout.flush()
            if time.monotonic() > until:
                break
        lanes.stop()
    return failed
