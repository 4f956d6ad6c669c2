"""Kills one process after another at random moments, and judges what a viewer's playlist shows; or plays the
faults of feeds, 30 times each; or holds a running channel to every rule of HLS.

    python -m tests.soak [kills|faults|conformance] --seed 1 --hours 1 [--rounds N]

Resumable: each round is a line in `.soak/<seed>.jsonl` (`.soak/faults-<seed>.jsonl`); a second start with the same
seed goes on after the last one. Exit 1 when a round failed.
"""

import argparse
import json
import os
import random
import signal
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from bench.machine import Machine
from tests.conformance.playlist import Playlist, read_text
from tests.soak import conformance, feeds
from tests.soak.verdict import faults
from tests.soak.victims import VICTIMS, find

LEDGER = Path(".soak")
CHANNEL = "soak"


def playlist(machine: Machine, rendition: str = "v240") -> Playlist | None:
    """The playlist as a viewer gets it now; None while nobody answers."""
    url = f"{machine.viewers}/live/{CHANNEL}/{rendition}/index.m3u8"
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return read_text(answer.read().decode())
    except (urllib.error.URLError, OSError, ValueError):
        return None


def wait_beyond(machine: Machine, msn: int, seconds: float) -> float | None:
    """Seconds until a real segment after `msn` is listed; None when it never is."""
    started = time.monotonic()
    while time.monotonic() - started < seconds:
        listing = playlist(machine)
        if listing and any(segment.msn > msn and not segment.gap for segment in listing.segments):
            return time.monotonic() - started
        time.sleep(0.1)
    return None


def one_round(machine: Machine, number: int, seed: int) -> dict[str, Any]:
    """Kill one process at a random moment; the line for the ledger."""
    chance = random.Random(f"{seed}/{number}")
    victim = chance.choice(VICTIMS)
    time.sleep(chance.uniform(4, 8))
    before = playlist(machine)
    if before is None or machine.process is None:
        return {"round": number, "victim": victim, "faults": ["no playlist before the kill"]}
    since = before.next_msn
    os.kill(find(machine.process.pid, victim), signal.SIGKILL)
    back = wait_beyond(machine, since, 30)
    wait_beyond(machine, since + 5, 30)
    after = playlist(machine)
    if back is None or after is None:
        return {"round": number, "victim": victim, "faults": ["the channel did not come back in 30 s"]}
    return {
        "round": number, "victim": victim, "back": round(back, 2), "faults": faults(victim, after, since, back),
    }


def main() -> int:
    """Run rounds until the time is over."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="?", choices=("kills", "faults", "conformance"), default="kills")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--hours", type=float, default=1.0)
    parser.add_argument("--rounds", type=int, default=1_000_000)
    options = parser.parse_args()
    LEDGER.mkdir(exist_ok=True)
    if options.what == "faults":
        failed = feeds.play(options.seed, options.hours, LEDGER / f"faults-{options.seed}.jsonl")
        sys.stdout.write(f"{failed} repetitions failed\n")
        return 1 if failed else 0
    if options.what == "conformance":
        return 1 if conformance.play(options.hours, LEDGER / "conformance.jsonl") else 0
    ledger = LEDGER / f"{options.seed}.jsonl"
    done = len(ledger.read_text("utf-8").splitlines()) if ledger.exists() else 0
    until = time.monotonic() + options.hours * 3_600
    failed = 0
    with Machine() as machine, ledger.open("a", encoding="utf-8") as out:
        machine.run("start", CHANNEL, "--open", "--feed", "testcard:", "--ladder", "tiny")
        for number in range(done, done + options.rounds):
            if time.monotonic() > until:
                break
            line = one_round(machine, number, options.seed)
            failed += bool(line["faults"])
            out.write(json.dumps(line) + "\n")
            out.flush()
            sys.stdout.write(json.dumps(line) + "\n")
            sys.stdout.flush()
    sys.stdout.write(f"{failed} of the rounds failed; the ledger is {ledger}\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
