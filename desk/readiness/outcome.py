"""What a site found, and when. No I/O."""

from dataclasses import dataclass
from enum import StrEnum

from flow.self_test import SelfTest


class Readiness(StrEnum):
    """Of a site before a programme: it tried and all was well, it tried and something was not, or it is silent."""

    READY = "ready"
    NOT_READY = "not-ready"
    SILENT = "silent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The test that a site made last, at a moment (Unix seconds)."""

    test: SelfTest
    at_s: int


def readiness_of(outcome: Outcome | None) -> Readiness:
    """Of a site, by its last test."""
    if outcome is None:
        return Readiness.SILENT
    return Readiness.NOT_READY if outcome.test.faults else Readiness.READY
