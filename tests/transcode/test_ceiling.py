"""The ceiling that a rung declares holds when a still picture is cut to dense ones, one after the other."""

import random
import subprocess
from dataclasses import replace

import pytest

from flow.canvas import Canvas
from flow.chunk import Chunk
from flow.ladder import Ladder, Rendition, SoundGroup
from flow.profile import PROFILES, ProfileName
from flow.timebase import SCALE
from packager.multivariant import overhead, sound_overhead
from transcode.chunker import Chunker
from transcode.command import Wiring, encoder_argv
from transcode.presets import load_ladder

CANVAS = Canvas(width=320, height=180)
LOW = PROFILES[ProfileName.LOW]
LADDER = load_ladder("conference-720", hevc=True)
THIN = (*LADDER.avc[1:3], LADDER.hevc[2])
"""Rungs for which such small pictures can be too dense."""

STILL, EACH, CUTS = 75, 12, 20
CONTAINER = overhead(LOW, CANVAS.fps) - sound_overhead(LOW)
"""Bit/s that playlists count for the boxes of pictures."""


def pictures() -> bytes:
    """Three seconds of grey, with its buffer full, then another picture of hard-edged cells each half second."""
    dice = random.Random(7)
    chroma = bytes([128]) * (CANVAS.width * CANVAS.height // 2)
    grey = bytes([128]) * (CANVAS.width * CANVAS.height)
    dense = (bytes(255 * (bit & 1) for bit in dice.randbytes(len(grey))) for _ in range(CUTS))
    return (grey + chroma) * STILL + b"".join((luma + chroma) * EACH for luma in dense)


def encoded(ffmpeg: str, rung: Rendition) -> list[int]:
    """Bytes of each chunk."""
    ladder = Ladder(name="one", canvas=CANVAS, video=(rung,), sounds=(SoundGroup(bitrate=64_000),))
    argv = encoder_argv(ffmpeg, ladder, LOW, 0, Wiring(pictures=0, sounds=(), outputs={rung.id: 1}))
    done = subprocess.run(argv, input=pictures(), capture_output=True, check=True)
    packets = Chunker(rung.id, 1).feed(done.stdout)
    return [len(packet.body) for packet in packets if isinstance(packet, Chunk)]


@pytest.mark.line
@pytest.mark.parametrize("rung", THIN, ids=[rung.id for rung in THIN])
def test_a_cut_to_a_dense_picture_stays_under_the_ceiling(ffmpeg: str, rung: Rendition) -> None:
    sizes = encoded(ffmpeg, replace(rung, width=CANVAS.width, height=CANVAS.height))
    span = LOW.chunks_per_segment
    sums = [sum(sizes[at : at + span]) * 8 * SCALE // LOW.segment for at in range(len(sizes) - span)]
    assert max(sums[::span]) <= rung.maxrate + CONTAINER
    assert max(sums) <= rung.maxrate * 1.15 + CONTAINER  # across segments: what a line has to spare
    assert max(sums) > rung.maxrate * 0.8  # the pictures were dense enough to tell
