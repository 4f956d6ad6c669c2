"""Runs of the encoder, as the whole channel sees them: where each began, and where the timeline breaks.

Kept for the channel and not for a rendition, because all media playlists need the same discontinuity points
and the same discontinuity sequence numbers (RFC 8216bis 6.2.4).
"""

from dataclasses import dataclass, replace
from typing import Self

_REMEMBERED = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Runs:
    """`last` is the highest run seen, `started` the newest runs with their first place, in order.

    `breaks` are the segments before which EXT-X-DISCONTINUITY stands, oldest first; `passed` counts the breaks
    that no playlist reaches back to any more. `floor` is remembered from an earlier life of the headend: a new
    run may not begin before it. Runs up to `burnt` may not begin at all: they named media on another grid.

    Of two `workers` one has the even runs and the other the odd ones, and each worker's runs follow only its own.

    The list for old boxes makes one segment of every `long` of these, with one tag at most: `passed_long` counts
    those tags.
    """

    last: int = 0
    started: tuple[tuple[int, int], ...] = ()
    breaks: tuple[int, ...] = ()
    passed: int = 0
    floor: int = 0
    burnt: int = 0
    workers: int = 1
    long: int = 1
    passed_long: int = 0

    def worker_of(self, run: int) -> int:
        """The index of the worker whose run it is."""
        return run % self.workers

    def newest_of(self, worker: int, place: int | None = None) -> int:
        """The worker's newest run that has begun, at `place` or before it where one is given; 0 before any."""
        return max((
            run for run, start in self.started
            if self.worker_of(run) == worker and (place is None or start <= place)
        ), default=0)

    def seen(self, run: int) -> Self:
        """With the run's number taken note of."""
        return replace(self, last=max(self.last, run))

    def start_of(self, run: int) -> int | None:
        """Where the run began, or None when it has not."""
        return next((start for known, start in self.started if known == run), None)

    def may_begin(self, run: int) -> bool:
        """Whether a run that has not begun may: only one newer than all of its worker's that have."""
        return run > max(self.burnt, self.newest_of(self.worker_of(run)))

    def begin(self, run: int, start: int) -> Self:
        """With the run begun at `start`."""
        began = (*self.started, (run, start))
        kept: set[int] = set()
        for worker in range(self.workers):
            kept.update([known for known, _ in began if self.worker_of(known) == worker][-_REMEMBERED:])
        return replace(self.seen(run), started=tuple(pair for pair in began if pair[0] in kept))

    def superseded(self, run: int, start: int) -> bool:
        """Whether a newer run of its worker owns the place `start`."""
        return self.newest_of(self.worker_of(run), start) > run

    def owner(self, place: int) -> int:
        """The run that media at `place` will come from, as far as known; 0 before any."""
        return max((run for run, start in self.started if start <= place), default=0)

    def with_break(self, msn: int) -> Self:
        """With EXT-X-DISCONTINUITY before the segment `msn`."""
        return replace(self, breaks=tuple(sorted({*self.breaks, msn})))

    def breaks_within(self, first: int, last: int) -> bool:
        """Whether a break stands before any of the segments `first` to `last`."""
        return any(first <= msn <= last for msn in self.breaks)

    def sequence(self, first: int) -> int:
        """EXT-X-DISCONTINUITY-SEQUENCE of a playlist that begins with the segment `first`.

        Counts the breaks whose segment has left, so it grows in the very update that drops the tag
        (RFC 8216bis 6.2.2).
        """
        return self.passed + sum(msn < first for msn in self.breaks)

    def prune(self, first: int) -> Self:
        """Without the breaks before `first`, the oldest segment of any playlist; they stay counted. Those inside
        one long segment leave together."""
        least = first // self.long * self.long
        kept = tuple(msn for msn in self.breaks if msn >= least)
        gone = self.breaks[:len(self.breaks) - len(kept)]
        return replace(
            self, breaks=kept, passed=self.passed + len(gone),
            passed_long=self.passed_long + len({msn // self.long for msn in gone}),
        )
