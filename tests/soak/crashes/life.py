"""A headend's lives over one disk, with a worker that goes on or begins anew; what viewers saw is remembered."""

import random
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from unittest import mock

import origin.disk_folder
from flow.channel import Channel
from flow.chunk import Chunk, Packet
from flow.ids import RenditionId
from flow.names import parse_name
from flow.store import MediaKey
from flow.timebase import units_of_ns
from flow.wire import Verdict
from origin.disk_store import DiskStore
from origin.memory_store import MemoryStore
from origin.tiered_store import TieredStore
from packager.grid import round_up
from packager.publisher import Publisher
from tests.conformance.playlist import Playlist, read_text
from tests.conformance.texts import across, between, problems
from tests.recorded.builder import recorded_chunks, recorded_inits
from tests.recorded.clock import SteppedClock
from tests.soak.crashes.operations import Operation
from tests.soak.crashes.recorder import RecordingOs

KEPT = 48_000 * 30
"""What a worker keeps and sends again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """After one packet: the time, how much the disk had done, and what was shown."""

    now: int
    done: int
    shown: dict[RenditionId, str]


@dataclass(slots=True)
class History:
    """All that was ever to be had: bodies by their key."""

    bodies: dict[MediaKey, bytes] = field(default_factory=dict)


class Worker:
    """Makes the chunks of one run after another, and loses some; of two, one has the even runs."""

    def __init__(
        self, channel: Channel, place: int, *, run: int, chance: random.Random, index: int = 0,
    ) -> None:
        self._channel = channel
        self._index = index
        self._chance = chance
        self._run = run
        self._look = 0
        self.place = place
        self.made: list[Chunk] = []

    def inits(self) -> list[Packet]:
        return list(recorded_inits(self._channel, run=self._run, look=self._look))

    def next(self) -> list[Packet]:
        """What belongs to the next place; seldom another run begins, or a chunk is lost."""
        profile, packets = self._channel.profile, list[Packet]()
        if self._chance.random() < 0.02 and self.made:
            self._run += self._channel.workers
            self._look += 8 * self._chance.randrange(2)
            self.place = round_up(profile, self.place) + self._chance.randrange(2) * profile.segment
        if not self.made or self._run != self.made[-1].run:
            packets += self.inits()
        chunks = recorded_chunks(self._channel, self.place, run=self._run)
        self.made += chunks
        self.place += profile.chunk
        return [*packets, *(chunk for chunk in chunks if self._chance.random() > 0.02)]

    def again(self, publisher: Publisher, now: int) -> list[Packet]:
        """What a headend that came back has not."""
        at = publisher.positions(self._index).renditions
        kept = [one for one in self.made if one.end > now - KEPT and one.start >= at[one.rendition].end]
        return [*self.inits(), *(one for one in kept if one.run == self._run)]


class Life:
    """One life of a headend on `root`. Each publication is looked at, and each body compared with history."""

    def __init__(self, channel: Channel, root: Path, clock: SteppedClock, history: History) -> None:
        self.channel = channel
        self.clock = clock
        self.history = history
        self.recorder = RecordingOs(root)
        self.moments: list[Moment] = []
        self.wrong: list[str] = []
        self._shown: dict[RenditionId, str] = {}
        with self._recorded():
            self.disk = DiskStore(root, opener=self.recorder.open, now_ns=clock.monotonic_ns)
            self.disk.hold(channel.id, channel.window_s)
            self.disk.start()
        self._memory = MemoryStore()
        self.store = TieredStore(self._memory, self.disk)
        self.publisher = Publisher(channel=channel, store=self.store, clock=clock)
        self._look()

    @property
    def operations(self) -> Sequence[Operation]:
        return self.recorder.operations

    @property
    def shown(self) -> dict[RenditionId, str]:
        return dict(self._shown)

    def take(self, packets: Iterable[Packet]) -> set[Verdict]:
        """Each packet a little after its end, and a tick after it."""
        verdicts = set()
        with self._recorded():
            for packet in packets:
                if isinstance(packet, Chunk):
                    self.clock.advance_to(packet.end + 4_800)
                verdicts.add(self.publisher.take(packet))
                self._tick()
        return verdicts

    def wait(self, seconds: float) -> None:
        """Let time pass, a second at a time."""
        with self._recorded():
            while seconds > 0:
                self.clock.advance(min(1.0, seconds))
                seconds -= 1.0
                self._tick()

    def end(self) -> None:
        """Look at all that is shown once more, and end its threads."""
        for rendition, text in self._shown.items():
            for uri in sorted(named(read_text(text))):
                self._compare(rendition, uri)
        with self._recorded():
            self.disk.stop()

    def _tick(self) -> None:
        self.publisher.tick()
        assert self.disk.flush()
        self._look()
        self.moments.append(Moment(
            now=units_of_ns(self.clock.wall_ns()), done=len(self.operations), shown=self.shown,
        ))

    def _look(self) -> None:
        """Every rule of what is shown now, and that all it names can be had."""
        for rendition in self.channel.renditions:
            playlist = self.store.playlist(self.channel.id, rendition)
            text = playlist.full.plain.decode() if playlist else ""
            before = self._shown.get(rendition, "")
            if text in ("", before):
                continue
            self.wrong += [f"{rendition}: {word}" for word in problems(text)]
            if before:
                self.wrong += [f"{rendition}: {word}" for word in between(before, text)]
            self._shown[rendition] = text
            fresh = named(read_text(text)) - (named(read_text(before)) if before else set())
            for uri in sorted(fresh):
                self._compare(rendition, uri)
        self.wrong += across(self._shown) if len(self._shown) == len(self.channel.renditions) else []

    def _compare(self, rendition: RenditionId, uri: str) -> None:
        name = parse_name(uri)
        assert name is not None
        key = MediaKey(self.channel.id, rendition, name)
        body = self._memory._bodies.get(key)
        if body is None and self.disk.is_kept(key):
            body = self.disk._read(key)
        if body is None:
            self.wrong.append(f"{rendition}: {uri} cannot be had")
        elif self.history.bodies.setdefault(key, body) != body:
            self.wrong.append(f"{rendition}: {uri} has another content")

    @contextmanager
    def _recorded(self) -> Iterator[None]:
        with mock.patch.object(origin.disk_folder, "os", self.recorder):
            yield


def named(listing: Playlist) -> set[str]:
    """Addresses of all that is listed and no gap."""
    everything = [*listing.segments, *([listing.open] if listing.open else [])]
    parts = {part.uri for segment in everything for part in segment.parts if not part.gap}
    return parts | {one.uri for one in listing.segments if not one.gap} | {one.map for one in everything}
