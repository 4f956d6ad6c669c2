"""A worker's process whose wall clock is ahead: `python -m tests.soak.pair.worker MILLISECONDS WORDS…`.

The words are those of `desk.worker_main`. So two workers on one machine are as two machines with two clocks.
"""

import sys
from unittest import mock

from desk import worker_main
from desk.system import SystemClock


class AheadClock(SystemClock):
    """The machine's clocks, the wall clock set ahead."""

    def __init__(self, ahead_ns: int) -> None:
        self._ahead_ns = ahead_ns

    def wall_ns(self) -> int:
        """Since the Unix epoch, as this machine believes."""
        return super().wall_ns() + self._ahead_ns


def main(milliseconds: str, *words: str) -> int:
    """Run until killed."""
    clock = AheadClock(int(milliseconds) * 1_000_000)
    with mock.patch.object(worker_main, "SystemClock", return_value=clock):
        return worker_main.main(words)


if __name__ == "__main__":
    worker_main.leave(main(*sys.argv[1:]))
