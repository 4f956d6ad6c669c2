import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flow.boxes import find
from flow.errors import MediaError
from tests.transcode.media import avc1, box, moov, mp4a
from transcode.codecs import codecs_of


def codecs(entry: bytes) -> str:
    return codecs_of(find(memoryview(moov(entry)), "moov"))


def test_avc_gives_profile_constraints_and_level() -> None:
    assert codecs(avc1()) == "avc1.64001f"


@pytest.mark.parametrize(("record", "said"), [
    ("01600000009000000000005d", "hvc1.1.6.L93.90"),
    ("226000000090000000000096", "hvc1.2.6.H150.90"),
    ("416000000000000000000078", "hvc1.A1.6.L120"),
    ("0160000000b0001000000078", "hvc1.1.6.L120.b0.0.10"),
])
def test_hevc_gives_profile_compatibility_tier_level_and_constraints(record: str, said: str) -> None:
    assert codecs(box("hvc1", bytes(78), box("hvcC", b"\x01", bytes.fromhex(record)))) == said


def test_aac_gives_its_object_type() -> None:
    assert codecs(mp4a()) == "mp4a.40.2"


def test_an_escaped_object_type_is_read_from_the_next_six_bits() -> None:
    bits = (31 << 11 | (42 - 32) << 5).to_bytes(2, "big")
    assert codecs(mp4a(specific=bits)) == "mp4a.40.42"


def test_other_mpeg4_sound_is_named_by_its_indication() -> None:
    assert codecs(mp4a(indication=0x6B)) == "mp4a.6b"


@pytest.mark.parametrize(("flags", "extra"), [(0x80, b"ab"), (0x40, b"\x03url"), (0x20, b"cd")])
def test_optional_fields_of_the_stream_descriptor_are_skipped(flags: int, extra: bytes) -> None:
    assert codecs(mp4a(flags=flags, extra=extra)) == "mp4a.40.2"


def test_a_size_of_one_byte_is_as_good_as_one_of_four() -> None:
    assert codecs(mp4a(wide=False)) == "mp4a.40.2"


@pytest.mark.parametrize("entry", [
    b"", *(box("hev1", bytes(90)), box("hvc1", bytes(90)), box("avc1", bytes(78)), box("avc1", bytes(20))),
])
def test_anything_else_is_refused(entry: bytes) -> None:
    with pytest.raises(MediaError):
        codecs(entry)


def test_a_descriptor_out_of_place_is_refused() -> None:
    entry = box("mp4a", bytes(28), box("esds", bytes(4), b"\x04\x01\x00"))
    with pytest.raises(MediaError, match="descriptor 4 where 3"):
        codecs(entry)


@given(st.binary(max_size=60))
def test_no_bytes_make_reading_fail_in_any_other_way(data: bytes) -> None:
    with contextlib.suppress(MediaError):
        codecs(box("mp4a", bytes(28), box("esds", data)))
