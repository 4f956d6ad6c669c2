"""A publisher on a recording shelf with a stepped clock: the stage that most tests play on."""

from collections.abc import Iterable

from flow.channel import Channel
from flow.chunk import Chunk, Packet
from flow.keyring import Keyring
from flow.timebase import SCALE
from flow.wire import Verdict
from packager.publisher import Publisher
from packager.ts.recipe import Recipes
from tests.packager.shelf import RecordingShelf
from tests.recorded.builder import EPOCH, channel_of, recorded_packets
from tests.recorded.clock import SteppedClock


class Stage:
    """`play` takes packets as they would come: each chunk a little after its end, ticks in between."""

    def __init__(
        self, channel: Channel | None = None, *, shelf: RecordingShelf | None = None,
        recipes: Recipes | None = None, ring: Keyring | None = None,
    ) -> None:
        self.channel = channel or channel_of()
        self.shelf = shelf or RecordingShelf()
        self.recipes = recipes
        self.ring = ring
        self.clock = SteppedClock(wall_units=EPOCH)
        self.publisher = self._publisher()

    def _publisher(self) -> Publisher:
        return Publisher(
            channel=self.channel, store=self.shelf, clock=self.clock, recipes=self.recipes, ring=self.ring,
        )

    def play(self, packets: Iterable[Packet], *, delay: float = 0.1) -> list[Verdict]:
        verdicts = []
        for packet in packets:
            if isinstance(packet, Chunk):
                self.wait_until(packet.end + round(delay * SCALE))
            verdicts.append(self.publisher.take(packet))
        return verdicts

    def run(self, segments: int, *, start: int = EPOCH, run: int = 1, look: int = 0) -> list[Verdict]:
        return self.play(recorded_packets(self.channel, start, segments, run=run, look=look))

    def wait_until(self, units: int) -> None:
        """Let time pass in ticks of a tenth of a second."""
        while self.clock.wall_ns() * SCALE // 10**9 < units:
            left = (units - self.clock.wall_ns() * SCALE // 10**9 + 1) / SCALE
            self.clock.advance(min(0.1, left))
            self.publisher.tick()

    def wait(self, seconds: float) -> None:
        self.wait_until(self.clock.wall_ns() * SCALE // 10**9 + round(seconds * SCALE))

    def restart(self, *, lose_parts: bool = True) -> None:
        """Kill the headend and start it again on the same disk."""
        self.shelf = self.shelf.restarted(lose_parts=lose_parts)
        self.publisher = self._publisher()

    def at(self, segment: int, part: int = 0) -> int:
        """The place of a part, counted from the start."""
        return EPOCH + segment * self.channel.profile.segment + part * self.channel.profile.chunk

    def msn(self, segment: int) -> int:
        return EPOCH // self.channel.profile.segment + segment
