from hypothesis import given
from hypothesis import strategies as st

from ingest.pictures.blend import blended


@given(st.binary(min_size=12, max_size=12), st.binary(min_size=12, max_size=12), st.integers(1, 10))
def test_a_cross_fade_begins_and_ends_with_its_pictures(one: bytes, other: bytes, steps: int) -> None:
    assert blended(one, other, 0, steps) == one
    assert blended(one, other, steps, steps) == other
    for at in range(steps + 1):
        for low, high, mixed in zip(one, other, blended(one, other, at, steps), strict=True):
            assert min(low, high) <= mixed <= max(low, high)


def test_half_way_is_the_mean() -> None:
    assert blended(bytes([0, 16, 255]), bytearray([255, 235, 255]), 5, 10) == bytes([128, 126, 255])


def test_what_stands_in_both_stays() -> None:
    same = bytes(range(256))
    assert all(blended(same, memoryview(same), at, 7) == same for at in range(8))
