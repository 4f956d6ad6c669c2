"""What an `esds` box says of its sound."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flow.boxes import find
from flow.errors import MediaError
from flow.esds import MPEG4_AUDIO, described
from tests.transcode.media import mp4a

ENTRY = 8 + 28
"""Bytes of a sample entry before its boxes."""


def esds(entry: bytes) -> memoryview:
    return find(memoryview(entry)[ENTRY:], "esds")


def test_mpeg4_sound_comes_with_its_own_description() -> None:
    found = described(esds(mp4a(specific=b"\x11\x90")))
    assert (found.indication, bytes(found.specific[:2])) == (MPEG4_AUDIO, b"\x11\x90")


@pytest.mark.parametrize(("flags", "extra"), [(0x80, b"ab"), (0x40, b"\x03url"), (0x20, b"cd")])
def test_optional_fields_are_skipped(flags: int, extra: bytes) -> None:
    plain, more = described(esds(mp4a())), described(esds(mp4a(flags=flags, extra=extra)))
    assert bytes(plain.specific) == bytes(more.specific)


def test_of_other_sound_only_the_kind_is_known() -> None:
    found = described(esds(mp4a(indication=0x6B)))
    assert (found.indication, bytes(found.specific)) == (0x6B, b"")


def test_a_descriptor_out_of_place_is_refused() -> None:
    with pytest.raises(MediaError, match="descriptor 4 where 3"):
        described(memoryview(bytes(4) + b"\x04\x01\x00"))


@given(st.binary(max_size=60))
def test_no_bytes_make_reading_fail_in_any_other_way(data: bytes) -> None:
    with contextlib.suppress(MediaError):
        described(memoryview(data))
