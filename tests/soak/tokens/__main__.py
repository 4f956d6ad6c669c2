"""Tokens that were good before somebody touched them: none of them opens anything (T-14).

    python -m tests.soak.tokens [--seed 1] [--count 100000]

Each is shown to a gate that knows two keys, for the channel that the good ones open. Exit 1 when one was let in;
it is written out, so that it can be tried again.
"""

import argparse
import sys
from collections import Counter

from flow.errors import ViewerError
from origin.gate.stream_tokens import StreamTokens
from tests.origin.gate.mutations import mutated
from tests.origin.gate.tokens import HOP, NOW, key, public, token


def main() -> int:
    """Try them all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=100_000)
    options = parser.parse_args()
    good = [
        token(f"xa-{number}", by=by, since=number % 3 * (NOW - 3_600) // 2)
        for number in range(10) for by in ("one", "two")
    ]
    keys = public("one", "two")
    gate = StreamTokens(lambda: keys, now=lambda: NOW)
    for one in good:
        gate.bearer(one, HOP)
    tried: Counter[str] = Counter()
    accepted = []
    for way, one in mutated(good, key().pem.encode(), seed=options.seed, count=options.count):
        tried[way] += 1
        try:
            gate.bearer(one, HOP)
        except ViewerError:
            continue
        accepted.append((way, one))
    for way, count in tried.items():
        print(f"{way:<20} {count:>8}")  # noqa: T201
    print(f"{tried.total()} mutated tokens, {len(accepted)} accepted")  # noqa: T201
    for way, one in accepted[:20]:
        print(f"accepted, {way}: {one!a}")  # noqa: T201
    return 1 if accepted else 0


if __name__ == "__main__":
    sys.exit(main())
