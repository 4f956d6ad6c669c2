"""The timeline of a channel that two workers make at once: of each segment one run is listed, the other is spare.

Both work on the one clock grid, so their segments have the same numbers, boundaries and times. A rendition's run
is chosen with the first part of a segment and kept to its end. When it stops inside, what is missing is a gap for
good, and the whole segment is the other worker's.
"""

from collections.abc import Iterator

from flow.chunk import Chunk
from flow.ids import RenditionId
from flow.timebase import SCALE
from flow.wire import Position, Positions, Verdict
from packager.grid import msn_of, round_up, starts_segment
from packager.lateness import lost_until
from packager.outcome import Outcome
from packager.side import Side
from packager.step import Step
from packager.timeline import Timeline
from packager.track import Track

PATIENCE = SCALE * 2 // 5
"""How much longer than usual the listed run may take while the other's media is there. Before a segment what is
usual is the other's pace too: a worker that slows down little by little is never later than its own."""
AHEAD = SCALE // 2
"""How far a worker's clock may be ahead: nobody is measured by media that comes before its time."""
STALE = 5 * SCALE
"""What comes so late is of no use: its worker hangs behind the clock, and is to hear of it (F-19)."""
UNNOTED = 10 * SCALE
"""What was listed before a restart may be so much more than what the disk had noted: a slow disk is told of long
before (F-21). It costs the other worker's media of this time when that one alone is left."""
SILENT = 10 * SCALE
"""A worker that has sent nothing for so long is not waited for."""


class PairedTimeline(Timeline):
    """Takes everything from both workers, and lists each place once."""

    def go_on(self, now: int) -> None:
        """What an earlier life of the headend may have listed stays the run's that was listed last: media of the
        other may come in time, but under another address."""
        super().go_on(now)
        newest = max(self.tracks.values(), key=lambda track: track.frontier)
        self.preferred = self.runs.worker_of(newest.run)

    def overdue(self, now: int) -> Outcome:
        """Choose where it was waited long enough, and list as GAP what should have come from either worker."""
        steps: dict[RenditionId, Step] = {}
        for name, track in self.tracks.items():
            if not track.begun:
                continue
            step = self._move(name, now)
            until = self._due(track, now) if now >= self.settled_at else 0
            while track.frontier < until:
                if not self._advance(name, now, step, waiting=False):
                    step.join(track.lose_until(until, self.runs.breaks))
            _tidy(track)
            if step.changed:
                steps[name] = step
        self._prune()
        return Outcome(steps=steps, noteworthy=any(step.noteworthy for step in steps.values()))

    def positions(self, worker: int = 0) -> Positions:
        """Where this worker goes on; a run of its own begins above everything that may not begin any more."""
        newest = self.runs.newest_of(worker)
        offered = [run for track in self.tracks.values() for run in track.inits]
        at = {
            name: Position(newest, track.sides[worker].newest or track.frontier)
            for name, track in self.tracks.items()
        }
        own = (run for run in offered if self.runs.worker_of(run) == worker)
        last = max([newest, self.runs.burnt, *own])
        return Positions(floor=self.floor, last_run=last, renditions=at)

    def _take_chunk(self, track: Track, chunk: Chunk, now: int) -> Outcome:
        side = track.sides[self.runs.worker_of(chunk.run)]
        if self._known(track, side, chunk):
            return Outcome()
        verdict = self._admit(track, side, chunk, now)
        if verdict is not Verdict.KEPT:
            return Outcome(verdict=verdict)
        begins = self._begins(chunk, now)
        side.hear(chunk, now)
        if chunk.start >= self._opening(track) and self._may_list(track, chunk):
            side.keep(chunk)
        step = self._move(chunk.rendition, now)
        self._prune()
        steps = {chunk.rendition: step} if step.changed else {}
        return Outcome(steps=steps, noteworthy=begins or step.noteworthy)

    def _may_list(self, track: Track, chunk: Chunk) -> bool:
        return track.promised(msn_of(self.profile, chunk.start)) in (0, chunk.run)

    def _known(self, track: Track, side: Side, chunk: Chunk) -> bool:
        """Whether the chunk is here already, listed or spare."""
        listed = track.window.find(msn_of(self.profile, chunk.start))
        return side.at(chunk.start, chunk.run) is not None or (listed is not None and listed.run == chunk.run)

    def _admit(self, track: Track, side: Side, chunk: Chunk, now: int) -> Verdict:
        if self.runs.superseded(chunk.run, chunk.start) or not self._in_run(chunk):
            return Verdict.REFUSED
        if chunk.run not in track.inits and (chunk.run != track.run or track.map_missing):
            return Verdict.NEED_INIT
        settled = now >= self.settled_at  # before, both send again what they kept, and one is behind the other
        late = settled and track.begun and chunk.start < self._opening(track) and now - chunk.end > STALE
        return Verdict.REFUSED if late or side.full(settled=settled) else Verdict.KEPT

    def _in_run(self, chunk: Chunk) -> bool:
        """Whether the chunk's run has begun before it, or may begin with it."""
        start = self.runs.start_of(chunk.run)
        if start is not None:
            return chunk.start >= start
        worker = self.runs.worker_of(chunk.run)
        made = max(track.sides[worker].newest for track in self.tracks.values())
        floor = max(self.runs.floor, round_up(self.profile, made))
        fits = starts_segment(self.profile, chunk.start) and chunk.start >= floor
        return fits and self.runs.may_begin(chunk.run)

    def _begin_run(self, chunk: Chunk) -> None:
        self.runs = self.runs.begin(chunk.run, chunk.start)

    def _next_run(self, track: Track) -> int:
        begun = track.open.run_at(0) if track.open else self._pinned(track)
        return begun or self.runs.newest_of(self.preferred, track.frontier) or track.run

    def _promised_until(self, track: Track, now: int) -> int:
        return min(super()._promised_until(track, now), track.frontier + round_up(self.profile, UNNOTED))

    def _pinned(self, track: Track) -> int:
        return track.promised(msn_of(self.profile, track.frontier))

    def _opening(self, track: Track) -> int:
        return msn_of(self.profile, track.frontier) * self.profile.segment

    def _move(self, name: RenditionId, now: int) -> Step:
        """List what can be."""
        step = Step()
        while self._advance(name, now, step):
            pass
        _tidy(self.tracks[name])
        return step

    def _advance(self, name: RenditionId, now: int, step: Step, *, waiting: bool = True) -> bool:
        """Settle the next place, as media or as lost; False when nothing can be said of it yet."""
        track = self.tracks[name]
        place, missed = track.frontier, False
        for worker, run in self._asked(name, now):
            side = track.sides[worker]
            chunk = side.at(place, run)
            if chunk is not None and self._fits(track, chunk):
                self._list_chosen(track, chunk, step)
                return True
            late = side.late(place, now, PATIENCE) and (now >= self.settled_at or not self._pinned(track))
            if waiting and not late and not side.passed(place):
                return False
            missed = missed or not side.passed(place)
        if not any(side.at(place) or side.after(place) for side in track.sides):
            return False
        if missed and not track.newest and now < self.settled_at:
            return False  # nothing can begin with a gap that media still comes for: some players wait for ever
        if missed:
            self.preferred = 1 - next(worker for worker, _ in self._asked(name, now))
        step.join(track.lose_until(self._hole(track), self.runs.breaks))
        return True

    def _asked(self, name: RenditionId, now: int) -> Iterator[tuple[int, int]]:
        """The workers whose media may come next, the better one first, each with its run or 0 for any."""
        track = self.tracks[name]
        pinned = track.open.run_at(0) if track.open else self._pinned(track)
        if pinned:
            yield self.runs.worker_of(pinned), pinned
        elif track.open is None:
            since, msn = msn_of(self.profile, round_up(self.profile, track.newest)), self._msn(track)
            if self.runs.breaks_within(since, msn):  # every rendition goes on with the one of the break
                yield self.preferred, 0
                return
            better = 1 - self.preferred if self._outrun(track, now) else self.preferred
            yield better, 0
            yield 1 - better, 0

    def _outrun(self, track: Track, now: int) -> bool:
        """Whether the other's media has long been at the next place, and the preferred worker's has not come."""
        place, other = track.frontier, track.sides[1 - self.preferred]
        chunk, most = other.at(place), other.lateness.most or 0
        if chunk is None or track.sides[self.preferred].at(place) or most < -AHEAD or not self._fits(track, chunk):
            return False
        return now > chunk.end + max(0, most) + PATIENCE

    def _msn(self, track: Track) -> int:
        return msn_of(self.profile, track.frontier)

    def _fits(self, track: Track, chunk: Chunk) -> bool:
        if chunk.start in track.refused_places:
            return False
        if not starts_segment(self.profile, chunk.start):
            return True
        if not self._changes_map(chunk.run):
            return chunk.independent
        since = msn_of(self.profile, round_up(self.profile, track.newest))
        broken = self.runs.breaks_within(since, self._msn(track))
        return chunk.independent and (broken or chunk.start >= self.floor)

    def _changes_map(self, run: int) -> bool:
        return any(track.would_change_map(run) for track in self.tracks.values())

    def _list_chosen(self, track: Track, chunk: Chunk, step: Step) -> None:
        if starts_segment(self.profile, chunk.start):
            self.preferred = self.runs.worker_of(chunk.run)
            since = msn_of(self.profile, round_up(self.profile, track.newest))
            if self._changes_map(chunk.run) and not self.runs.breaks_within(since, self._msn(track)):
                self.runs = self.runs.with_break(self._msn(track))
        step.join(track.append(chunk, self.runs.breaks))

    def _hole(self, track: Track) -> int:
        """Where what is missing ends: a part further, or before the segment of the next media."""
        place = track.frontier
        places = [found for side in track.sides if (found := side.after(place - 1)) is not None]
        first = msn_of(self.profile, min(places, default=0)) * self.profile.segment
        return max(place + self.profile.chunk, first if track.open is None else 0)

    def _due(self, track: Track, now: int) -> int:
        heard = [side for side in track.sides if side.heard]
        alive = [side for side in heard if now - side.heard < SILENT]
        return min(lost_until(self.profile, side.lateness, now) for side in alive or heard or track.sides)


def _tidy(track: Track) -> None:
    for side in track.sides:
        side.forget_before(track.frontier)
