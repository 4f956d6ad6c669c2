"""What broken media may not do to a channel, and whether it did. Values in, sentences out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flow.timebase import GOP, SCALE, TICK

HEALTHY = frozenset({"live", "held", "slate"})
"""What a channel may be while its feeds bring rubbish."""
SLACK = 25
"""Ticks by which the count may be off: two looks at a moving clock, on a busy machine."""
THREADS = 4
"""More threads or files than before that are no leak: a decoder that is just beginning."""
FILES = 16
MEMORY = 64 * 1_024
"""KiB that a process may have grown by, at the end of all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A channel as its worker told it at a wall time.

    `state` is a word of the channel's report, `late` counts ticks that came late.
    """

    wall_ns: int
    state: str
    pid: int
    ticks: int
    run: int
    encoder_restarts: int
    late: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """What a process takes: resident memory in KiB, threads, open files."""

    memory: int
    threads: int
    files: int


def went_on(before: Reading, after: Reading) -> list[str]:
    """Whether the channel stayed on air between two readings."""
    found = []
    if after.state not in HEALTHY:
        found.append(f"the channel is {after.state}")
    if after.pid != before.pid:
        return [*found, "the worker is another one"]
    if (after.run, after.encoder_restarts) != (before.run, before.encoder_restarts):
        found.append("the encoder is another one")
    owed = round((after.wall_ns - before.wall_ns) * SCALE / 1e9 / TICK)
    if abs(after.ticks - before.ticks - owed) > SLACK:
        found.append(f"{after.ticks - before.ticks} ticks in the time of {owed}")
    return found


def stayed(before: Mapping[str, int], after: Mapping[str, int]) -> list[str]:
    """Whether the processes outside the cage, by their roles, are still the same ones."""
    return [f"the {role} has died" for role, pid in before.items() if after.get(role) != pid]


def returned(before: Mapping[str, Weight], after: Mapping[str, Weight]) -> list[str]:
    """Whether each process weighs what it did."""
    found = []
    for role, old in before.items():
        new = after.get(role, old)
        if new.memory - old.memory > MEMORY:
            found.append(f"the {role} grew from {old.memory >> 10} to {new.memory >> 10} MiB")
        if new.threads - old.threads > THREADS:
            found.append(f"the {role} had {old.threads} threads and has {new.threads}")
        if new.files - old.files > FILES:
            found.append(f"the {role} had {old.files} open files and has {new.files}")
    return found


def unbroken(last: int, segments: Iterable[tuple[int, bool, bool, int]]) -> list[str]:
    """Whether a rendition goes on after segment `last` (0 at the beginning).

    Of each new segment: its number, whether it is a gap, whether a discontinuity, the units that its samples last.
    """
    found = []
    for msn, gap, discontinuity, lasts in segments:
        if last and msn != last + 1:
            found.append(f"segment {msn} follows {last}")
        if gap:
            found.append(f"segment {msn} is GAP")
        elif lasts != GOP:
            found.append(f"segment {msn} lasts {lasts} units, not {GOP}")
        if discontinuity:
            found.append(f"a discontinuity at segment {msn}")
        last = msn
    return found
