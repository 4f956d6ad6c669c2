"""Sites at channels: each gets what it is invited to, and nothing else (T-14).

    python -m tests.soak.invited [--seed 1] [--count 50000]

A headend has a site in each of the country's 3,356 units and 20 channels with an audience each. So many pairs of a
site and a channel are drawn, and each is asked for over HTTP by the site's link and by a stream token. Exit 1 when
one answer was wrong.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path

from tests.soak.invited.country import country
from tests.soak.invited.sampled import land_in, wrong_answers


async def run(seed: int, count: int) -> int:
    """Draw and ask."""
    with tempfile.TemporaryDirectory() as folder:
        async with land_in(Path(folder), country(seed)) as land:
            sites, channels = len(land.links), len(land.country.words)
            print(f"{sites} sites, {channels} channels; {count} samples, seed {seed}")  # noqa: T201
            began = time.monotonic()
            may, wrong = await wrong_answers(land, seed, count)
    print(f"{may} may watch, {count - may} may not; {len(wrong)} wrong answers, "  # noqa: T201
          f"in {time.monotonic() - began:.0f} s")
    for one in wrong[:50]:
        print(one)  # noqa: T201
    return 1 if wrong else 0


def main() -> int:
    """As the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=50_000)
    options = parser.parse_args()
    return asyncio.run(run(options.seed, options.count))


if __name__ == "__main__":
    sys.exit(main())
