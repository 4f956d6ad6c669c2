import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.captions.bytes import triples_of
from tests.ingest.caption_making import line21, sei, user_data

TRIPLES = line21((0x14, 0x20)) + line21((0x41, 0x42)) + b"\xff\x02\x21"
NOISE = bytes(range(256)) * 4


HOSTILE = st.one_of(st.binary(max_size=20), st.sampled_from([b"\xb5\x00\x31GA94\x03", b"\xff\xff", b"\xfc"]))


def test_caption_bytes_are_found_wherever_they_stand() -> None:
    assert triples_of(NOISE + sei(TRIPLES) + NOISE) == TRIPLES


def test_both_fields_of_a_picture_may_have_some() -> None:
    assert triples_of(sei(TRIPLES) + NOISE + sei(line21((0, 0)))) == TRIPLES + line21((0, 0))


def test_triples_that_are_not_valid_are_left_out() -> None:
    assert triples_of(sei(b"\xf8\x80\x80" + line21((0x41, 0)) + b"\xfa\x00\x00")) == line21((0x41, 0))


@pytest.mark.parametrize("data", [
    b"", b"GA94\x03", b"\xb5\x00\x31GA94\x03", b"\xb5\x00\x31GA94\x03\xdf\xff\xfc", NOISE + user_data(TRIPLES),
    b"\xb5\x00\x31GA94\x06" + TRIPLES, b"\xb5\x00\x31GA94\x03\x81\xff" + TRIPLES,
    b"\xb5\x00\x31GA94\x03\x41\xff\x04\x80\x80",
])
def test_what_only_looks_alike_is_none(data: bytes) -> None:
    assert triples_of(data) == b""


@given(st.lists(HOSTILE))
def test_no_bytes_raise_an_error_and_only_triples_come_out(pieces: list[bytes]) -> None:
    """T-06, T-09."""
    found = triples_of(b"".join(pieces))
    assert len(found) % 3 == 0
    assert len(found) <= 8 * 31 * 3
    assert all(found[at] & 0xFC == 0xFC for at in range(0, len(found), 3))
