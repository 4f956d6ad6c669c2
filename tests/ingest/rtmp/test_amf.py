from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.rtmp.amf import DEEPEST, MOST_VALUES, decode, encode
from ingest.rtmp.message import RtmpError

LEAVES = st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=20)
NAMES = st.text(min_size=1, max_size=8)
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4), max_leaves=12,
)


def _depth(value: Any) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max(map(_depth, inner), default=0)


@given(st.lists(VALUES, max_size=5))
def test_what_is_written_is_read_again(values: list[Any]) -> None:
    if max(map(_depth, values), default=0) <= DEEPEST:
        assert decode(encode(*values)) == values


@given(st.binary(max_size=200))
def test_any_bytes_are_values_or_an_rtmp_error(data: bytes) -> None:
    with suppress(RtmpError):
        decode(data)


@given(VALUES, st.data())
def test_a_value_that_is_cut_off_is_refused(value: Any, data: st.DataObject) -> None:
    whole = encode(value)
    cut = whole[: data.draw(st.integers(1, len(whole)))]
    if cut != whole:
        with pytest.raises(RtmpError):
            decode(cut)


def test_all_the_kinds_that_only_others_write_are_read() -> None:
    ecma = b"\x08\0\0\0\x09\0\1a\0" + bytes(8) + b"\0\0\x09"
    date = b"\x0b" + bytes(8) + b"\0\0"
    typed = b"\x10\0\3Foo\0\1a\5\0\0\x09"
    rest = b"\x06\x0d\x0f\0\0\0\1x"
    assert decode(ecma + date + typed + rest) == [{"a": 0.0}, 0.0, {"a": None}, None, None, "x"]


def test_text_beyond_64_kib_is_written_long() -> None:
    long = "ă" * 40_000
    assert decode(encode(long)) == [long]


@pytest.mark.parametrize("data", [
    b"\x03\0\1a" * 20 + b"\5", b"\x0a\xff\xff\xff\xff", b"\5" * (MOST_VALUES + 1), b"\x0c\x7f\xff\xff\xff",
    b"\x11",
])
def test_what_nests_counts_or_claims_too_much_is_refused(data: bytes) -> None:
    """T-09."""
    with pytest.raises(RtmpError):
        decode(data)


def test_what_has_no_place_in_amf_is_a_mistake_of_ours() -> None:
    with pytest.raises(TypeError):
        encode(object())
