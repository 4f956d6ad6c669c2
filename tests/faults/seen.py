"""What a viewer saw in a stretch of time, as one value: rules over values, no clock, no process.

Times are units since the epoch; the programme clock is anchored to the wall clock, so media time tells when a
picture was put on air.
"""

from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from flow.timebase import SCALE, TICK
from tests.faults.card import PITCHES, Mark

NEAR, LEAST = 12, 2
"""Ticks around a beep whose pictures tell its place, and how many must be new on either side."""
EVENLY = (40,)
"""Milliseconds from one tick's picture to the next that are not worth telling."""
JUMP = 200
"""Milliseconds: where pictures jump further, a beep's place among them cannot be told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One tick: when, and what its picture says.

    Without a mark it is the slate, or `broken`, `black`, or `old`: of a source that sent before the scenario.
    """

    at: int
    mark: Mark | None = None
    black: bool = False
    old: bool = False
    broken: bool = False
    damaged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One beep: when it began, and its second's remainder by 8."""

    at: int
    second: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A stretch of ticks from one source in its own order ("live"), or of "slate", "black", "broken" or "old".

    `repeats` is the longest standstill in ticks, `skipped` the longest jump in the source's time in ms.
    """

    kind: str
    source: int = 0
    begin: int
    ticks: int
    first: int = 0
    last: int = 0
    repeats: int = 0
    skipped: int = 0

    @property
    def end(self) -> int:
        """The unit after its last tick."""
        return self.begin + self.ticks * TICK


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """All that a viewer saw. `missing` ticks and `missing_sound` units are holes that no GAP tag names; `gaps` are
    segments, of the rendition that has more of them.

    `offsets` are (when, ms) for each beep over a moving picture: positive when the sound leads the picture.
    """

    begin: int
    ticks: int
    missing: int
    missing_sound: int
    gaps: int
    discontinuities: int
    problems: tuple[str, ...]
    shown: tuple[Shown, ...] = field(repr=False)
    runs: tuple[Run, ...]
    offsets: tuple[tuple[int, int], ...]
    silences: tuple[tuple[int, int], ...] = ()

    @property
    def longest_slate(self) -> int:
        """Ticks of the longest slate."""
        return max((run.ticks for run in self.runs if run.kind == "slate"), default=0)

    @property
    def longest_repeat(self) -> int:
        """Ticks of the longest standstill of a source's picture."""
        return max((run.repeats for run in self.runs if run.kind == "live"), default=0)

    @property
    def damaged(self) -> int:
        """Ticks whose picture is not what its source sent."""
        return sum(shown.damaged for shown in self.shown)

    @property
    def live(self) -> tuple[Run, ...]:
        """The runs of sources alone."""
        return tuple(run for run in self.runs if run.kind == "live")

    def worst_offset(self, begin: int = 0, end: int = 1 << 62) -> int:
        """The largest distance of sound and picture in ms between two units, without its sign."""
        return max((abs(ms) for at, ms in self.offsets if begin <= at < end), default=0)

    def told(self) -> list[str]:
        """The whole story in lines, for whoever wants to know why."""
        begin = self.begin
        lines = [f"{self.ticks} ticks, {self.gaps} segments are GAP"]
        lines += [
            f"at {(run.begin - begin) / SCALE:6.2f} s {run.kind} {run.source or ''}: {run.ticks} ticks, source "
            f"{run.first} to {run.last} ms, longest standstill {run.repeats}, jump {run.skipped} ms"
            for run in self.runs[:40]
        ]
        offsets = " ".join(f"{(at - begin) / SCALE:.2f}:{ms:+d}" for at, ms in self.offsets)
        bumps = " ".join(
            f"{(tick.at - begin) / SCALE:.2f}:{tick.mark.millis - before.mark.millis}"
            for before, tick in pairwise(self.shown)
            if before.mark and tick.mark and tick.mark.millis - before.mark.millis not in EVENLY
        )
        quiet = " ".join(f"{(at - begin) / SCALE:.2f}:{length / SCALE:.2f}" for at, length in self.silences)
        lines += [f"uneven (s:ms) {bumps[:400] or 'never'}"]
        return [*lines, f"sound leads (s:ms) {offsets or 'never heard'}", f"silence (s:s) {quiet or 'none'}"]

    def whole(self, gaps: int = 0) -> list[str]:
        """What no fault of a feed may cause, as sentences; only the encoder's death may cost `gaps`."""
        found = list(self.problems)
        found += [f"{self.gaps} segments are GAP, {gaps} allowed"] if self.gaps > gaps else []
        names = ("missing", "missing_sound", "discontinuities")
        return found + [f"{name}: {count}" for name in names if (count := getattr(self, name))]


def runs_of(shown: tuple[Shown, ...]) -> tuple[Run, ...]:
    """The stretches that a sequence of ticks falls into; a source's time that goes back begins a new one."""
    found: list[list[Shown]] = []
    for tick in shown:
        if found and _follows(found[-1][-1], tick):
            found[-1].append(tick)
        else:
            found.append([tick])
    return tuple(_run(ticks) for ticks in found)


def _kind(tick: Shown) -> str:
    if tick.mark:
        return "live"
    return "old" if tick.old else "black" if tick.black else "broken" if tick.broken else "slate"


def _follows(before: Shown, tick: Shown) -> bool:
    if _kind(before) != _kind(tick):
        return False
    if before.mark is None or tick.mark is None:
        return True
    return before.mark.source == tick.mark.source and before.mark.millis <= tick.mark.millis


def _run(ticks: list[Shown]) -> Run:
    marks = [tick.mark for tick in ticks if tick.mark]
    standing, longest = 1, 1
    for before, mark in pairwise(marks):
        standing = standing + 1 if before == mark else 1
        longest = max(longest, standing)
    return Run(
        kind=_kind(ticks[0]), begin=ticks[0].at, ticks=len(ticks), source=marks[0].source if marks else 0,
        first=marks[0].millis if marks else 0, last=marks[-1].millis if marks else 0,
        repeats=longest if marks else 0,
        skipped=max((mark.millis - before.millis for before, mark in pairwise(marks)), default=0),
    )


def offsets_of(shown: tuple[Shown, ...], heard: tuple[Heard, ...]) -> tuple[tuple[int, int], ...]:
    """How far each beep leads the pictures around it, in ms, where pictures of one source move before and after.

    A picture's place is that of the first tick that shows it; the median of half a second each way tells the
    pictures' delay, so that a rate which does not fit the ticks does not blur it.
    """
    fresh = {
        tick.at // TICK: (tick.at, tick.mark) for before, tick in pairwise((Shown(at=-TICK), *shown))
        if tick.mark and tick.mark != before.mark
    }
    found = []
    for beep in heard:
        middle = beep.at // TICK
        near = {place: fresh[place] for place in range(middle - NEAR, middle + NEAR + 1) if place in fresh}
        earlier = sum(place <= middle for place in near)
        if min(earlier, len(near) - earlier) < LEAST or len({mark.source for _, mark in near.values()}) > 1:
            continue
        delays = [at * 1_000 / SCALE - mark.millis for at, mark in near.values()]
        if max(delays) - min(delays) > JUMP:
            continue
        delay = median(delays)
        millis = beep.at * 1_000 / SCALE - delay
        turn = len(PITCHES)
        second = round((millis / 1_000 - beep.second) / turn) * turn + beep.second
        found.append((beep.at, round(second * 1_000 - millis)))
    return tuple(found)
