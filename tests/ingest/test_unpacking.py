import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flow.errors import FeedError
from ingest.unpacking import Unpacking

DATA = b"#EXTM3U\n" * 1_000
RAW = zlib.compressobj(wbits=-zlib.MAX_WBITS)
PACKED = {
    "": DATA, "identity": DATA, "gzip": gzip.compress(DATA), "X-Gzip": gzip.compress(DATA),
    "deflate": zlib.compress(DATA), " deflate ": RAW.compress(DATA) + RAW.flush(),
}


@pytest.mark.parametrize("coding", PACKED)
def test_what_was_packed_comes_out_however_it_is_cut(coding: str) -> None:
    packed = PACKED[coding]
    unpacking = Unpacking(coding, len(DATA))
    assert b"".join(unpacking.feed(packed[at : at + 7]) for at in range(0, len(packed), 7)) == DATA
    unpacking.close()


@pytest.mark.parametrize("coding", ["br", "zstd", "compress", "gzip, gzip", "aws-chunked", "x"])
def test_other_codings_are_refused(coding: str) -> None:
    """T-07."""
    with pytest.raises(FeedError, match="not supported"):
        Unpacking(coding, 1)


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress])
def test_a_bomb_stops_at_the_limit(pack: object) -> None:
    """T-07."""
    packed = gzip.compress(bytes(100 << 20), 9) if pack is gzip.compress else zlib.compress(bytes(100 << 20), 9)
    unpacking = Unpacking("gzip" if pack is gzip.compress else "deflate", 1 << 20)
    with pytest.raises(FeedError, match="more than the limit"):
        unpacking.feed(packed)


def test_the_limit_itself_may_be_sent() -> None:
    assert Unpacking("", 3).feed(b"abc") == b"abc"
    with pytest.raises(FeedError, match="more than the limit"):
        Unpacking("", 3).feed(b"abcd")


def test_a_body_that_was_cut_off_is_not_taken() -> None:
    unpacking = Unpacking("gzip", 1 << 20)
    unpacking.feed(PACKED["gzip"][:-9])
    with pytest.raises(FeedError, match="cannot be unpacked"):
        unpacking.close()


@given(st.binary(max_size=200), st.sampled_from(["gzip", "deflate"]))
def test_any_bytes_are_unpacked_or_refused(data: bytes, coding: str) -> None:
    """T-07."""
    unpacking = Unpacking(coding, 1 << 16)
    try:
        unpacking.feed(data)
        unpacking.close()
    except FeedError:
        return
