import pytest

from flow.thumbnail import MOST_BYTES
from packager.thumbnails.jpeg import fault_of
from tests.packager.thumbnails.pictures import SIZE, frame, jpeg, segment


def test_a_plain_picture_of_the_right_size_has_no_fault() -> None:
    assert fault_of(jpeg(), SIZE) == ""
    assert fault_of(jpeg(scan=b"\xff\0 stands for itself \xff\0"), SIZE) == ""


@pytest.mark.parametrize(("body", "why"), [
    (b"", "no beginning"),
    (b"<html>", "no beginning"),
    (jpeg() + b"<script>", "no end"),
    (jpeg()[:40] + b"\xff\xd9", "cut short"),
    (b"\xff\xd8\xff\xd9", "cut short"),
    (b"\xff\xd8\xff\xe0\0\0\xff\xd9", "cut short"),
    (jpeg(more=segment(0xFE, b"<script>")), "0xfe"),
    (jpeg(more=segment(0xE1, b"Exif")), "0xe1"),
    (jpeg(more=segment(0xC2, bytes(15))), "0xc2"),
    (jpeg(more=frame()), "2 frames"),
    (jpeg(more=frame(colours=1)), "2 frames"),
    (jpeg(size=(60_000, 60_000)), "60000x60000 instead of 160x90"),
    (jpeg(scan=b"one\xff\xd9\xff\xd8two"), "more than one"),
    (jpeg(scan=b"\xff"), "more than one"),
    (jpeg(scan=bytes(MOST_BYTES)), "bytes"),
])
def test_anything_else_is_refused(body: bytes, why: str) -> None:
    """T-31: what comes from a worker is served as a picture, or not at all."""
    assert why in fault_of(body, SIZE)


def test_a_picture_that_is_cut_anywhere_is_none() -> None:
    whole = jpeg()
    assert all(fault_of(whole[:end], SIZE) for end in range(len(whole)))


def test_a_grey_picture_is_none_nor_one_of_other_blocks() -> None:
    assert fault_of(jpeg().replace(frame(), frame(colours=1)), SIZE) == "not three colours of 8 bits"
    finer = frame().replace(b"\x22", b"\x11")
    assert fault_of(jpeg().replace(frame(), finer), SIZE) == "not 4:2:0"
