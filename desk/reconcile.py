"""What the supervisor does next: a function of what is wanted, what runs, and the time.

    absent ──start──▶ running ──stop──▶ stopping ──kill──▶ (gone)
       ▲                 │ died
       └─────pause───────┘

A child that dies is started again after a pause that doubles from 0.1 s to 5 s; once it has run for 30 s the next
death starts from 0.1 s again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

_SECOND = 1_000_000_000
FIRST_PAUSE = _SECOND // 10
LONGEST_PAUSE = 5 * _SECOND
PROVEN_AFTER = 30 * _SECOND
"""A life this long forgets the deaths before it."""
GRACE = 3 * _SECOND
"""From asking to end (SIGTERM) to ending (SIGKILL)."""


class Phase(StrEnum):
    """Where a child stands."""

    RUNNING = "running"
    STOPPING = "stopping"
    DEAD = "dead"


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """One child: the revision it was started with, its phase, and since when (monotonic nanoseconds).

    `pause` is how long a dead one rests before it is started again; `deaths` counts them.
    """

    revision: str
    phase: Phase
    since: int
    pause: int = 0
    deaths: int = 0
    killed: bool = False

    def died(self, now: int) -> "Life":
        """After its process has ended."""
        proven = self.phase is Phase.RUNNING and now - self.since >= PROVEN_AFTER
        pause = FIRST_PAUSE if proven or not self.pause else min(self.pause * 2, LONGEST_PAUSE)
        return replace(self, phase=Phase.DEAD, since=now, pause=pause, deaths=self.deaths + 1)

    def asked_to_stop(self, now: int) -> "Life":
        """After SIGTERM."""
        return replace(self, phase=Phase.STOPPING, since=now)

    def ended_by_force(self) -> "Life":
        """After SIGKILL."""
        return replace(self, killed=True)

    def started(self, revision: str, now: int) -> "Life":
        """After a new start; what it died of before is remembered in `pause`."""
        return replace(self, revision=revision, phase=Phase.RUNNING, since=now, killed=False)


class Deed(StrEnum):
    """What is to be done to one child."""

    START = "start"
    STOP = "stop"
    KILL = "kill"
    FORGET = "forget"


def decide(wanted: Mapping[str, str], lives: Mapping[str, Life], now: int) -> dict[str, Deed]:
    """The deeds due now, by child. `wanted` maps each child that shall run to the revision it shall run."""
    deeds = {}
    for key in [*lives, *(key for key in wanted if key not in lives)]:
        deed = _deed(wanted.get(key), lives.get(key), now)
        if deed is not None:
            deeds[key] = deed
    return deeds


def _deed(revision: str | None, life: Life | None, now: int) -> Deed | None:
    if life is None:
        return Deed.START
    match life.phase:
        case Phase.RUNNING:
            return Deed.STOP if revision != life.revision else None
        case Phase.STOPPING:
            return Deed.KILL if now - life.since >= GRACE and not life.killed else None
        case Phase.DEAD if revision is None:
            return Deed.FORGET
        case Phase.DEAD:
            changed = revision != life.revision  # what it died of may be mended: no reason to rest
            return Deed.START if changed or now - life.since >= life.pause else None
