"""What a window of twelve hours costs the headend: memory, time for each part, bytes of an update.

    python -m bench.window

Five renditions of pictures and a sound, in the profile with the shortest parts. The hours before are written as
the packager's notes and the disk's index, which is what a headend that begins anew finds; what comes after them is
played. Bodies are small: what media takes of memory does not depend on the window. Times are the processor's.
"""

import json
import sys
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from statistics import median

from desk.window_words import window_text
from flow.channel import Channel
from flow.chunk import Chunk
from flow.ids import ChannelId
from flow.names import InitName, SegmentName
from flow.playlist import Body
from flow.profile import ProfileName
from flow.store import MediaKey
from origin.disk_index import DiskIndex, Kept
from origin.memory_store import MemoryStore
from packager.media_playlist import full_text
from packager.publisher import Publisher
from tests.recorded.builder import EPOCH, channel_of, recorded_inits
from tests.recorded.clock import SteppedClock

RENDITIONS = 5
PLAYED = 64
"""Segments before the hours are written: two minutes."""
MEASURED = 10


class Disk(MemoryStore):
    """Memory in front of a disk that keeps all, of which only the index is here."""

    def __init__(self, notes: bytes | None) -> None:
        super().__init__()
        self.index = DiskIndex(10**18)
        self._found = notes

    def put(self, key: MediaKey, body: bytes) -> None:
        super().put(key, body)
        if isinstance(key.name, InitName | SegmentName):
            self.index.add(key, Kept(size=len(body), since_ns=0, mark=hash(body)))

    def recall(self, channel: ChannelId) -> bytes | None:
        return self._found or super().recall(channel)

    def settle(self, key: MediaKey) -> bool:
        self.forget(key)
        return key in self.index

    def keeps(self, key: MediaKey) -> bool:
        return super().keeps(key) or key in self.index


class Headend:
    """A publisher that comes back to a window of so many seconds, full to its beginning."""

    def __init__(self, seconds: int) -> None:
        self.channel = replace(channel_of(profile=ProfileName.ULTRA, rungs=RENDITIONS), window_s=seconds)
        self.clock = SteppedClock(wall_units=EPOCH)
        first = Disk(None)
        self._play(Publisher(channel=self.channel, store=first, clock=self.clock), 0)
        tracemalloc.start()
        before = tracemalloc.get_traced_memory()[0]
        self.store = Disk(_stretched(first.recall(self.channel.id) or b"", seconds, self.channel))
        _fill(self.store.index, self.channel, seconds)
        self.index_bytes = tracemalloc.get_traced_memory()[0] - before
        kept = Publisher(channel=self.channel, store=self.store, clock=self.clock)
        self.packager_bytes = tracemalloc.get_traced_memory()[0] - before - self.index_bytes
        tracemalloc.stop()  # it makes everything five times slower
        del kept
        began = time.process_time()
        self.publisher = Publisher(channel=self.channel, store=self.store, clock=self.clock)
        self.back = time.process_time() - began

    def parts(self, asked: Callable[["Headend"], None]) -> list[float]:
        """Seconds for each part of all renditions, when `asked` comes after it."""
        return self._play(self.publisher, PLAYED, asked)

    def _play(
        self, publisher: Publisher, first: int, asked: Callable[["Headend"], None] = lambda _headend: None,
    ) -> list[float]:
        profile, taken = self.channel.profile, []
        for init in recorded_inits(self.channel):
            publisher.take(init)
        start = max((place.end for place in publisher.positions().renditions.values()), default=0) or EPOCH
        segments = MEASURED if first else PLAYED
        for place in range(start, start + segments * profile.segment, profile.chunk):
            self.clock.advance_to(place + profile.chunk)
            began = time.process_time()
            for rendition in self.channel.renditions:
                publisher.take(Chunk(
                    rendition=rendition, run=1, start=place, duration=profile.chunk,
                    independent=place % profile.segment == 0, body=place.to_bytes(8, "big"),
                ))
            publisher.tick()
            if first:
                asked(self)
            taken.append(time.process_time() - began)
        return taken

    def deltas(self) -> None:
        """A viewer of each rendition asks for its update."""
        for rendition in self.channel.renditions:
            playlist = self.store.playlist(self.channel.id, rendition)
            if playlist is not None and playlist.delta is not None:
                _ = playlist.delta.gzipped, playlist.delta.etag

    def full(self) -> None:
        """A viewer asks for the whole list of one rendition."""
        playlist = self.store.playlist(self.channel.id, self.channel.renditions[0])
        if playlist is not None:
            _ = playlist.full.gzipped, playlist.full.etag


def _stretched(notes: bytes, seconds: int, channel: Channel) -> bytes:
    """The notes of a packager that has been on air for so long."""
    data = json.loads(notes)
    for track in data["renditions"].values():
        more = max(0, seconds * 48_000 // channel.profile.segment - PLAYED)
        run, map_run, gone, count = track["spans"][0]
        track["spans"][0] = [run, map_run, gone, count + more]
        track["first"] -= more
    return json.dumps(data).encode()


def _fill(index: DiskIndex, channel: Channel, seconds: int) -> None:
    first = EPOCH // channel.profile.segment + PLAYED - seconds * 48_000 // channel.profile.segment
    for rendition in channel.renditions:
        index.add(MediaKey(channel.id, rendition, InitName(1)), Kept(size=800, since_ns=0))
        for msn in range(first, EPOCH // channel.profile.segment + PLAYED):
            kept = Kept(size=10**5 + msn % 999, since_ns=msn)
            index.add(MediaKey(channel.id, rendition, SegmentName(msn, 1)), kept)


def _timed(what: Callable[[], object]) -> float:
    began = time.process_time()
    what()
    return (time.process_time() - began) * 1_000


def report(seconds: int) -> str:
    """One row of the table."""
    headend = Headend(seconds)
    cold = _timed(headend.full)
    quiet = headend.parts(lambda _headend: None)
    asked = headend.parts(Headend.deltas)
    whole = headend.parts(Headend.full)
    view = headend.publisher.view(headend.channel.renditions[0])
    playlist = headend.store.playlist(headend.channel.id, headend.channel.renditions[0])
    assert playlist is not None and playlist.delta is not None  # noqa: PT018 - a script
    assert view is not None
    before = _timed(lambda: Body.of(full_text(view)))
    return " | ".join([
        f"| {window_text(seconds)}", f"{view.count:,}", f"{headend.packager_bytes / 1_000:,.0f} kB",
        f"{headend.index_bytes / 1_000:,.0f} kB", f"{headend.back:.2f} s", f"{median(quiet) * 1e3:.2f} ms",
        f"{median(asked) * 1e3:.2f} ms", f"{median(whole) * 1e3:.2f} ms", f"{cold:.0f} ms", f"{before:.0f} ms",
        f"{len(playlist.delta.gzipped):,}", f"{len(playlist.full.gzipped):,} |",
    ])


def main() -> int:
    """Print the table."""
    print("| window | segments | packager | index | back in | part | with updates | with a whole list "
          "| first whole list | rendered whole | update, bytes | whole, bytes |")
    for seconds in (120, 7_200, 43_200):
        print(report(seconds), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
