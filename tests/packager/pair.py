"""Two workers of one channel on a stage: each has its own runs, its own clock, and may die and come back."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from flow.channel import Channel
from flow.chunk import Chunk, Packet
from flow.timebase import SCALE
from flow.wire import Verdict
from tests.packager.stage import Stage
from tests.recorded import boxes
from tests.recorded.builder import EPOCH, channel_of, recorded_chunks, recorded_inits

FIRST_RUN = 1_000


@dataclass(frozen=True)
class Life:
    """What one worker makes: the segments `first` to before `end`, without the last `short` parts.

    Its chunks come `late` seconds after their end, those of later renditions a little after the first.
    """

    worker: int
    first: int
    end: int
    short: int = 0
    late: float = 0.1
    look: int = 0


def paired(**options: object) -> Channel:
    """A channel of two workers with one small picture and sound."""
    return replace(channel_of(rungs=1, **options), workers=2)  # type: ignore[arg-type]


def marked(chunk: Chunk) -> Chunk:
    """The chunk with its run in its body, so that no two runs make the same."""
    return replace(chunk, body=chunk.body + boxes.box("free", chunk.run.to_bytes(8, "big")))


def packets_of(channel: Channel, life: Life, run: int) -> list[tuple[int, Packet]]:
    """Everything that comes of a life, with the time at which it comes."""
    profile = channel.profile
    places = range(EPOCH + life.first * profile.segment, EPOCH + life.end * profile.segment, profile.chunk)
    chunks = [chunk for place in list(places)[:len(places) - life.short] for chunk in recorded_chunks(
        channel, place, run=run,
    )]
    count = len(channel.renditions)
    coming: list[tuple[int, Packet]] = [
        (chunk.end + round((life.late + 0.01 * (at % count)) * SCALE), marked(chunk))
        for at, chunk in enumerate(chunks)
    ]
    if not coming:
        return []
    inits = recorded_inits(channel, run=run, look=life.look)
    return [*((coming[0][0], init) for init in inits), *coming]


def play(stage: Stage, lives: Iterable[Life]) -> dict[int, list[Verdict]]:
    """Let the lives pass as their times are; the verdicts on each worker's packets."""
    coming: list[tuple[int, int, Packet]] = []
    for number, life in enumerate(lives):
        run = FIRST_RUN + 2 * number + life.worker
        coming += [(when, run, packet) for when, packet in packets_of(stage.channel, life, run)]
    verdicts: dict[int, list[Verdict]] = {0: [], 1: []}
    for when, run, packet in sorted(coming, key=lambda one: one[0]):
        stage.wait_until(when)
        verdicts[run % 2].append(stage.publisher.take(packet))
    return verdicts
