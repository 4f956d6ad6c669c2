"""All renditions of a channel on one timeline: which packets are taken, and what is given up as lost."""

from flow.channel import Channel
from flow.chunk import Chunk, Init, Packet
from flow.ids import RenditionId
from flow.ladder import is_captions
from flow.timebase import SCALE
from flow.wire import Position, Positions, Verdict
from packager.grid import fits, is_run, msn_of, round_up, starts_segment, window_segments
from packager.lateness import lost_until
from packager.marks import Marks
from packager.outcome import Outcome
from packager.runs import Runs
from packager.step import Step
from packager.track import Track
from packager.ts.listing import pieces_per_segment
from packager.view import Report, View

SETTLING = 5 * SCALE
"""How long the clock gives up nothing after a start, so that workers can send again what they kept."""


class Timeline:
    """The pure core of the packager: packets and times in, outcomes out. Times are units since the epoch."""

    def __init__(self, channel: Channel) -> None:
        self.profile = channel.profile
        self.workers = channel.workers
        self._limit = window_segments(channel.profile, channel.window_s)
        self.tracks = {rendition: self.empty_track() for rendition in channel.renditions}
        self.runs = Runs(workers=channel.workers, long=pieces_per_segment(channel.profile))
        self.marks = Marks()
        self.settled_at = 0
        self.preferred = 0

    def empty_track(self) -> Track:
        """A track that lists nothing yet."""
        return Track(self.profile, self._limit, self.workers)

    def go_on(self, now: int) -> None:
        """Begin another life of the headend with what an earlier one listed, which is there now, and with what it
        may have listed up to now without noting it."""
        self.settled_at = now + SETTLING
        for track in self.tracks.values():
            track.promise(self._promised_until(track, now))

    def _promised_until(self, track: Track, now: int) -> int:
        """Up to where places are kept for the run that was on air. With one worker that costs nothing: a newer run
        of the same worker has places of its own."""
        return max(track.frontier + self.profile.segment, round_up(self.profile, now))

    def resize(self, seconds: int) -> None:
        """List so many seconds from now on; what is too old for that leaves at once."""
        self._limit = window_segments(self.profile, seconds)
        for track in self.tracks.values():
            track.window = track.window.resized(self._limit)
        self._prune()

    def begin_at(self, msn: int) -> None:
        """Let every playlist begin with the segment `msn` or later; never one without a segment served from
        memory."""
        for track in self.tracks.values():
            track.window = track.window.from_on(min(msn, track.window.past.end))
        self._prune()

    def take(self, packet: Packet, now: int) -> Outcome:
        """Judge one packet and list it when it is new."""
        track = self.tracks.get(packet.rendition)
        if track is None or not is_run(packet.run):
            return Outcome(verdict=Verdict.REFUSED)
        if isinstance(packet, Init):
            return self._take_init(track, packet)
        if not fits(self.profile, packet):
            return Outcome(verdict=Verdict.REFUSED)
        return self._take_chunk(track, packet, now)

    def _take_chunk(self, track: Track, chunk: Chunk, now: int) -> Outcome:
        if track.begun and chunk.start < track.frontier:
            return Outcome(verdict=track.settled(chunk))
        verdict = self._judge(track, chunk)
        if verdict is not Verdict.KEPT:
            return Outcome(verdict=verdict)
        return self._list(track, chunk, now)

    def overdue(self, now: int) -> Outcome:
        """List as GAP what should have come by `now`."""
        steps: dict[RenditionId, Step] = {}
        if now >= self.settled_at:
            for rendition, track in self.tracks.items():
                until = lost_until(self.profile, track.lateness, now)
                if track.begun and until > track.frontier:
                    steps[rendition] = track.lose_until(until, self.runs.breaks)
        self._prune()
        return Outcome(steps=steps, noteworthy=bool(steps))

    @property
    def first(self) -> int:
        """Where the playlists begin, 0 before there are any."""
        begun = [track.first_msn for track in self.tracks.values() if track.begun]
        return min(begun, default=0) * self.profile.segment

    @property
    def floor(self) -> int:
        """The first segment boundary after everything that any rendition lists."""
        newest = max(track.frontier for track in self.tracks.values())
        return max(self.runs.floor, round_up(self.profile, newest))

    def positions(self, _worker: int = 0) -> Positions:
        """Where a worker goes on; of two workers, the one of this index."""
        at = {name: Position(track.run, track.frontier) for name, track in self.tracks.items()}
        return Positions(floor=self.floor, last_run=self.runs.last, renditions=at)

    def view(self, rendition: RenditionId) -> View | None:
        """What the rendition's playlist shows; None while it has no init section or no complete segment."""
        track = self.tracks[rendition]
        if not track.shown:
            return None
        return self._view(track, self._reports(rendition), text=is_captions(rendition))

    def _view(self, track: Track, reports: tuple[Report, ...] = (), *, text: bool = False) -> View:
        return View(
            profile=self.profile, past=track.window.past, segments=track.window.segments, open=track.open,
            next_run=self._next_run(track),
            discontinuity_sequence=self.runs.sequence(track.first_msn), reports=reports, text=text,
            marks=self.marks,
        )

    def _next_run(self, track: Track) -> int:
        """The run that the next part is expected from."""
        return max(track.run, self.runs.owner(track.frontier))

    def _reports(self, rendition: RenditionId) -> tuple[Report, ...]:
        return tuple(
            Report(rendition=name, edge=self._view(track).edge)
            for name, track in self.tracks.items() if name != rendition and track.shown
        )

    def _take_init(self, track: Track, init: Init) -> Outcome:
        verdict = track.offer_init(init)
        if verdict is not Verdict.KEPT:
            return Outcome(verdict=verdict)
        newly = init.run > self.runs.last
        self.runs = self.runs.seen(init.run)
        if self._changes_late(track, init):
            # The run is already on air without a break, so the earliest place for one is untouched ground.
            self.runs = self.runs.with_break(msn_of(self.profile, self.floor))
            newly = True
        # Put again under the name in use: the store may have lost it, and equal bytes change nothing.
        puts = track.mended(init)
        return Outcome(steps={init.rendition: Step(puts=puts)} if puts else {}, noteworthy=newly)

    def _changes_late(self, track: Track, init: Init) -> bool:
        # Of two workers' runs a break stands where one is chosen, not where it began.
        begun = self.workers == 1 and self.runs.start_of(init.run) is not None
        return begun and track.would_change_map(init.run) and not self._broken_since(track)

    def _broken_since(self, track: Track) -> bool:
        return any(msn * self.profile.segment >= track.newest for msn in self.runs.breaks)

    def _judge(self, track: Track, chunk: Chunk) -> Verdict:
        if self.runs.superseded(chunk.run, chunk.start) or chunk.start in track.refused_places:
            return Verdict.REFUSED
        if chunk.run == track.run:
            return Verdict.NEED_INIT if track.map_missing else Verdict.KEPT
        if chunk.run < track.run or not starts_segment(self.profile, chunk.start):
            return Verdict.REFUSED
        start = self.runs.start_of(chunk.run)
        if start is None and not (self.runs.may_begin(chunk.run) and chunk.start >= self.floor):
            return Verdict.REFUSED
        if start is not None and chunk.start < start:
            return Verdict.REFUSED
        if chunk.run not in track.inits:
            return Verdict.NEED_INIT
        if start is not None and track.would_change_map(chunk.run):
            first = msn_of(self.profile, round_up(self.profile, track.newest))
            broken = self.runs.breaks_within(first, msn_of(self.profile, chunk.start))
            return Verdict.KEPT if broken else Verdict.REFUSED
        return Verdict.KEPT

    def _list(self, track: Track, chunk: Chunk, now: int) -> Outcome:
        first_of_run = self._begins(chunk, now)
        step = track.append(chunk, self.runs.breaks)
        track.lateness.add(now - chunk.end)
        self._prune()
        return Outcome(
            steps={chunk.rendition: step}, noteworthy=first_of_run or bool(step.closed) or step.lost > 0,
        )

    def _begins(self, chunk: Chunk, now: int) -> bool:
        """Begin what begins with the chunk: the channel, a window, a run. Whether a run does."""
        if not any(other.begun for other in self.tracks.values()):
            self.settled_at = now + SETTLING
            for other in self.tracks.values():
                other.begin(chunk.start)
        if self.runs.start_of(chunk.run) is not None:
            return False
        if self._past_all_windows(chunk):
            for other in self.tracks.values():
                other.begin_anew(chunk.start)
        self._begin_run(chunk)
        return True

    def _past_all_windows(self, chunk: Chunk) -> bool:
        """Whether the channel was off for longer than a window lasts: nothing in one would be media, only GAPs,
        and some players show nothing while a playlist begins with those."""
        longest = self._limit * self.profile.segment
        return all(chunk.start - track.frontier >= longest for track in self.tracks.values())

    def _begin_run(self, chunk: Chunk) -> None:
        self.runs = self.runs.begin(chunk.run, chunk.start)
        if any(track.would_change_map(chunk.run) for track in self.tracks.values()):
            self.runs = self.runs.with_break(msn_of(self.profile, chunk.start))

    def _prune(self) -> None:
        self.runs = self.runs.prune(min(track.first_msn for track in self.tracks.values()))
