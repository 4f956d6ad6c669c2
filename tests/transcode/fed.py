"""A real encoder, fed as fast as it takes, from the place where the recorded media begin."""

from flow.channel import Channel
from flow.chunk import Chunk, Init, Packet
from flow.encoder_kind import EncoderKind
from flow.timebase import TICK
from tests.recorded.builder import EPOCH
from tests.transcode.steps import Children, RealClock, tick, until
from transcode.backlog import LIMIT
from transcode.encoder import Encoder

FIRST = EPOCH // TICK


class Fed:
    """An encoder, and what comes out."""

    def __init__(self, channel: Channel, ffmpeg: str, kind: EncoderKind = EncoderKind.X264) -> None:
        self.channel = channel
        self.children = Children()
        self.packets: list[Packet] = []
        self.encoder = Encoder(
            channel=channel, clock=RealClock(), spawn=self.children, ffmpeg=ffmpeg, sink=self.packets.append,
            floor=0, first_run=1, kind=kind,
        )
        self.encoder.start()
        self.index = FIRST

    def feed(self, count: int) -> None:
        for _ in range(count):
            until(lambda: self.encoder.status().depth < LIMIT - 10)
            self.encoder.put(tick(self.index, self.channel.ladder.canvas.picture_bytes))
            self.index += 1

    def reached(self, tick: int) -> bool:
        """Whether all renditions have come so far."""
        chunks = [one for one in self.packets if isinstance(one, Chunk)]
        return all(
            any(chunk.rendition == name and chunk.end >= tick * TICK for chunk in chunks)
            for name in self.channel.encoded
        )

    def in_order(self) -> list[Packet]:
        """As they would come in real time."""
        return sorted(self.packets, key=lambda one: (one.run, 0 if isinstance(one, Init) else one.end))
