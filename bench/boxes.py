"""What old boxes cost: the packager's processor time without and with lists for them, and making their segments.

Pictures of the default ladder's sizes and rates with noise in them, since a clean test picture costs no bytes. A
segment is made again and again, which only this script does: the headend makes each once, when a box asks.
"""

import subprocess
import sys
import time

from desk.ffmpeg import find_ffmpeg
from flow.channel import Channel
from flow.chunk import Chunk, Init, Packet
from flow.feed import Feed, FeedKind
from flow.ids import ChannelId, RenditionId
from flow.ladder import Rendition, SoundGroup
from flow.profile import PROFILES, ProfileName
from flow.store import MediaKey
from flow.timebase import AAC_FRAME, SCALE, micros_text
from ingest.system_clock import SystemClock
from origin.memory_store import MemoryStore
from packager.publisher import Publisher
from packager.ts.piece import Piece, contents_of
from packager.ts.recipe import Cutting, Recipe
from packager.ts.segment import LENGTH, segment_of
from transcode.chunker import Chunker
from transcode.presets import DEFAULT_LADDER, load_ladder

SEGMENTS = 32
"""Long ones: a window of two minutes."""
TIMES = 20
_CONTAINER = ("-movflags", "+cmaf+frag_keyframe+frag_discont+skip_trailer", "-frag_duration", "640000",
              "-video_track_timescale", str(SCALE), "-f", "mp4", "pipe:1")


class Nowhere:
    """Takes recipes and keeps none."""

    def offer(self, key: MediaKey, recipe: Recipe) -> None:
        """Take one."""

    def cut(self, channel: ChannelId, cutting: Cutting) -> None:
        """Take how pictures are cut out."""

    def withdraw(self, key: MediaKey) -> None:
        """Take it back."""


def channel() -> Channel:
    """A channel with the default ladder."""
    feed = Feed(address="testcard:", kind=FeedKind.TESTCARD, shown="testcard:")
    return Channel(
        id=ChannelId("bench"), title="", feeds=(feed,), ladder=load_ladder(DEFAULT_LADDER),
        profile=PROFILES[ProfileName.LOW],
    )


def packets(rendition: RenditionId, start: int, *words: str) -> list[Packet]:
    """What FFmpeg makes of these words, from `start` on."""
    argv = [find_ffmpeg("").path, "-v", "error", *words, "-output_ts_offset", micros_text(start), *_CONTAINER]
    made = subprocess.run(argv, check=True, stdout=subprocess.PIPE).stdout
    return Chunker(rendition, 1).feed(made)


def pictures(rung: Rendition, start: int) -> list[Packet]:
    """A rung at the highest rate that it may have."""
    source = f"testsrc2=size={rung.width}x{rung.height}:rate={rung.fps}:duration={micros_text(SEGMENTS * LENGTH)}"
    rate = str(rung.maxrate)
    return packets(
        rung.id, start, "-f", "lavfi", "-i", f"{source},noise=alls=6:allf=t", "-c:v", "libx264", "-preset",
        "ultrafast", "-bf", "2", "-g", "48", "-keyint_min", "48", "-sc_threshold", "0", "-b:v", rate,
        "-maxrate", rate, "-bufsize", rate, "-pix_fmt", "yuv420p",
    )


def sound(group: SoundGroup, start: int) -> list[Packet]:
    """A tone, on the grid as the encoder lays it."""
    length = micros_text(SEGMENTS * LENGTH)
    return packets(
        group.id, start + AAC_FRAME, "-f", "lavfi", "-i", f"sine=sample_rate={SCALE}:duration={length}", "-af",
        f"atrim=start_sample={AAC_FRAME},asetpts=PTS-STARTPTS", "-c:a", "aac", "-b:a", str(group.bitrate),
        "-ac", "2",
    )


def publishing(of: Channel, tracks: dict[RenditionId, list[Packet]], recipes: Nowhere | None) -> float:
    """Processor seconds of packaging all of it."""
    publisher = Publisher(channel=of, store=MemoryStore(), clock=SystemClock(), recipes=recipes)
    flat = sorted(
        (packet for track in tracks.values() for packet in track),
        key=lambda packet: packet.start if isinstance(packet, Chunk) else 0,
    )
    before = time.process_time()
    for packet in flat:
        publisher.take(packet)
    return time.process_time() - before


def piece(picture: list[Packet], heard: list[Packet], at: int) -> Piece:
    """One segment of the profile."""
    parts = [
        (track[0].body, b"".join(chunk.body for chunk in track[1 + 3 * at : 4 + 3 * at]))
        for track in (picture, heard) if isinstance(track[0], Init)
    ]
    (picture_init, shown), (sound_init, sounds) = parts
    return Piece(picture_init=picture_init, picture=shown, sound_init=sound_init, sound=sounds)


def main() -> int:
    """Print the figures."""
    of = channel()
    seconds = SEGMENTS * LENGTH / SCALE
    start = (time.time_ns() * SCALE // 10**9 // LENGTH - SEGMENTS) * LENGTH
    tracks = {rung.id: pictures(rung, start) for rung in of.ladder.video}
    tracks |= {group.id: sound(group, start) for group in of.ladder.sounds}
    for word, recipes in (("without", None), ("with", Nowhere())):
        spent = min(publishing(of, tracks, recipes) for _ in range(5))
        print(f"packaging {word} lists for boxes: {spent / seconds:.2%} of a core")
    for rung in of.ladder.video:
        pieces = [piece(tracks[rung.id], tracks[of.ladder.sound_of(rung).id], at) for at in range(2)]
        before = time.process_time()
        for _ in range(TIMES):
            made = segment_of(contents_of(start, pieces, rung.width, rung.height))
        cost = (time.process_time() - before) / TIMES
        whole = sum(len(body.picture) + len(body.sound) for body in pieces)
        print(
            f"{rung.id}: {cost * 1_000:.1f} ms a segment, {cost * SCALE / LENGTH:.2%} of a core while boxes ask; "
            f"{len(made) / whole:.3f} of the bytes of CMAF"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
