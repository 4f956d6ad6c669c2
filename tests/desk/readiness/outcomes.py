"""Tests that sites made."""

from desk.readiness.outcome import Outcome
from flow.self_test import SelfTest
from tests.desk.programmes.some import at

GOOD = SelfTest(picture=True, sound=True, rate_kbps=4_000, need_kbps=700)
DEAF = SelfTest(picture=True, sound=False, rate_kbps=4_000, need_kbps=700)


def an_outcome(test: SelfTest = GOOD, clock: str = "07:50") -> Outcome:
    return Outcome(test=test, at_s=at(clock))
