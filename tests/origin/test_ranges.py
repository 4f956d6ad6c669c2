"""Byte ranges."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from origin.ranges import range_of


@pytest.mark.parametrize(("header", "positions"), [
    ("bytes=0-0", range(1)), ("bytes=0-99", range(100)), ("bytes=10-", range(10, 100)),
    ("bytes=-10", range(90, 100)),
    ("bytes=-500", range(100)), ("bytes=50-5000", range(50, 100)), ("Bytes = 0-9", range(10)),
    ("bytes=0-9007199254740991", range(100)),
])
def test_a_range_is_cut_to_the_body(header: str, positions: range) -> None:
    assert range_of(header, 100) == positions


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=100-200", "bytes=-0", "bytes=9999999999999999999-"])
def test_a_range_without_a_byte_is_empty(header: str) -> None:
    found = range_of(header, 100)
    assert found is not None
    assert len(found) == 0


@pytest.mark.parametrize("header", [
    None, "", "bytes=", "bytes=-", "bytes=5-3", "bytes=a-b", "items=0-5", "bytes=0-1,2-3", "bytes=0-1, 2-3",
    "bytes=--5", "bytes=1-2-3", "bytes=٣-٤", "0-5", "bytes=" + "1" * 20 + "-",
])
def test_everything_else_is_answered_with_the_whole(header: str | None) -> None:
    """T-18."""
    assert range_of(header, 100) is None


@given(st.text() | st.from_regex(r"bytes=[0-9]*-[0-9]*", fullmatch=True), st.integers(1, 10**7))
def test_any_header_gives_positions_inside_the_body(header: str, size: int) -> None:
    found = range_of(header, size)
    assert found is None or not found or (found.start >= 0 and found.stop <= size)
