"""The packager's door: packets of one channel in, bodies and playlists into the store."""

import logging
from collections.abc import Collection, Sequence
from dataclasses import replace

from flow.channel import Channel
from flow.chunk import Packet
from flow.clock import Clock
from flow.ids import RenditionId
from flow.key_turns import KeyTurns
from flow.keyring import Keyring
from flow.ladder import iframes_id, is_captions
from flow.names import InitName, MediaName, PartName, SegmentName
from flow.playlist import Body
from flow.store import MediaKey, StoreWriter
from flow.thumbnail import is_thumbnails
from flow.timebase import SCALE, units_of_ns
from flow.wire import Positions, Verdict
from packager import notes
from packager.blocks import Blocks
from packager.holdings import Holdings
from packager.iframes.playlist import iframe_playlist_of
from packager.lifetimes import Lifetimes
from packager.mark_book import MarkBook
from packager.media_playlist import playlist_of
from packager.outcome import Outcome
from packager.paired_timeline import PairedTimeline
from packager.prospectus import Prospectus, measure
from packager.seal import Seal
from packager.status import PackagerStatus
from packager.step import Step
from packager.thumbnails.line import ThumbnailLine
from packager.timeline import Timeline
from packager.ts.line import TsLine
from packager.ts.recipe import Cutting, Recipes
from packager.view import View
from packager.webvtt import document, readable

_log = logging.getLogger(__name__)


class Publisher:
    """One channel's packager. Every call is quick and never waits; call it from one thread or event loop.

    The wall clock is read once; from then on the monotonic clock counts, so that a step of the wall clock
    lists nothing as lost. Operators set `marks`.
    """

    def __init__(
        self, *, channel: Channel, store: StoreWriter, clock: Clock, recipes: Recipes | None = None,
        ring: Keyring | None = None,
    ) -> None:
        """`recipes` takes what segments for old boxes are made from; without it there are no lists for them.

        `ring` has the keys of a channel that is encrypted; raises ValueError when they are missing, or not wanted.
        """
        if (ring is not None) != bool(channel.key_period_s):
            message = f"channel {channel.id}: encrypted without keys, or keys without encryption"
            raise ValueError(message)
        self._channel = channel
        self._store = store
        self._clock = clock
        self._anchor = clock.wall_ns() - clock.monotonic_ns()
        self._timeline = Timeline(channel) if channel.workers == 1 else PairedTimeline(channel)
        self.marks = MarkBook(self._timeline, self._now, self._renew)
        self._blocks = Blocks(channel.profile)
        self._holdings = Holdings(channel.id, store, self._timeline)
        self._lifetimes = Lifetimes(channel)
        self._seal = Seal(ring) if ring is not None else None
        self._boxes = TsLine(channel, store, recipes, self._seal) if recipes is not None else None
        if recipes is not None:
            rungs = frozenset(rung.id for rung in channel.ladder.video)
            recipes.cut(channel.id, Cutting(renditions=rungs, length=channel.profile.segment, seal=self._seal))
        self._thumbnails = ThumbnailLine(channel, store)
        self._prospectus = Prospectus(channel)
        self._refused = 0
        self._closed = False
        store.hold(channel.id, channel.window_s)
        restored = self._restored()
        self._provide()
        if restored:
            self._go_on()

    def resize(self, seconds: int) -> None:
        """Let the playlists reach back so far from now on: what is older leaves at once, and none comes back."""
        self._timeline.resize(seconds)
        self._store.hold(self._channel.id, seconds)
        self._renew()

    def take(self, packet: Packet) -> Verdict:
        """Take one packet and publish what it completes. A packet sent again changes nothing."""
        if self._closed:
            return Verdict.REFUSED
        if is_thumbnails(packet.rendition):
            return self._thumbnails.take(packet, self._now())
        if is_captions(packet.rendition) and not readable(packet.body):
            # What was listed could not be served: players would meet a 404 where the playlist promised a part.
            _log.warning("channel %s: captions that are no UTF-8 are refused", self._channel.id)
            outcome = Outcome(verdict=Verdict.REFUSED)
        else:
            outcome = self._timeline.take(packet, self._now())
        if outcome.verdict is Verdict.REFUSED:
            self._refused += 1
        self._apply(outcome)
        return outcome.verdict

    def tick(self) -> None:
        """List what is overdue as GAP and let go of what nobody may ask for any more; about ten times a second.

        A closed channel lists nothing more, but still lets go: tick it until it is `idle`.
        """
        if not self._closed:
            self._apply(self._timeline.overdue(self._now()))
            self._provide()
            self._blocks.warm(next(iter(self._timeline.tracks.values())).window.past, keys=self._keys)
            self._thumbnails.tick(self._now(), first=self._timeline.first, preferred=self.preferred)
        self._let_go(self._lifetimes.expired(self._now()))
        self._thumbnails.let_go(self._now(), closed=self._closed)

    def positions(self, worker: int = 0) -> Positions:
        """Where a worker goes on, and where a new run may begin; of two workers, for the one of this index."""
        return self._timeline.positions(worker)

    @property
    def preferred(self) -> int:
        """The index of the worker whose media is listed, as long as it comes in time."""
        return self._timeline.preferred

    def view(self, rendition: RenditionId) -> View | None:
        """What a rendition's playlist shows now, None while it shows nothing."""
        view = self._timeline.view(rendition)
        return replace(view, keys=self._keys, now=self._now()) if view is not None else None

    def close(self) -> None:
        """Take the channel off. Its notes stay for its next life, its bodies for who has its last playlist."""
        if not self._closed:
            self._closed = True
            self._store.close(self._channel.id)
            self._lifetimes.end(self._timeline, self._now())
            if self._boxes is not None:
                self._lifetimes.leave(self._boxes.held(), self._now())

    @property
    def idle(self) -> bool:
        """Whether the channel is closed and nothing of it is left to let go of."""
        return self._closed and self._lifetimes.empty and self._thumbnails.empty

    def status(self) -> PackagerStatus:
        """Figures for the operator."""
        tracks = self._timeline.tracks
        windows = [track.window.segments for track in tracks.values()]
        newest = max(track.newest for track in tracks.values())
        return PackagerStatus(
            last_msn=min(segments[-1].msn if segments else -1 for segments in windows),
            gap_segments=max(track.lost_segments for track in tracks.values()),
            refused=self._refused,
            bitrates={name: measure(track).rates.average for name, track in tracks.items()},
            delay_ms=(self._now() - newest) * 1_000 // SCALE if newest else None,
        )

    def _now(self) -> int:
        return units_of_ns(self._anchor + self._clock.monotonic_ns())

    @property
    def _keys(self) -> KeyTurns | None:
        return self._seal.turns if self._seal is not None else None

    def _provide(self) -> None:
        if self._seal is not None:
            first = min(track.first_msn for track in self._timeline.tracks.values())
            oldest = self._lifetimes.asked_from(first * self._channel.profile.segment)
            self._seal.provide(now=self._now(), floor=self._timeline.floor, oldest=oldest)

    def _restored(self) -> bool:
        found = self._store.recall(self._channel.id)
        if found is None:
            return False
        try:
            if self._seal is not None:
                self._seal.leave_out(notes.late_keys(found, self._seal.turns.numbers))
            numbers = self._keys.numbers if self._keys is not None else (0,)
            restored = notes.restore(self._timeline, found, numbers)
        except ValueError as error:
            _log.error("channel %s: notes are unusable, starting empty: %s", self._channel.id, error)
            return False
        if not restored:
            _log.info("channel %s: no window to go on with, starting a new one", self._channel.id)
        return restored

    def _go_on(self) -> None:
        self._timeline.go_on(self._now())
        self._holdings.take_stock(self._now())
        self._lifetimes.inherit(self._timeline, self._now())
        self._thumbnails.restore(self._timeline, self._now())
        self._publish(tuple(self._timeline.tracks))
        self._draw_others(self._channel.renditions)

    def _apply(self, outcome: Outcome) -> None:
        if outcome.noteworthy:
            self._note()  # first: a body that is not kept is a gap, a name that is not noted may get another one
        for rendition, step in outcome.steps.items():
            for name, body in step.puts:
                self._put(rendition, name, body)
        if any(step.closed for step in outcome.steps.values()):
            self._follow_the_disk()
        if outcome.steps:
            self._publish(tuple(outcome.steps))
        if closed := [rendition for rendition, step in outcome.steps.items() if step.closed]:
            self._draw_others(closed)
        for rendition, step in outcome.steps.items():
            self._tell_lost(rendition, step)
            self._lifetimes.retire(rendition, self._timeline.tracks[rendition], step, self._now())

    def _put(self, rendition: RenditionId, name: MediaName, body: bytes) -> None:
        try:
            if is_captions(rendition) and isinstance(name, SegmentName | PartName):
                profile = self._channel.profile
                body = document(body, name.msn * profile.segment, cut=profile.parts)
            self._store.put(MediaKey(self._channel.id, rendition, name), self._sealed(name, body))
        except ValueError as error:
            # Only a worker that used a run's number twice can cause it. The first contents stay.
            _log.error("channel %s %s: %s: %s", self._channel.id, rendition, name, error)
        if self._boxes is not None and isinstance(name, SegmentName) and not is_captions(rendition):
            self._boxes.note(rendition, name, body)

    def _sealed(self, name: MediaName, clear: bytes) -> bytes:
        """As viewers are sent it: init sections are in clear always."""
        if self._seal is None or isinstance(name, InitName):
            return clear
        return self._seal.close(name.msn * self._channel.profile.segment, name.msn, clear)

    def _publish(self, renditions: tuple[RenditionId, ...]) -> None:
        for rendition in renditions:
            view = self.view(rendition)
            if view is not None:
                self._store.publish(self._channel.id, rendition, playlist_of(view, self._blocks))
        for name, text in self._prospectus.renewed(self._timeline, thumbnails=self._thumbnails.shown).items():
            self._store.publish_multivariant(self._channel.id, Body.of(text), name)

    def _draw_others(self, closed: Collection[RenditionId]) -> None:
        """The lists that are drawn from the channel's own when a segment of these renditions is complete."""
        for rung in self._channel.ladder.video:
            if rung.id in closed and (view := self.view(rung.id)) is not None:
                pictures = iframe_playlist_of(view, self._blocks)
                self._store.publish(self._channel.id, iframes_id(rung.id), pictures)
        if self._boxes is not None:
            # As long as what they are made from, which leaves at the same time or later.
            self._lifetimes.leave(self._boxes.draw(self._timeline), self._now())

    def _tell_lost(self, rendition: RenditionId, step: Step) -> None:
        lost = [segment.msn for segment in step.closed if segment.lost]
        if lost:
            _log.warning("channel %s %s: segments %d to %d lost", self._channel.id, rendition, lost[0], lost[-1])

    def _renew(self) -> None:
        self._note()  # first: what players have seen must not be forgotten
        self._publish(tuple(self._timeline.tracks))
        self._draw_others(self._channel.renditions)

    def _note(self) -> None:
        key = self._keys.at(self._timeline.floor) if self._keys is not None else 0
        self._store.remember(self._channel.id, notes.write(self._timeline, key))

    def _let_go(self, keys: Sequence[MediaKey]) -> None:
        """Forget what nobody may ask for; what is listed still is the disk's from now on, or a gap."""
        lost: dict[RenditionId, set[int]] = {}
        for key in keys:
            msn = self._holdings.listed(key)
            if msn is not None and not self._closed:
                if not self._store.settle(key):
                    lost.setdefault(key.rendition, set()).add(msn)
                continue
            self._store.forget(key)
            if self._boxes is not None:
                self._boxes.forget(key)
        if lost:
            self._holdings.give_up(lost)
            self._follow_the_disk()
            self._renew()

    def _follow_the_disk(self) -> None:
        self._holdings.follow()
        marks = self._timeline.marks.since(self._timeline.first, now=self._now())
        if marks is not self._timeline.marks:  # they leave all playlists at once
            self._timeline.marks = marks
            self._renew()
        self._blocks.forget_before(min(track.first_msn for track in self._timeline.tracks.values()))
