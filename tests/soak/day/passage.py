"""A channel on air for any length of media time, from any place on the clock grid."""

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from flow.channel import Channel
from flow.ids import RenditionId, channel_id
from flow.ladder import CAPTIONS, ts_id
from flow.names import SegmentName, TsName
from flow.profile import ProfileName
from flow.store import MediaKey
from flow.timebase import TICK, boundary_after
from flow.track import VIETNAMESE
from origin.disk_store import DiskStore
from origin.memory_store import MemoryStore
from origin.tiered_store import TieredStore
from packager.publisher import Publisher
from packager.ts.remuxer import Remuxer
from packager.ts.segment import LENGTH
from packager.ts.tables import PICTURES, SOUND
from tests.conformance.playlist import read_text
from tests.conformance.texts import problems
from tests.packager.ts.reader import WRAP, Read, read
from tests.recorded.builder import channel_of, recorded_inits
from tests.recorded.clock import SteppedClock
from tests.soak.day.stamped import Stamped

V0 = RenditionId("v0")
_MAP = re.compile(rb"X-TIMESTAMP-MAP=LOCAL:(\d+):(\d\d):(\d\d)\.(\d{3}),MPEGTS:(\d+)")
_FLUSHED = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """After one segment of the profile: where it ended, and what was wrong with it."""

    end: int
    wrong: tuple[str, ...]


def day_channel(profile: ProfileName = ProfileName.CLASSIC) -> Channel:
    """A channel with one small picture, sound and captions."""
    return replace(channel_of(profile=profile, rungs=1, window_s=600), id=channel_id("day"), captions=VIETNAMESE)


class Passage:
    """The packager, the store and the boxes' segments, from `start` on. `each` says that every so many segments
    are looked into; what is listed is looked at always."""

    def __init__(self, channel: Channel, start: int, folder: Path, *, each: int = 1) -> None:
        self._channel = channel
        self._each = each
        self._place = boundary_after(start, LENGTH)
        self._clock = SteppedClock(wall_units=self._place)
        self._disk = DiskStore(folder, keep_seconds=700, now_ns=self._clock.monotonic_ns)
        self._disk.start()
        self._store = TieredStore(MemoryStore(), self._disk)
        self._remuxer = Remuxer(self._store)
        self._publisher = Publisher(channel=channel, store=self._store, clock=self._clock, recipes=self._remuxer)
        self._worker = Stamped(channel)
        self._sent: dict[RenditionId, bytes] = {}
        self._apart: set[int] = set()
        self.segments = 0
        self.looked_into = 0
        self.captions = 0
        for init in recorded_inits(channel):
            self._publisher.take(init)

    @property
    def apart(self) -> set[int]:
        """By how many ticks of 90 kHz sound and picture of the boxes' segments lay apart."""
        return self._apart

    def run(self, until: int) -> Iterator[Step]:
        """Segment after segment up to a place."""
        length = self._channel.profile.segment
        while self._place < until:
            begin = self._place
            self._segment()
            self.segments += 1
            if self.segments % _FLUSHED == 0:
                assert self._disk.flush()
            wrong = self._wrong(begin) if begin // length % self._each == 0 else self._wrong_list(begin)
            yield Step(end=self._place, wrong=tuple(wrong))

    def close(self) -> None:
        """End its threads."""
        self._disk.stop()

    def _segment(self) -> None:
        profile = self._channel.profile
        sent: dict[RenditionId, bytes] = {}
        for place in range(self._place, self._place + profile.segment, profile.chunk):
            for chunk in self._worker.chunks(place):
                self._clock.advance_to(chunk.end + 4_800)
                self._publisher.take(chunk)
                sent[chunk.rendition] = sent.get(chunk.rendition, b"") + chunk.body
            self._publisher.tick()
        self._sent = sent
        self._place += profile.segment

    def _wrong_list(self, begin: int) -> list[str]:
        """Nothing is a gap, and the newest number is that of the place."""
        status = self._publisher.status()
        msn = begin // self._channel.profile.segment
        found = [] if status.last_msn == msn else [f"the newest number is {status.last_msn}, not {msn}"]
        return [*found, *([f"{status.gap_segments} gaps"] if status.gap_segments else [])]

    def _wrong(self, begin: int) -> list[str]:
        """Everything: the lists, the bodies, the captions' times, and the boxes' segment that is complete."""
        self.looked_into += 1
        found = self._wrong_list(begin)
        msn = begin // self._channel.profile.segment
        for rendition in self._channel.renditions:
            playlist = self._store.playlist(self._channel.id, rendition)
            text = playlist.full.plain.decode() if playlist else ""
            found += problems(text)
            numbers = [segment.msn for segment in read_text(text).segments]
            if numbers[-1:] != [msn] or numbers != list(range(numbers[0], msn + 1)):
                found.append(f"{rendition} lists {numbers[:1]} to {numbers[-1:]}")
            body = self._body(rendition, SegmentName(msn, 1))
            if rendition == CAPTIONS:
                found += self._wrong_captions(body, begin)
            elif body != self._sent.get(rendition):
                found.append(f"{rendition} {msn}: other bytes than were sent")
        if (begin + self._channel.profile.segment) % LENGTH == 0:
            found += self._wrong_for_boxes(begin // LENGTH)
        return found

    def _body(self, rendition: RenditionId, name: SegmentName | TsName) -> bytes:
        return asyncio.run(self._remuxer.body(MediaKey(self._channel.id, rendition, name))) or b""

    def _wrong_captions(self, body: bytes, begin: int) -> list[str]:
        """The map names one moment twice: by the captions' clock, and by the media's in 33 bits."""
        self.captions += 1
        found = _MAP.search(body)
        if found is None:
            return ["captions without a map"]
        hours, minutes, seconds, millis, ticks = map(int, found.groups())
        said = (((hours * 60 + minutes) * 60 + seconds) * 1_000 + millis) * 90
        return [] if said % WRAP == ticks == ticks_at(begin) else [f"captions at {said} are mapped to {ticks}"]

    def _wrong_for_boxes(self, msn: int) -> list[str]:
        body = self._body(ts_id(V0), TsName(msn, 1))
        if not body:
            return [f"boxes' segment {msn} cannot be had"]
        found = read(body)
        self._apart.add((found.pes[SOUND][0].pts - found.pes[PICTURES][0].pts) % WRAP)
        return [f"boxes' segment {msn}: {word}" for word in (*found.wrong, *_wrong_times(found, msn * LENGTH))]


def ticks_at(units: int) -> int:
    """The time that a transport stream has for a place on the grid."""
    return units * 15 // 8 % WRAP


def _wrong_times(found: Read, start: int) -> list[str]:
    """A picture each tick and all of the sound, at the grid's places modulo 2^33, nothing decoded after it is
    shown, and counters that go on in the next segment, which begins at 0."""
    wrong = []
    pictures, sounds = found.pes[PICTURES], found.pes[SOUND]
    shown = [one.pts for one in pictures]
    if shown != [ticks_at(start + at * TICK) for at in range(LENGTH // TICK)]:
        wrong.append(f"{len(shown)} pictures from {shown[:1]} on")
    decoded = [(one.pts - one.dts) % WRAP for one in pictures]
    if max(decoded) > 90_000:
        wrong.append("a picture is decoded after it is shown")
    if [one.pts for one in sounds] != [ticks_at(start + at * 6_144) for at in range(30)]:
        wrong.append(f"{len(sounds)} packets of sound")
    late = [(one.dts - found.clocks[0]) % WRAP for one in pictures]
    if not 0 < min(late) <= max(late) < 90_000 * 5:
        wrong.append("the clock and the times lie apart")
    if {(counters[0], counters[-1]) for counters in found.counters.values()} != {(0, 15)}:
        wrong.append("a counter does not begin at 0 and end at 15")
    return wrong
