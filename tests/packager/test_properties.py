"""Whatever is lost, repeated, reordered, restarted or killed: the playlists keep every rule.

The shelf asserts on each publication that the text is conformant, that nothing published changed and that all
it names has a body; and it refuses a second content under any name.
"""

from dataclasses import dataclass, field
from datetime import datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flow.chunk import Chunk, Packet
from flow.ids import RenditionId
from flow.names import PartName, SegmentName
from flow.profile import ProfileName
from flow.wire import Verdict
from packager.grid import round_up
from tests.conformance.playlist import read_text
from tests.conformance.texts import across, of_update
from tests.packager.stage import Stage
from tests.recorded.builder import EPOCH, channel_of, recorded_chunk, recorded_chunks, recorded_inits

_FATES = ("sent",) * 12 + ("lost", "twice", "late", "old again", "init lost")
_EVENTS = ("none",) * 14 + (
    "encoder again", "encoder changed", "encoder early", "headend again", "headend again", "all again",
    "all early", "silence", "night", "zombie", "zombie",
)


@dataclass
class Worker:
    """A careless worker: sends what the fates let through, and all that it made when a headend comes back."""

    stage: Stage
    run: int = 1
    look: int = 0
    place: int = EPOCH
    made: list[Chunk] = field(default_factory=list)
    held: list[Packet] = field(default_factory=list)

    def begin(self, *, look: int, careless: bool = False, early: bool = False) -> None:
        positions = self.stage.publisher.positions()
        self.run, self.look = positions.last_run + 1, look
        now = round_up(self.stage.channel.profile, self.place)
        self.place = now - self.stage.channel.profile.segment if early else max(now, positions.floor)
        if not careless:
            self.inits()

    def inits(self) -> None:
        for init in recorded_inits(self.stage.channel, run=self.run, look=self.look):
            self.stage.publisher.take(init)

    def step(self, fates: list[str]) -> None:
        for rendition, fate in zip(self.stage.channel.renditions, fates, strict=False):
            self._send(rendition, fate)
        self.place += self.stage.channel.profile.chunk

    def _send(self, rendition: RenditionId, fate: str) -> None:
        chunk = recorded_chunk(self.stage.channel, rendition, self.place, run=self.run)
        self.made.append(chunk)
        if fate == "late":
            self.held.append(chunk)
        elif fate != "lost":
            if fate == "old again":
                self.stage.play([self.made[len(self.made) // 2]])
            for _ in range(2 if fate == "twice" else 1):
                verdict = self.stage.play([chunk])[0]
                if verdict is Verdict.NEED_INIT:
                    self.inits()
                    self.stage.play([chunk])
            self.stage.play([self.held.pop()] if self.held else [])

    def resend(self) -> None:
        at = self.stage.publisher.positions().renditions
        self.inits()
        self.stage.play([c for c in self.made[-60:] if c.run == self.run and c.start >= at[c.rendition].end])

    def event(self, name: str) -> None:
        stage = self.stage
        if name in {"encoder again", "encoder changed", "encoder early"}:
            look = self.look + 8 * (name == "encoder changed")
            self.begin(look=look, careless=True, early=name == "encoder early")
        elif name == "headend again":
            stage.restart()
            self.resend()
        elif name in {"all again", "all early"}:
            stage.restart()
            self.begin(look=self.look, early=name == "all early")
        elif name == "silence":
            stage.wait(7)
            self.place = round_up(stage.channel.profile, stage.clock.wall_ns() * 48_000 // 10**9)
        elif name == "night":
            stage.clock.advance(500)
            self.place = round_up(stage.channel.profile, stage.clock.wall_ns() * 48_000 // 10**9)
        elif name == "zombie" and self.run > 1:
            for place in (self.place, self.place + stage.channel.profile.chunk):
                chunks = recorded_chunks(stage.channel, place, run=self.run - 1)
                stage.play([chunks[place // stage.channel.profile.chunk % len(chunks)]])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    profile=st.sampled_from(list(ProfileName)),
    script=st.lists(st.tuples(
        st.sampled_from(_EVENTS), st.lists(st.sampled_from(_FATES), min_size=3, max_size=3),
    ), min_size=10, max_size=60),
)
def test_any_history_keeps_every_rule(profile: ProfileName, script: list[tuple[str, list[str]]]) -> None:
    """F-01, F-02, F-22, F-30 in any order and number."""
    stage = Stage(channel_of(profile=profile))
    worker = Worker(stage)
    worker.begin(look=0)
    for event, fates in script:
        worker.event(event)
        worker.step(fates)
        assert across(stage.shelf.texts()) == []
    stage.wait(8)
    _check(stage)


def _check(stage: Stage) -> None:
    length = stage.channel.profile.segment
    for rendition, playlist in stage.shelf.playlists.items():
        listing = read_text(playlist.full.plain.decode())
        for segment in listing.segments:
            assert segment.uri.startswith(f"{segment.msn}-")
            assert segment.msn * length // 48 == _millis(segment.date)
        assert playlist.last_msn == listing.last_msn
        if playlist.delta is not None:
            assert of_update(playlist.delta.plain.decode(), playlist.full.plain.decode()) == []
        numbers = [key.name for key in stage.shelf.ever if key.rendition == rendition]
        runs: dict[int, set[int]] = {}
        for name in numbers:
            if isinstance(name, SegmentName | PartName):
                runs.setdefault(name.msn, set()).add(name.run)
        assert all(len(of) == 1 for of in runs.values()), "a number was used by two runs"


def _millis(pdt: str) -> int:
    return round(datetime.fromisoformat(pdt).timestamp() * 1_000)
