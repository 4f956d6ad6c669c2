"""The pulse tells when nobody could run."""

import time

from tests.faults.pulse import Pulse


def test_what_was_not_slept_through_is_not_told() -> None:
    with Pulse() as pulse:
        now = time.monotonic()
        assert pulse.longest(now + 100, now + 200) == 0.0
        assert pulse.longest(now - 100, now + 100) >= 0.0
