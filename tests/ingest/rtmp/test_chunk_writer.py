"""What is written is read again: `test_rtmp_chunks.py`. Here: that headers are as short as they may be."""

from ingest.rtmp.chunk_writer import ChunkWriter
from ingest.rtmp.message import Kind, Message


def audio(timestamp: int, body: bytes = b"abc", stream: int = 1) -> Message:
    return Message(kind=Kind.AUDIO, body=body, timestamp=timestamp, stream=stream)


def test_the_header_shrinks_while_less_changes() -> None:
    writer = ChunkWriter()
    sent = [audio(0), audio(23), audio(46), audio(70, b"abcd"), audio(60), audio(60, stream=2)]
    forms = [writer.write(message)[0] >> 6 for message in sent]
    assert forms == [0, 2, 3, 1, 0, 0]


def test_an_extended_time_stands_in_every_chunk() -> None:
    late = (0xFF_FFFF).to_bytes(4, "big")
    assert ChunkWriter().write(audio(0xFF_FFFF, bytes(200))).count(late) == 2


def test_an_announced_chunk_size_holds_at_once() -> None:
    writer = ChunkWriter()
    assert writer.chunk_size(1_000)[-4:] == (1_000).to_bytes(4, "big")
    assert len(writer.write(audio(0, bytes(1_000)))) == 1 + 11 + 1_000


def test_names_of_chunk_streams_take_one_two_or_three_bytes() -> None:
    begins = [ChunkWriter().write(audio(0), lane)[:3] for lane in (63, 64, 319, 320, 65_599)]
    assert [begin.hex() for begin in begins] == ["3f0000", "000000", "00ff00", "010001", "01ffff"]
