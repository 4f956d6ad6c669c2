"""Broken bytes for every reader of bytes, by the million: no error but the declared ones, and none takes long or
much memory.

    python -m tests.soak.parsers [--seed 1] [--count 1000000] [--only NAME …]

The count is shared out over the readers, in pieces of PIECE inputs, each piece in a process of its own with little
memory. Resumable: each piece is a line in `.soak/parsers-<seed>.jsonl`, and the inputs that led to new lines stay
in the folder of that name. An input that a reader did not stand is kept in its folder `falls`; mended, it belongs
to `tests/soak/parsers/found`, which every run of the tests reads again. Exit 1 when there was one.
"""

import argparse
import hashlib
import json
import mmap
import resource
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from tests.soak.parsers.catalogue import targets
from tests.soak.parsers.hunt import Catch, Fall, Hunt
from tests.soak.parsers.mutation import LONGEST

PIECE = 10_000
ROOM = 256 << 20
"""Bytes that a piece may take beyond what it began with: an input has 8 KiB at most."""
PATIENCE = 3_600
FOLDER = Path(".soak")


def main() -> int:
    """Hunt until each reader has had its share."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--piece", nargs=3, metavar=("TARGET", "NUMBER", "RUNS"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    folder = FOLDER / f"parsers-{options.seed}"
    if options.piece:
        name, number, runs = options.piece
        return _piece(folder / name, name, f"{options.seed}/{name}/{number}", int(runs))
    names = options.only or list(targets())
    share = -(-options.count // len(names))
    return _hunt(folder, options.seed, names, share)


def _hunt(folder: Path, seed: int, names: list[str], share: int) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    ledger = folder.with_suffix(".jsonl")
    lines = ledger.read_text("utf-8").splitlines() if ledger.exists() else []
    done, pieces, fell = Counter[str](), Counter[str](), 0
    for line in map(json.loads, lines):
        done[line["target"]] += line["runs"]
        pieces[line["target"]] += 1
        fell += len(line["falls"])
    with ledger.open("a", encoding="utf-8") as out:
        while waiting := [name for name in names if done[name] < share]:
            for name in waiting:
                runs = min(PIECE, share - done[name])
                line = _in_a_process(folder / name, name, seed, pieces[name], runs)
                done[name] += line["runs"]
                pieces[name] += 1
                fell += len(line["falls"])
                for stream in (out, sys.stdout):
                    stream.write(json.dumps(line) + "\n")
                    stream.flush()
    sys.stdout.write(f"{sum(done.values())} inputs, {fell} falls; the ledger is {ledger}\n")
    return 1 if fell else 0


def _in_a_process(folder: Path, name: str, seed: int, number: int, runs: int) -> dict[str, Any]:
    """One piece; the line for the ledger. What ends the whole process is a fall as well."""
    words = [sys.executable, "-m", "tests.soak.parsers", "--seed", str(seed)]
    started = time.monotonic()
    try:
        child = subprocess.run(
            [*words, "--piece", name, str(number), str(runs)], check=False, capture_output=True, timeout=PATIENCE,
        )
        told, how = child.stdout.decode().splitlines(), f"the process ended with {child.returncode}"
    except subprocess.TimeoutExpired:
        told, how = [], f"longer than {PATIENCE} s"
    facts: dict[str, Any] = json.loads(told[-1]) if told else {"runs": runs, "falls": [how]}
    if not told:
        _keep(folder, Fall(data=(folder / "now").read_bytes(), how=how))
    return {"target": name, "piece": number, "wall_s": round(time.monotonic() - started, 1), **facts}


def _piece(folder: Path, name: str, seed: str, runs: int) -> int:
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    known = [file.read_bytes() for file in sorted(corpus.iterdir())]
    before = time.process_time()
    with (folder / "now").open("w+b") as file:
        file.truncate(LONGEST)
        with mmap.mmap(file.fileno(), LONGEST) as now:
            hunt = Hunt(targets()[name], seed, known, before=lambda data: _note(now, data))
            _bound()
            catch = hunt.run(runs)
    for data in catch.corpus:
        (corpus / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)
    for fall in catch.falls:
        _keep(folder, fall)
    sys.stdout.write(json.dumps(_facts(catch, time.process_time() - before)) + "\n")
    return 0


def _facts(catch: Catch, seconds: float) -> dict[str, Any]:
    return {
        "runs": catch.runs, "cpu_s": round(seconds, 1), "arcs": catch.arcs, "corpus": len(catch.corpus),
        "slowest_s": round(catch.slowest, 3), "grown_kib": catch.grown,
        "falls": [fall.how for fall in catch.falls],
    }


def _note(now: mmap.mmap, data: bytes) -> None:
    now[: len(data)] = data


def _bound() -> None:
    """An input that asks for very much memory gets a MemoryError, which is a fall."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    most = pages * resource.getpagesize() + ROOM
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _keep(folder: Path, fall: Fall) -> None:
    falls = folder / "falls"
    falls.mkdir(parents=True, exist_ok=True)
    (falls / hashlib.sha256(fall.how.encode()).hexdigest()[:12]).write_bytes(fall.data)


if __name__ == "__main__":
    sys.exit(main())
