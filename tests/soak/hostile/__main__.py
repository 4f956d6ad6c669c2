"""Brings broken media to running channels by every kind of feed, and judges what that did to them.

    python -m tests.soak.hostile [--seed 1] [--count 2000]
    python -m tests.soak.hostile --folder DIR [--folder DIR …]

Without a folder, wounds small clips of its own, as the seed says. Resumable: each turn is a line in
`.soak/hostile-<seed>.jsonl`; a second start with the same seed goes on after the last one. Of a folder, every file
goes by every way: as it is, and copied into the container that the way carries. Exit 1 when anything was wrong.
"""

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, zip_longest
from pathlib import Path

from desk.ffmpeg import find_ffmpeg
from tests.soak.hostile.pieces import Piece, clips, copied, in_folder, wounded_for
from tests.soak.hostile.rig import ALL, good_for, rig
from tests.soak.hostile.trial import Outcome, Trial
from tests.soak.hostile.ways import Way

LEDGER = Path(".soak")
COPIES = ("mpegts", "flv")
"""What ways copy into."""
Turn = dict[str, Piece]


def of_seed(seed: int, count: int, ways: Sequence[Way], made: Mapping[str, bytes]) -> Iterator[Turn]:
    """So many mutations, one for each way in a turn."""
    for number, first in enumerate(range(0, count, len(ways))):
        some = ways[:count - first]
        yield {way.name: wounded_for(way.takes, made, f"{seed}/{number}/{way.name}") for way in some}


def shelves_of(folders: Sequence[Path], ffmpeg: str, scratch: Path) -> dict[str, list[Piece]]:
    """Every file as it is, and copied, by the containers that ways copy into."""
    pieces = [piece for folder in folders for piece in in_folder(folder)]
    shelves = {
        muxer: [one for piece in pieces if (one := copied(piece, muxer, ffmpeg, scratch))] for muxer in COPIES
    }
    return {"": pieces, **shelves}


def of_shelves(shelves: Mapping[str, Sequence[Piece]], ways: Sequence[Way]) -> Iterator[Turn]:
    """Every file by every way, as it is and copied."""
    queues = {way.name: [*shelves[""], *(shelves[way.copies] if way.copies else ())] for way in ways}
    for together in zip_longest(*queues.values()):
        yield {name: piece for name, piece in zip(queues, together, strict=True) if piece is not None}


def line_of(number: int, turn: Turn, outcome: Outcome) -> dict[str, object]:
    """For the ledger."""
    return {
        "turn": number, "pieces": {name: piece.name for name, piece in turn.items()}, "seen": sorted(outcome.seen),
        "faults": list(outcome.faults), "late": round(outcome.late, 2),
    }


def play(one: Trial, turns: Iterator[Turn], done: int, ledger: Path) -> tuple[Counter[str], int]:
    """Play what the ledger does not have; how many pieces went by each way, and how many turns had faults."""
    counted: Counter[str] = Counter()
    failed = 0
    with ledger.open("a", encoding="utf-8") as out:
        for number, turn in islice(enumerate(turns), done, None):
            outcome = one.proven(turn, anew=number % 2 == 0)
            counted.update(turn.keys())
            failed += bool(outcome.faults)
            line = json.dumps(line_of(number, turn, outcome), ensure_ascii=False)
            out.write(line + "\n")
            out.flush()
            if outcome.faults:
                sys.stdout.write(line + "\n")
            elif number % 10 == 0:
                sys.stdout.write(f"turn {number}: {counted.total()} pieces, {failed} turns with faults\n")
            sys.stdout.flush()
    return counted, failed


def main() -> int:
    """Run all of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=2_000)
    parser.add_argument("--folder", type=Path, action="append", default=[])
    options = parser.parse_args()
    LEDGER.mkdir(exist_ok=True)
    ffmpeg = find_ffmpeg("").path
    ledger = LEDGER / ("hostile-folder.jsonl" if options.folder else f"hostile-{options.seed}.jsonl")
    if options.folder:
        ledger.unlink(missing_ok=True)
    done = len(ledger.read_text("utf-8").splitlines()) if ledger.exists() else 0
    with tempfile.TemporaryDirectory(prefix="xacast-hostile-") as name:
        folder, scratch = Path(name), Path(name) / "own"
        scratch.mkdir()
        made = clips(scratch, ffmpeg)
        shelves = shelves_of(options.folder, ffmpeg, scratch)  # before anybody watches: it takes its time
        with rig(ALL, folder, ffmpeg, made) as one:
            good = {way.name: good_for(way, made) for way in one.ways}
            faults = one.revive(good)
            one.weigh()
            turns = of_shelves(shelves, one.ways) if options.folder else (
                of_seed(options.seed, options.count, one.ways, made))
            counted, failed = play(one, turns, done, ledger)
            faults += [*one.revive(good), *one.weigh()]
    for way, count in counted.items():
        sys.stdout.write(f"{count:6} pieces by {way}\n")
    for role, first in one.first_weights.items():
        sys.stdout.write(f"{role}: at first {first}, at last {one.weights.get(role)}\n")
    sys.stdout.write("".join(f"{fault}\n" for fault in faults))
    sys.stdout.write(f"{counted.total()} pieces, {failed} turns with faults; the ledger is {ledger}\n")
    return 1 if failed or faults else 0


if __name__ == "__main__":
    sys.exit(main())
