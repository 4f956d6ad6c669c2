"""A channel's thumbnails: what workers send goes into the store and is listed when its time is over."""

import logging
from collections.abc import Sequence
from dataclasses import replace

from flow.channel import Channel
from flow.chunk import Chunk, Packet
from flow.store import MediaKey, StoreWriter
from flow.thumbnail import LENGTH, THUMBNAILS, size_of
from flow.wire import Verdict
from packager.grid import LIVE, is_run
from packager.retention import Retention
from packager.segment import LOST
from packager.thumbnails.jpeg import fault_of
from packager.thumbnails.listing import Row, playlist_of
from packager.timeline import Timeline

_LATE = 4
"""Places that a picture may be late: a worker keeps 30 s for a headend that was away."""

_MOST = 24 * 60 * 6
"""Places in a list, a day: no window is longer."""

_log = logging.getLogger(__name__)


class ThumbnailLine:
    """Lists each place once, when it is over: the picture that came for it, or nothing for good.

    Of two workers both send one; the one whose media is listed then is taken, the other's where it has none. A
    picture enters the store when it is listed, under the number of its run, so no address has two contents. The
    list reaches as far back as the media do, and what is not on the disk when memory lets go of it is a gap.
    """

    def __init__(self, channel: Channel, store: StoreWriter) -> None:
        self._channel = channel
        self._store = store
        self._size = size_of(channel.ladder.canvas)
        self._rows: tuple[Row, ...] = ()
        self._following: int | None = None  # the next place to be listed, None before any is known
        self._waiting: dict[int, dict[int, Chunk]] = {}  # what has come for a place, by the worker's index
        self._retention = Retention()
        self._quiet_until = 0

    @property
    def shown(self) -> bool:
        """Whether there is a list."""
        return bool(self._rows)

    @property
    def empty(self) -> bool:
        """Whether nothing is left in the store's memory."""
        return self._retention.empty

    def restore(self, timeline: Timeline, now: int) -> None:
        """Go on with what an earlier life left in the store: its pictures are called by the runs that the media
        came from. Nothing is listed before workers could send again what they kept. `now` in units."""
        self._quiet_until = timeline.settled_at
        if not (timeline.first and self._channel.thumbnails):
            return
        runs = {run for run, _ in timeline.runs.started}.union(
            segment.run for track in timeline.tracks.values() for segment in track.window.rows()
        )
        places, names = range(timeline.first // LENGTH, timeline.floor // LENGTH + 1), sorted(runs - {LOST})
        found = [Row(msn, self._kept(msn, names)) for msn in places]
        while found and not found[-1].run:
            found.pop()
        if found:
            self._following = found[-1].msn + 1
            self._rows = tuple(found)
            # The life before may have left them in memory. Asking for one too many does no harm.
            newest = [self._key(row) for row in found if row.run and row.msn * LENGTH > now - 2 * LIVE]
            self._retention.later(newest, now + LIVE)
            self._publish(timeline.first)

    def take(self, packet: Packet, now: int) -> Verdict:
        """Judge one picture; a hostile one is refused, and told."""
        if not isinstance(packet, Chunk) or not self._channel.thumbnails or not self._timely(packet, now):
            return Verdict.REFUSED
        msn = packet.start // LENGTH
        if self._following is not None and msn < self._following:
            return Verdict.KEPT if Row(msn, packet.run) in self._rows else Verdict.REFUSED
        if why := fault_of(packet.body, self._size):
            _log.error("channel %s: not a thumbnail: %s", self._channel.id, why)
            return Verdict.REFUSED
        if self._following is None:
            self._following = msn
        self._waiting.setdefault(msn, {})[packet.run % self._channel.workers] = packet
        return Verdict.KEPT

    def tick(self, now: int, *, first: int, preferred: int) -> None:
        """List what is over, and let go of what is older than `first`, where the media begin; `preferred` is the
        worker whose media is listed."""
        if self._following is None or now < self._quiet_until:
            return
        over = now // LENGTH
        if over > self._following:
            # Nobody needs each place of a hole that is longer than the list.
            begin = max(self._following, -(-first // LENGTH), over - _MOST)
            before = self._rows if begin == self._following else ()
            self._rows = before + tuple(self._listed(msn, preferred, now) for msn in range(begin, over))
            self._following = over
            self._waiting = {msn: sent for msn, sent in self._waiting.items() if msn >= self._following}
            self._publish(first)

    def let_go(self, now: int, *, closed: bool) -> None:
        """Leave to the disk what has been in memory for long enough; what is not there is a gap from now on."""
        lost: set[Row] = set()
        for key in self._retention.expired(now):
            row = next((row for row in self._rows if row.name == key.name), None)
            if row is None or closed:
                self._store.forget(key)
            elif not self._store.settle(key):
                lost.add(row)
        if lost:
            self._rows = tuple(replace(row, run=0) if row in lost else row for row in self._rows)
            self._publish(self._rows[0].msn * LENGTH)

    def _timely(self, chunk: Chunk, now: int) -> bool:
        """Whether it lies on the grid, in a run that can be named, and neither in the future nor long ago."""
        on_grid = chunk.start % LENGTH == 0 and chunk.duration == LENGTH and is_run(chunk.run)
        return on_grid and now - _LATE * LENGTH <= chunk.start <= now + LENGTH

    def _listed(self, msn: int, preferred: int, now: int) -> Row:
        sent = self._waiting.get(msn, {})
        chunk = sent.get(preferred) or next(iter(sent.values()), None)
        if chunk is None:
            return Row(msn, 0)
        row = Row(msn, chunk.run)
        try:
            self._store.put(self._key(row), chunk.body)
        except ValueError as error:
            # Only a worker that used a run's number twice can cause it. The first contents stay.
            _log.error("channel %s: %s", self._channel.id, error)
        self._retention.later([self._key(row)], now + LIVE)
        return row

    def _publish(self, first: int) -> None:
        """Show the list from `first` on. It begins with a picture that is there: on a full disk the oldest go."""
        rows = self._rows
        start = next((
            at for at, row in enumerate(rows)
            if row.run and (row.msn + 1) * LENGTH > first and self._store.keeps(self._key(row))
        ), len(rows))
        self._rows = rows[start:]
        if self._following is not None and (rows or self._rows):
            playlist = playlist_of(self._rows, self._following, self._size, self._channel.profile)
            self._store.publish(self._channel.id, THUMBNAILS, playlist)

    def _kept(self, msn: int, runs: Sequence[int]) -> int:
        """The run of the picture that the store has for a place, 0 for none."""
        return next((run for run in runs if self._store.keeps(self._key(Row(msn, run)))), 0)

    def _key(self, row: Row) -> MediaKey:
        return MediaKey(self._channel.id, THUMBNAILS, row.name)
