"""The store on disk: whole segments for catching up, and notes for the packager's next life."""

import asyncio
import logging
import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from flow.errors import OperatorError
from flow.ids import ChannelId, RenditionId, is_id
from flow.names import InitName, SegmentName, parse_name
from flow.store import MediaKey
from origin.disk_folder import DiskFolder, Opener
from origin.disk_index import DiskIndex, Kept
from origin.disk_notes import DiskNotes
from origin.disk_writer import DiskWriter
from origin.losses import FULL, Losses, words_of
from origin.showcase import Showcase
from origin.slowness import Slowness

MARGIN_SECONDS = 240
"""For which a segment that has left the playlists is kept: it may still be asked for."""

_LOG = logging.getLogger(__name__)
_READERS = 4  # a slow disk may hold these, never the loop or the writer
_EVICTED_AT_ONCE = 16  # segments given up for one new one, when the disk is full
_LIVE_NS = 130_000_000_000  # never given up: a playlist's two minutes, and two of the longest segments


class DiskStore(Showcase):
    """Both halves of a store (flow.store) over files `<root>/<channel>/<rendition>/<name>`.

    Writes are queued and done by a thread: nothing blocks or raises for a slow, full or broken disk; what is lost
    is counted and told by `trouble`, as a disk that falls behind is; writing goes on by itself. A body counts as
    kept when file and name are synced (`is_kept`); until then it is served from the queue. Init sections and whole
    segments only: parts are ignored. Segments go when they are older than `keep_seconds` since they came, or than
    `hold` asks for their channel; on a full disk the oldest go first. Playlists stay in memory. `queue_bytes`
    bounds what waits; `now_ns` is a clock that never steps.
    """

    def __init__(
        self, root: Path, *, keep_seconds: int = 1800, queue_bytes: int = 64 << 20, opener: Opener = os.open,
        now_ns: Callable[[], int] = time.monotonic_ns,
    ) -> None:
        super().__init__()
        self._root = root
        self._now_ns = now_ns
        self._remembered: dict[ChannelId, bytes] = {}
        self._folder = DiskFolder(root, opener=opener)
        self._notes = DiskNotes(self._folder)
        self._lost_bodies = Losses("segment", _LOG, now_ns)
        self._lost_notes = Losses("note", _LOG, now_ns)
        self._slowness = Slowness()
        self._writer = DiskWriter(limit=queue_bytes, idle=self._sweep, now_ns=now_ns)
        self._lock = threading.Lock()  # guards the three below, never held across I/O
        self._keep_seconds = keep_seconds
        self._index = DiskIndex(keep_seconds * 1_000_000_000)
        self._pending: dict[MediaKey, bytes] = {}
        self._unwritten: dict[ChannelId, bytes] = {}
        self._readers: ThreadPoolExecutor | None = None

    def start(self) -> None:
        """Find what an earlier life kept and start to write; raises OperatorError when the root cannot be used."""
        try:
            self._folder.open()
            self._find()
        except OSError as error:
            problem = f"the media folder {self._root} cannot be used: {error.strerror}"
            remedy = "Choose another data directory, or give this user the right to it"
            raise OperatorError(problem, remedy) from error
        self._readers = ThreadPoolExecutor(_READERS, thread_name_prefix="disk-reader")
        self._writer.start()

    def stop(self, timeout: float = 5.0) -> None:
        """Write what waits, `timeout` seconds at most, and end the threads."""
        if not self._writer.stop(timeout):
            _LOG.warning("the disk was too slow: some writes were given up at the end")
        if self._readers is not None:
            self._readers.shutdown(wait=False, cancel_futures=True)
        if not self._writer.alive:  # else it still needs the root
            self._folder.close()

    def flush(self, timeout: float = 60.0) -> bool:
        """Wait until everything put so far is kept or lost; whether that came to pass in time."""
        return self._writer.flush(timeout)

    def hold(self, channel: ChannelId, seconds: int) -> None:
        """Let playlists of a channel reach back so far, from now on; say it before `start`, which finds what is
        old."""
        with self._lock:
            self._index.hold(channel, max(self._keep_seconds, seconds + MARGIN_SECONDS) * 1_000_000_000)

    def settle(self, key: MediaKey) -> bool:
        """As in flow.store; whether the body is kept."""
        return self.is_kept(key)

    def is_kept(self, key: MediaKey) -> bool:
        """Whether the body is whole on the disk, file and name synced."""
        with self._lock:
            return key in self._index

    def keeps(self, key: MediaKey) -> bool:
        """Whether the body is on the disk or waits to be written."""
        with self._lock:
            return key in self._pending or key in self._index

    def put(self, key: MediaKey, body: bytes) -> None:
        """Queue an init section or a segment; raises ValueError for other bytes under a known key."""
        if not isinstance(key.name, InitName | SegmentName):
            return
        if not (is_id(key.channel) and is_id(key.rendition) and parse_name(str(key.name)) == key.name):
            message = f"not an address: {key}"
            raise ValueError(message)
        with self._lock:
            waiting, kept = self._pending.get(key), self._index.get(key)
            if (waiting is not None and waiting != body) or (kept is not None and not kept.may_be(body)):
                message = f"{key.channel}/{key.rendition}/{key.name} has other bytes already"
                raise ValueError(message)
            if waiting is not None or kept is not None:
                return
            self._pending[key] = body
        if not self._writer.offer(partial(self._write, key, body), len(body)):
            with self._lock:
                self._pending.pop(key, None)
            self._lost_bodies.lost("disk too slow")

    def remember(self, channel: ChannelId, state: bytes) -> None:
        """Queue the packager's notes before all bodies, in the place of older ones that wait; raises ValueError
        for no channel.

        A body that is not there in the next life is sent again, or is a gap under its own address. An address that
        nobody noted would be worse: its number could get another one.
        """
        if not is_id(channel):
            message = f"not a channel: {channel}"
            raise ValueError(message)
        self._remembered[channel] = state
        with self._lock:
            waits = channel in self._unwritten
            self._unwritten[channel] = state
        if not waits and not self._writer.offer(partial(self._note, channel), urgent=True):
            with self._lock:
                self._unwritten.pop(channel, None)
            self._lost_notes.lost("disk too slow")

    def recall(self, channel: ChannelId) -> bytes | None:
        """The notes last remembered, in this life or the one before. Reads the disk: for the start only."""
        if channel in self._remembered:
            return self._remembered[channel]
        return self._notes.read(channel) if is_id(channel) else None

    def forget(self, key: MediaKey) -> None:
        """Take a body off the disk."""
        with self._lock:
            waited = self._pending.pop(key, None)
            kept = self._index.discard(key)
        if waited is not None or kept:
            self._writer.offer(partial(self._remove, key))

    def trouble(self) -> str:
        """One sentence while writes are being lost or wait for seconds, else empty."""
        slow = self._slowness.sentence(self._writer.behind_ns, self._now_ns())
        return self._lost_bodies.sentence() or self._lost_notes.sentence() or slow

    async def body(self, key: MediaKey) -> bytes | None:
        """The bytes under a key, read in a thread; None when unknown or no longer readable."""
        with self._lock:
            waiting, kept = self._pending.get(key), key in self._index
        if waiting is not None or not kept or self._readers is None:
            return waiting
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._read, key)

    def _find(self) -> None:
        now = self._now_ns()
        for channel in map(ChannelId, filter(is_id, self._folder.folders())):
            newest = 0
            for rendition in map(RenditionId, filter(is_id, self._folder.folders((channel,)))):
                newest = max(newest, self._find_rendition(channel, rendition))
            # Ages count from the channel's newest file: a stepped wall clock makes none of them old.
            self._index.move(channel, now - newest)

    def _find_rendition(self, channel: ChannelId, rendition: RenditionId) -> int:
        """Note the files of one rendition with their times as they are; the newest of these."""
        newest = 0
        for file in self._folder.files((channel, rendition)):
            name = parse_name(file.name)
            if not isinstance(name, InitName | SegmentName):  # left half written by a killed process
                self._folder.remove((channel, rendition), file.name)
            else:
                kept = Kept(size=file.size, since_ns=file.written_ns)
                self._index.add(MediaKey(channel, rendition, name), kept)
                newest = file.written_ns
        return newest

    def _read(self, key: MediaKey) -> bytes | None:
        try:
            return self._folder.read((key.channel, key.rendition), str(key.name))
        except OSError as error:
            _LOG.warning("%s/%s/%s cannot be read: %s", key.channel, key.rendition, key.name, words_of(error))
            return None

    # What follows runs in the writer's thread.

    def _write(self, key: MediaKey, body: bytes) -> None:
        with self._lock:
            if self._pending.get(key) is not body:  # forgotten meanwhile
                return
        write = partial(self._folder.write, (key.channel, key.rendition), str(key.name), body)
        kept = self._attempt(write, len(body), self._lost_bodies)
        with self._lock:
            if kept and key in self._pending:
                self._index.add(key, Kept(size=len(body), since_ns=self._now_ns(), mark=hash(body)))
            self._pending.pop(key, None)

    def _note(self, channel: ChannelId) -> None:
        with self._lock:
            state = self._unwritten.pop(channel, None)
        if state is None:
            return
        self._attempt(partial(self._notes.write, channel, state), len(state), self._lost_notes)

    def _attempt(self, write: Callable[[], None], size: int, losses: Losses) -> bool:
        """Write; on a full disk once more after giving up the oldest segments for at least as many bytes."""
        try:
            try:
                write()
            except OSError as error:
                if error.errno not in FULL or not self._make_room(size):
                    raise
                write()
        except OSError as error:
            losses.lost(words_of(error))
            return False
        losses.well()
        return True

    def _make_room(self, size: int) -> bool:
        """Give up the oldest segments, never what a live playlist may still name; whether any went."""
        freed = 0
        for _ in range(_EVICTED_AT_ONCE):
            with self._lock:
                oldest = self._index.oldest_segment()
                if oldest is None or freed >= size or self._now_ns() - oldest[1].since_ns < _LIVE_NS:
                    break
                self._index.discard(oldest[0])
            self._remove(oldest[0])
            freed += oldest[1].size
        return freed > 0

    def _remove(self, key: MediaKey) -> None:
        try:
            self._folder.remove((key.channel, key.rendition), str(key.name))
        except OSError as error:  # it stays until the next start finds it
            _LOG.warning("%s/%s/%s cannot be removed: %s", key.channel, key.rendition, key.name, words_of(error))

    def _sweep(self) -> None:
        with self._lock:
            old = self._index.expired(self._now_ns())
            for key in old:
                self._index.discard(key)
        for key in old:
            self._remove(key)
