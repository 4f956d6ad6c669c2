"""Power cuts at random moments, a hundred images of the disk after them, each opened by a fresh headend.

    python -m tests.soak.crashes [--seed 1] [--count 100]

Resumable: each round of LIVES lives over one disk is a line in `.soak/crashes-<seed>.jsonl`. Exit 1 when one was
wrong.
"""

import argparse
import json
import logging
import sys
import tempfile
import time
from pathlib import Path

from tests.soak.crashes.cut import cut

LIVES = 3


def main() -> int:
    """Cut until there were so many images."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=100)
    options = parser.parse_args()
    ledger = Path(".soak") / f"crashes-{options.seed}.jsonl"
    ledger.parent.mkdir(exist_ok=True)
    lines = [json.loads(line) for line in ledger.read_text("utf-8").splitlines()] if ledger.exists() else []
    failed = sum(bool(line["wrong"]) for line in lines)
    logging.disable()
    with ledger.open("a", encoding="utf-8") as out:
        for number in range(len(lines), -(-options.count // (LIVES - 1))):
            started = time.process_time()
            with tempfile.TemporaryDirectory() as folder:
                wrong = cut(f"{options.seed}/{number}", Path(folder), lives=LIVES)
            failed += bool(wrong)
            cpu = round(time.process_time() - started, 1)
            line = json.dumps({"round": number, "images": LIVES - 1, "cpu_s": cpu, "wrong": wrong})
            for stream in (out, sys.stdout):
                stream.write(line + "\n")
                stream.flush()
    sys.stdout.write(f"{failed} rounds failed; the ledger is {ledger}\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
