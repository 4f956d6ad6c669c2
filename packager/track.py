"""One rendition: its chunks become parts and segments, in order, each place on the grid settled once."""

from collections.abc import Set
from dataclasses import replace

from flow.chunk import Chunk, Init
from flow.names import InitName, MediaName, PartName, SegmentName
from flow.profile import Profile
from flow.wire import Verdict
from packager.grid import index_of, live_segments, msn_of, round_up
from packager.identity import Identity, Map
from packager.lateness import Lateness
from packager.past import Span, broken_at
from packager.segment import LOST, Segment
from packager.segmenter import OpenSegment
from packager.side import Side
from packager.step import Step
from packager.window import Left, Window, parts_from

_PENDING_INITS = 4


class Track:
    """Window, open segment and frontier of one rendition. No I/O and no clock.

    `frontier` is the end of everything listed, as media or as GAP; `newest` the end of the newest media;
    `run` the run it came from; `map` the init section in use, `map_missing` when the store
    lost it. Places before the frontier never change again.
    `refused_places` are those listed as GAP by an earlier life of the headend, beyond what it remembered whole.
    `promised_run` may have been listed before `promised_until` by an earlier life that did not come to note it.
    `sides` are the workers' where there are two, with what of their media is not listed.
    """

    def __init__(self, profile: Profile, limit: int, workers: int = 1) -> None:
        self.profile = profile
        self.sides = tuple(Side(profile) for _ in range(workers)) if workers > 1 else ()
        self._workers = workers
        self.window = Window(limit=limit, live=live_segments(profile))
        self.open: OpenSegment | None = None
        self.begun = False
        self.frontier = 0
        self.newest = 0
        self.run = 0
        self.map: Map | None = None
        self.map_missing = False
        self.inits: dict[int, Init] = {}
        self.refused_places: frozenset[int] = frozenset()
        self.promised_run = self.promised_until = 0
        self.lateness = Lateness()
        self.lost_segments = 0

    def begin(self, start: int) -> None:
        """Let the window begin at the segment boundary `start`; nothing before it is ever listed."""
        self.begun = True
        self.frontier = start

    def begin_anew(self, start: int) -> None:
        """Let go of the whole window, and begin another at the segment boundary `start`."""
        self.window = self.window.emptied()
        self.open = None
        self.refused_places = frozenset()
        self.begin(start)

    @property
    def shown(self) -> bool:
        """Whether there is a playlist to show: an init section and a complete segment."""
        return self.map is not None and not self.map_missing and bool(len(self.window))

    @property
    def first_msn(self) -> int:
        """The oldest segment that the playlist lists."""
        first = self.window.first
        return msn_of(self.profile, self.frontier) if first is None else first

    @property
    def named(self) -> frozenset[MediaName]:
        """What a playlist of the window would name, without parts."""
        inits = self.window.maps | {self.map.run if self.map else 0}
        wholes = (segment.name for segment in self.window.rows() if not segment.lost)
        return frozenset([*wholes, *(InitName(run) for run in inits if run)])

    @property
    def held(self) -> list[MediaName]:
        """All that the store may hold for what is listed now."""
        opened = self.open.part_names if self.open else ()
        return [*self.named, *(name for segment in self.window.segments for name in segment.part_names), *opened]

    def promise(self, until: int) -> None:
        """Give no segment before `until` another address than the run in use would have given it: an earlier life
        may have listed it, and players stop at a number whose address has changed (RFC 8216bis 6.3.4)."""
        self.promised_run, self.promised_until = self.run, until if self.run else 0

    def promised(self, msn: int) -> int:
        """The only run that may be listed as this segment, 0 for any."""
        return self.promised_run if msn * self.profile.segment < self.promised_until else 0

    def do_without(self, missing: frozenset[MediaName], since: int = 0) -> None:
        """List what is missing as gaps, and begin after what is missing at the head; wait for a missing init
        section. What is missing at the end, from the place `since` on, is waited for: it is sent again."""
        self._take_back(missing, since)
        self.map_missing = self.map is not None and InitName(self.map.run) in missing
        self._forget_older_maps(missing)
        gone = {name.msn for name in missing if isinstance(name, SegmentName)}
        played = (segment.msn for segment in self.window.rows() if segment.lost or segment.msn not in gone)
        self.window = self.window.from_on(next(played, msn_of(self.profile, self.frontier))).without_bodies(gone)

    def _take_back(self, missing: Set[MediaName], since: int) -> None:
        # Of the run in use alone: nothing else can be told from what its worker sends.
        ours = (self.run, self.map.run if self.map else 0)
        place = self.frontier
        for segment in reversed(self.window.segments):
            start = segment.msn * self.profile.segment
            known = (segment.run, segment.map_run) == ours and not segment.lost
            if not known or segment.name not in missing or start < since:
                break
            place = start
        if place < self.frontier:
            self.promise(max(self.promised_until, self.frontier))
            self.window = self.window.before(msn_of(self.profile, place))
            self.frontier = place
            self.newest = min(self.newest, place)

    def _forget_older_maps(self, missing: Set[MediaName]) -> None:
        # The init section in use will be sent again; an older one will not, and nothing can be played without it.
        used = self.map.run if self.map else 0
        lost = {run for run in self.window.maps if run != used and InitName(run) in missing}
        last = max((segment.msn for segment in self.window.rows() if segment.map_run in lost), default=None)
        if last is not None:
            self.window = self.window.from_on(last + 1)

    def mended(self, init: Init) -> list[tuple[MediaName, bytes]]:
        """The init section in use under its name, when `init` equals it."""
        if self.map is None or Identity.of(init) != self.map.identity:
            return []
        self.map_missing = False
        return [(InitName(self.map.run), init.body)]

    def offer_init(self, init: Init) -> Verdict:
        """Keep an init section until its run begins; refuse one that contradicts the same run's."""
        known = self.inits.get(init.run)
        if known is not None:
            return Verdict.KEPT if known == init else Verdict.REFUSED
        if self._same_worker(init.run, self.run) and init.run <= self.run:
            same = self.map is not None and init.run == self.run and Identity.of(init) == self.map.identity
            if not same:
                return Verdict.REFUSED
        self.inits[init.run] = init
        for oldest in sorted(run for run in self.inits if self._same_worker(run, init.run))[:-_PENDING_INITS]:
            del self.inits[oldest]
        return Verdict.KEPT

    def _same_worker(self, run: int, other: int) -> bool:
        return (run - other) % self._workers == 0

    def would_change_map(self, run: int) -> bool:
        """Whether the run's init section is known and differs from the one in use."""
        init = self.inits.get(run)
        return self.map is not None and init is not None and Identity.of(init) != self.map.identity

    def settled(self, chunk: Chunk) -> Verdict:
        """The verdict on a chunk before the frontier: kept when it is the one that is listed there."""
        msn, index = msn_of(self.profile, chunk.start), index_of(self.profile, chunk.start)
        listed = self.open if self.open and self.open.msn == msn else self.window.find(msn)
        if listed is None:
            return Verdict.REFUSED
        return Verdict.KEPT if listed.run_at(index) == chunk.run else Verdict.REFUSED

    def append(self, chunk: Chunk, breaks: tuple[int, ...]) -> Step:
        """List a chunk at or after the frontier; what lies between is lost, since chunks come in order."""
        step = Step()
        before = parts_from(self.profile, self.frontier)
        self._lose(chunk.start, breaks, step)
        if chunk.run != self.run:
            self._adopt(chunk.run, step)
        segment = self.open or self._opened(breaks)
        if self.profile.parts:
            step.puts.append((PartName(segment.msn, chunk.run, len(segment.parts)), chunk.body))
        self.newest = chunk.end
        step.listed += 1
        self._advance(segment.with_part(chunk.run, independent=chunk.independent, body=chunk.body), step)
        self._delist(before, step)
        return step

    def lose_until(self, until: int, breaks: tuple[int, ...]) -> Step:
        """List everything up to `until` that has not come as GAP."""
        step = Step()
        before = parts_from(self.profile, self.frontier)
        self._lose(until, breaks, step)
        self._delist(before, step)
        return step

    def _lose(self, until: int, breaks: tuple[int, ...], step: Step) -> None:
        horizon = round_up(self.profile, until) - (self.window.live + 1) * self.profile.segment
        if self.open is None and not len(self.window):  # no list begins with what was waited for in vain
            promised = min(until, self.promised_until) // self.profile.segment * self.profile.segment
            self.frontier = max(self.frontier, promised)
        while self.frontier < until:
            if self.open is None and self.frontier < horizon:
                self._leap(horizon, breaks, step)
            segment = self.open or self._opened(breaks)
            step.lost += 1
            self._advance(segment.with_loss(), step)

    def _leap(self, place: int, breaks: tuple[int, ...], step: Step) -> None:
        # A long hole: nobody needs each of its segments, and a window that it fills has nothing else in it.
        skipped = (place - self.frontier) // self.profile.segment
        self.lost_segments += skipped
        step.lost += skipped * self.profile.chunks_per_segment
        first, map_run = msn_of(self.profile, self.frontier), self.map.run if self.map else 0
        hole = Span(first=first, count=skipped, run=LOST, map_run=map_run)
        kept = min(max(msn_of(self.profile, self.promised_until) - first, 0), skipped)
        named = [replace(hole, count=kept, run=self.promised_run, gone=True)] if kept else []
        rest = [replace(hole, first=first + kept, count=skipped - kept)] if kept < skipped else []
        spans = (broken for span in (*named, *rest) for broken in broken_at(span, breaks))
        self.window, left = self.window.bridged(spans)
        _note(left, step)
        self.frontier = place

    def _adopt(self, run: int, step: Step) -> None:
        # An equal init section goes on under its first name: a player then sees no change at all.
        init = self.inits[run]
        if self.map is None or Identity.of(init) != self.map.identity:
            if self.map is None:
                self.window = self.window.with_map(run)
            elif self.map_missing:
                step.removed.extend(self.window.segments)
                self.window = self.window.emptied()
            self.map_missing = False
            self.map = Map(run=run, identity=Identity.of(init))
            step.puts.append((InitName(run), init.body))
        step.adopted = True
        self.run = run
        self.inits = {
            number: known for number, known in self.inits.items()
            if number >= run or not self._same_worker(number, run)
        }

    def _opened(self, breaks: tuple[int, ...]) -> OpenSegment:
        msn = msn_of(self.profile, self.frontier)
        return OpenSegment(msn=msn, map_run=self.map.run if self.map else 0, discontinuity=msn in breaks)

    def _advance(self, segment: OpenSegment, step: Step) -> None:
        self.frontier += self.profile.chunk
        if len(segment.parts) < self.profile.chunks_per_segment:
            self.open = segment
            return
        self.open = None
        closed, body = segment.close(), segment.body
        spare = self._spare(closed) if closed.lost else ()
        if spare:
            body = b"".join(chunk.body for chunk in spare)
            closed = replace(closed, run=spare[0].run, size=len(body))
            self.newest = spare[-1].end
        if closed.lost:
            self.lost_segments += 1
            if promised := self.promised(closed.msn):
                closed = replace(closed, run=promised, gone=True)
        else:
            step.puts.append((closed.name, body))
        self.window, left = self.window.append(closed)
        step.closed.append(closed)
        _note(left, step)

    def _spare(self, segment: Segment) -> tuple[Chunk, ...]:
        """What another worker has of a segment that its own run did not finish: all of it, or nothing."""
        made = {part.run for part in segment.parts}
        for side in self.sides:
            whole = side.whole(segment.msn)
            init = self.inits.get(whole[0].run) if whole and whole[0].run not in made else None
            if init and self.promised(segment.msn) not in (0, whole[0].run):
                continue
            if init and self.map and (segment.map_run, Identity.of(init)) == (self.map.run, self.map.identity):
                return whole
        return ()

    def _delist(self, before: int, step: Step) -> None:
        after = parts_from(self.profile, self.frontier)
        listed = (*step.removed, *step.settled, *self.window.segments)
        step.delisted.extend(segment for segment in listed if before <= segment.msn < after)


def _note(left: Left, step: Step) -> None:
    step.settled.extend(left.settled)
    step.removed.extend(left.removed)
