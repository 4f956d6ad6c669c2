"""A running channel among people who want to be in the way, and 10,000 who wait (T-12, T-17, T-18).

    python -m tests.soak.crowd [--seconds 240] [--count 4000] [--players 200] [--parked 10000] [--ladder tiny]

`xacast up` encodes a test card; 200 players watch it, first alone, then beside 4,000 connections that ask, read
or send slowly; 5,000 paths and 2,000 queries are tried over sockets as they are; then 10,000 requests are parked.
All is on loopback and shares the machine's cores, so times are told beside those of the players alone. Prints the
figures as JSON; exit 1 when a player lost anything, an answer was 5xx other than 503, a connection was kept too
long, descriptors did not come back, or a second siege took more memory than the first.
"""

import argparse
import asyncio
import json
import random
import re
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from typing import Any

from bench.machine import Machine
from tests.origin.test_app import hostile_paths
from tests.soak.crowd.hostile_queries import hostile_queries
from tests.soak.crowd.machine import descriptors, headend_of, resident_mib
from tests.soak.crowd.parked import park
from tests.soak.crowd.raw import statuses

CHANNEL = "crowd"
_KEPT_S = {"slow_header": 13.0, "slow_second": 13.0, "slow_body": 13.0, "ranges": 30.0, "slow_reader": 27.0}
"""Seconds: the product's limits with some slack, for a look each second and a machine that is busy."""
_PARKED_MIB = 120.0
_SPREAD_S = 1.5
_AGAIN = 1.05
"""Python keeps what a crowd made it take, some 25 MiB; another crowd must not make it take more."""
_CALM_S = 15.0


def watching(machine: Machine, rendition: str, count: int, seconds: float) -> "subprocess.Popen[str]":
    """The players' process."""
    words = [machine.viewers, CHANNEL, rendition, "--count", str(count), "--seconds", str(seconds)]
    return subprocess.Popen(
        [sys.executable, "-m", "tests.soak.crowd.watchers", *words], stdout=subprocess.PIPE, text=True,
    )


def heard(process: "subprocess.Popen[str]") -> dict[str, Any]:
    """What it printed."""
    said: dict[str, Any] = json.loads(process.communicate()[0])
    return said


def besieged(machine: Machine, rendition: str, options: argparse.Namespace) -> dict[str, Any]:
    """Players alone, and beside the nuisances."""
    headend = headend_of(machine.data)
    alone = heard(watching(machine, rendition, options.players, min(60.0, options.seconds)))
    before, open_before = resident_mib(headend), descriptors(headend)
    folder = f"/live/{CHANNEL}/{rendition}"
    nuisances = in_the_way(machine, folder, options.count, options.seconds)
    watched = watching(machine, rendition, options.players, options.seconds)
    most, open_most = before, open_before
    while nuisances.poll() is None:
        most, open_most = max(most, resident_mib(headend)), max(open_most, descriptors(headend))
        time.sleep(0.5)
    beside, kept = heard(watched), heard(nuisances)
    time.sleep(_CALM_S)
    after = resident_mib(headend)
    heard(in_the_way(machine, folder, options.count, options.seconds / 2))
    time.sleep(_CALM_S)
    return {
        "alone": alone, "beside": beside, "kept": kept,
        "mib": {"before": round(before), "most": round(most), "after": round(after),
                "after_another": round(resident_mib(headend))},
        "descriptors": {"before": open_before, "most": open_most, "after": descriptors(headend)},
    }


def in_the_way(machine: Machine, folder: str, count: int, seconds: float) -> "subprocess.Popen[str]":
    """The nuisances' process; they ask for the newest segment."""
    words = [machine.viewers, f"{folder}/{max(_media(machine, folder))}", "--count", str(count)]
    return subprocess.Popen(
        [sys.executable, "-m", "tests.soak.crowd.nuisances", *words, "--seconds", str(seconds)],
        stdout=subprocess.PIPE, text=True,
    )


def _media(machine: Machine, folder: str) -> list[str]:
    return [line for line in fetch(f"{machine.viewers}{folder}/index.m3u8").splitlines() if line[:1].isdigit()]


def fetch(url: str) -> str:
    """One GET of text."""
    with urllib.request.urlopen(url, timeout=10) as answer:
        body: bytes = answer.read()
    return body.decode()


async def waited(machine: Machine, rendition: str, count: int) -> dict[str, Any]:
    """Requests that wait, and what they take."""
    headend = headend_of(machine.data)
    playlist = f"/live/{CHANNEL}/{rendition}/index.m3u8"
    before = most = resident_mib(headend)
    task = asyncio.create_task(park(machine.viewers, playlist, count))
    while not task.done():
        most = max(most, resident_mib(headend))
        await asyncio.sleep(0.05)
    one = task.result()
    return {
        "answered": one.answered, "lost": one.lost, "waited_s": round(one.waited_s, 2),
        "spread_s": round(one.spread_s, 2), "mib": round(most - before, 1),
    }


def answered(machine: Machine, paths: list[str]) -> dict[str, int]:
    """How often which status came."""
    return dict(Counter(asyncio.run(statuses(machine.viewers, paths))))


def faults_of(told: dict[str, Any]) -> list[str]:
    """What is not as it has to be, in words."""
    wrong = [f"answers {status} to {what}" for what in ("paths", "queries") for status in told[what]
             if status.startswith("5") and status != "503"]
    siege = told["siege"]
    wrong += [f"players {when}: {siege[when]['errors']} errors, stood {siege[when]['stood']} times"
              for when in ("alone", "beside") if siege[when]["errors"] or siege[when]["stood"]]
    wrong += [f"{way} was kept for {one['longest_s']} s" for way, one in siege["kept"].items()
              if one["longest_s"] > _KEPT_S[way]]
    if siege["mib"]["after_another"] > siege["mib"]["after"] * _AGAIN:
        wrong.append(f"memory: {siege['mib']}")
    if siege["descriptors"]["after"] > siege["descriptors"]["before"] + 5:
        wrong.append(f"descriptors: {siege['descriptors']}")
    parked = told["parked"]
    if parked["lost"] or parked["mib"] > _PARKED_MIB or parked["spread_s"] > _SPREAD_S:
        wrong.append(f"parked: {parked}")
    return wrong


def main() -> int:
    """Play it all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=240)
    parser.add_argument("--count", type=int, default=4000)
    parser.add_argument("--players", type=int, default=200)
    parser.add_argument("--parked", type=int, default=10_000)
    parser.add_argument("--ladder", default="tiny")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    dice = random.Random(options.seed)
    with Machine(log="error") as machine:
        machine.run("start", CHANNEL, "--feed", "testcard:", "--ladder", options.ladder, "--window", "2min",
                    "--force", "--open")
        time.sleep(20)
        multivariant = fetch(f"{machine.viewers}/live/{CHANNEL}/index.m3u8")
        rendition = re.findall(r"^(v\d+)/", multivariant, re.MULTILINE)[0]
        playlist = f"/live/{CHANNEL}/{rendition}/index.m3u8"
        told: dict[str, Any] = {
            "paths": answered(machine, hostile_paths(options.seed, 5000)),
            "queries": answered(machine, hostile_queries(dice, playlist, 2000)),
            "siege": besieged(machine, rendition, options),
            "parked": asyncio.run(waited(machine, rendition, options.parked)),
        }
        machine.run("stop", CHANNEL)
    told["faults"] = faults_of(told)
    print(json.dumps(told, indent=2))  # noqa: T201
    return 1 if told["faults"] else 0


if __name__ == "__main__":
    sys.exit(main())
