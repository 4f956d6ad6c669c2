"""Requests made of the control API's document, and odd ones, to a real headend over HTTP (T-26, T-28).

    python -m tests.soak.api [--seed 1] [--count 20000] [--database postgresql://…]

Half of them are right and half wrong; each operation has its share, but for those that start a process or load
ten thousand units, which have a tenth of it. Exit 1 when one was answered with a 500, or in a way that the
document does not have; each is written out as a command that can be tried again.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from desk.api.document import document
from tests.desk.api.attack import HEAVY, attack, prepare, spoil
from tests.desk.api.running import RunningDesk


def main() -> int:
    """Try them all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--database", default="")
    options = parser.parse_args()
    paths = document()["paths"].items()
    light = {f"{method.upper()} {path}" for path, methods in paths for method in methods} - HEAVY
    each = max(1, options.count // (2 * len(light)))
    with tempfile.TemporaryDirectory() as folder, RunningDesk(Path(folder), options.database) as desk:
        prepare(desk)
        tried, faults = attack(desk, each=each, number=options.seed, spared=HEAVY)
        more, found = attack(desk, each=max(1, each // 10), number=options.seed, spared=light)
        odd, wrong = spoil(desk, spared=HEAVY)
    for operation, count in (tried + more).items():
        print(f"{count:>7}  {operation}")  # noqa: T201
    faults += found + wrong + desk.complaints.heard
    print(f"{tried.total() + more.total() + odd} requests, {odd} of them odd ones; {len(faults)} faults")  # noqa: T201
    for fault in faults[:50]:
        print(f"\n{fault}")  # noqa: T201
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
