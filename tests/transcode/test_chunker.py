import contextlib
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flow.chunk import Chunk, Init, Packet
from flow.errors import MediaError
from flow.ids import RenditionId
from flow.timebase import GOP
from tests.transcode.media import avc1, box, chunk, init, mp4a
from transcode.chunker import Chunker

V720 = RenditionId("v720")
START = 1_000_000_000 * GOP
INIT = init(avc1())
PARTS = [chunk(START + 30_720 * index, 16, bytes([index]) * 50, sync=index % 3 == 0) for index in range(4)]
STREAM = INIT + b"".join(PARTS)


def cut(*pieces: bytes) -> list[Packet]:
    chunker = Chunker(V720, 7)
    return [packet for piece in pieces for packet in chunker.feed(piece)]


EXPECTED = cut(STREAM)


def test_a_stream_is_cut_into_its_init_section_and_chunks_at_their_places() -> None:
    head, *chunks = EXPECTED
    assert head == Init(rendition=V720, run=7, codecs="avc1.64001f", body=INIT)
    assert chunks == [
        Chunk(rendition=V720, run=7, start=START + 30_720 * index, duration=30_720,
              independent=index % 3 == 0, body=PARTS[index])
        for index in range(4)
    ]


@given(st.lists(st.integers(0, len(STREAM)), max_size=12))
def test_it_does_not_matter_how_the_bytes_are_split(cuts: list[int]) -> None:
    edges = [0, *sorted(cuts), len(STREAM)]
    assert cut(*(STREAM[a:b] for a, b in itertools.pairwise(edges))) == EXPECTED


def test_byte_by_byte_gives_the_same() -> None:
    assert cut(*(STREAM[at : at + 1] for at in range(len(STREAM)))) == EXPECTED


def test_a_packet_is_given_as_soon_as_its_last_byte_is_there() -> None:
    chunker = Chunker(V720, 7)
    assert chunker.feed(INIT[:-1]) == []
    assert len(chunker.feed(INIT[-1:])) == 1
    assert chunker.feed(PARTS[0][:-1]) == []
    assert len(chunker.feed(PARTS[0][-1:])) == 1


def test_sound_is_cut_the_same_way() -> None:
    data = init(mp4a(), duration=1024)
    head, part = cut(data + chunk(START, 30, b"sound", sync=True))
    assert isinstance(head, Init)
    assert head.codecs == "mp4a.40.2"
    assert isinstance(part, Chunk)
    assert (part.duration, part.independent) == (30_720, True)


def test_boxes_that_open_a_chunk_belong_to_it() -> None:
    opened = box("styp", b"cmfl") + box("prft", bytes(24)) + PARTS[0]
    packets = cut(INIT + opened + PARTS[1])
    assert [packet.body for packet in packets] == [INIT, opened, PARTS[1]]


def test_what_a_muxer_writes_at_its_end_is_left_out() -> None:
    assert cut(STREAM + box("mfra", bytes(16))) == EXPECTED


@pytest.mark.parametrize("stream", [
    PARTS[0],
    box("moov"),
    box("ftyp") + box("ftyp"),
    INIT + box("mdat"),
    INIT + INIT,
    INIT + box("styp") + box("mfra"),
    INIT + PARTS[0][: PARTS[0].index(b"mdat") - 4] + box("moof"),
    box("ftyp") + box("moov", box("trak")),
    init(avc1(), scale=90_000),
    b"Not a movie at all, but a line of text.",
])
def test_anything_but_cmaf_is_refused(stream: bytes) -> None:
    with pytest.raises(MediaError):
        cut(stream)


@given(st.integers(0, len(STREAM) - 1), st.integers(0, 255))
def test_a_flipped_byte_raises_nothing_but_a_media_error(at: int, value: int) -> None:
    with contextlib.suppress(MediaError):
        cut(STREAM[:at] + bytes([value]) + STREAM[at + 1 :])
