"""Passwords of elsewhere tried at the desk (T-27): none lets anybody in, and the time tells nothing of names.

    python -m tests.soak.stuffing [--seed 1] [--count 10000] [--samples 100]

Each try is a second after the one before, from one of many addresses. Then the time of a wrong password is taken,
in turns for an account and for a name that nobody has, with passwords hashed as they are in earnest; Welch's t
says whether they can be told apart. Exit 1 when somebody was let in, or |t| is 4.5 or more.
"""

import argparse
import asyncio
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from desk.errors import RefusedError
from desk.people.hashing import Hashing
from tests.desk.people.desk import ACCOUNTS, PASSWORD, Desk

LEAKED = (
    "123456", "matkhau", "password1", "qwerty", "hanoi2026", "xacast", "admin", PASSWORD[:-1], f"{PASSWORD} x",
)
TOLD_APART = 4.5


async def stuffed(desk: Desk, seed: int, count: int) -> Counter[int]:
    """What so many tries were answered, by status; 201 for one that was let in."""
    dice, answers = random.Random(seed), Counter[int]()
    names = [name for name, _, _ in ACCOUNTS] + [f"nobody{at}" for at in range(40)]
    for _ in range(count):
        desk.clock.advance(1)
        guess = dice.choice(LEAKED) + dice.choice(("", str(dice.randrange(100))))
        address = f"10.{dice.randrange(8)}.{dice.randrange(256)}.{dice.randrange(256)}"
        try:
            await desk.people.sign_in(dice.choice(names), guess, address=address)
            answers[201] += 1
        except RefusedError as error:
            answers[error.status] += 1
    return answers


async def welch(desk: Desk, samples: int) -> float:
    """Welch's t of the times for an account and for nobody."""
    desk.people.hashing.close()
    desk.people.hashing = Hashing()
    await desk.people.renew(desk.people.account("lan"))  # hashed in earnest too
    taken: dict[str, list[float]] = {"lan": [], "nobody": []}
    for turn in range(samples + 2):
        for name, times in taken.items():
            desk.clock.advance(3_600)
            begin = time.perf_counter()
            try:
                await desk.people.sign_in(name, "con mèo đỏ ăn cá", address=f"10.0.{turn % 250}.1")
            except RefusedError:
                times.append(time.perf_counter() - begin)
    one, other = (times[2:] for times in taken.values())  # the first bring the library along
    spread = statistics.variance(one) / len(one) + statistics.variance(other) / len(other)
    return float((statistics.mean(one) - statistics.mean(other)) / spread ** 0.5)


async def run(seed: int, count: int, samples: int) -> int:
    """Both."""
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        await desk.add()
        answers = await stuffed(desk, seed, count)
        t = await welch(desk, samples)
        desk.close()
    print(f"{answers.total()} tries: {dict(answers)}, {answers[201]} let in")  # noqa: T201
    print(f"an account and nobody, {samples} times each: t = {t:.2f}")  # noqa: T201
    return 1 if answers[201] or abs(t) >= TOLD_APART else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--samples", type=int, default=100)
    options = parser.parse_args()
    sys.exit(asyncio.run(run(options.seed, options.count, options.samples)))
