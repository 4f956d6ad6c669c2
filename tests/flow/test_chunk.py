"""Chunks know where they end."""

from flow.chunk import Chunk
from flow.ids import RenditionId


def test_a_chunk_ends_where_the_next_one_starts() -> None:
    chunk = Chunk(rendition=RenditionId("v240"), run=1, start=92_160, duration=30_720, independent=True, body=b"")
    assert chunk.end == 122_880
