import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.captions.caption import Coded
from ingest.captions.census import CaptionCensus
from tests.ingest.caption_making import NOTHING, line21, packet708
from tests.ingest.captions.test_cea708 import window

LINE_21, CHANNEL = "CEA-608 in the pictures: text, taken", "CEA-708 in the pictures: text, taken"
ROOM = "room for CEA-608 in the pictures, empty just now: taken when text comes"
TEXT_708 = packet708((1, window(0) + b"new"))


@pytest.mark.parametrize(("pictures", "said"), [
    ((), ()),
    ((line21((0x41, 0x42)),), (LINE_21,)),
    ((line21(NOTHING), TEXT_708), (CHANNEL,)),
    ((line21((0x14, 0x2C)) + TEXT_708,), (LINE_21, CHANNEL)),
    ((line21(NOTHING), b"\xff\x01\x00"), (ROOM,)),
    ((line21((0x41, 0x42), field=1),), (ROOM,)),
])
def test_what_pictures_carry_is_said(pictures: tuple[bytes, ...], said: tuple[str, ...]) -> None:
    census = CaptionCensus()
    for triples in pictures:
        census.add(Coded(at=0, triples=triples))
    assert census.said == said


@given(st.binary(max_size=100))
def test_no_bytes_raise_an_error(triples: bytes) -> None:
    """T-06."""
    census = CaptionCensus()
    census.add(Coded(at=0, triples=triples))
    assert len(census.said) in (1, 2)
