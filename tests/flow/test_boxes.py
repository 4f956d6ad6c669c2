import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flow.boxes import Fields, Head, find, read_head, walk
from flow.errors import MediaError
from tests.transcode.media import box


def test_a_head_tells_type_and_size() -> None:
    assert read_head(box("moof", b"1234"), 0, 100) == Head("moof", 8, 12)


def test_a_large_head_has_its_size_behind_the_type() -> None:
    data = b"\x00\x00\x00\x01mdat" + (20).to_bytes(8, "big") + b"1234"
    assert read_head(data, 0, 100) == Head("mdat", 16, 20)


@pytest.mark.parametrize("length", range(8))
def test_an_unfinished_head_is_waited_for(length: int) -> None:
    assert read_head(box("moof")[:length], 0, 100) is None


def test_an_unfinished_large_head_is_waited_for() -> None:
    assert read_head(b"\x00\x00\x00\x01mdat\x00\x00", 0, 100) is None


@pytest.mark.parametrize("size", [0, 2, 7, 101, 0xFFFFFFFF])
def test_a_hostile_size_is_refused(size: int) -> None:
    with pytest.raises(MediaError, match="claims"):
        read_head(size.to_bytes(4, "big") + b"mdat", 0, 100)


@pytest.mark.parametrize("size", [0, 15, 101, 2**64 - 1])
def test_a_hostile_large_size_is_refused(size: int) -> None:
    with pytest.raises(MediaError, match="claims"):
        read_head(b"\x00\x00\x00\x01mdat" + size.to_bytes(8, "big"), 0, 100)


def test_walking_gives_each_box_in_order() -> None:
    data = memoryview(box("free") + box("moof", b"ab"))
    assert [(kind, bytes(content)) for kind, content in walk(data)] == [("free", b""), ("moof", b"ab")]


def test_walking_refuses_what_is_left_over() -> None:
    with pytest.raises(MediaError, match="3 bytes left"):
        list(walk(memoryview(box("free") + b"abc")))


def test_a_box_may_not_reach_beyond_what_holds_it() -> None:
    with pytest.raises(MediaError, match="claims 90"):
        list(walk(memoryview((90).to_bytes(4, "big") + b"trun" + bytes(20))))


def test_a_path_leads_to_the_content() -> None:
    data = memoryview(box("a   ", box("x   "), box("b   ", b"here")))
    assert bytes(find(data, "a   ", "b   ")) == b"here"


def test_a_path_that_leads_nowhere_is_an_error() -> None:
    with pytest.raises(MediaError, match="'c   ' is missing"):
        find(memoryview(box("a   ", box("b   "))), "a   ", "c   ")


def test_fields_are_read_in_order_and_not_beyond_the_end() -> None:
    fields = Fields(memoryview(b"\x01\x00\x00\x02\x00\x05abc"))
    assert fields.version_and_flags() == (1, 2)
    assert fields.number(2) == 5
    assert bytes(fields.take(2)) == b"ab"
    assert fields.left == 1
    with pytest.raises(MediaError, match="3 bytes too early"):
        fields.take(4)


@given(st.binary(max_size=200))
def test_no_bytes_make_walking_fail_in_any_other_way(data: bytes) -> None:
    with contextlib.suppress(MediaError):
        assert sum(len(content) + 8 for _, content in walk(memoryview(data))) <= len(data)
