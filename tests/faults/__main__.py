"""Plays scenarios by hand and prints what a viewer saw: `python -m tests.faults [--seed N] [NAME...]`."""

import argparse
import sys
import tempfile
from concurrent.futures import as_completed
from pathlib import Path

from bench.machine import Machine
from desk.ffmpeg import find_ffmpeg
from tests.faults.catalogue import ALL, LONG
from tests.faults.clips import Clips
from tests.faults.lanes import Lanes


def main() -> int:
    """Exit 1 when a scenario failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="scenarios; all when none is named")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--times", type=int, default=1)
    parser.add_argument("--show", action="store_true", help="tell what was seen of what went well too")
    parser.add_argument("--log", default="error")
    options = parser.parse_args()
    wanted = [one for one in (*ALL, *LONG) if one.name in options.names or (not options.names and one in ALL)]
    failed = 0
    with tempfile.TemporaryDirectory() as folder, Machine(log=options.log) as machine:
        lanes = Lanes(machine, Clips(find_ffmpeg("").path, Path(folder)), options.seed)
        turns = [(scenario, turn) for turn in range(options.times) for scenario in wanted]
        for done in as_completed(lanes.play(turns)):
            outcome = done.result()
            failed += bool(outcome.faults)
            sys.stdout.write(f"{outcome.name} #{outcome.turn}: {outcome.seconds} s\n")
            sys.stdout.writelines(f"    FAULT {sentence}\n" for sentence in outcome.faults)
            story = outcome.story if options.show or outcome.faults else ()
            sys.stdout.writelines(f"    {sentence}\n" for sentence in story)
            sys.stdout.flush()
        lanes.stop()
    sys.stdout.write(f"{failed} of {len(turns)} failed\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
