"""Segments of a recorded worker, and of real FFmpeg, as pieces."""

import subprocess
from functools import cache
from itertools import pairwise

from desk.ffmpeg import find_ffmpeg
from flow.boxes import walk
from flow.channel import Channel
from flow.ids import RenditionId
from flow.ladder import AUDIO
from flow.timebase import AAC_FRAME, GOP, micros_text
from packager.ts.piece import Piece
from tests.recorded.builder import channel_of, recorded_chunk, recorded_inits

CHANNEL = channel_of()
V0 = RenditionId("v0")


def recorded(rendition: RenditionId, start: int, *, channel: Channel = CHANNEL) -> bytes:
    """A segment of the recorded worker."""
    places = range(start, start + channel.profile.segment, channel.profile.chunk)
    return b"".join(recorded_chunk(channel, rendition, place).body for place in places)


def recorded_init(rendition: RenditionId, *, channel: Channel = CHANNEL) -> bytes:
    """Its init section."""
    return next(init.body for init in recorded_inits(channel) if init.rendition == rendition)


def recorded_piece(start: int) -> Piece:
    """Picture and sound from `start` on."""
    return Piece(
        picture_init=recorded_init(V0), picture=recorded(V0, start), sound_init=recorded_init(AUDIO),
        sound=recorded(AUDIO, start),
    )


@cache
def encoded(start: int, segments: int) -> tuple[Piece, ...]:
    """Pieces as the encoder makes them: x264 with two B pictures, AAC, from a boundary of the grid on."""
    seconds = micros_text(segments * GOP)
    video = _ffmpeg(
        "-f", "lavfi", "-i", f"testsrc2=size=320x180:rate=25:duration={seconds}", "-c:v", "libx264", "-bf", "2",
        "-g", "48", "-keyint_min", "48", "-sc_threshold", "0", "-preset", "veryfast", "-b:v", "300k", "-pix_fmt",
        "yuv420p", start=start,
    )
    sound = _ffmpeg(
        "-f", "lavfi", "-i", f"sine=frequency=440:sample_rate=48000:duration={seconds}", "-af",
        "atrim=start_sample=1024,asetpts=PTS-STARTPTS", "-c:a", "aac", "-b:a", "96k", "-ac", "2",
        start=start + AAC_FRAME,
    )
    (video_init, pictures), (sound_init, sounds) = _cut(video, segments), _cut(sound, segments)
    return tuple(
        Piece(picture_init=video_init, picture=picture, sound_init=sound_init, sound=heard)
        for picture, heard in zip(pictures, sounds, strict=True)
    )


def _ffmpeg(*words: str, start: int) -> bytes:
    return subprocess.run(
        [
            find_ffmpeg("").path, "-v", "error", *words, "-f", "mp4", "-movflags",
            "+cmaf+frag_keyframe+frag_discont+skip_trailer", "-frag_duration", "640000", "-video_track_timescale",
            "48000", "-output_ts_offset", micros_text(start), "pipe:1",
        ],
        check=True, stdout=subprocess.PIPE,
    ).stdout


def _cut(stream: bytes, segments: int) -> tuple[bytes, list[bytes]]:
    boxes = [len(content) + 8 for _, content in walk(memoryview(stream))]
    ends = [sum(boxes[: at + 1]) for at in range(len(boxes))]
    cuts = [ends[1], *(ends[1 + 6 * (at + 1)] for at in range(segments))]
    return stream[: cuts[0]], [stream[one:other] for one, other in pairwise(cuts)]
