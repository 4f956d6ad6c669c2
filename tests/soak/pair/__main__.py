"""One channel, two workers whose clocks are 30 ms apart, the one that is listed killed at random times.

    python -m tests.soak.pair --kills 20 --seed 1 [--profile ultra]

Prints a line for each kill and what the players found as JSON; exit 1 when anything is wrong.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from bench.machine import XACAST, Machine
from desk.ffmpeg import find_ffmpeg
from tests.soak.pair.player import Player

APART_MS = 30
CHANNEL = "pair"
PATIENCE = 60.0
SETTLED = 4.0
"""Seconds for which both have made media before one is killed."""


class Workers:
    """The two processes, and what the headend says of them."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self._processes = [self._start(index) for index in range(2)]

    def _start(self, index: int) -> subprocess.Popen[bytes]:
        argv = [
            sys.executable, "-m", "tests.soak.pair.worker", str(APART_MS * index), CHANNEL,
            "--headend", self._machine.machines, "--worker", str(index),
        ]
        return subprocess.Popen(argv, env={**self._machine.env, "XACAST_FFMPEG": find_ffmpeg("").path})

    def await_both(self) -> list[dict[str, Any]]:
        """Until both are connected and make media; raises TimeoutError."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            pair: list[dict[str, Any]] = self._machine.status(CHANNEL).get("workers", [])
            if len(pair) == 2 and all(one["connected"] and one["run"] for one in pair):
                return pair
            time.sleep(0.5)
        message = f"two workers were not there in {PATIENCE:.0f} s"
        raise TimeoutError(message)

    def kill_listed(self, pair: list[dict[str, Any]]) -> int:
        """Kill the one whose media viewers get; its index."""
        index = next(one["worker"] - 1 for one in pair if one["listed"])
        os.kill(self._processes[index].pid, signal.SIGKILL)
        self._processes[index].wait()
        return index

    def again(self, index: int) -> None:
        """Start the one that was killed."""
        self._processes[index] = self._start(index)

    def stop(self) -> None:
        """End both."""
        for process in self._processes:
            process.kill()
            process.wait()


def play(machine: Machine, kills: int, seed: int, folder: Path) -> dict[str, Any]:
    """What the players of every rendition found."""
    dice, workers = random.Random(seed), Workers(machine)
    players: list[Player] = []
    threads: list[threading.Thread] = []
    try:
        workers.await_both()
        time.sleep(SETTLED)
        for name in _renditions(machine):
            (folder / name).mkdir()
            players.append(Player(f"{machine.viewers}/live/{CHANNEL}/{name}", folder / name))
        threads = [threading.Thread(target=player.watch) for player in players]
        for thread in threads:
            thread.start()
        for number in range(kills):
            workers.await_both()
            time.sleep(SETTLED + dice.uniform(0, 1.92))
            index = workers.kill_listed(workers.await_both())
            sys.stderr.write(f"kill {number + 1}: worker {index + 1}\n")
            time.sleep(4)
            workers.again(index)
        time.sleep(4)
    finally:
        for player in players:
            player.stop.set()
        for thread in threads:  # while media still comes: what both lose in the end is nobody's hole
            thread.join()
        workers.stop()
    return {player.folder.name: _report(player, kills) for player in players}


def _renditions(machine: Machine) -> list[str]:
    bitrates: dict[str, int] = machine.status(CHANNEL)["packager"]["bitrates"]
    return sorted(bitrates)


def _report(player: Player, kills: int) -> dict[str, Any]:
    ffmpeg = find_ffmpeg("").path
    argv = [ffmpeg, "-v", "error", "-xerror", "-i", str(player.folder / "all.mp4"), "-f", "null", "-"]
    told = subprocess.run(argv, check=False, stderr=subprocess.PIPE, text=True).stderr.strip()
    wrong = [*player.wrong, *([f"FFmpeg: {told}"] if told else [])]
    if len(player.holes) > kills:
        wrong.append(f"{len(player.holes)} segments with holes after {kills} kills")
    return {
        "segments": len(player.wholes), "parts": player.parts, "kills": kills,
        "holes": {str(msn): sorted(parts) for msn, parts in player.holes.items()},
        "longest_wait": round(player.slowest, 2), "wrong": wrong,
    }


def main() -> int:
    """The exit status."""
    parser = argparse.ArgumentParser(prog="tests.soak.pair")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--profile", default="low")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="xacast-pair-") as folder, Machine() as machine:
        declared = ["--feed", "testcard:", "--ladder", "tiny", "--profile", options.profile, "--force"]
        declaring = subprocess.Popen(
            [XACAST, "start", CHANNEL, "--open", *declared, "--workers", "2", "--remote-worker"], env=machine.env,
            stdout=subprocess.DEVNULL,
        )
        while not json.loads(machine.run("status", "--json") or "{}").get("channels"):
            time.sleep(0.2)
        found = play(machine, options.kills, options.seed, Path(folder))
        declaring.wait()
    sys.stdout.write(json.dumps(found, indent=2) + "\n")
    return int(any(one["wrong"] for one in found.values()))


if __name__ == "__main__":
    sys.exit(main())
