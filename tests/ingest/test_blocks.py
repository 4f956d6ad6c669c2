from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flow.errors import FeedError
from ingest.blocks import Block, Blocks
from tests.ingest.playout.test_sound_frames import STREAM

BLOCKS = [
    Block(track=1, millis=0, body=b"blank"), Block(track=2, millis=0, body=b"one"),
    Block(track=2, millis=20, body=b"two"), Block(track=2, millis=70_005, body=b"three"),
]


@given(st.lists(st.integers(0, len(STREAM)), max_size=30))
def test_blocks_of_every_track_are_found_however_the_bytes_are_split(cuts: list[int]) -> None:
    edges = [0, *sorted(cuts), len(STREAM)]
    reader = Blocks()
    assert [one for start, end in pairwise(edges) for one in reader.feed(STREAM[start:end])] == BLOCKS


@given(st.binary(max_size=300))
def test_any_other_bytes_end_in_a_feed_error_or_in_nothing(data: bytes) -> None:
    """T-09."""
    with suppress(FeedError):
        list(Blocks().feed(data))


def test_an_element_that_would_not_fit_into_memory_is_refused() -> None:
    """T-09."""
    with pytest.raises(FeedError):
        list(Blocks().feed(b"\xa3\x08\xff\xff\xff\xff"))
