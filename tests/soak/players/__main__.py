"""A running channel in the hands of players: hls.js and Shaka Player in Chromium at low latency, and what else is
installed, with both lists, in clear and encrypted.

    python -m tests.soak.players --minutes 5 [--profile ultra] [--feed FILE] [--only mpv] [--native-seconds 60]

Prints a table; a line for each trial goes to `.soak/players.jsonl`. Exit 1 when a player that is here failed in a
way that is not known to be its own.
"""

import argparse
import json
import shutil
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

from bench.machine import Machine
from desk.table import table
from tests.soak.players import browsers
from tests.soak.players.natives import Native, natives
from tests.soak.players.play import play, version_of
from tests.soak.players.seen import HEAD, Seen, Trial, row, verdict

LEDGER = Path(".soak/players.jsonl")
_WARMING = 15.0
_CHANNEL = "played"


def trials(options: argparse.Namespace, encrypted: bool) -> Iterator[tuple[Trial, Native | None]]:
    """All that were asked for; without a native player it is one of Chromium's."""
    def trial(player: str, playlist: str) -> Trial:
        return Trial(player=player, playlist=playlist, profile=options.profile, encrypted=encrypted)

    wanted = options.only.lower()
    for player in browsers.PLAYERS:
        if wanted in player.lower():
            yield trial(player, "index"), None
    for native in natives():
        if wanted in native.name.lower():
            yield from ((trial(native.name, playlist), native) for playlist in ("index", "ts"))


def one(trial: Trial, native: Native | None, viewers: str, options: argparse.Namespace) -> Seen | None:
    """None when the player is not here."""
    if native is None:
        there = shutil.which("chromium") is not None and browsers.present(trial.player)
        return browsers.watch(trial.player, viewers, _CHANNEL, options.minutes * 60) if there else None
    if not native.present:
        return None
    url = f"{viewers}/live/{_CHANNEL}/{trial.playlist}.m3u8"
    return replace(play(native, url, options.native_seconds), version=version_of(native))


def main() -> int:
    """Clear first, then encrypted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--native-seconds", type=float, default=60)
    parser.add_argument("--profile", default="low")
    parser.add_argument("--ladder", default="conference-480")
    parser.add_argument("--feed", default="testcard:")
    parser.add_argument("--only", default="", help="players whose name has this in it")
    options = parser.parse_args()
    LEDGER.parent.mkdir(exist_ok=True)
    rows, failed = [HEAD], 0
    with Machine(log="error") as machine, LEDGER.open("a", encoding="utf-8") as out:
        for encrypted in (False, True):
            words = ("--encrypt", "--key-period", "30s") if encrypted else ()
            machine.run("start", _CHANNEL, "--open", "--feed", options.feed, "--ladder", options.ladder,
                        "--profile", options.profile, "--window", "2min", "--force", *words)
            time.sleep(_WARMING)
            for trial, native in trials(options, encrypted):
                seen = one(trial, native, machine.viewers, options)
                line = {**asdict(trial), "verdict": verdict(trial, seen), "seen": seen and asdict(seen)}
                failed += line["verdict"].startswith("FAILED")
                out.write(json.dumps(line) + "\n")
                out.flush()
                rows.append(row(trial, seen))
                sys.stderr.write(table([rows[-1]]) + "\n")
            machine.run("stop", _CHANNEL)
    sys.stdout.write(table(rows) + "\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
