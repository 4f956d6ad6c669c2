"""Two sizes of one picture on one sheet."""

import pytest

from flow.canvas import Canvas
from flow.layout import Role
from ingest.pictures.planes import WHITE, Box, planes_of
from ingest.pictures.sheet import Sheet

CANVAS = Canvas(width=1280, height=720)


@pytest.mark.parametrize(("role", "size"), [(Role.MAIN, (320, 180)), (Role.SLIDES, (960, 540))])
def test_the_speaker_is_small_beside_the_slides(role: Role, size: tuple[int, int]) -> None:
    sheet = Sheet.of(CANVAS, role, two=True)
    assert sheet.small is not None
    assert (sheet.small.width, sheet.small.height) == size
    assert sheet.whole.height == 720 + size[1]


def test_a_channel_with_one_picture_has_plain_pictures() -> None:
    sheet = Sheet.of(CANVAS, Role.MAIN, two=False)
    picture = bytes(CANVAS.picture_bytes)
    assert sheet.whole == CANVAS
    assert sheet.large_of(picture) is picture
    assert sheet.small_of(picture) is None


@pytest.mark.parametrize("canvas", [CANVAS, Canvas(width=426, height=240, fps=50)], ids=["720", "240"])
def test_both_pictures_come_off_the_sheet_as_they_were_put_on(canvas: Canvas) -> None:
    sheet = Sheet.of(canvas, Role.MAIN, two=True)
    assert sheet.small is not None
    buffer = bytearray(sheet.whole.picture_bytes)
    planes = planes_of(buffer, sheet.whole)
    planes.fill(Box(0, canvas.height, sheet.small.width, sheet.whole.height), WHITE)
    large = sheet.large_of(buffer)
    assert large == bytes(canvas.picture_bytes)
    small = sheet.small_of(buffer)
    assert small is not None
    assert small.y.shape == (sheet.small.height, sheet.small.width)
    assert (small.y == 235).all()
    assert (small.u == 128).all()
