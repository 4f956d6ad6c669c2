from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.rtmp.chunk_writer import ChunkWriter
from ingest.rtmp.chunks import FIRST_CHUNK, MOST_IDLE, MOST_STREAMS, ChunkReader
from ingest.rtmp.message import CLOCK, Kind, Message, RtmpError, number

MESSAGES = st.builds(
    Message, kind=st.sampled_from([Kind.AUDIO, Kind.VIDEO, Kind.DATA, Kind.COMMAND]),
    body=st.binary(max_size=700), stream=st.integers(0, 2),
    timestamp=st.integers(0, 200) | st.integers(0xFF_FFF0, 0x100_0010) | st.integers(CLOCK - 20, CLOCK - 1),
)
LANES = st.sampled_from([None, 3, 63, 64, 319, 320, 65_599])


def read(data: bytes, reader: ChunkReader | None = None) -> list[Message]:
    """What is in the bytes, without what is meant for the reader itself."""
    reader = reader or ChunkReader()
    reader.feed(data)
    return [one for one in iter(reader.next, None) if one.kind not in (Kind.CHUNK_SIZE, Kind.ABORT)]


def head(lane: int, time: int, length: int, kind: int = Kind.VIDEO, stream: int = 1) -> bytes:
    """A message header of type 0."""
    return (bytes([lane]) + time.to_bytes(3, "big") + length.to_bytes(3, "big") + bytes([kind])
            + stream.to_bytes(4, "little"))


@given(st.lists(st.tuples(MESSAGES, LANES), max_size=12), st.lists(st.integers(1, 400), min_size=1, max_size=6),
       st.sampled_from([FIRST_CHUNK, 200, 4_096]))
def test_messages_are_read_as_written_however_they_are_cut(
    sent: list[tuple[Message, int | None]], cuts: list[int], chunk: int,
) -> None:
    """F-15 for the times: 24 bits, extended, and close to the end of 32."""
    writer, reader, found, turn = ChunkWriter(), ChunkReader(), [], 0
    data = writer.chunk_size(chunk) + b"".join(writer.write(message, lane) for message, lane in sent)
    while data:
        size, turn = cuts[turn % len(cuts)], turn + 1
        found += read(data[:size], reader)
        data = data[size:]
    assert found == [message for message, _ in sent]


@given(st.binary(max_size=600), st.booleans())
def test_any_bytes_are_messages_or_an_rtmp_error(data: bytes, begun: bool) -> None:
    with suppress(RtmpError):
        read((head(4, 0, 10) + bytes(10) if begun else b"") + data)


def test_chunks_of_several_messages_may_alternate() -> None:
    body = bytes(range(200))
    data = head(4, 1, 200, Kind.AUDIO) + body[:128] + head(6, 2, 150) + body[:128]
    data += b"\xc4" + body[128:] + b"\xc6" + body[128:150]
    assert [(one.kind, one.body) for one in read(data)] == [(Kind.AUDIO, body), (Kind.VIDEO, body[:150])]


def test_type_3_begins_a_message_with_the_same_step_again() -> None:
    """RTMP 1.0, section 5.3.1.2.4: behind type 0 the step is the timestamp itself."""
    follow = b"\x84" + (40).to_bytes(3, "big")
    data = head(4, 1_000, 1) + b"a" + follow + b"b" + b"\xc4c"
    assert [one.timestamp for one in read(data)] == [1_000, 1_040, 1_080]
    assert [one.timestamp for one in read(head(4, 20, 1) + b"a\xc4b")] == [20, 40]


def test_an_extended_time_is_repeated_in_each_piece_or_not() -> None:
    """Not every sender repeats it."""
    late, body = (0x0100_0000).to_bytes(4, "big"), bytes(range(1, 201))
    first = head(4, 0xFF_FFFF, 200) + late + body[:128]
    for rest in (late + body[128:], body[128:]):
        [message] = read(first + b"\xc4" + rest)
        assert (message.timestamp, message.body) == (0x0100_0000, body)


def test_a_time_that_steps_over_32_bits_begins_again() -> None:
    """F-15."""
    late = (CLOCK - 10).to_bytes(4, "big")
    data = head(4, 0xFF_FFFF, 1) + late + b"a" + b"\x84" + (40).to_bytes(3, "big") + b"b"
    assert [one.timestamp for one in read(data)] == [CLOCK - 10, 30]


def test_an_aborted_message_is_forgotten() -> None:
    data = head(4, 0, 200) + bytes(128) + head(2, 0, 4, Kind.ABORT, 0) + (4).to_bytes(4, "big")
    assert [one.body for one in read(data + head(4, 0, 1) + b"x")] == [b"x"]


def test_a_header_of_type_1_may_open_a_stream() -> None:
    [message] = read(b"\x44" + (5).to_bytes(3, "big") + (1).to_bytes(3, "big") + b"\x09x")
    assert (message.timestamp, message.stream) == (5, 0)


@pytest.mark.parametrize(("data", "why"), [
    (b"\xc4", "without a header"), (b"\x84\0\0\0", "without a header"),
    (head(4, 0, 200) + bytes(128) + head(4, 0, 200), "within another"),
    (head(4, 0, 0xFF_FFFF), "too long"),
    (head(2, 0, 4, Kind.CHUNK_SIZE, 0) + bytes(4), "out of bounds"),
    (head(2, 0, 4, Kind.CHUNK_SIZE, 0) + b"\x7f\xff\xff\xff", "out of bounds"),
    (head(2, 0, 1, Kind.CHUNK_SIZE, 0) + b"\0", "too short"),
    (b"".join(b"\0" + bytes([lane]) + head(0, 0, 1)[1:] + b"x" for lane in range(MOST_STREAMS + 1)),
     "too many chunk streams"),
])
def test_a_broken_rule_or_limit_ends_it_before_payload_is_waited_for(data: bytes, why: str) -> None:
    """T-09."""
    with pytest.raises(RtmpError, match=why):
        read(data)


@pytest.mark.parametrize("again", [
    head(3, 0, 0) + b"\xc3" * MOST_IDLE,
    head(2, 0, 4, Kind.ABORT, 0) + bytes(4) + (b"\xc2" + bytes(4)) * MOST_IDLE,
    head(2, 0, 4, Kind.CHUNK_SIZE, 0) + b"\0\0\1\0" + b"\xc2\0\0\1\0" * MOST_IDLE,
    head(3, 0, 4, Kind.ACK, 0) + bytes(4) + (b"\xc3" + bytes(4)) * MOST_IDLE,
])
def test_messages_that_bring_nothing_are_refused_when_they_go_on_and_on(again: bytes) -> None:
    """T-09: an empty message is one byte, and as much work as a picture."""
    with pytest.raises(RtmpError, match="bring nothing"):
        read(again)


def test_empty_messages_between_pictures_are_nobody_s_fault() -> None:
    reader = ChunkReader()
    assert len(read(head(4, 0, 1) + b"x" + head(3, 0, 0), reader)) == 2
    assert len(read((b"\xc3" * 500 + b"\xc4x") * 4, reader)) == 2_004


def test_each_message_is_given_so_that_it_can_be_counted() -> None:
    reader = ChunkReader()
    reader.feed(ChunkWriter().write(number(Kind.CHUNK_SIZE, 1_000)) + head(4, 0, 1) + b"x")
    assert [one.kind for one in iter(reader.next, None)] == [Kind.CHUNK_SIZE, Kind.VIDEO]


def test_many_long_messages_at_once_are_refused() -> None:
    """T-09: memory stays bounded, whatever is announced."""
    data = b"".join(head(lane, 0, 900) + bytes(128) for lane in range(3, 40))
    with pytest.raises(RtmpError, match="too many messages"):
        read(data, ChunkReader(largest=1_000))


def test_the_chunk_size_holds_from_its_announcement_on() -> None:
    data = ChunkWriter().write(number(Kind.CHUNK_SIZE, 1_000)) + head(4, 0, 900) + bytes(900)
    assert len(read(data)[0].body) == 900
