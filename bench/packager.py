"""What packaging costs: chunks a second that one core can take, and the part of a core that a channel needs.

    python -m bench.packager

Five renditions of pictures, sound and captions, with the lists for old boxes, over memory and a real disk. Chunks
are made before, with bodies as large as their rates make them. A window of two minutes is filled
first. Times are the processor's, all threads together, so that what else runs does not count.
"""

import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from flow.channel import Channel
from flow.chunk import Chunk
from flow.ladder import is_captions
from flow.profile import ProfileName
from flow.timebase import GOP, SCALE
from flow.track import VIETNAMESE
from origin.disk_store import DiskStore
from origin.memory_store import MemoryStore
from origin.tiered_store import TieredStore
from packager.publisher import Publisher
from packager.ts.remuxer import Remuxer
from tests.packager.loose_keyring import LooseKeyring
from tests.recorded.boxes import box
from tests.recorded.builder import EPOCH, channel_of, recorded_inits
from tests.recorded.clock import SteppedClock
from tests.soak.day.stamped import Stamped

RENDITIONS = 5
FILLED, MEASURED = 70 * GOP, 32 * GOP
TICKS = 10
"""A second: as often a headend lets its packagers look at the clock."""


def channel(profile: ProfileName, *, encrypted: bool = False) -> Channel:
    """Five renditions, sound and captions."""
    made = channel_of(profile=profile, rungs=RENDITIONS)
    return replace(made, captions=VIETNAMESE, key_period_s=300 if encrypted else 0)


class Line:
    """A packager over a store, and its worker."""

    def __init__(self, of: Channel, folder: Path | None) -> None:
        self._channel = of
        self._clock = SteppedClock(wall_units=EPOCH)
        self._disk = DiskStore(folder, keep_seconds=200, now_ns=self._clock.monotonic_ns) if folder else None
        if self._disk:
            self._disk.start()
        memory = MemoryStore()
        store = TieredStore(memory, self._disk) if self._disk else memory
        self._publisher = Publisher(
            channel=of, store=store, clock=self._clock, recipes=Remuxer(store),
            ring=LooseKeyring(of.id, seconds=of.key_period_s) if of.key_period_s else None,
        )
        self._worker = Stamped(of)
        rungs = {rung.id: rung.maxrate for rung in of.ladder.video}
        self._sizes = {name: rungs.get(name, 64_000) * of.profile.chunk // SCALE // 8 for name in of.renditions}
        self._place = EPOCH
        for init in recorded_inits(of):
            self._publisher.take(init)

    def play(self, units: int) -> tuple[int, float]:
        """How many chunks there are in so much media time, and the processor's seconds for them."""
        count, spent = 0, 0.0
        for place in range(self._place, self._place + units, self._channel.profile.chunk):
            chunks = [self._whole(chunk) for chunk in self._worker.chunks(place)]
            began = time.process_time()
            self._take(chunks)
            spent += time.process_time() - began
            count += len(chunks)
        self._place += units
        return count, spent

    def close(self) -> None:
        """End its threads."""
        if self._disk:
            self._disk.stop()

    def _whole(self, chunk: Chunk) -> Chunk:
        """With a body of its rate's size."""
        missing = self._sizes[chunk.rendition] - len(chunk.body)
        if is_captions(chunk.rendition) or missing < 8:
            return chunk
        return replace(chunk, body=chunk.body + box("free", bytes(missing - 8)))

    def _take(self, chunks: list[Chunk]) -> None:
        length = chunks[0].duration / SCALE
        for _ in range(round(length * TICKS)):
            self._clock.advance(length / round(length * TICKS))
            self._publisher.tick()
        for chunk in chunks:
            self._publisher.take(chunk)
        if self._disk:
            self._disk.flush()


def main() -> int:
    """Print the figures."""
    print("| profile | store | chunks a second | of a core |\n|---|---|---|---|")
    for profile in ProfileName:
        for word in ("memory", "memory, encrypted", "memory and disk"):
            with tempfile.TemporaryDirectory() as folder:
                of = channel(profile, encrypted="encrypted" in word)
                line = Line(of, Path(folder) if "disk" in word else None)
                line.play(FILLED)
                count, spent = line.play(MEASURED)
                line.close()
            print(f"| `{profile}` | {word} | {count / spent:,.0f} | {spent * SCALE / MEASURED:.2%} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
