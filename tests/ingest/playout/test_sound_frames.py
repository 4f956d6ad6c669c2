from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flow.errors import FeedError
from ingest.playout.sound_frames import SoundFrame, SoundFrames

UNKNOWN = b"\x01" + b"\xff" * 7
SEGMENT, CLUSTER = bytes.fromhex("18538067"), bytes.fromhex("1F43B675")


def element(kind: str, body: bytes) -> bytes:
    return bytes.fromhex(kind) + (len(body) | 1 << 56).to_bytes(8, "big") + body


def block(within: int, samples: bytes, track: int = 2) -> bytes:
    return element("A3", bytes([0x80 | track]) + within.to_bytes(2, "big", signed=True) + b"\x80" + samples)


def cluster(millis: int, *blocks: bytes) -> bytes:
    return CLUSTER + UNKNOWN + element("E7", millis.to_bytes(4, "big")) + b"".join(blocks)


STREAM = b"".join([
    element("1A45DFA3", b"head"), SEGMENT, UNKNOWN, element("1654AE6B", b"tracks"), element("EC", bytes(300)),
    cluster(0, block(0, b"blank", track=1), block(0, b"one")),
    cluster(21, element("BF", b"crc-"), block(-1, b"two")),
    cluster(70_000, element("A0", element("A1", b"\x82\x00\x05\x80three") + element("75A2", b"x"))),
])
FRAMES = [
    SoundFrame(millis=0, samples=b"one"), SoundFrame(millis=20, samples=b"two"),
    SoundFrame(millis=70_005, samples=b"three"),
]


def test_frames_of_the_second_track_are_found_with_their_times() -> None:
    assert list(SoundFrames().feed(STREAM)) == FRAMES


@given(st.lists(st.integers(0, len(STREAM)), max_size=30))
def test_frames_are_the_same_however_the_bytes_are_split(cuts: list[int]) -> None:
    edges = [0, *sorted(cuts), len(STREAM)]
    reader = SoundFrames()
    found = [
        frame for start, end in pairwise(edges) for frame in reader.feed(STREAM[start:end])
    ]
    assert found == FRAMES


@pytest.mark.parametrize("data", [b"\x00" * 9, b"\x08" + bytes(9), b"\xa3\x1f\xff\xff\xff\xff"])
def test_bytes_that_no_decoder_writes_are_refused(data: bytes) -> None:
    """T-09: nothing makes the reader wait for, or keep, more than a few megabytes."""
    with pytest.raises(FeedError, match="garbled"):
        list(SoundFrames().feed(data))


@given(st.binary(max_size=200))
def test_rubbish_gives_frames_or_a_feed_error(data: bytes) -> None:
    with suppress(FeedError):
        list(SoundFrames().feed(data))
