"""A channel of real encoders with an invited hall; its database is killed, locked or moved away, and comes back.

    python -m tests.soak.database --rounds 20 --seed 1

In each round a change is refused with a sentence while the database is gone, and done when it is back; the hall
gets every segment, without a gap, and new tokens all the while. Nothing of xacast is started anew. PostgreSQL is
killed with SIGKILL; for the other half of the rounds it is an SQLite file. Prints JSON; exit 1 when anything is
wrong.
"""

import argparse
import json
import random
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.machine import XACAST, Machine
from tests.desk.database.postgres import PostgresServer
from tests.soak.database.hall import Hall

CHANNEL, SITE = "hop", "s00004"
SETTLE_S = 8.0
BACK_S = 30.0
"""In which a change has to be taken again."""
REFUSED = "What is on air stays on air"


class Trouble:
    """Both engines' ways to go and to come back; `None` as the server is SQLite's."""

    def __init__(self, server: PostgresServer | None, file: Path) -> None:
        self._server = server
        self._file = file
        self.kinds = ("killed",) if server else ("locked", "moved")

    def gone(self, kind: str) -> Callable[[], object]:
        """Take it away; what brings it back."""
        if self._server is not None:
            self._server.kill(hard=True)
            return self._server.start
        if kind == "moved":
            away = self._file.with_suffix(".away")
            self._file.rename(away)
            return lambda: away.rename(self._file)
        other = sqlite3.connect(self._file, isolation_level=None, timeout=10)
        other.execute("BEGIN EXCLUSIVE")
        return other.close


def changed(machine: Machine, note: str) -> tuple[bool, str]:
    """Whether a change of the register is taken, and what was said."""
    done = subprocess.run(
        [XACAST, "site", "set", SITE, "--note", note], env=machine.env, check=False, capture_output=True,
        text=True,
    )
    return done.returncode == 0, done.stderr


def one_round(machine: Machine, trouble: Trouble, dice: random.Random, number: int) -> dict[str, Any]:
    """One trouble; what is wrong."""
    kind = dice.choice(trouble.kinds)
    time.sleep(dice.uniform(0, 4))
    back = trouble.gone(kind)
    time.sleep(dice.uniform(0, 4))
    taken, said = changed(machine, f"round {number}, gone")
    wrong = ["a change was taken while it was gone"] if taken else []
    if not taken and REFUSED not in said:
        wrong.append(f"a change was refused with: {said.strip()}")
    time.sleep(dice.uniform(0, 12))  # a look or two at what others have changed
    back()
    began = time.monotonic()
    while not (taken := changed(machine, f"round {number}")[0]) and time.monotonic() - began < BACK_S:
        time.sleep(0.2)
    if not taken:
        wrong.append(f"no change was taken {BACK_S:.0f} s after it was back")
    return {"round": number, "kind": kind, "taken after": round(time.monotonic() - began, 1), "wrong": wrong}


def play(server: PostgresServer | None, rounds: int, seed: int) -> list[dict[str, Any]]:
    """A machine's life; a line for each round, and last one for the hall."""
    found = []
    with Machine(address=server.new() if server else "") as machine:
        machine.run("region", "load", "official")
        machine.run("site", "add", "Hội trường", "--region", "00004")
        link = json.loads(machine.run("link", "make", SITE, "--json"))["links"][SITE]
        machine.run("start", CHANNEL, "--feed", "testcard:", "--ladder", "tiny")
        time.sleep(SETTLE_S)
        machine.run("programme", "start", CHANNEL, "--title", "Họp")
        time.sleep(SETTLE_S)
        hall = Hall(link, CHANNEL)
        watching = threading.Thread(target=hall.watch)
        watching.start()
        try:
            trouble, dice = Trouble(server, machine.data / "register.db"), random.Random(seed)
            for number in range(rounds):
                found.append(one_round(machine, trouble, dice, number))
                sys.stderr.write(f"{json.dumps(found[-1])}\n")
            time.sleep(SETTLE_S)
        finally:
            hall.stop.set()
            watching.join()
    wrong = hall.wrong if len(hall.numbers) > rounds else [*hall.wrong, "it saw next to nothing"]
    return [*found, {"hall": len(hall.numbers), "wrong": wrong}]


def main() -> int:
    """Both engines, one after the other."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--rounds", type=int, default=20)
    words.add_argument("--seed", type=int, default=1)
    asked = words.parse_args()
    server = PostgresServer()
    try:
        found = {
            "postgresql": play(server, asked.rounds - asked.rounds // 2, asked.seed),
            "sqlite": play(None, asked.rounds // 2, asked.seed),
        }
    finally:
        server.close()
    sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
    return 1 if any(line["wrong"] for lines in found.values() for line in lines) else 0


if __name__ == "__main__":
    sys.exit(main())
